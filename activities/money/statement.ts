import type { Explanation } from '../../contracts/statement';
import { addDays, type Day, dayOf } from '../../domain/day';
import { EMPLOYMENT, type Fund } from '../../domain/fund';
import { actsFor } from '../../domain/money/funds';
import { balanceFaults, isDifference, netOut, type Verdict, verdictOf } from '../../domain/money/statement';
import { contains } from '../../domain/soato';
import type { Statement, StatementEntry, Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { overdueInStatements, statementAfter, statementBefore } from '../../records/reads/reconciliation';
import { Refusal, wrongField } from '../../records/kernel/refusal';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { askTwiceADay, closeTasks, lengthNow, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import type { StatementAnswer } from '../../registers/treasury';
import type { Question, RowHandlers } from '../row-handlers';
import { readClaim } from './claims';
import { heed } from './paying/heeding';
import { type WholePayment } from './paying/payments';
import { repaid } from './recovering';
import { beginNext } from './statements';

type Told = StatementAnswer & { answer: 'yes' };

/** The reference of the difference when a statement does not come. */
const MISSING = 'statement';

const readStatement = (transaction: Pick<Transaction, 'tx'>, id: string): Promise<Statement> =>
  transaction.tx.statement.findUniqueOrThrow({ where: { id } });

/** The days that a statement's row covers: its working day, and the days off before that day. */
async function daysOf({ tx }: Pick<Transaction, 'tx'>, row: Statement): Promise<Day[]> {
  const before = await tx.statement.findFirst(statementBefore(row));
  const begun = dayOf(row.since);
  const from = before ? addDays(before.day, 1) : begun < row.day ? begun : row.day;
  const days: Day[] = [];
  for (let day = from; day <= row.day; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * The treasury's statement as a question. It is asked from the morning of the next working day until the statement is ready.
 * Movements of days off are in the statement of the next working day.
 */
const statementAnswer: Question = {
  async ask({ treasury }, { tx }, id) {
    const told: Told[] = [];
    const row = await readStatement({ tx }, id);
    for (const day of await daysOf({ tx }, row)) {
      const said = await treasury.statement(row.fund as Fund, day);
      if (said.answer === 'unknown') return said;
      if (said.answer === 'yes') told.push(said);
      else if (day === row.day) return { answer: 'unknown', why: 'busy', raw: said.raw };
    }
    const first = told[0];
    const last = told.at(-1);
    if (!first || !last) throw new Error(`statement ${id} covers no day`);
    const entries = told.flatMap((day) => day.entries);
    const raw = told.map((day) => day.raw).join('\n');
    return { answer: 'yes', opening: first.opening, closing: last.closing, entries, raw };
  },

  async onAnswer(transaction, id, _task, answer) {
    const { opening, closing, entries } = answer as Told;
    const data = entries.map((entry, n) => ({
      statementId: id,
      n: n + 1,
      reference: entry.kind === 'incoming' ? entry.reference : entry.key,
      direction: entry.direction,
      kind: entry.kind,
      on: entry.on,
      amount: entry.amount,
      account: entry.account,
    }));
    for (let from = 0; from < data.length; from += INSERTED_AT_ONCE)
      await transaction.tx.statementEntry.createMany({ data: data.slice(from, from + INSERTED_AT_ONCE) });
    const row = await readStatement(transaction, id);
    await closeTasks(transaction, { kinds: ['statement_answer'] }, 'yes');
    await closeTasks(transaction, { kinds: ['difference'], ref: MISSING }, 'it came');
    await openTask(transaction, { kind: 'statement_matching', area: '', firesAt: transaction.now });
    await move(transaction, 'statement', row, row.state as 'asking' | 'differing', { opening, closing });
  },
};

const INSERTED_AT_ONCE = 2000;
const MATCHED_AT_ONCE = 40;

/** Matches the next movements with the ledger. After the last movement the balances are compared and the next day begins. */
async function matchEntries(transaction: Transaction, id: string): Promise<void> {
  const unmatched = { statementId: id, matched: null };
  const entries = await transaction.tx.statementEntry.findMany({
    where: unmatched,
    orderBy: { n: 'asc' },
    take: MATCHED_AT_ONCE,
    include: { statement: { select: { fund: true, day: true } } },
  });
  for (const entry of entries) {
    const verdict = await matchEntry(transaction, entry);
    const { statementId, n } = entry;
    await transaction.tx.statementEntry.update({
      where: { statementId_n: { statementId, n } },
      data: { matched: verdict },
    });
  }
  if ((await transaction.tx.statementEntry.count({ where: unmatched })) > 0)
    return openTask(transaction, { kind: 'statement_matching', area: '', firesAt: transaction.now });
  await finish(transaction, id);
}

/** A movement, with the fund and the day of its statement. */
type Stated = StatementEntry & { statement: Pick<Statement, 'fund' | 'day'> };

async function matchEntry(transaction: Transaction, entry: Stated): Promise<Verdict> {
  const { verdict, area = '' } =
    entry.kind === 'incoming'
      ? await matchIncoming(transaction, entry)
      : await matchPayment(transaction, entry);
  if (isDifference(verdict))
    await openTask(transaction, {
      kind: 'difference',
      ref: entry.reference,
      area,
      fund: entry.statement.fund,
    });
  return verdict;
}

interface Matched {
  verdict: Verdict;
  /** The office area of a difference. */
  area?: string;
}

/** Money under a recovery's number is repaid. Money that nobody owed the fund, or without such a number, becomes a difference. */
async function matchIncoming(
  transaction: Transaction,
  { reference, amount, on: day, statement: { fund } }: Stated,
): Promise<Matched> {
  const known = await transaction.tx.recovery.findUnique({
    where: { id: reference, fund },
    select: { area: true },
  });
  if (!known) return { verdict: 'unmatched_incoming' };
  const left = await repaid(transaction, reference, amount, day);
  const unowed = left === amount ? 'unmatched_incoming' : 'amount_differs';
  return { verdict: left === 0n ? 'recovery' : unowed, area: known.area };
}

/** The statement's report about its fund's payment outranks every other source except an officer [money §5]. */
async function matchPayment(transaction: Transaction, entry: Stated): Promise<Matched> {
  const { reference: key, amount, account, on: day, statement } = entry;
  const says = entry.kind as 'settled' | 'returned';
  const found = await transaction.tx.payment.findUnique({ where: { key }, include: { claim: true } });
  if (found?.claim.fund !== statement.fund) return { verdict: 'unknown_key' };
  const { area, id } = found.claim;
  if (await isStatedBefore(transaction, entry)) return { verdict: 'stated_twice', area };
  await lockRow(transaction.tx, 'claim', id);
  const here = inRow(transaction, subjectOf('claim', id));
  const claim = await readClaim(here, id);
  const payment: WholePayment = await transaction.tx.payment.findUniqueOrThrow({
    where: { key },
    include: { account: true },
  });
  const word = {
    source: 'statement' as const,
    says,
    on: day,
    amount,
    ...(account !== null && { account }),
  };
  // Money that went out and came back by the same statement has come back.
  const agrees = amount === payment.amount && account === payment.account.number;
  if (says === 'settled' && agrees && (await cameBackToo(transaction, entry)))
    return { verdict: 'payment', area };
  return { verdict: verdictOf(await heed(here, claim, payment, word)), area };
}

const isStatedBefore = async (
  transaction: Transaction,
  { statementId, n, reference, kind, statement: { fund, day } }: Stated,
) =>
  (await transaction.tx.statementEntry.count({
    where: {
      reference,
      kind,
      OR: [{ statement: { fund, day: { lt: day } } }, { statementId, n: { lt: n } }],
    },
  })) > 0;

const cameBackToo = async (
  transaction: Transaction,
  { statementId, reference }: StatementEntry,
): Promise<boolean> =>
  (await transaction.tx.statementEntry.count({ where: { statementId, reference, kind: 'returned' } })) > 0;

/** Every movement is matched. Balances and missing payments are checked, and the next working day's statement is awaited. */
async function finish(transaction: Transaction, id: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['statement_matching'] }, 'done');
  const row = await readStatement(transaction, id);
  const entries = await transaction.tx.statementEntry.findMany({ where: { statementId: id } });
  for (const ref of await faultsOf(transaction, row, entries))
    await openTask(transaction, { kind: 'difference', ref, area: '', fund: row.fund });
  const late = await overdueInStatements(transaction, row, await lengthNow(transaction, 'treasurySilence'));
  for (const { key, area } of late)
    await openTask(transaction, { kind: 'difference', ref: key, area, fund: row.fund });
  const differences = await openDifferences(transaction);
  await move(transaction, 'statement', row, differences > 0 ? 'differing' : 'matched');
  const matched = entries.filter((entry) => !isDifference(entry.matched as Verdict)).length;
  const named = row.fund !== EMPLOYMENT && { fund: row.fund };
  await record(transaction, 'statement_read', {}, { day: row.day, ...named, matched, differences });
  await beginNext(transaction, row);
}

async function faultsOf(transaction: Transaction, row: Statement, entries: readonly StatementEntry[]) {
  const { id, opening, closing } = row;
  if (opening === null || closing === null) throw new Error(`statement ${id} was not read`);
  const { statement } = transaction.tx;
  const before = await statement.findFirst(statementBefore(row));
  const after = await statement.findFirst(statementAfter(row));
  const moved = entries.map(({ direction, amount }) => ({ direction: direction as 'out' | 'in', amount }));
  return balanceFaults({ opening, closing }, netOut(moved), {
    before: before?.closing ?? undefined,
    after: after?.opening ?? undefined,
  });
}

const openDifferences = ({ tx, subject }: Transaction): Promise<number> =>
  tx.task.count({ where: { subject, kind: 'difference', closedAt: null } });

/**
 * The treasury made no statement for 10 days. A finance officer asks for it there. The question stays open, and the next day
 * begins.
 */
async function statementSilent(transaction: Transaction, id: string, task: Task): Promise<void> {
  await askTwiceADay(transaction, task);
  const row = await readStatement(transaction, id);
  await openTask(transaction, { kind: 'difference', ref: MISSING, area: '', fund: row.fund });
  await move(transaction, 'statement', row, 'differing');
  await beginNext(transaction, row);
}

/** A finance officer explains a difference. With the last explanation the statement is matched [money §9]. */
async function explanation(
  transaction: Transaction,
  id: string,
  { ref, words, document }: Explanation,
): Promise<void> {
  const task = await openWait(transaction, 'difference', ref);
  if (!task) throw wrongField('ref', 'no_such_difference', 'No difference with this ref is open.');
  if (!actsFor(transaction.actor, task.fund) || !contains(transaction.actor.area, task.area))
    throw new Refusal(403, 'not_yours', 'This difference lies with the finance office of another area.');
  await closeTasks(transaction, { kinds: ['difference'], ref }, 'explained');
  if (ref === MISSING) await closeTasks(transaction, { kinds: ['statement_answer'] }, 'explained');
  await record(
    transaction,
    'difference_explained',
    {},
    { ref, ...(document && { document: { ...document } }) },
    words,
  );
  const left = await transaction.tx.task.count({
    where: { subject: transaction.subject, closedAt: null, nextAt: { not: null } },
  });
  await move(
    transaction,
    'statement',
    await readStatement(transaction, id),
    left > 0 ? 'differing' : 'matched',
  );
}

export const statementHandlers: RowHandlers<'statement'> = {
  kind: 'statement',
  commands: { explanation },
  steps: { statementSilent, matchEntries },
  questions: { statement_answer: statementAnswer },
};
