import type { Day } from '../domain/day';
import type { Settings } from '../domain/settings';
import { hasImpossibleDay } from '../domain/told-days';
import type { Answer } from '../registers/answer';

/**
 * An answer that names a day that cannot be is none: it is kept as it came and asked again, and after the register's time a
 * person is asked for evidence.
 */
export const asPossible = (
  said: Answer<object, object>,
  today: Day,
  { toldAheadDays }: Settings,
): Answer<object, object> =>
  said.answer !== 'unknown' && hasImpossibleDay(said, today, toldAheadDays)
    ? { answer: 'unknown', why: 'invalid', raw: said.raw }
    : said;
