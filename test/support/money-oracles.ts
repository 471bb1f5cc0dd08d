import type { Db } from '../../prisma/db';
import { ADAPTED, hires, kinds, type MoneyWorld, type TreasuryOrder } from './money-acts';
import { fourEyesFaults } from './money-four-eyes';
import { type Claim, claimOf, type OnRecord, readRecord, rowOf, said, sumOf } from './money-record';
import { rowsOf, waitFaults } from './model';

/*
 * The rules for the money after every act. They are judged by facts that the service does not decide: the treasury's orders, the law's
 * table written out, the sums put on the lines, and the actors of the events.
 */

/** The faults of the record, in words. */
export async function faults(world: MoneyWorld): Promise<string[]> {
  const { bench } = world;
  const record = await readRecord(world);
  return [
    ...(await waitFaults(bench, await rowsOf(bench, kinds))),
    ...(await ownerFaults(bench.db)),
    ...(await ledgerFaults(bench.db)),
    ...budgetFaults(world, record),
    ...monthFaults(record),
    ...stipendFaults(record),
    ...(await startFaults(bench.db, record)),
    ...explanationFaults(record),
    ...knownFaults(record),
    ...fourEyesFaults(record),
  ];
}

/** The owner of a claim's next step, by the table of the rules [money §4]. */
const owners: Readonly<Record<string, readonly string[]>> = {
  checking: ['register', 'employment_officer'],
  awaiting_register: ['register', 'employment_officer'],
  awaiting_declaration: ['employer'],
  to_review: ['employment_officer'],
  ready: ['finance_officer'],
  approved: ['clock', 'finance_officer'],
  sent: ['register', 'finance_officer'],
  payment_returned: ['employer', 'finance_officer'],
  disputed: ['finance_officer'],
};

/** The same of a person's claim, where it differs: a month of study waits for attendance, and the case manager is asked [measures §4]. */
const ownersOfPersons: typeof owners = {
  checking: ['clock', 'register', 'case_manager', 'supervisor'],
  ready: ['finance_officer', 'case_manager', 'supervisor'],
  payment_returned: ['case_manager', 'supervisor'],
};

const ownersOf = ({ state, personId }: { state: string; personId: string | null }) =>
  (personId === null ? undefined : ownersOfPersons[state]) ?? owners[state];

/** Every open claim has a wait of the owner that the rules name for its state. */
async function ownerFaults(db: Db): Promise<string[]> {
  const claims = await db.claim.findMany({ where: { open: true } });
  const tasks = await db.task.findMany({ where: { closedAt: null, subject: { startsWith: 'claim/' } } });
  return claims
    .filter(
      (claim) =>
        !tasks.some(
          ({ subject, role }) => subject === `claim/${claim.id}` && ownersOf(claim)?.includes(role),
        ),
    )
    .map(
      (claim) => `${claim.id} is ${claim.state} and nobody of ${ownersOf(claim)?.join(', ')} owes anything`,
    );
}

/** Every posting sums to 0 on each line. Only the appropriation is below 0. The accounts of a line sum to its amount. */
async function ledgerFaults(db: Db): Promise<string[]> {
  const postings = await db.ledgerEntry.groupBy({ by: ['posting', 'lineId'], _sum: { amount: true } });
  const balances = await db.ledgerEntry.groupBy({
    by: ['lineId', 'account', 'subsidyId'],
    _sum: { amount: true },
  });
  const lines = await db.budgetLine.findMany();
  return [
    ...postings.filter(({ _sum }) => _sum.amount !== 0n).map(({ posting }) => `${posting} is not balanced`),
    ...balances
      .filter(({ account, _sum }) => account !== 'appropriation' && (_sum.amount ?? 0n) < 0n)
      .map(({ lineId, account, subsidyId }) => `${account} of ${lineId} ${subsidyId} is below 0`),
    ...lines.flatMap(({ id, amount, open }) => {
      const bound = balances
        .filter(({ lineId, account }) => lineId === id && account !== 'appropriation')
        .reduce((sum, { _sum }) => sum + (_sum.amount ?? 0n), 0n);
      return open && bound !== amount ? [`${id} has ${bound} on its accounts, not ${amount}`] : [];
    }),
  ];
}

/** Money that is with the bank or the employer, by the treasury. */
const isOut = ({ state }: TreasuryOrder): boolean => state === 'accepted' || state === 'settled';

/** By the treasury, a programme's lines of the years until each year paid out no more than their sums. Money that came back is deducted. */
function budgetFaults({ granted, proposed }: MoneyWorld, record: OnRecord): string[] {
  const { approvals, orders, incoming, recoveries } = record;
  const put = new Map(granted);
  for (const { id, state } of approvals) {
    const change = proposed.get(id);
    if (change && state === 'approved') put.set(change.line, (put.get(change.line) ?? 0) + change.by);
  }
  const back = incoming.flatMap(({ reference, amount, on }) => {
    const recovery = recoveries.find(({ id }) => id === reference);
    return recovery && on.slice(0, 4) === yearOf(recovery.lineId) ? [{ line: recovery.lineId, amount }] : [];
  });
  return [...put.keys()].flatMap((line) => {
    const isUntil = (other: string): boolean =>
      other.slice(0, -4) === line.slice(0, -4) && yearOf(other) <= yearOf(line);
    const had = sumOf(
      [...put].filter(([other]) => isUntil(other)),
      ([, amount]) => amount,
    );
    const left =
      sumOf(
        orders.filter((order) => isOut(order) && isUntil(order.line)),
        ({ amount }) => amount,
      ) -
      sumOf(
        back.filter((money) => isUntil(money.line)),
        ({ amount }) => amount,
      );
    return left > had ? [`${left} were paid from ${line} and before, which had ${had}`] : [];
  });
}

const yearOf = (line: string): string => line.slice(-4);

/** The amount of a whole month by the law's table, in so'm: BHM 340,000, from 01.10.2024 375,000, from 01.08.2025 412,000. */
const bhmOf = (month: string): number =>
  month < '2024-10' ? 340_000 : month < '2025-08' ? 375_000 : 412_000;

/** The first person's part months: 17 of 31 days at first, and the last 14 of 31 days of the six months. */
const inPart: Readonly<Record<string, number>> = { '2024-08': 279_677, '2025-02': 254_032 };

/** The largest amount of a month by the law. */
function worthAtMost(record: OnRecord, { month, subsidy }: OnRecord['claims'][number]): number {
  const { programme, personId } = subsidy;
  if (programme === 'workplace_adaptation') return ADAPTED;
  if (programme === 'self_employment_start') return STARTED;
  if (programme === 'training_stipend') return daysStudied(subsidy.training, month) > 0 ? bhmOf(month) : 0;
  const worker = record.workers.indexOf(personId);
  const months = programme === 'hire_pwd' ? 6 : 12;
  if (!isWithin(month, hires[worker]?.on ?? '', months)) return 0;
  if (programme === 'above_quota') return 2 * bhmOf(month);
  return (worker === 0 && inPart[month]) || 1.5 * bhmOf(month);
}

/** The days of a month on which a person studied, by the training's row. */
function daysStudied(training: OnRecord['claims'][number]['subsidy']['training'], month: string): number {
  if (!training) return 0;
  const from = training.startedOn ?? training.firstOn ?? '';
  const to = training.endedOn ?? training.lastOn ?? '';
  const days = Array.from({ length: 31 }, (_, n) => `${month}-${String(n + 1).padStart(2, '0')}`);
  return days.filter((day) => from <= day && day <= to).length;
}

/**
 * The stipends of a person, all courses together, pay no month more than once, and no month of a stipend lapses while the person lives.
 */
function stipendFaults({ claims, orders }: OnRecord): string[] {
  const ofStudy = claims.filter(({ subsidy }) => subsidy.programme === 'training_stipend');
  const paid = (of: readonly Claim[]): number =>
    sumOf(
      orders.filter((order) => isOut(order) && of.some(({ id }) => id === claimOf(order.key))),
      ({ amount }) => amount,
    );
  const months = new Set(ofStudy.map(({ month }) => month));
  return [
    ...ofStudy.filter(({ state }) => state === 'lapsed').map(({ id }) => `${id} has lapsed`),
    ...[...months].flatMap((month) => {
      const sum = paid(ofStudy.filter((claim) => claim.month === month));
      return sum > bhmOf(month) ? [`${sum} were paid for ${month} of study, more than one stipend`] : [];
    }),
  ];
}

/** The costs of each application for a start subsidy, in so'm. */
const STARTED = 1_000_000;

/** A person has one start subsidy: one is open or paid, and the treasury pays one. */
async function startFaults(db: Db, { claims, orders }: OnRecord): Promise<string[]> {
  const rows = await db.subsidy.findMany({
    where: { programme: 'self_employment_start', state: { notIn: ['refused', 'stopped'] } },
  });
  const out = orders.filter(
    (order) =>
      isOut(order) &&
      claims.some(
        ({ id, subsidy }) => id === claimOf(order.key) && subsidy.programme === 'self_employment_start',
      ),
  );
  const persons = [...new Set(rows.map(({ personId }) => personId))];
  return [
    ...persons
      .filter((person) => rows.filter(({ personId }) => personId === person).length > 1)
      .map((person) => `${person} has two start subsidies`),
    ...(out.length > 1 ? [`${out.map(({ key }) => key).join(', ')} pay two start subsidies`] : []),
  ];
}

/** Whether a period of this many months from a day touches a month. */
function isWithin(month: string, from: string, months: number): boolean {
  const [year = 0, number = 0] = from.split('-').map(Number);
  const last = new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
  return from.slice(0, 7) <= month && month <= last;
}

/**
 * By the treasury, each payable is paid at most once. Less repayments and set-offs, a month's payables are paid no more than the law's
 * table allows. Less demanded sums too, they are paid no more than the last calculation.
 */
function monthFaults(record: OnRecord): string[] {
  const { orders, claims, months, entries } = record;
  const out = orders.filter(isOut);
  const twice = out.filter(
    ({ key }, n) => out.findIndex((other) => claimOf(other.key) === claimOf(key)) !== n,
  );
  return [
    ...twice.map(({ key }) => `${key} was paid beside another attempt`),
    ...months.flatMap(({ id, month, amount }) => {
      const payables = claims.filter(({ entitlementId }) => entitlementId === id);
      const ids = new Set(payables.map((claim) => claim.id));
      const [first] = payables;
      if (!first) return [];
      const drawn =
        sumOf(
          out.filter(({ key }) => ids.has(claimOf(key))),
          (order) => order.amount,
        ) + setOffFor(record, ids);
      const kept = drawn - recoveredOf(record, ids);
      const demanded = sumOf(
        entries.filter(
          ({ claimId, account }) =>
            ids.has(claimId ?? '') && (account === 'recoverable' || account === 'written_off'),
        ),
        (entry) => entry.amount,
      );
      const most = worthAtMost(record, first);
      const it = `${month} of ${first.subsidyId} kept ${kept}`;
      return [
        ...(kept > most ? [`${it} of ${most} by the law`] : []),
        ...(kept > Number(amount) + demanded
          ? [`${it} of ${amount} as calculated, ${demanded} demanded`]
          : []),
        ...(Number(amount) > most
          ? [`${month} of ${first.subsidyId} is calculated as ${amount}, not ${most}`]
          : []),
      ];
    }),
  ];
}

/** The sums of some payables that were set off and not sent. */
const setOffFor = ({ setOffs }: OnRecord, ids: ReadonlySet<string>): number =>
  sumOf(
    setOffs.filter(({ claimId }) => ids.has(claimId)),
    ({ amount }) => amount,
  );

/** The sums that came in under the recoveries of some payables, or were set off against other payables. */
const recoveredOf = ({ setOffs, recoveries, incoming }: OnRecord, ids: ReadonlySet<string>): number => {
  const theirs = new Set(recoveries.filter(({ claimId }) => ids.has(claimId)).map(({ id }) => id));
  return (
    sumOf(
      setOffs.filter(({ debtorId }) => ids.has(debtorId)),
      ({ amount }) => amount,
    ) +
    sumOf(
      incoming.filter(({ reference }) => theirs.has(reference)),
      ({ amount }) => amount,
    )
  );
};

/** Every order at the treasury is a recorded payment with a signed order, a passed check and a valid approval of its amount. */
function explanationFaults(record: OnRecord): string[] {
  const { orders, payments, claims } = record;
  return orders.flatMap(({ key, amount }) => {
    const payment = payments.find((each) => each.key === key);
    const claim = claims.find(({ id }) => id === payment?.claimId);
    if (!payment || !claim) return [`${key} is no payment of ours`];
    const before = said(record, 'payment_sent', { key })[0]?.id ?? 0n;
    const approved = said(record, 'claim_approved', { claim: claim.id }, before).at(-1);
    const fell = said(record, 'approval_fell', { claim: claim.id }, before).at(-1);
    const signed = record.events.some(
      ({ type, subject, id }) => type === 'subsidy_ordered' && subject === rowOf(claim) && id < before,
    );
    return [
      ...(Number(payment.amount) === amount ? [] : [`${key} is of ${payment.amount}, not ${amount}`]),
      ...(signed ? [] : [`${key} has no order`]),
      ...(isChecked(record, claim, before) ? [] : [`${key} has no passed check`]),
      ...(approved && (!fell || fell.id < approved.id) ? [] : [`${key} has no approval`]),
      ...((approved?.params.amount ?? 0) >= amount ? [] : [`${key} is more than was approved`]),
    ];
  });
}

/** The questions to registers about a worked month. */
const asks: ReadonlySet<string | undefined> = new Set(['days_answer', 'wages_answer']);

/** The check of a month is a register's answer or a person's resolution. A further payable has its correction, an adaptation its order. */
function isChecked(record: OnRecord, claim: Claim, before: bigint): boolean {
  if (claim.subsidy.programme === 'self_employment_start')
    return (
      said(record, 'claim_ready', { claim: claim.id }, before).length > 0 &&
      isRegistered(record, claim, before)
    );
  if (claim.month === '') return true;
  if (claim.subsidy.programme === 'training_stipend' && claim.n === 0) return isAttended(claim);
  const theMonth = `${claim.subsidyId}-${claim.month}`;
  if (claim.n > 0) return said(record, 'corrected', { claim: theMonth }, before).length > 0;
  return record.events.some(
    ({ id, type, subject, params }) =>
      id < before &&
      subject === `claim/${theMonth}` &&
      (type === 'mismatch_resolved' ||
        type === 'corrected' ||
        (type === 'register_asked' && params.answer !== 'unknown' && asks.has(params.kind))),
  );
}

/** The register of the business said yes, or an extract of it was entered. */
const isRegistered = ({ events }: OnRecord, claim: Claim, before: bigint): boolean =>
  events.some(
    ({ id, type, subject, params }) =>
      id < before &&
      ((subject === `claim/${claim.id}` &&
        type === 'register_asked' &&
        params.kind === 'farm_answer' &&
        params.answer === 'yes') ||
        (type === 'evidence_entered' && subject === `business/${claim.subsidy.businessId}`)),
  );

/** The training's row has an entry or evidence of a month of study. What was paid stays after a later entry. */
const isAttended = ({ month, subsidy }: Claim): boolean => {
  const months = (subsidy.training?.months ?? []) as {
    month?: string;
    attended?: number;
    evidence?: object;
  }[];
  return months.some((each) => each.month === month && (each.attended !== undefined || each.evidence));
};

/**
 * No payment is above the sum known at its time: the month's sum that two persons decided in a correction, or the sum until the last
 * paid day.
 */
function knownFaults(record: OnRecord): string[] {
  return record.events.flatMap(({ type, id: before, params: { claim: about, key, amount = 0 } }) => {
    const claim = record.claims.find(({ id }) => id === about);
    if (type !== 'payment_sent' || !claim || claim.month === '') return [];
    const month = `${claim.subsidyId}-${claim.month}`;
    const corrected = said(record, 'corrected', { claim: month }, before).at(-1);
    const after = corrected?.params.after ?? Number.POSITIVE_INFINITY;
    if (amount > after) return [`${key} of ${amount} is sent, of a month corrected to ${after}`];
    const last = lastDayKnown(record, claim, before);
    if (!last || (corrected && corrected.id > last.id)) return [];
    const most = worthUntil(worthAtMost(record, claim), claim.month, last.day);
    return amount > most ? [`${key} of ${amount} is sent, of ${most} until ${last.day}`] : [];
  });
}

/** The last paid day that the subsidy had learned, and the event that told it. */
function lastDayKnown(
  { events }: OnRecord,
  claim: Claim,
  before: bigint,
): { id: bigint; day: string } | undefined {
  const its = events.filter(({ id, subject }) => id < before && subject === rowOf(claim));
  const last = (type: string) => its.findLast((event) => event.type === type);
  const stopped = last('subsidy_stopped');
  const ended = last('end_of_job_confirmed');
  const back = last('end_of_job_taken_back');
  const days = [
    ...(stopped?.params.lastDay ? [{ id: stopped.id, day: stopped.params.lastDay }] : []),
    ...(ended?.params.on && (!back || back.id < ended.id) ? [{ id: ended.id, day: ended.params.on }] : []),
  ];
  return days.toSorted((a, b) => (a.day < b.day ? -1 : 1))[0];
}

/** The amount of a month until one of its days. One or two days off before the month's end take nothing away. */
function worthUntil(whole: number, month: string, day: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  if (day.slice(0, 7) < month) return 0;
  const until = day.slice(0, 7) > month ? length : Number(day.slice(8));
  return length - until <= 3 ? whole : Math.ceil((whole * until) / length);
}

/**
 * When every register has answered for long enough, the ledger and the treasury agree for each claim. Sums out less sums in are the
 * paid, recoverable, surrendered and written-off sums [money §8]. Claims with an open task of a person are left out.
 */
export async function differencesAtRest(world: MoneyWorld): Promise<string[]> {
  const { db } = world.bench;
  const record = await readRecord(world);
  const open = await db.task.findMany({ where: { kind: 'difference', closedAt: null } });
  const asked = new Set(open.map(({ ref }) => claimOf(ref)));
  const settled = record.claims.filter(
    ({ id, state }) => !['sent', 'disputed'].includes(state) && !asked.has(id),
  );
  return settled.flatMap(({ id }) => {
    const ids = new Set([id]);
    const entries = record.entries.filter(({ claimId }) => claimId === id);
    const booked = sumOf(
      entries.filter(({ account }) => afterPayment.includes(account)),
      ({ amount }) => amount,
    );
    const repaid = sumOf(
      entries.filter(({ event, account }) => event === 'repaid' && account === 'free'),
      ({ amount }) => amount,
    );
    const paid = record.orders.filter(({ key, state }) => claimOf(key) === id && state === 'settled');
    const off = sumOf(
      record.setOffs.filter(({ debtorId }) => debtorId === id),
      ({ amount }) => amount,
    );
    const moved = sumOf(paid, ({ amount }) => amount) + setOffFor(record, ids) - off - repaid;
    return booked === moved ? [] : [`${id}: the ledger has ${booked}, the treasury ${moved}`];
  });
}

const afterPayment = ['paid', 'recoverable', 'surrendered', 'written_off'];
