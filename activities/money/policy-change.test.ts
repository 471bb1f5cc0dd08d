import type { Day } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { lawsAround, type Proposed, proposePolicy, readPart } from '../../records/money/policies';
import { dryRun } from '../../records/money/policy-dry-run';
import type { Json } from '../../prisma/db';
import { administrator, PINFL, plannedCase, STIR } from '../../test/support/bench';
import {
  accounts,
  apply,
  applyToAdapt,
  approve,
  claimsOf,
  financeOfficer,
  headOfEmployment,
  line,
  type MoneyBench,
  ordered,
  reviewer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';
import { wakeQueue } from './funding';
import { createPolicyActivities } from './policy-change';

let bench: MoneyBench;
afterEach(() => bench.close());

const second: Actor = { ...administrator, id: 'administrator-2' };

const bhm = (validFrom: Day, amount: number): Proposed => ({
  kind: 'amount',
  name: 'bhm',
  act: `UP of ${validFrom}`,
  validFrom,
  amount,
});
const version = (
  validFrom: Day,
  changes: Record<string, unknown>,
  appliesTo: 'new' | 'running' = 'new',
): Proposed => ({ kind: 'version', act: `UP of ${validFrom}`, validFrom, appliesTo, changes });

const propose = (body: Proposed) =>
  bench.write('policy/test', (transaction) => proposePolicy(transaction, body));
const decide = (approval: string, by: Actor = second, approved = true) =>
  bench.give(`approval/${approval}`, 'decision', { approve: approved }, by);

/** A dry run as the API makes it, kept with the proposal. */
async function tryOut(id: string) {
  return bench.write('policy/test', async (transaction) => {
    const it = await readPart(transaction.tx, id);
    if (!it) throw new Error(id);
    const found = await dryRun(transaction, it);
    const kept = { where: { id }, data: { dryRun: found as Json } };
    await (it.kind === 'version'
      ? transaction.tx.policyVersion.update(kept)
      : transaction.tx.datedAmount.update(kept));
    return found;
  });
}

/** The work of an activated change's workflow: every batch until it waits or is done. */
async function carriedOut(id: string): Promise<{ moved: number; waitMs: number | undefined }> {
  const activities = createPolicyActivities(bench.records);
  const subject = `policy/${id}`;
  let moved = 0;
  let waitMs: number | undefined;
  for (let after: string | undefined = ''; after !== undefined;) {
    const batch = await activities.recalculateSubsidies(subject, after);
    moved += batch.moved;
    ({ next: after, waitMs } = batch);
  }
  if (waitMs === 0)
    for (let after: string | undefined = ''; after !== undefined;) {
      const batch = await activities.relengthenDeadlines(subject, after);
      moved += batch.moved;
      after = batch.next;
    }
  await bench.settle();
  return { moved, waitMs };
}

/** Proposed, tried out, activated by the second administrator and carried out. */
async function activated(body: Proposed): Promise<string> {
  const { id, approval } = await propose(body);
  await tryOut(id);
  expect(await decide(approval)).toMatchObject({ status: 200, body: { state: 'approved' } });
  await carriedOut(id);
  return id;
}

const due = async (subject: string) => (await bench.waits(subject)).map((wait) => wait.due);

describe('two administrators', () => {
  beforeEach(async () => {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  });

  test('one proposes and another activates; the change holds from then on', async () => {
    const { id, approval } = await propose(bhm('2024-04-01', 350_000));
    expect(await decide(approval, administrator)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    const bhmOf = () =>
      bench.write('x/y', async (transaction) => (await transaction.law()).bhm.map((one) => one.id));
    expect(await bhmOf()).not.toContain(id);
    expect(await decide(approval)).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await bhmOf()).toContain(id);
    expect(await bench.db.datedAmount.findUnique({ where: { id } })).toMatchObject({
      state: 'active',
      recordedAt: await bench.clock.now(),
    });
    expect(await bench.events(`approval/${approval}`)).toContain('policy_activated');
    expect(await bench.db.policyChange.findUnique({ where: { id } })).toMatchObject({ open: true });
    await carriedOut(id);
    expect(await bench.db.policyChange.findUnique({ where: { id } })).toMatchObject({ open: false });
    expect(await bench.events(`policy/${id}`)).toEqual(['policy_proposed', 'policy_carried_out']);
  });

  test('a rejected change is never law', async () => {
    const { id, approval } = await propose(version('2024-04-01', { directiveFor: ['reserved'] }));
    await decide(approval, second, false);
    expect(await bench.db.policyVersion.findUnique({ where: { id } })).toMatchObject({ state: 'rejected' });
    expect(await bench.db.policyChange.count()).toBe(0);
  });

  test('a change that reaches back needs a recorded dry run', async () => {
    const { id, approval } = await propose(bhm('2024-03-01', 350_000));
    expect(await decide(approval)).toMatchObject({ status: 409, body: { code: 'dry_run_needed' } });
    await tryOut(id);
    expect(await decide(approval)).toMatchObject({ status: 200 });
  });

  test('a change of a version that is no longer in force is proposed again', async () => {
    const first = await propose(version('2024-04-01', { mismatchTolerance: 5 }));
    const other = await propose(version('2024-04-01', { mismatchTolerance: 7 }));
    await decide(first.approval);
    expect(await decide(other.approval)).toMatchObject({ status: 409, body: { code: 'overtaken' } });
  });

  test('the directive rule of the day holds', async () => {
    await activated(version('2024-04-01', { directiveFor: ['reserved'] }));
    const law = await bench.write('x/y', (transaction) => transaction.law());
    const days = ['2024-03-31', '2024-04-01'];
    expect(days.map((day) => law.policyOn(day).rules.directiveFor)).toEqual([
      ['vacant', 'reserved'],
      ['reserved'],
    ]);
  });
});

test('a BHM that reaches back: open claims are recalculated, approvals fall, persons correct paid claims', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01');
  await bench.pass('1mo');
  await approve(bench, `${id}-2024-03`);
  await bench.pass('2mo');
  await bench.db.task.updateMany({ where: { kind: 'sending' }, data: { nextAt: new Date('2030-01-01') } });
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 510_000],
    ['2024-04', 'ready', 510_000],
    ['2024-05', 'ready', 510_000],
  ]);
  // This row is approved and not yet sent when the amount changes. It is read before it is sent.
  const claim = await bench.db.claim.findUniqueOrThrow({ where: { id: `${id}-2024-04` } });
  const command = await bench.record(
    `claim/${id}-2024-04`,
    'approval',
    { revision: claim.revision, amount: 510_000 },
    { id: 'finance_officer-1', role: 'finance_officer', rank: 'officer', area: '1726' },
  );
  await bench.activities.carryOut(command);

  const { id: policy, approval } = await propose(bhm('2024-03-16', 400_000));
  const before = await bench.db.claim.findMany({ orderBy: { id: 'asc' } });
  const found = await tryOut(policy);
  expect(found.counts).toEqual({ subsidies: 1, claims: 3, deadlines: 0 });
  expect(found.subsidies).toEqual([
    {
      subsidy: id,
      policy: { before: 'PV-2019', after: 'PV-2019' },
      keeps: null,
      before: 3_060_000,
      after: 3_600_000,
    },
  ]);
  expect(found.claims.map(({ claim: of, after, then }) => [of.slice(-7), after, then])).toEqual([
    ['2024-03', 600_000, 'correction'],
    ['2024-04', 600_000, 'approval_falls'],
    ['2024-05', 600_000, 'recalculated'],
  ]);
  expect(await bench.db.claim.findMany({ orderBy: { id: 'asc' } })).toEqual(before);

  const decided = await bench.record(`approval/${approval}`, 'decision', { approve: true }, second);
  await bench.activities.carryOut(decided);
  expect(await bench.answerOf(decided)).toMatchObject({ status: 200 });
  expect(await carriedOut(policy)).toEqual({ moved: 1, waitMs: undefined });
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 510_000],
    ['2024-04', 'ready', 600_000],
    ['2024-05', 'ready', 600_000],
  ]);
  expect(await bench.events(`claim/${id}-2024-04`)).toContain('approval_fell');
  const drafted = await bench.db.approval.findMany({ where: { kind: 'correction' } });
  expect(drafted).toMatchObject([
    { about: `claim/${id}-2024-03`, state: 'drafted', body: { before: 510_000, after: 600_000 } },
  ]);
  expect(await accounts(bench, 'hire_pwd-1726-2024')).toMatchObject({ committed: 3_000_000, paid: 510_000 });

  // A second run, as after a loss, changes nothing.
  await bench.db.policyChange.update({ where: { id: policy }, data: { state: 'recalculating', open: true } });
  expect(await carriedOut(policy)).toEqual({ moved: 0, waitMs: undefined });
  expect(await bench.db.approval.count({ where: { kind: 'correction' } })).toBe(1);
});

test('a higher BHM tops running subsidies up, and the uncovered part waits for money', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00', { onLines: 3_100_000n });
  const id = await ordered(bench, '2024-03-01');
  await activated(bhm('2024-07-01', 400_000));
  // July and August are due 90,000 more each. Only 40,000 are free.
  const missing = async () =>
    (await bench.db.commitment.findMany({ where: { subsidyId: id }, orderBy: { month: 'asc' } }))
      .filter(({ needed, amount }) => needed > amount)
      .map(({ month }) => month);
  expect(await missing()).toEqual(['2024-07', '2024-08']);
  const raised = await line(bench, 'hire_pwd', 2024, 3_300_000n);
  await bench.write(`line/${raised}`, (transaction) => wakeQueue(transaction, [raised]));
  await bench.settle();
  expect(await missing()).toEqual([]);
});

describe('a higher BHM without enough money', () => {
  const raise = async (amount: bigint) => {
    const raised = await line(bench, 'hire_pwd', 2024, amount);
    await bench.write(`line/${raised}`, (transaction) => wakeQueue(transaction, [raised]));
    await bench.settle();
  };

  test('a claim that is not covered waits whole, and nothing else with it', async () => {
    bench = await startMoneyBench('2024-08-05T09:00:00+05:00', { onLines: 3_100_000n });
    const id = await ordered(bench, '2024-03-01');
    await activated(bhm('2024-07-01', 400_000));
    expect((await claimsOf(bench, id)).slice(3)).toEqual([
      ['2024-06', 'ready', 510_000],
      ['2024-07', 'ready', 600_000],
    ]);
    expect(await approve(bench, `${id}-2024-06`)).toMatchObject({ status: 200 });
    expect(await approve(bench, `${id}-2024-07`)).toMatchObject({
      status: 409,
      body: { code: 'blocked', errors: [{ field: 'blockers', detail: 'no_commitment' }] },
    });
    await raise(3_300_000n);
    expect(await approve(bench, `${id}-2024-07`)).toMatchObject({ status: 200 });
    expect(await accounts(bench, 'hire_pwd-1726-2024')).toMatchObject({ free: 60_000 });
  });

  test('the older order is topped up whole, the younger once there is money again', async () => {
    bench = await startMoneyBench('2024-04-01T09:00:00+05:00', { onLines: 6_300_000n });
    const younger = await apply(bench, '2024-03-01');
    const older = await ordered(await withAnotherWorker(bench), '2024-03-01');
    await bench.pass('1d');
    await bench.give(`subsidy/${younger}`, 'review', { outcome: 'propose' }, reviewer);
    await bench.give(`subsidy/${younger}`, 'order', { number: 'B-2', date: '2024-04-02' }, headOfEmployment);
    await activated(bhm('2024-07-01', 400_000));
    const missing = async () =>
      (await bench.db.commitment.findMany({ orderBy: [{ subsidyId: 'asc' }, { month: 'asc' }] }))
        .filter(({ needed, amount }) => needed > amount)
        .map(({ subsidyId, month }) => [subsidyId, month]);
    expect(await missing()).toEqual([
      [younger, '2024-07'],
      [younger, '2024-08'],
    ]);
    const { _sum } = await bench.db.commitment.aggregate({
      where: { subsidyId: older },
      _sum: { amount: true },
    });
    expect(_sum.amount).toBe(3_240_000n);
    await raise(6_480_000n);
    expect(await missing()).toEqual([]);
    expect(await accounts(bench, 'hire_pwd-1726-2024')).toEqual({ committed: 6_480_000 });
  });
});

test('a subsidy keeps the terms of its hire; a later hire has the new terms', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const before = await ordered(bench, '2024-03-01');
  await activated(version('2024-04-01', { programmes: { hire_pwd: { multiple: 200, months: 3 } } }));
  await bench.pass('1mo');
  expect(await bench.db.subsidy.findUnique({ where: { id: before } })).toMatchObject({
    policyId: 'PV-2019',
    periodTo: '2024-08-31',
  });
  await bench.db.subsidy.update({ where: { id: before }, data: { lastDay: '2024-03-31' } });
  const after = await apply(bench, '2024-04-15', { contract: 'T-2' });
  expect(await bench.db.subsidy.findUnique({ where: { id: after } })).not.toMatchObject({
    policyId: 'PV-2019',
  });
});

test('two programmes with slots of their own are both drawn for a month', async () => {
  bench = await startMoneyBench('2024-04-17T09:00:00+05:00');
  await activated(
    version('2024-02-01', {
      programmes: {
        hire_pwd: { excludes: [], slot: 'hire_pwd' },
        above_quota: { excludes: [], slot: 'above_quota' },
      },
    }),
  );
  const snapshot = { listedStaff: 100, filledReserved: 7, on: '2024-02-28' };
  const one = await ordered(bench, '2024-03-01');
  const other = await ordered(bench, '2024-03-01', {
    programme: 'above_quota',
    category: 'disability',
    snapshot,
  });
  await bench.sandbox.script({
    tax: {
      accrues: {
        pinfl: PINFL,
        stir: STIR,
        month: '2024-03',
        accrued: 2_000_000,
        tax: 240_000,
        on: '2024-04-14',
      },
    },
  });
  await bench.give(
    `claim/${other}-2024-03`,
    'declaration',
    { accrued: 2_000_000, tax: 240_000 },
    bench.employer,
  );
  await bench.pass('1h');
  for (const id of [one, other]) expect(await approve(bench, `${id}-2024-03`)).toMatchObject({ status: 200 });
  await bench.pass('2d');
  expect([...(await claimsOf(bench, one)), ...(await claimsOf(bench, other))]).toEqual([
    ['2024-03', 'settled', 510_000],
    ['2024-03', 'settled', 680_000],
  ]);
});

test('a version that reaches back gives its terms to those hired since: past months are not owed, paid months are corrected', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01');
  await bench.pass('1mo');
  await approve(bench, `${id}-2024-03`);
  await bench.pass('2mo');
  const policy = await activated(
    version('2024-02-01', { programmes: { hire_pwd: { multiple: 100, months: 2 } } }),
  );
  expect(await bench.db.subsidy.findUnique({ where: { id } })).toMatchObject({
    policyId: policy,
    periodTo: '2024-04-30',
  });
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 510_000],
    ['2024-04', 'ready', 340_000],
    ['2024-05', 'zero', 0],
  ]);
  expect(await bench.db.claim.findUnique({ where: { id: `${id}-2024-04` } })).toMatchObject({
    policyId: policy,
  });
  expect(await bench.db.approval.findMany({ where: { kind: 'correction' } })).toMatchObject([
    { about: `claim/${id}-2024-03`, body: { before: 510_000, after: 340_000 } },
  ]);
  expect(await accounts(bench, 'hire_pwd-1726-2024')).toMatchObject({ committed: 340_000, paid: 510_000 });
});

test('an ordered subsidy keeps its terms where the new version has no rule for it', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01');
  const { id: policy } = await propose(version('2024-02-01', { programmes: { hire_pwd: null } }));
  expect(await tryOut(policy)).toMatchObject({
    subsidies: [{ subsidy: id, policy: { before: 'PV-2019', after: 'PV-2019' }, keeps: 'no_rule' }],
  });
});

test('hired when no rule was in force: refused as no_rule, never 0', async () => {
  bench = await startMoneyBench('2025-07-01T09:00:00+05:00');
  const id = await apply(bench, '2025-05-20', { wage: 5_000_000 });
  expect(await bench.db.subsidy.findUnique({ where: { id } })).toMatchObject({
    state: 'refused',
    refusal: { code: 'no_rule' },
  });
});

describe('an amount left empty by the law', () => {
  const subsidy = (id: string) => bench.db.subsidy.findUniqueOrThrow({ where: { id } });
  const told = () => bench.db.notice.count({ where: { type: 'awaiting_law', channel: 'sms' } });
  const three = { programmes: { hire_pwd: { multiple: 300 } } };
  beforeEach(async () => {
    bench = await startMoneyBench('2025-09-15T09:00:00+05:00');
  });

  test('the application waits for the administrator, is looked at monthly, and the employer is told', async () => {
    const id = await apply(bench, '2025-06-02', { wage: 5_000_000 });
    expect(await subsidy(id)).toMatchObject({ state: 'awaiting_law', open: true, refusal: null });
    expect(await bench.waits(`subsidy/${id}`)).toMatchObject([{ kind: 'law', role: 'administrator' }]);
    expect(await told()).toBe(1);
    await bench.pass('31d');
    expect(await subsidy(id)).toMatchObject({ state: 'awaiting_law' });
    expect(await told()).toBe(2);
  });

  test('it goes on by itself once a version sets it: the job is asked about and the application reviewed', async () => {
    const id = await apply(bench, '2025-06-02', { wage: 5_000_000 });
    await activated(version('2025-06-01', three));
    expect(await subsidy(id)).toMatchObject({ state: 'review', refusal: null });
    expect(await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer)).toMatchObject({
      status: 200,
      body: { state: 'ordering' },
    });
  });

  test('a version that sets it with other conditions judges the application by them', async () => {
    const id = await apply(bench, '2025-06-02', { wage: 5_000_000 });
    const only = { multiple: 300, eligibility: { groups: [1] } };
    const policy = await activated(version('2025-06-01', { programmes: { hire_pwd: only } }));
    expect(await subsidy(id)).toMatchObject({
      state: 'refused',
      refusal: { code: 'group', version: policy },
    });
  });

  test('an application that the law excludes is refused at once, and never waits', async () => {
    const id = await apply(bench, '2025-06-02', { wage: 5_000_000, group: 3 });
    expect(await subsidy(id)).toMatchObject({ state: 'refused', refusal: { code: 'group' } });
  });

  test('a version that empties it under review lets the review wait, not fail', async () => {
    await activated(version('2025-06-01', three));
    const id = await apply(bench, '2025-06-02', { wage: 5_000_000 });
    await activated(version('2025-06-02', { programmes: { hire_pwd: { multiple: null } } }));
    expect(await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer)).toMatchObject({
      status: 200,
      body: { state: 'awaiting_law' },
    });
    await activated(version('2025-06-02', three));
    expect(await subsidy(id)).toMatchObject({ state: 'review' });
  });

  test('an end of the job that is reported meanwhile is checked, and a waiting application may be waived', async () => {
    const id = await apply(bench, '2025-06-02', { wage: 5_000_000 });
    const waiver = { code: 'waived', from: '2025-09-20', words: 'We need it no more.' };
    expect(await bench.give(`subsidy/${id}`, 'stop', waiver, bench.employer)).toMatchObject({
      status: 200,
      body: { state: 'stopped' },
    });
  });

  test('an adaptation without a cap waits, too', async () => {
    await activated(version('2025-09-01', { programmes: { workplace_adaptation: { cap: null } } }));
    const id = await applyToAdapt(bench, '2025-09-01', { ramp: 1_000_000 });
    expect(await subsidy(id)).toMatchObject({ state: 'awaiting_law' });
    await activated(version('2025-09-01', { programmes: { workplace_adaptation: { cap: 4000 } } }));
    expect(await subsidy(id)).toMatchObject({ state: 'review' });
  });
});

describe('deadlines', () => {
  let caseId: string;
  beforeEach(async () => {
    bench = await startMoneyBench('2023-03-01T09:00:00+05:00');
    caseId = await plannedCase(bench, bench.personId);
  });
  const longer = { lengths: { firstReferral: { n: 12 } } };

  test('a version for new deadlines leaves open ones', async () => {
    await activated(version('2023-03-01', longer));
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-16T23:59']);
  });

  test('a version for running deadlines gives them its lengths and its number', async () => {
    const { id, approval } = await propose(version('2023-03-01', longer, 'running'));
    expect(await tryOut(id)).toMatchObject({
      counts: { deadlines: 1 },
      deadlines: [{ subject: `case/${caseId}`, kind: 'first_referral' }],
    });
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-16T23:59']);
    await decide(approval);
    expect(await carriedOut(id)).toEqual({ moved: 1, waitMs: 0 });
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-20T23:59']);
    const task = await bench.db.task.findFirstOrThrow({ where: { kind: 'first_referral' } });
    expect(task).toMatchObject({ policyId: id, rule: { length: { n: 12, unit: 'workingDays' } } });
    expect(await carriedOut(id)).toEqual({ moved: 0, waitMs: undefined });
  });

  test('a deadline that no rule can compute gets its length in the morning after the rule is mended', async () => {
    bench.expectDefects();
    const { id, approval } = await propose(version('2023-03-01', longer, 'running'));
    await tryOut(id);
    await decide(approval);
    await bench.db.$executeRaw`
      ALTER TABLE tasks ADD CONSTRAINT refused CHECK (kind <> 'first_referral' OR rule->'length'->>'n' <> '12')`;
    expect(await carriedOut(id)).toMatchObject({ moved: 0 });
    const change = () => bench.db.policyChange.findUnique({ where: { id } });
    const defect = { where: { kind: 'defect', ref: 'relengthening', closedAt: null } };
    expect([(await change())?.open, await bench.db.task.count(defect)]).toEqual([true, 1]);
    await bench.db.$executeRaw`ALTER TABLE tasks DROP CONSTRAINT refused`;
    await bench.pass('1d');
    expect(await carriedOut(id)).toMatchObject({ moved: 1 });
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-20T23:59']);
    expect([(await change())?.open, await bench.db.task.count(defect)]).toEqual([false, 0]);
  });

  test('a version that is carried out late does not change the lengths of a later one', async () => {
    const first = await propose(version('2023-03-01', longer, 'running'));
    await tryOut(first.id);
    await decide(first.approval);
    const even = { lengths: { firstReferral: { n: 14 } } };
    const second = await propose(version('2023-03-01', even, 'running'));
    await tryOut(second.id);
    await decide(second.approval);
    await bench.db.task.updateMany({
      where: { kind: 'first_referral' },
      data: {
        policyId: second.id,
        rule: { from: '2023-03-01', length: { n: 14, unit: 'workingDays' } },
        due: new Date('2023-03-24T23:59:59+05:00'),
      },
    });
    expect(await carriedOut(first.id)).toMatchObject({ moved: 0 });
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-24T23:59']);
  });

  test('running deadlines wait for the first day of the version', async () => {
    const { id, approval } = await propose(version('2023-03-06', longer, 'running'));
    await decide(approval);
    expect(await carriedOut(id)).toMatchObject({ moved: 0, waitMs: 4 * 86_400_000 + 15 * 3_600_000 });
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-16T23:59']);
    await bench.pass('5d');
    expect(await carriedOut(id)).toEqual({ moved: 1, waitMs: 0 });
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-20T23:59']);
  });

  test('a deadline that would lie in the past ends today, and a fired one is not revived', async () => {
    const first = { where: { kind: 'first_referral' } };
    bench.clock.set(new Date('2023-03-09T09:00:00+05:00'));
    await activated(version('2023-03-09', { lengths: { firstReferral: { n: 1 } } }, 'running'));
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-09T23:59']);
    bench.clock.set(new Date('2023-03-12T09:00:00+05:00'));
    await bench.db.task.updateMany({ ...first, data: { rung: -1 } });
    await activated(version('2023-03-12', longer, 'running'));
    expect(await due(`case/${caseId}`)).toEqual(['2023-03-09T23:59']);
  });
});

test('the law before and after a part of it differ by that part alone', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const law = await bench.write('x/y', (transaction) => transaction.law());
  const part = { ...law.bhm[0]!, id: 'PV-000009', validFrom: '2024-05-01' };
  const { before, after } = lawsAround(law, { kind: 'amount', part });
  expect(after.bhm.length - before.bhm.length).toBe(1);
  expect(before.policies).toEqual(after.policies);
});

describe('an adaptation that is not paid yet', () => {
  const LINE = 'workplace_adaptation-1726-2024';
  const PAY = 'A-000001-pay';

  /** One workplace, whose costs are above the cap of 40 × 340,000. */
  async function reviewed(): Promise<string> {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
    const id = await applyToAdapt(bench, '2024-03-01', { 'W-1': 17_000_000 });
    await bench.give(`adaptation/${id}`, 'review', { outcome: 'propose' }, reviewer);
    return id;
  }
  const order = (id: string) =>
    bench.give(`adaptation/${id}`, 'order', { number: 'B-1', date: '2024-03-18' }, headOfEmployment);
  const capOf = (cap: number) => version('2024-03-01', { programmes: { workplace_adaptation: { cap } } });
  const claim = () =>
    bench.db.claim.findUniqueOrThrow({ where: { id: PAY }, include: { entitlement: true } });

  test('before its order the reserved money follows the cap', async () => {
    const id = await reviewed();
    expect(await accounts(bench, LINE)).toMatchObject({ committed: 13_600_000 });
    await activated(capOf(5000));
    expect(await accounts(bench, LINE)).toMatchObject({ committed: 17_000_000 });
    expect(await order(id)).toMatchObject({ status: 200, body: { amount: 17_000_000 } });
  });

  test.each([
    ['ready', 5000, 17_000_000],
    ['ready', 3000, 10_200_000],
    ['approved', 5000, 17_000_000],
    ['approved', 3000, 10_200_000],
  ])(
    '%s: its claim is calculated with a cap of %i, and the earlier figures can no longer be approved',
    async (state, cap, amount) => {
      const id = await reviewed();
      await order(id);
      const seen = { revision: (await claim()).revision, amount: 13_600_000 };
      const { id: policy, approval } = await propose(capOf(cap));
      await tryOut(policy);
      await decide(approval);
      if (state === 'approved')
        await bench.activities.carryOut(await bench.record(`claim/${PAY}`, 'approval', seen, financeOfficer));
      expect(await claim()).toMatchObject({ state, amount: 13_600_000n });
      await carriedOut(policy);
      expect(await claim()).toMatchObject({
        state: 'ready',
        amount: BigInt(amount),
        entitlement: { amount: BigInt(amount) },
      });
      expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - amount, committed: amount });
      expect(await bench.give(`claim/${PAY}`, 'approval', seen, financeOfficer)).toMatchObject({
        status: 409,
        body: { code: 'changed' },
      });
      expect(await approve(bench, PAY)).toMatchObject({ status: 200 });
      expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - amount, sent: amount });
    },
  );

  test('a sent adaptation is paid as ordered', async () => {
    const id = await reviewed();
    await order(id);
    await approve(bench, PAY);
    await activated(capOf(3000));
    expect(await claim()).toMatchObject({ state: 'sent', amount: 13_600_000n });
    expect(await accounts(bench, LINE)).toMatchObject({ sent: 13_600_000 });
  });
});

test('a subsidy that no rule can calculate is left out until the rule is mended; the others are calculated', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  bench.expectDefects();
  const broken = await ordered(bench, '2024-03-01');
  const other = await ordered(await withAnotherWorker(bench), '2024-03-01');
  await bench.pass('20d');
  const amountOf = async (id: string) => (await claimsOf(bench, id))[0]?.[2] as number;
  const before = await amountOf(other);
  const { id, approval } = await propose(bhm('2024-03-01', 500_000));
  await tryOut(id);
  await decide(approval);
  const { policyId } = await bench.db.subsidy.findUniqueOrThrow({ where: { id: broken } });
  await bench.db.subsidy.update({ where: { id: broken }, data: { policyId: 'PV-999999' } });
  await carriedOut(id);
  expect(await amountOf(other)).toBeGreaterThan(before);
  expect(await bench.db.policyChange.findUnique({ where: { id } })).toMatchObject({
    open: true,
    subsidies: 1,
  });
  const defect = { where: { kind: 'defect', closedAt: null } };
  expect(await bench.db.task.findFirst(defect)).toMatchObject({
    subject: `subsidy/${broken}`,
    ref: 'recalculation',
  });
  await bench.db.subsidy.update({ where: { id: broken }, data: { policyId } });
  await bench.pass('1d');
  await carriedOut(id);
  expect(await amountOf(broken)).toBe(await amountOf(other));
  expect(await bench.db.task.count(defect)).toBe(0);
  expect(await bench.db.policyChange.findUnique({ where: { id } })).toMatchObject({
    open: false,
    subsidies: 2,
  });
});

test.each(['recalculateSubsidies', 'relengthenDeadlines'] as const)(
  'a change that cannot be closed in %s: the administrator has a task, and all begins again in the morning',
  async (name) => {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
    bench.expectDefects();
    const { id, approval } = await propose(bhm('2024-04-01', 350_000));
    await tryOut(id);
    await decide(approval);
    await bench.db.$executeRaw`
      CREATE FUNCTION refuse_closing() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'not closed'; END $$`;
    await bench.db.$executeRaw`
      CREATE TRIGGER refuse_closing BEFORE UPDATE ON policy_changes FOR EACH ROW
      WHEN (NOT NEW.open) EXECUTE FUNCTION refuse_closing()`;
    const batch = () => createPolicyActivities(bench.records)[name](`policy/${id}`, '');
    const tasks = () =>
      bench.db.task.count({ where: { subject: `policy/${id}`, kind: 'defect', closedAt: null } });
    expect(await batch()).toEqual({ moved: 0, wakes: true, againMs: 86_400_000 });
    expect(await tasks()).toBe(1);
    await bench.db.$executeRaw`DROP FUNCTION refuse_closing CASCADE`;
    expect(await batch()).not.toHaveProperty('againMs');
    expect(await tasks()).toBe(0);
    expect((await bench.db.policyChange.findUniqueOrThrow({ where: { id } })).open).toBe(false);
  },
);
