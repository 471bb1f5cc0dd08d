import { at, endOfDay } from '../../../domain/day';
import { type ObligationKind, obligation } from '../../../domain/obligations';
import type { States } from '../../../domain/pathways';
import type { Actor, Role } from '../../../domain/roles';
import { allowedActions } from '../../../domain/transitions';
import type { Task } from '../../../prisma/generated/client';
import { pathwayOf, type ShownKind, subjectOf } from '../../../records/kernel/rows';
import { waitOf } from '../../../records/reads/waiting';
import { CASE, CLAIM, DAY, MANAGER, POLICY, REFERRAL, SUBSIDY } from './story';

/** A row that waits: its number and state, and the wait and actions that the tables of its kind give to a reader. */
function row<K extends ShownKind>(
  kind: K,
  shape: string,
  id: string,
  state: States[K],
  wait: ObligationKind,
  reader: Role,
): Readonly<Record<string, unknown>> {
  const [{ owner: role, rank = null }] = obligation(wait).duties;
  const since = at(DAY, '10:15');
  const task = {
    subject: subjectOf(kind, id),
    kind: wait,
    role,
    rank,
    escalated: 0,
    assigneeId: role === 'case_manager' ? MANAGER : null,
    since,
    due: role === 'clock' ? null : endOfDay('2026-03-07'),
    policyId: role === 'clock' ? null : POLICY,
  } as Task;
  const actor: Actor = { id: '', role: reader, rank: 'officer', area: '' };
  return {
    [`${shape}.id`]: id,
    [`${shape}.state`]: state,
    [`${shape}.waitingFor`]: waitOf(task, since, actor),
    [`${shape}.allowedActions`]: allowedActions(pathwayOf(kind), state, actor),
  };
}

/** The rows that wait. */
export const rows = {
  ...row('case', 'Case', CASE, 'planning', 'first_referral', 'case_manager'),
  ...row('referral', 'Referral', REFERRAL, 'delivered', 'decision', 'employer'),
  ...row('inspection', 'Inspection', 'I-000001', 'examining', 'resolution', 'labour_inspector'),
  ...row('retention', 'Employment', 'J-000001', 'in_force', 'check', 'case_manager'),
  ...row('public-works', 'PublicWorks', 'W-000001', 'working', 'works_end', 'employment_officer'),
  ...row('training', 'Training', 'T-000001', 'studying', 'training_end', 'training_officer'),
  ...row('business', 'Business', 'B-000001', 'active', 'business_check', 'case_manager'),
  ...row('subsidy', 'Subsidy', SUBSIDY, 'running', 'next_claim', 'employment_officer'),
  ...row('adaptation', 'Adaptation', 'A-000001', 'review', 'review', 'employment_officer'),
  ...row('stipend', 'Stipend', 'ST-000001', 'ordering', 'signing', 'employment_officer'),
  ...row('start-subsidy', 'StartSubsidy', 'SS-000001', 'review', 'start_review', 'supervisor'),
  ...row('claim', 'Claim', CLAIM, 'ready', 'claim_decision', 'finance_officer'),
  ...row('approval', 'Approval', 'AP-000001', 'deciding', 'decide_account', 'finance_officer'),
  ...row('recovery', 'Recovery', 'RC-000001', 'demanded', 'repayment', 'finance_officer'),
  ...row('line', 'BudgetLine', 'above_quota-1726-2026', 'running', 'year_end', 'finance_officer'),
  ...row('statement', 'Statement', DAY, 'differing', 'difference', 'finance_officer'),
};
