import type { Pathway } from '../transitions';

export type StartSubsidyState =
  | 'awaiting_law'
  | 'review'
  | 'awaiting_funds'
  | 'ordering'
  | 'running'
  | 'refused'
  | 'stopped'
  | 'ended';

const beforeTheOrder = ['awaiting_law', 'review', 'awaiting_funds', 'ordering'] as const;

/** The costs of the registration of an own business, paid once to the person [measures §3]. */
export const startSubsidyPathway = {
  open: [...beforeTheOrder, 'running'],
  closed: ['refused', 'stopped', 'ended'],
  commands: {
    /** The supervisor of the district accepts costs, or refuses. */
    review: {
      from: ['review'],
      by: ['supervisor'],
      to: ['awaiting_law', 'awaiting_funds', 'ordering', 'refused'],
    },
    /** The supervisor of the region, as the head of the fund. */
    order: { from: ['ordering'], by: ['supervisor'], to: ['running'] },
  },
  steps: {
    lookForCap: ['review'],
    lookForMoney: ['ordering'],
    endsWithPayment: ['ended', 'stopped'],
  },
  events: {
    reserved: { from: ['awaiting_funds'], to: ['ordering'] },
    /** More is needed than was reserved, because the law changed. */
    uncovered: { from: ['ordering'], to: ['awaiting_funds'] },
    capSet: { from: ['awaiting_law'], to: ['review'] },
    /** The business is no longer registered, and nothing was paid yet. */
    deregistered: { from: [...beforeTheOrder, 'running'], to: ['stopped'] },
    lastClaimClosed: { from: ['running'], to: ['ended', 'stopped'] },
    /** A final payable is corrected. */
    corrected: { from: ['ended', 'stopped'], to: ['running'] },
  },
} as const satisfies Pathway<StartSubsidyState>;
