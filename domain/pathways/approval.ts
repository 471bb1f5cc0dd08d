import type { Role } from '../roles';
import type { Pathway } from '../transitions';

export type ApprovalState = 'preparing' | 'drafted' | 'deciding' | 'approved' | 'rejected';

/**
 * Something that two persons decide: a correction, an account, a policy, a budget line, an employer's successor [money §7], two records of one person.
 * `preparing`: something has to come first (the employer's objection, the treasury's word on the account's holder).
 * `drafted`: the service found the reason; a person has to propose it, since the system is no person.
 */
export const approvalPathway = {
  open: ['preparing', 'drafted', 'deciding'],
  closed: ['approved', 'rejected'],
  commands: {
    proposal: {
      from: ['drafted'],
      by: ['employment_officer', 'finance_officer'],
      to: ['preparing', 'deciding', 'rejected'],
    },
    objection: { from: ['preparing'], by: ['employer'], to: ['deciding'], takesBack: ['deciding'] },
    decision: {
      from: ['deciding'],
      by: ['finance_officer', 'administrator', 'employment_officer'],
      to: ['approved', 'rejected'],
    },
  },
  events: {
    prepared: { from: ['preparing'], to: ['deciding'] },
    overtaken: { from: ['preparing', 'drafted', 'deciding'], to: ['rejected'] },
  },
} as const satisfies Pathway<ApprovalState>;

export const approvalKinds = [
  'correction',
  'account',
  'policy',
  'line',
  'successor',
  'join',
  'separation',
] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** Whose second person decides a kind of proposal. */
export const deciders: Readonly<Record<ApprovalKind, Role>> = {
  correction: 'finance_officer',
  account: 'finance_officer',
  policy: 'administrator',
  line: 'finance_officer',
  successor: 'employment_officer',
  join: 'administrator',
  separation: 'administrator',
};

/** Proposals about people, which are no matter of the offices of the money. */
export const aboutPeople = ['join', 'separation'] as const satisfies readonly ApprovalKind[];
