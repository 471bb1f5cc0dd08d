import type { Pathway } from '../transitions';

export type NewsState = 'received' | 'asking' | 'done';

/** News that a register pushed: acted upon once; where a register has to confirm it first, it waits for the answer. */
export const newsPathway = {
  open: ['received', 'asking'],
  closed: ['done'],
  commands: {},
  events: {
    taken: { from: ['received'], to: ['asking', 'done'] },
    answered: { from: ['asking'], to: ['done'] },
  },
} as const satisfies Pathway<NewsState>;
