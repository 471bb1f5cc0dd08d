import { Prisma, type Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { balanceOf, post } from '../../records/kernel/ledger';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { RowHandlers } from '../row-handlers';
import { carry, lineAfter, unpaidOn } from './carrying-over';
import { wakeQueue } from './funding';
import { fitSetOffs } from './set-offs';

/** How many subsidies are carried over in one transaction. */
const AT_ONCE = 200;
const A_MOMENT_MS = 1000;

/**
 * The year is over. Committed and payable money moves to the next line with its claims. Recoverable money and payments at the
 * treasury stay, the rest lapses, and the line is closed [money §3, §8]. One transaction moves some subsidies, each of them
 * locked. A subsidy that another transaction has locked moves a moment later.
 */
async function yearEnds(transaction: Transaction, id: string, task: Task): Promise<void> {
  const next = await lineAfter(transaction, id);
  const left = await leftOn(transaction, id);
  const locked = left.length === 0 ? [] : await lockSubsidies(transaction, left.slice(0, AT_ONCE));
  if (locked.length > 0) await carryOver(transaction, id, next, locked);
  if (locked.length < left.length) {
    const nextAt = new Date(transaction.now.getTime() + (locked.length > 0 ? 1 : A_MOMENT_MS));
    await transaction.tx.task.update({ where: { id: task.id }, data: { nextAt } });
    return;
  }
  await close(transaction, id, next);
}

/** Claims that are still to be paid. A payment at the treasury stays on the line that it was sent from. */
const unpaid = Prisma.sql`open AND state NOT IN ('sent', 'disputed')`;

/** The subsidies that have a need, or committed or payable money, on the line. */
async function leftOn(transaction: Transaction, line: string): Promise<string[]> {
  const rows = await transaction.tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT subsidy_id AS id FROM commitments WHERE line_id = ${line} AND needed > 0
    UNION SELECT subsidy_id FROM claims WHERE line_id = ${line} AND ${unpaid}
    UNION SELECT subsidy_id FROM ledger_entries WHERE line_id = ${line} AND account IN ('committed', 'payable')
      GROUP BY subsidy_id HAVING sum(amount) <> 0
    ORDER BY id`);
  return rows.map(({ id }) => id);
}

async function lockSubsidies(transaction: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await transaction.tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM subsidies WHERE id IN (${Prisma.join([...ids])}) ORDER BY id FOR UPDATE SKIP LOCKED`,
  );
  return rows.map(({ id }) => id);
}

async function carryOver(
  transaction: Transaction,
  from: string,
  to: string,
  subsidies: readonly string[],
): Promise<void> {
  await endSetOffs(transaction, from, subsidies);
  const money = await unpaidOn(transaction, from, subsidies);
  await carry(transaction, from, to, money);
  const payable = money.flatMap(({ claimId }) => claimId ?? []);
  const theirs = Prisma.sql`line_id = ${from} AND subsidy_id IN (${Prisma.join([...subsidies])})`;
  await transaction.tx.$executeRaw(Prisma.sql`UPDATE commitments SET line_id = ${to} WHERE ${theirs}`);
  await transaction.tx.$executeRaw(
    Prisma.sql`UPDATE claims SET line_id = ${to} WHERE ${theirs} AND (${unpaid} OR id = ANY(${payable}))`,
  );
}

/** A set-off is made on one line. When a payable leaves the line, the set-offs planned against it are demanded [money §6]. */
async function endSetOffs(
  transaction: Transaction,
  line: string,
  subsidies: readonly string[],
): Promise<void> {
  if (!(await transaction.law()).policyOn(transaction.today).rules.setOffOnSameLine) return;
  const payables = await transaction.tx.claim.findMany({
    where: {
      lineId: line,
      subsidyId: { in: [...subsidies] },
      open: true,
      state: { notIn: ['sent', 'disputed'] },
      setOff: { gt: 0 },
    },
    orderBy: { id: 'asc' },
  });
  for (const payable of payables) await fitSetOffs(transaction, payable, 0n);
}

async function close(transaction: Transaction, id: string, next: string): Promise<void> {
  const lapsed = await balanceOf(transaction.tx, id, 'free');
  await post(transaction, 'lapsed', { lineId: id, amount: lapsed, act: 'year end' });
  const { _sum } = await transaction.tx.ledgerEntry.aggregate({
    where: { lineId: id, event: { in: ['committed_leaves', 'payable_leaves'] }, account: 'appropriation' },
    _sum: { amount: true },
  });
  await closeTasks(transaction, {}, 'year_ended');
  const row = await transaction.tx.budgetLine.findUniqueOrThrow({ where: { id } });
  await move(transaction, 'line', row, 'closed');
  const moved = Number(_sum.amount ?? 0n);
  await record(transaction, 'year_ended', {}, { line: next, moved, lapsed: Number(lapsed) });
  await wakeQueue(transaction, [next]);
}

/** The handlers of budget lines. Each line waits for its year's end. */
export const lineHandlers: RowHandlers<'line'> = {
  kind: 'line',
  commands: {},
  steps: { yearEnds },
  questions: {},
};
