import { stages } from './stages';

/** A budget line waits for its year's end: the unpaid moves to the new line, the rest lapses [money §3]. */
export const lineStages = stages('line', { running: { year_end: 'yearEnds' } });
