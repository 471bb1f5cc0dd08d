import { addMonths, type Day } from './day';

/**
 * The first `n` monthly anniversaries of a hire. Work is monitored for six months by default [S, mechanism slide, step 8]. Each
 * anniversary is computed from the hire date. So a short month does not shift the later anniversaries: a hire on 31 August
 * gives 30 September, 31 October, …
 */
export const monthlyAnniversaries = (hire: Day, n: number): Day[] =>
  Array.from({ length: n }, (_, index) => addMonths(hire, index + 1));
