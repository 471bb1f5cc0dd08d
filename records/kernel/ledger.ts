import { randomUUID } from 'node:crypto';
import { entriesOf, type LedgerAccount, ofTheLine, type PostingEvent } from '../../domain/money/postings';
import { Prisma } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import type { Transaction } from './transaction';
import { insertAll } from './writing';

/** A posting's object. Every posting points to its claim, order, correction or act. */
export interface Posting {
  lineId: string;
  /** In so'm. Nothing is posted for 0. */
  amount: bigint;
  subsidyId?: string;
  claimId?: string;
  recoveryId?: string;
  /** The month worked. */
  month?: string;
  act?: string;
}

/**
 * Moves money within a line by the posting table. At commit the database refuses a posting that does not sum to 0 or takes an
 * account below 0 [money §8].
 */
export const post = (transaction: Transaction, event: PostingEvent, it: Posting): Promise<void> =>
  postAll(transaction, [{ ...it, event }]);

/** Makes many postings at once. */
export async function postAll(
  transaction: Transaction,
  postings: readonly (Posting & { event: PostingEvent })[],
): Promise<void> {
  const entries = postings.filter(({ amount }) => amount !== 0n).flatMap((it) => entriesFor(transaction, it));
  await insertAll(transaction.tx, 'ledger_entries', entries);
}

function entriesFor(transaction: Transaction, { event, ...it }: Posting & { event: PostingEvent }) {
  const posting = randomUUID();
  return entriesOf(event, it.amount).map(({ account, amount }) => ({
    posting,
    at: transaction.now,
    event,
    lineId: it.lineId,
    account,
    amount,
    subsidyId: ofTheLine.includes(account) ? '' : (it.subsidyId ?? ''),
    claimId: it.claimId ?? null,
    recoveryId: it.recoveryId ?? null,
    month: it.month ?? null,
    act: it.act ?? null,
    actorId: transaction.actor.id,
  }));
}

/** The kept balance of a line's account in so'm, with what this transaction has posted. */
export async function balanceOf(
  tx: Pick<Tx, '$executeRaw' | '$queryRaw'>,
  lineId: string,
  account: LedgerAccount,
): Promise<bigint> {
  await tx.$executeRaw`SET CONSTRAINTS ledger_entries_balance IMMEDIATE`;
  const [row] = await tx.$queryRaw<{ amount: bigint }[]>`
    SELECT (accounts ->> ${account})::bigint AS amount FROM line_balances WHERE line_id = ${lineId} AND accounts ? ${account}`;
  await tx.$executeRaw`SET CONSTRAINTS ledger_entries_balance DEFERRED`;
  return row?.amount ?? 0n;
}

/** The kept balances of each line that has some, by account. */
export async function accountsOf(
  tx: Pick<Tx, 'lineBalance'>,
  lines: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const rows = await tx.lineBalance.findMany({ where: { lineId: { in: [...lines] } } });
  return new Map(rows.map(({ lineId, accounts }) => [lineId, accounts as Record<string, number>]));
}

/** Locks lines in one order, for postings that take from `free`. Lines that do not exist are left out. */
export async function lockLines(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM budget_lines WHERE id IN (${Prisma.join([...ids])}) AND open ORDER BY id FOR UPDATE`,
  );
  return rows.map(({ id }) => id);
}
