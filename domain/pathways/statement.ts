import type { Pathway } from '../transitions';

export type StatementState = 'asking' | 'differing' | 'matched';

/** The treasury's statement of a working day. It is asked for and matched by key; each difference is explained [money §9]. */
export const statementPathway = {
  open: ['asking', 'differing'],
  closed: ['matched'],
  commands: {
    explanation: { from: ['differing'], by: ['finance_officer'], to: ['differing', 'matched'] },
  },
  steps: { statementSilent: ['differing'], matchEntries: ['differing', 'matched'] },
  events: { read: { from: ['asking', 'differing'], to: ['asking', 'differing', 'matched'] } },
} as const satisfies Pathway<StatementState>;
