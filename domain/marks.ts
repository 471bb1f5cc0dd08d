import type { Day } from './day';

/** The kinds of hand-made goods that a mark may be for [measures §3]. */
export const goods = [
  'embroidery',
  'clothing',
  'knitwear',
  'carpets',
  'ceramics',
  'wood_carving',
  'jewellery',
  'leather_goods',
  'wickerwork',
  'toys',
  'paintings',
] as const;
export type Goods = (typeof goods)[number];

/** Letters and digits that nobody confuses: no I, L, O, U, 0 or 1. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'.slice(0, 30);
const LENGTH = 24;

/** How many random bytes a code needs. */
export const CODE_BYTES = 48;

/**
 * The code of a mark: 24 of 30 letters and digits, which are 117 bits. Nobody can guess one.
 *
 * @param random bytes; those that would make some letters more likely than others are passed over
 * @throws RangeError for too few bytes
 */
export function codeOf(random: Uint8Array): string {
  const fair = [...random].filter((byte) => byte < LETTERS.length * 8);
  if (fair.length < LENGTH) throw new RangeError('a code needs more random bytes');
  return fair
    .slice(0, LENGTH)
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');
}

/** Whether a text may be a code. It is read in capitals and without spaces and dashes, as people copy it. */
export const codeIn = (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase();

/** Whether a mark is valid on a day: its last day has not passed, and nobody revoked it. */
export const isValidMark = (
  { until, revokedOn }: { until: Day; revokedOn: Day | null },
  today: Day,
): boolean => revokedOn === null && until >= today;
