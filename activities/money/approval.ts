import type { ApprovalDecision, Proposal } from '../../contracts/approval';
import type { ApprovalKind } from '../../domain/pathways/approval';
import { deciders } from '../../domain/pathways/approval';
import type { Json } from '../../prisma/db';
import type { Approval } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { mustBeAnother } from '../../records/kernel/participations';
import { notNow, Refusal } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { RowHandlers } from '../row-handlers';
import { approvalEffects } from './approvals';
import { holderAnswer, holderUnknown } from './approvals/holder';
import { objection, objectionPassed } from './approvals/objecting';

const about = ({ employerId }: Approval) => ({ employerId });

/** Another person than the proposer approves or rejects a proposal [money §7]. */
async function decision(transaction: Transaction, id: string, body: ApprovalDecision): Promise<void> {
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  const kind = row.kind as ApprovalKind;
  if (transaction.actor.role !== deciders[kind])
    throw new Refusal(403, 'not_yours', `This is for the ${deciders[kind].replaceAll('_', ' ')}.`);
  await mustBeAnother(transaction, 'approval', [transaction.subject]);
  await closeTasks(transaction, {}, body.approve ? 'approved' : 'rejected');
  await move(transaction, 'approval', row, body.approve ? 'approved' : 'rejected', {
    decision: body as Json,
    decidedBy: transaction.actor.id,
    decidedAt: transaction.now,
  });
  await record(
    transaction,
    body.approve ? 'proposal_approved' : 'proposal_rejected',
    about(row),
    { kind, approval: id },
    body.words,
  );
  const effect = approvalEffects[kind];
  if (body.approve) await effect.approved(transaction, row, body);
  else await effect.rejected?.(transaction, row, body);
}

async function proposal(transaction: Transaction, id: string, body: Proposal): Promise<void> {
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  await approvalEffects[row.kind as ApprovalKind].proposed?.(transaction, row, body);
}

/** The service drafts only corrections and successions. The employer may object only to a correction. */
async function admit(transaction: Transaction, id: string, command: string): Promise<void> {
  const { kind } = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  if (command === 'objection' && kind !== 'correction')
    throw notNow('no_correction', 'This is possible for a correction only.');
}

export const approvalHandlers: RowHandlers<'approval'> = {
  kind: 'approval',
  commands: { proposal, objection, decision },
  steps: { holderUnknown, objectionPassed },
  questions: { holder_answer: holderAnswer },
  admit,
};
