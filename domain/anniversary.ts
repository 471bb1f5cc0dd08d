import { addMonths, type Day } from './day';

/**
 * The first `n` monthly anniversaries of a hire: `[S] mechanism slide, step 8`, work is monitored for six
 * months. Each is computed from the hire date, so that one in a short month does not shift those after it:
 * hired on 31 August gives 30 September, 31 October, …
 */
export const monthlyAnniversaries = (hire: Day, n: number): Day[] =>
  Array.from({ length: n }, (_, index) => addMonths(hire, index + 1));
