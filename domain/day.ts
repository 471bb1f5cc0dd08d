/** A calendar day in Asia/Tashkent, `YYYY-MM-DD`. Days compare and sort as strings. */
export type Day = string;

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

/** Asia/Tashkent is five hours ahead of UTC all year round: no daylight saving since 1992. */
const TASHKENT_AHEAD_MS = 5 * MS_PER_HOUR;

/** The day in Tashkent at an instant. */
export const dayOf = (instant: Date): Day => written(instant.getTime() + TASHKENT_AHEAD_MS);

/** The last whole second of the day, 23:59:59 in Tashkent. A deadline on that day ends then. */
export const endOfDay = (day: Day): Date => new Date(startOf(day) + MS_PER_DAY - 1000);

/** The instant at which a day is over and the next begins. It exists for every day, also for the last that can be written. */
export const afterDay = (day: Day): Date => new Date(startOf(day) + MS_PER_DAY);

/**
 * The instant at which Tashkent's clocks show a time on a day.
 *
 * @param time `HH:MM`
 * @throws RangeError when the day or the time does not exist
 */
export const at = (day: Day, time: string): Date => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) throw new RangeError(`not a time of day: ${time}`);
  return new Date(startOf(day) + Number(hours) * MS_PER_HOUR + Number(minutes) * 60_000);
};

/** The day `n` calendar days later, or earlier when `n` is negative. */
export const addDays = (day: Day, n: number): Day => written(utcMidnight(day) + n * MS_PER_DAY);

/** The same day of the month `n` months later, or the last day of a shorter month. */
export const addMonths = (day: Day, n: number): Day => {
  const [year, month, date] = partsOf(day);
  const lastOfMonth = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
  return written(Date.UTC(year, month - 1 + n, Math.min(date, lastOfMonth)));
};

/** The number of calendar days from `a` to `b`: 1 from a day to the next, negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => (utcMidnight(b) - utcMidnight(a)) / MS_PER_DAY;

/** The day of the week, Monday 1 to Sunday 7. */
export const weekday = (day: Day): number => new Date(utcMidnight(day)).getUTCDay() || 7;

/** Whether a text is a day that exists: `2023-02-28` is, `2023-02-30` and `2023-2-28` are not. */
export const isDay = (text: string): boolean => {
  const [, year, month, date] = /^([1-9]\d{3})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return year !== undefined && written(Date.UTC(Number(year), Number(month) - 1, Number(date))) === text;
};

/** The bounds of all days in the service: every birth and every agreed day lies between them. */
export const FIRST_DAY: Day = '1900-01-01';
export const LAST_DAY: Day = '2199-12-31';

/** Whether a text is a day within the bounds of all days. */
export const isPossibleDay = (text: string): boolean => isDay(text) && text >= FIRST_DAY && text <= LAST_DAY;

const partsOf = (day: Day): [year: number, month: number, date: number] => {
  if (!isDay(day)) throw new RangeError(`not a calendar day: ${day}`);
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
};

const utcMidnight = (day: Day): number => {
  const [year, month, date] = partsOf(day);
  return Date.UTC(year, month - 1, date);
};

const startOf = (day: Day): number => utcMidnight(day) - TASHKENT_AHEAD_MS;

const written = (utcMs: number): Day => new Date(utcMs).toISOString().slice(0, 10);
