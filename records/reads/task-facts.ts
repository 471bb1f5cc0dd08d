import type { Params } from '../../domain/words/values';
import type { Tx } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { rowOf } from '../kernel/rows';
import { keptBackOf, overpaymentsOf } from '../money/outlook';

/*
 * What a person must know of the money before a task is decided, beside the row itself. Each kind of task is read once.
 */

type Lookup = (tx: Tx, tasks: readonly Task[], now: Date) => Promise<(task: Task) => Params | undefined>;

const idOf = ({ subject }: Task): string => rowOf(subject)?.id ?? '';
const idsOf = (tasks: readonly Task[]) => ({ id: { in: [...new Set(tasks.map(idOf))] } });

/** The sum that the approval of a claim keeps back towards debts [money §6]. */
const ofClaims: Lookup = async (tx, tasks, now) => {
  const kept = await keptBackOf(tx, await tx.claim.findMany({ where: idsOf(tasks) }), now);
  return (task) => ({ setOff: kept.get(idOf(task)) });
};

/** What would become of the overpayment that a correction establishes. */
const ofCorrections: Lookup = async (tx, tasks, now) => {
  const found = await overpaymentsOf(tx, await tx.approval.findMany({ where: idsOf(tasks) }), now);
  return (task) => {
    const { setOff, demand } = found.get(idOf(task)) ?? {};
    return { setOff: setOff || undefined, demand: demand || undefined };
  };
};

/** The disputed payment, and both sums. */
const ofDisputes: Lookup = async (tx, tasks) => {
  const events = await tx.event.findMany({
    where: { subject: { in: tasks.map(({ subject }) => subject) }, type: 'payment_disputed' },
    orderBy: { id: 'asc' },
  });
  const last = new Map(
    events.map(({ subject, params }) => [subject, params as { key: string; why: string; stated?: number }]),
  );
  const sums = await sumsOf(
    tx,
    [...last.values()].map(({ key }) => key),
  );
  return ({ subject }) => {
    const { key, why, stated } = last.get(subject) ?? {};
    return { key, why, stated, ledger: key === undefined ? undefined : sums.get(key) };
  };
};

/** The movement that a statement and the ledger tell differently, and both sums. */
const ofDifferences: Lookup = async (tx, tasks) => {
  const refs = tasks.map(({ ref }) => ref);
  const entries = await tx.statementEntry.findMany({
    where: { statementId: { in: tasks.map(idOf) }, reference: { in: refs } },
    orderBy: { n: 'asc' },
  });
  const sums = await sumsOf(tx, refs);
  return (task) => {
    const stated = entries.findLast((one) => one.statementId === idOf(task) && one.reference === task.ref);
    return { ref: task.ref, stated: stated?.amount, ledger: sums.get(task.ref) };
  };
};

/** The sums that the ledger has under keys of payments and numbers of recoveries. */
async function sumsOf(tx: Tx, refs: readonly string[]): Promise<Map<string, bigint>> {
  const payments = await tx.payment.findMany({ where: { key: { in: [...refs] } } });
  const recoveries = await tx.recovery.findMany({ where: { id: { in: [...refs] } } });
  return new Map([
    ...payments.map(({ key, amount }) => [key, amount] as const),
    ...recoveries.map(({ id, amount }) => [id, amount] as const),
  ]);
}

/** The channels that failed to deliver a referral, with the gateway's reason. */
const ofContacts: Lookup = async (tx, tasks) => {
  const failed = await tx.notice.findMany({
    where: { subject: { in: tasks.map(({ subject }) => subject) }, state: 'failed', why: { not: null } },
    orderBy: { settledAt: 'asc' },
    select: { subject: true, channel: true, why: true },
  });
  return ({ subject }) => {
    const last = failed.findLast((one) => one.subject === subject);
    return { how: last?.channel, because: last?.why };
  };
};

const lookups: Readonly<Record<string, Lookup>> = {
  claim_decision: ofClaims,
  decide_correction: ofCorrections,
  dispute: ofDisputes,
  difference: ofDifferences,
  correct_contact: ofContacts,
  deliver_by_hand: ofContacts,
};

/** Facts in the words of tasks, by task. Tasks without any are read for nothing. */
export async function taskFactsOf(
  tx: Tx,
  tasks: readonly Task[],
  now: Date,
): Promise<(task: Task) => Params> {
  const found = new Map<string, Awaited<ReturnType<Lookup>>>();
  for (const kind of new Set(tasks.map((task) => task.kind))) {
    const lookUp = lookups[kind];
    if (lookUp)
      found.set(
        kind,
        await lookUp(
          tx,
          tasks.filter((task) => task.kind === kind),
          now,
        ),
      );
  }
  return (task) => ({ owner: task.role, ...found.get(task.kind)?.(task) });
}
