import type { ObligationKind } from './obligations';
import type { Actor, Role } from './roles';

/** The acts that meet a wait and are no command of its row, with the roles that may do them. A route of its own does each. */
export const otherActs = {
  /** POST /employers/{id}/account */
  account: { meets: ['account_correction'], by: ['employer', 'finance_officer'] },
  /** POST /vocabularies/{vocabulary}/words */
  words: { meets: ['recommendation_words'], by: ['employment_officer'] },
  /** POST /officials */
  appointment: { meets: ['office_gap'], by: ['administrator'] },
  /** PUT /budget-lines/{id} */
  line: { meets: ['funds'], by: ['finance_officer'] },
  /** POST /policies */
  policy: { meets: ['law'], by: ['administrator'] },
} as const satisfies Readonly<Record<string, { meets: readonly ObligationKind[]; by: readonly Role[] }>>;

type OfTask = keyof typeof otherActs | 'finding' | 'take';

/** The acts that are offered beside commands, by the kind of their subject. */
export type OtherAction = `task.${OfTask}` | 'line.amount';

/** The acts that a role may do for a wait. */
export const otherActsFor = (kind: string, role: Actor['role']): string[] =>
  Object.entries(otherActs)
    .filter(([, { meets, by }]) => meets.some((one) => one === kind) && by.some((one) => one === role))
    .map(([act]) => act);
