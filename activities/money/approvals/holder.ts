import type { AccountConversation } from '../../../contracts/approval';
import { dayOf } from '../../../domain/day';
import type { Approval, Task } from '../../../prisma/generated/client';
import type { AccountProposal } from '../../../records/money/accounts';
import { openDecision, personOf } from '../../../records/money/proposing';
import { record } from '../../../records/kernel/events';
import { tookPart } from '../../../records/kernel/participations';
import { wrongField } from '../../../records/kernel/refusal';
import { move } from '../../../records/kernel/rows';
import { askTwiceADay, closeTasks, openWait } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import type { HolderAnswer } from '../../../registers/treasury';
import type { Question } from '../../row-handlers';

/** The account that a proposal is about. */
export async function proposedAccount({ tx }: Pick<Transaction, 'tx'>, row: Pick<Approval, 'body'>) {
  const { account } = row.body as AccountProposal;
  return tx.account.findUniqueOrThrow({ where: { id: account } });
}

/** The treasury's answer about an account's holder: `yes` is the proposed one, `no` is somebody else or nobody [money §5]. */
export const holderAnswer: Question = {
  async ask({ treasury }, { tx }, id) {
    const row = await tx.approval.findUniqueOrThrow({ where: { id } });
    const { number, mfo, holderPinfl } = await proposedAccount({ tx }, row);
    return treasury.holder({ account: number, mfo, ...(holderPinfl !== null && { pinfl: holderPinfl }) });
  },
  async onAnswer(transaction, id, _task, answer) {
    const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
    const { holderStir, holderPinfl } = await proposedAccount(transaction, row);
    const said = answer as HolderAnswer;
    const isTheirs =
      said.answer === 'yes' &&
      (holderPinfl === null ? said.holderStir === holderStir : said.holderPinfl === holderPinfl);
    const holder = isTheirs ? 'yes' : 'no';
    await closeTasks(transaction, { kinds: ['holder_answer'] }, holder);
    await decidedNext(transaction, row, holder);
  },
};

/**
 * The treasury stayed silent. A document counts in place of its answer. The question stays open, and a late answer still
 * counts.
 */
export async function holderUnknown(transaction: Transaction, id: string, task: Task): Promise<void> {
  await askTwiceADay(transaction, task);
  await decidedNext(
    transaction,
    await transaction.tx.approval.findUniqueOrThrow({ where: { id } }),
    'unknown',
  );
}

/** The treasury's word is there, or not to be had. The second person decides, once the supervisor has spoken to the person. */
async function decidedNext(
  transaction: Transaction,
  row: Approval,
  holder: 'yes' | 'no' | 'unknown',
): Promise<void> {
  if (row.state === 'deciding') return move(transaction, 'approval', row, 'deciding', { holder });
  if (await openWait(transaction, 'account_conversation'))
    return move(transaction, 'approval', row, 'preparing', { holder });
  await openDecision(transaction, row);
  await move(transaction, 'approval', row, 'deciding', { holder });
}

/**
 * The supervisor has spoken to the person. If the account is not theirs, or they do not agree to their guardian's, the proposal is
 * over [measures §4].
 */
export async function conversation(
  transaction: Transaction,
  id: string,
  { confirms, spokenOn, words }: AccountConversation,
): Promise<void> {
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  if (spokenOn > transaction.today)
    throw wrongField('spokenOn', 'future_day', 'Is still to come. Enter the day of the conversation.');
  if (spokenOn < dayOf(row.proposedAt ?? row.since))
    throw wrongField(
      'spokenOn',
      'before_proposal',
      'The account was proposed later. Speak to the person about it, and enter the day of the conversation.',
    );
  const about = { personId: personOf(row) };
  await tookPart(transaction, 'spoke');
  await record(
    transaction,
    'account_conversation',
    about,
    { on: spokenOn, answer: confirms ? 'yes' : 'no' },
    words,
  );
  if (!confirms) {
    await closeTasks(transaction, {}, 'rejected');
    await refuseAccount(transaction, row);
    return move(transaction, 'approval', row, 'rejected', {
      decision: { approve: false, words },
      decidedBy: transaction.actor.id,
      decidedAt: transaction.now,
    });
  }
  await closeTasks(transaction, { kinds: ['account_conversation'] }, 'spoken');
  if (row.holder === null) return move(transaction, 'approval', row, 'preparing');
  await openDecision(transaction, row);
  await move(transaction, 'approval', row, 'deciding');
}

/** The proposed account is not paid to. */
export async function refuseAccount(transaction: Transaction, row: Approval): Promise<void> {
  const { id } = await proposedAccount(transaction, row);
  await transaction.tx.account.update({ where: { id }, data: { state: 'refused' } });
  const about = { employerId: row.employerId, personId: personOf(row) };
  await record(transaction, 'account_refused', about, { account: id });
}
