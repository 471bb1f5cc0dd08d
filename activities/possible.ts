import type { Day } from '../domain/day';
import type { Settings } from '../domain/settings';
import { hasImpossibleDay } from '../domain/told-days';
import type { Answer } from '../registers/answer';

/**
 * An answer with an impossible day counts as no answer. It is kept as it came, and the register is asked again. After the
 * register's time an official is asked for evidence.
 */
export const asPossible = (
  said: Answer<object, object>,
  today: Day,
  { toldAheadDays }: Settings,
): Answer<object, object> =>
  said.answer !== 'unknown' && hasImpossibleDay(said, today, toldAheadDays)
    ? { answer: 'unknown', why: 'invalid', raw: said.raw }
    : said;
