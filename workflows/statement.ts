import { stages } from './stages';

/** While movements are matched a finance officer explains those that differ. */
const matched = {
  statement_answer: 'statementSilent',
  statement_matching: 'matchEntries',
  difference: 'stays',
} as const;

/** The treasury's statement of a day, matched by key with the ledger [money §9]. */
export const statementStages = stages('statement', { asking: matched, differing: matched });
