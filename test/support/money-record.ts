import { type MoneyWorld, ordersOf } from './money-acts';

/** All rows that the oracles judge. */
export type OnRecord = Awaited<ReturnType<typeof readRecord>>;

export async function readRecord({ bench, workers }: MoneyWorld) {
  const { db, sandbox } = bench;
  const officials = await db.official.findMany({ where: { person: { not: null } } });
  const persons = new Map(officials.map(({ id, person }) => [id, person ?? id]));
  const events = await db.event.findMany({ orderBy: { id: 'asc' } });
  return {
    workers,
    orders: await ordersOf(bench),
    incoming: sandbox.world.treasury.incoming,
    payments: await db.payment.findMany(),
    claims: await db.claim.findMany({ include: { subsidy: { include: { training: true } } } }),
    months: await db.entitlement.findMany(),
    recoveries: await db.recovery.findMany(),
    setOffs: await db.setOff.findMany({ where: { done: true } }),
    approvals: await db.approval.findMany(),
    accounts: await db.account.findMany(),
    entries: await db.ledgerEntry.findMany(),
    events: events.map(({ params, actorId, ...event }) => ({
      ...event,
      params: params as Params,
      person: persons.get(actorId) ?? actorId,
    })),
  };
}

/** The parameters of events; each event has some of them. */
interface Params {
  claim?: string;
  key?: string;
  kind?: string;
  amount?: number;
  after?: number;
  on?: string;
  lastDay?: string;
  answer?: string;
}

export type Claim = OnRecord['claims'][number];

/** The workflow id of a claim's subsidy. */
export const rowOf = ({ subsidyId }: Claim): string =>
  `${kindsByPrefix[subsidyId.split('-')[0] ?? '']}/${subsidyId}`;

const kindsByPrefix: Readonly<Record<string, string>> = {
  A: 'adaptation',
  S: 'subsidy',
  ST: 'stipend',
  SS: 'start-subsidy',
};

/** Events of a type about a subject, before another event. */
export const said = (
  { events }: OnRecord,
  type: string,
  about: { key?: string; claim?: string },
  before?: bigint,
) =>
  events.filter(
    ({ id, type: of, params }) =>
      of === type &&
      (before === undefined || id < before) &&
      Object.entries(about).every(([name, value]) => params[name as 'key'] === value),
  );

export const sumOf = <It>(all: readonly It[], amount: (it: It) => number | bigint): number =>
  all.reduce((sum, it) => sum + Number(amount(it)), 0);

/** The payable in a payment's key. */
export const claimOf = (key: string): string => key.slice(0, key.lastIndexOf('/'));
