import { addMonths, dayOf } from '../../domain/day';

const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const WRITTEN = /^(\d{1,6})(s|m|h|d|w|mo)$/;

export const isDuration = (text: string): boolean => WRITTEN.test(text);

/**
 * The instant after another instant by a written duration.
 *
 * @param duration a whole number and its unit: `90s`, `30m` (minutes), `3h`, `7d`, `2w`, `6mo` (calendar months: the same time of
 *   the same day of the month, or of its last day)
 * @throws RangeError if the duration is not written so
 */
export const later = (from: Date, duration: string): Date => {
  const [, count, unit] = WRITTEN.exec(duration) ?? [];
  if (count === undefined) throw new RangeError(`not a duration such as 30m, 3h, 7d or 6mo: ${duration}`);
  if (unit === 'mo') return monthsLater(from, Number(count));
  const [, unitMs] = Object.entries(UNITS_MS).find(([name]) => name === unit) ?? ['d', UNITS_MS.d];
  return new Date(from.getTime() + Number(count) * unitMs);
};

const monthsLater = (from: Date, months: number): Date => {
  const day = dayOf(from);
  const moved = Date.parse(addMonths(day, months)) - Date.parse(day);
  return new Date(from.getTime() + moved);
};
