import type { Pathway } from '../transitions';

export type NewsState = 'received' | 'asking' | 'with_person' | 'done';

/** News that a register pushed. It has its consequence once. It waits for a register's confirmation, or for a person's finding. */
export const newsPathway = {
  open: ['received', 'asking', 'with_person'],
  closed: ['done'],
  commands: {},
  steps: { endUnconfirmed: [], askedOn: [] },
  events: {
    taken: { from: ['received'], to: ['asking', 'with_person', 'done'] },
    answered: { from: ['asking', 'with_person'], to: ['asking', 'done'] },
  },
} as const satisfies Pathway<NewsState>;
