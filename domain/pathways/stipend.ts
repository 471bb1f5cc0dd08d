import type { Pathway } from '../transitions';

export type StipendState = 'awaiting_law' | 'awaiting_funds' | 'ordering' | 'running' | 'stopped' | 'ended';

const beforeTheOrder = ['awaiting_law', 'awaiting_funds', 'ordering'] as const;

/**
 * The stipend of a person who studies, from the admission to its last payment [measures §4]. Study begins whatever becomes of it:
 * what was studied is paid when money comes.
 */
export const stipendPathway = {
  open: [...beforeTheOrder, 'running'],
  closed: ['stopped', 'ended'],
  commands: {
    /** The head of the employment department of the centre's district. */
    order: { from: ['ordering'], by: ['employment_officer'], rank: 'head', to: ['running', 'ended'] },
  },
  steps: {
    lookForAmount: ['awaiting_funds', 'ordering'],
    lookForMoney: ['ordering'],
    openClaim: ['ended', 'stopped'],
    endsWithLast: ['ended', 'stopped'],
  },
  events: {
    reserved: { from: ['awaiting_law', 'awaiting_funds'], to: ['awaiting_funds', 'ordering'] },
    /** More is needed than was reserved, because the days of study changed. */
    uncovered: { from: ['ordering'], to: ['awaiting_funds'] },
    /** The person never began, or no day of the study carries a stipend. */
    notBegun: { from: [...beforeTheOrder, 'running'], to: ['stopped'] },
    lastClaimClosed: { from: ['running'], to: ['ended', 'stopped'] },
    /** The days of study or a final payable are corrected. */
    corrected: { from: ['ended', 'stopped'], to: ['running'] },
  },
} as const satisfies Pathway<StipendState>;
