import type { Role } from '../roles';
import type { Pathway } from '../transitions';

export type ApprovalState = 'preparing' | 'drafted' | 'deciding' | 'approved' | 'rejected';

/**
 * A decision of two persons: a correction, an account, a policy, a budget line, an employer's successor [money §7], two
 * records of one person, the withdrawal of a resolution, an employer that a case manager proposed, or a person's account.
 * `preparing`: the employer's objection, the treasury's answer on the account's holder or the supervisor's conversation comes first. `drafted`: the service found the reason. A person
 * proposes the correction, because the service is not a person.
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
    /** The employer's, or a person's in the words that the case manager enters. */
    objection: {
      from: ['preparing'],
      by: ['employer', 'case_manager', 'supervisor'],
      to: ['deciding'],
      takesBack: ['deciding'],
    },
    conversation: { from: ['preparing'], by: ['supervisor'], to: ['preparing', 'deciding', 'rejected'] },
    decision: {
      from: ['deciding'],
      by: ['finance_officer', 'administrator', 'employment_officer', 'labour_inspector'],
      to: ['approved', 'rejected'],
    },
  },
  steps: { objectionPassed: ['deciding'], holderUnknown: ['preparing', 'deciding'] },
  events: {
    prepared: { from: ['preparing'], to: ['preparing', 'deciding'] },
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
  'resolution_withdrawal',
  'employer',
  'persons_account',
] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** The role of the second person for each kind of proposal. */
export const deciders: Readonly<Record<ApprovalKind, Role>> = {
  correction: 'finance_officer',
  account: 'finance_officer',
  policy: 'administrator',
  line: 'finance_officer',
  successor: 'employment_officer',
  join: 'administrator',
  separation: 'administrator',
  resolution_withdrawal: 'labour_inspector',
  employer: 'employment_officer',
  persons_account: 'finance_officer',
};

/** Proposals about people. They do not concern the offices of the money. */
export const aboutPeople = ['join', 'separation'] as const satisfies readonly ApprovalKind[];

/** Proposals of case managers. They and their supervisors follow them. */
export const followed = ['employer', 'persons_account'] as const satisfies readonly ApprovalKind[];

/** Proposals about inspections. They concern the inspectorate alone. */
export const aboutInspections = ['resolution_withdrawal'] as const satisfies readonly ApprovalKind[];
