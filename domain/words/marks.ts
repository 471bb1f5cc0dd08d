import type { Day } from '../day';
import type { Goods } from '../marks';
import { wordsIn } from './catalogue';
import { type Reader, say } from './values';

/** A reader who sees days with their year: a label is read for long. */
const forLong = (reader: Omit<Reader, 'today'>): Reader => ({ ...reader, today: '0000-01-01' });

/** The answer to everybody who asks about a mark. All codes without a valid mark are answered alike. */
export function markInWords(
  reader: Omit<Reader, 'today'>,
  mark: { goods: Goods; until: Day; region: string | null } | undefined,
): string {
  const { notValid, valid, validIn } = wordsIn(reader.language).marks;
  if (!mark) return notValid;
  return say(forLong(reader), mark.region === null ? valid : validIn, { ...mark });
}

/** The lines of a mark's label. */
export function labelInWords(
  reader: Omit<Reader, 'today'>,
  mark: { goods: Goods; until: Day },
): readonly [string, string] {
  const { label, labelUntil } = wordsIn(reader.language).marks;
  return [say(forLong(reader), label, { ...mark }), say(forLong(reader), labelUntil, { ...mark })];
}
