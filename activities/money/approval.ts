import type { ApprovalDecision, Proposal } from '../../contracts/approval';
import type { ApprovalKind } from '../../domain/pathways/approval';
import type { Json } from '../../prisma/db';
import type { Approval } from '../../prisma/generated/client';
import { personOf } from '../../records/money/proposing';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { RowHandlers } from '../row-handlers';
import { approvalEffects } from './approvals';
import { conversation, holderAnswer, holderUnknown } from './approvals/holder';
import { objection, objectionPassed } from './approvals/objecting';

const about = (row: Approval) => ({ employerId: row.employerId, personId: personOf(row) });

/** Another person than the proposer approves or rejects a proposal [money §7]. */
async function decision(transaction: Transaction, id: string, body: ApprovalDecision): Promise<void> {
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  const kind = row.kind as ApprovalKind;
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

export const approvalHandlers: RowHandlers<'approval'> = {
  kind: 'approval',
  commands: { proposal, objection, conversation, decision },
  steps: { holderUnknown, objectionPassed },
  questions: { holder_answer: holderAnswer },
};
