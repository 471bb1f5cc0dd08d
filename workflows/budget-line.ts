import type { LineState } from '../domain/pathways/line';
import { follow, type Stage } from './follow';

/** A budget line waits for its year's end: what is unpaid moves to the new line, the rest lapses [money §3]. */
const stages: Readonly<Record<Extract<LineState, 'running'>, Stage>> = {
  running: { asks: 'clock', until: 'year_end', then: 'the unpaid moves to the new line, the rest lapses' },
};

/** @param subject `line/<programme>-<region>-<year>` */
export const budgetLine = (subject: string): Promise<string> => follow(subject, [], stages);
