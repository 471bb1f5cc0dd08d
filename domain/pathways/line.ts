import type { Pathway } from '../transitions';

export type LineState = 'running' | 'closed';

/** A budget line: a programme's money in a region and year. Its only wait is the year's end [money §3, §8]. */
export const linePathway = {
  open: ['running'],
  closed: ['closed'],
  commands: {},
  steps: { yearEnds: ['closed'] },
  events: {},
} as const satisfies Pathway<LineState>;
