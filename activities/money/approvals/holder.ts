import type { Approval, Task } from '../../../prisma/generated/client';
import type { AccountProposal } from '../../../records/money/accounts';
import { openDecision } from '../../../records/money/proposing';
import { move } from '../../../records/kernel/rows';
import { askTwiceADay, closeTasks } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import type { HolderAnswer } from '../../../registers/treasury';
import type { Question } from '../../row-handlers';

/** The account that a proposal is about. */
export async function proposedAccount({ tx }: Pick<Transaction, 'tx'>, row: Pick<Approval, 'body'>) {
  const { account } = row.body as AccountProposal;
  return tx.account.findUniqueOrThrow({ where: { id: account } });
}

/** The treasury's answer about an account's holder: `yes` is the employer, `no` is somebody else or nobody [money §5]. */
export const holderAnswer: Question = {
  async ask({ treasury }, { tx }, id) {
    const row = await tx.approval.findUniqueOrThrow({ where: { id } });
    const { number, mfo } = await proposedAccount({ tx }, row);
    return treasury.holder({ account: number, mfo });
  },
  async onAnswer(transaction, id, _task, answer) {
    const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
    const { holderStir } = await proposedAccount(transaction, row);
    const said = answer as HolderAnswer;
    const holder = said.answer === 'yes' && said.holderStir === holderStir ? 'yes' : 'no';
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

async function decidedNext(
  transaction: Transaction,
  row: Approval,
  holder: 'yes' | 'no' | 'unknown',
): Promise<void> {
  if (row.state === 'preparing') await openDecision(transaction, row);
  await move(transaction, 'approval', row, 'deciding', { holder });
}
