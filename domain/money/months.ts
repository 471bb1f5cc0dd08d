import { addDays, addMonths, type Day, isDay } from '../day';

/** A calendar month, `YYYY-MM`. Months compare and sort as strings. */
export type Month = string;

/** Whether a text is a month: `2024-03` is, `2024-13` and `2024-3` are not. */
export const isMonth = (text: string): boolean => isDay(`${text}-01`);

/** @throws RangeError when the month does not exist, as all below */
export const firstDay = (month: Month): Day => addDays(`${month}-01`, 0);

export const lastDay = (month: Month): Day => addDays(firstDay(nextMonth(month)), -1);

/** How many calendar days a month has. */
export const lengthOf = (month: Month): number => Number(lastDay(month).slice(8));

/** The month `n` months later, or earlier when `n` is negative. */
export const nextMonth = (month: Month, n = 1): Month => monthOf(addMonths(firstDay(month), n));

/** The month in which a day lies. */
export const monthOf = (day: Day): Month => addDays(day, 0).slice(0, 7);
