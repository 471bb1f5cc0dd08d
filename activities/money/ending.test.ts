import {
  accounts,
  apply,
  applyFor,
  approve,
  claimsOf,
  financeOfficer,
  headOfEmployment,
  type MoneyBench,
  ordered,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';
import { PINFL, STIR } from '../../test/support/bench';
import { proposeAccount } from '../../records/money/accounts';
import { newsSubject, receiveNews } from '../../records/news';
import { news as pieceOfNews } from '../../registers/news';
import { dayOf } from '../../domain/day';
import { separation } from '../employment/separation';
import { recordEnd, restoreEmployment } from '../steps/ending';
import { readJob } from '../steps/job';
import { correctDeathIn } from '../../records/money/death';
import { setLine } from '../../records/money/lines';
import { reportDeath, reportEndOfJob } from './ending';
import { readSubsidy } from './read';

let bench: MoneyBench;
afterEach(() => bench.close());

const LINE = 'hire_pwd-1726-2024';

/** Hired on 1 March; so many months are paid. */
async function monthsPaid(n: number): Promise<string> {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01');
  for (const month of ['03', '04', '05', '06'].slice(0, n)) {
    await bench.pass('1mo');
    await approve(bench, `${id}-2024-${month}`);
    await bench.pass('3d');
  }
  return id;
}

const subsidy = (id: string) => bench.db.subsidy.findUniqueOrThrow({ where: { id } });
const drafts = () =>
  bench.db.approval.findMany({
    where: { kind: 'correction' },
    select: { id: true, state: true, body: true },
    orderBy: { id: 'asc' },
  });
const yammt = (action: object) => bench.sandbox.script({ yammt: action });
const parties = { pinfl: PINFL, stir: STIR };

/** The record of the employment gets an end, as news of the end would give it. */
async function learnEnd(id: string, on: string): Promise<void> {
  const { employmentId } = await subsidy(id);
  await bench.write(`retention/${employmentId}`, async (transaction) =>
    recordEnd(transaction, await readJob(transaction, employmentId ?? ''), {
      on,
      reason: 'other',
      proof: 'yammt',
    }),
  );
  await bench.settle();
}

test('an end in the fourth month that is known late: overpaid months are corrected, the rest is released', async () => {
  const id = await monthsPaid(4);
  await bench.pass('15d');
  await learnEnd(id, '2024-06-10');
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 510_000],
    ['2024-04', 'settled', 510_000],
    ['2024-05', 'settled', 510_000],
    ['2024-06', 'settled', 510_000],
    ['2024-07', 'zero', 0],
  ]);
  expect(await drafts()).toEqual([
    {
      id: 'AP-000001',
      state: 'drafted',
      body: { claim: `${id}-2024-06`, before: 510_000, after: 170_000, reason: 'facts_changed' },
    },
  ]);
  expect(await subsidy(id)).toMatchObject({ state: 'ended', lastDay: '2024-06-10' });
  expect((await accounts(bench, LINE))['committed']).toBeUndefined();
  expect(await bench.give(`claim/${id}-2024-06`, 'correction', {}, reviewer)).toMatchObject({
    status: 201,
    body: { id: 'AP-000001', state: 'preparing' },
  });
  await bench.pass('15d');
  await bench.give('approval/AP-000001', 'decision', { approve: true }, financeOfficer);
  expect(await bench.db.recovery.findMany()).toMatchObject([{ left: 340_000n, state: 'demanded' }]);
  expect(await accounts(bench, LINE)).toMatchObject({ paid: 1_700_000, recoverable: 340_000 });
});

test('an end that is taken back after the subsidy had ended: the subsidy goes on, and the draft is dropped', async () => {
  const id = await monthsPaid(2);
  await learnEnd(id, '2024-04-10');
  expect(await subsidy(id)).toMatchObject({ state: 'ended' });
  const { employmentId } = await subsidy(id);
  await bench.write(`retention/${employmentId}`, (transaction) =>
    restoreEmployment(transaction, employmentId ?? '', 'A mistake of the office.'),
  );
  await bench.settle();
  expect(await subsidy(id)).toMatchObject({ state: 'running', lastDay: null });
  expect(await drafts()).toMatchObject([{ state: 'rejected' }]);
  await bench.pass('1mo');
  expect((await claimsOf(bench, id)).slice(2)).toEqual([['2024-05', 'ready', 510_000]]);
});

test('the person works there again, under a new contract: the end stands', async () => {
  const id = await monthsPaid(2);
  await yammt({ ends: { ...parties, on: '2024-04-10', reason: 'resigned' } });
  await yammt({ hires: { ...parties, on: '2024-04-20' } });
  await learnEnd(id, '2024-04-10');
  const { employmentId } = await subsidy(id);
  await bench.write(`retention/${employmentId}`, (transaction) =>
    restoreEmployment(transaction, employmentId ?? '', 'Works there again.'),
  );
  await bench.settle();
  await bench.pass('2mo');
  expect(await subsidy(id)).toMatchObject({ state: 'ended', lastDay: '2024-04-10' });
  expect((await claimsOf(bench, id)).map(([month]) => month)).toEqual(['2024-03', '2024-04']);
  const next = await applyFor(bench, bench.personId, { hiredOn: '2024-04-20', contract: 'K-000002' });
  await bench.give(`subsidy/${next}`, 'review', { outcome: 'propose' }, reviewer);
  const date = (await bench.clock.now()).toISOString().slice(0, 10);
  await bench.give(`subsidy/${next}`, 'order', { number: 'B-2', date }, headOfEmployment);
  await bench.pass('1d');
  expect((await claimsOf(bench, next))[0]).toEqual(['2024-05', 'ready', 510_000]);
  expect((await claimsOf(bench, id)).map(([month]) => month)).toEqual(['2024-03', '2024-04']);
});

test('a reported, unconfirmed end holds its month and later ones, until it is taken back', async () => {
  const id = await monthsPaid(2);
  await yammt({ ends: { ...parties, on: '2024-05-20', reason: 'other' } });
  await bench.pass('11d');
  expect(await claimsOf(bench, id)).toContainEqual(['2024-05', 'checking', 0]);
  expect(await subsidy(id)).toMatchObject({ endReported: { on: '2024-05-20' } });
  await yammt({ takes_back: parties });
  await bench.pass('3d');
  expect(await subsidy(id)).toMatchObject({ endReported: null, lastDay: null });
  expect(await claimsOf(bench, id)).toContainEqual(['2024-05', 'ready', 510_000]);
});

test('news of an end holds the ready claim at once, until the register does not repeat the end', async () => {
  const id = await monthsPaid(1);
  await bench.pass('28d');
  const news = pieceOfNews.parse({
    event: 'e-1',
    at: (await bench.clock.now()).toISOString(),
    register: 'yammt',
    type: 'contract_ended',
    ...parties,
    on: '2024-04-20',
    reason: 'other',
  });
  await bench.write(newsSubject(news), (transaction) => receiveNews(transaction, news));
  await bench.activities.advance(newsSubject(news));
  await bench.settle();
  expect(await subsidy(id)).toMatchObject({ endReported: { on: '2024-04-20' }, lastDay: null });
  expect(await approve(bench, `${id}-2024-04`)).toMatchObject({
    status: 409,
    body: { errors: [{ detail: 'end_unconfirmed' }] },
  });
  await bench.pass('25h');
  expect(await subsidy(id)).toMatchObject({ endReported: null, lastDay: null });
  expect(await approve(bench, `${id}-2024-04`)).toMatchObject({ status: 200 });
});

test('an end by a document holds, though the record of the employment has no end', async () => {
  const id = await monthsPaid(2);
  const document = { number: '1', date: '2024-05-21', issuer: 'Nur Tikuv MChJ' };
  await bench.give(`subsidy/${id}`, 'evidence', { inForce: false, until: '2024-05-20', document }, reviewer);
  await bench.pass('1mo');
  expect(await subsidy(id)).toMatchObject({ lastDay: '2024-05-20' });
  expect((await claimsOf(bench, id)).slice(2)).toEqual([['2024-05', 'ready', 329_032]]);
});

test.each([
  [
    'the last day of a month',
    '2024-06-30',
    [
      ['2024-05', 'ready', 510_000],
      ['2024-06', 'ready', 510_000],
    ],
  ],
  [
    'the first day of a month',
    '2024-07-01',
    [
      ['2024-05', 'ready', 510_000],
      ['2024-06', 'ready', 510_000],
      ['2024-07', 'ready', 16_451],
    ],
  ],
])('an end on %s', async (_which, on, claims) => {
  const id = await monthsPaid(2);
  await yammt({ ends: { ...parties, on, reason: 'other' } });
  await bench.pass('3mo');
  expect((await claimsOf(bench, id)).slice(2)).toEqual(claims);
});

test('the employer waives from a future day: the days before are paid', async () => {
  const id = await monthsPaid(2);
  const waiver = { from: '2024-07-16', code: 'waived', words: 'We pay ourselves.' };
  expect(
    await bench.give(`subsidy/${id}`, 'stop', { ...waiver, from: '2024-05-01' }, bench.employer),
  ).toMatchObject({ status: 422 });
  await bench.give(`subsidy/${id}`, 'stop', waiver, bench.employer);
  await bench.pass('3mo');
  expect((await claimsOf(bench, id)).slice(2)).toEqual([
    ['2024-05', 'ready', 510_000],
    ['2024-06', 'ready', 510_000],
    ['2024-07', 'ready', 246_774],
  ]);
});

test('a false application is stopped from the hire: every paid month is to be corrected to nothing', async () => {
  const id = await monthsPaid(2);
  const stop = { from: '2024-03-01', code: 'false_application', words: 'The person never worked there.' };
  expect(await bench.give(`subsidy/${id}`, 'stop', stop, reviewer)).toMatchObject({ status: 200 });
  expect((await drafts()).map(({ body }) => body)).toMatchObject([
    { claim: `${id}-2024-03`, after: 0 },
    { claim: `${id}-2024-04`, after: 0 },
  ]);
  expect(await subsidy(id)).toMatchObject({ state: 'stopped' });
});

describe('a payment that comes back', () => {
  /** March is approved, and the treasury refuses the payment. */
  async function refused(): Promise<string> {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-01');
    await bench.sandbox.script({ treasury: { treats: { times: 1, refuses: 'account_closed' } } });
    await bench.pass('17d');
    await approve(bench, `${id}-2024-03`);
    await bench.pass('1d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'payment_returned', 510_000]]);
    return id;
  }

  async function accountMended(): Promise<void> {
    const another = { account: '20208000500999888777', mfo: '00873' };
    await bench.sandbox.script({ treasury: { holds: { ...another, stir: STIR } } });
    const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
    const proposal = { ...another, holderStir: STIR };
    const approval = await bench.write(
      'api/test',
      (transaction) => proposeAccount(transaction, employer, proposal),
      bench.employer,
    );
    await bench.settle();
    await bench.give(`approval/${approval}`, 'decision', { approve: true }, financeOfficer);
  }

  test('for a month in which the job ended meanwhile: only the days before are paid again', async () => {
    const id = await refused();
    await learnEnd(id, '2024-03-10');
    expect(await drafts()).toMatchObject([{ state: 'drafted' }]);
    await accountMended();
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 164_516]]);
    expect(await accounts(bench, LINE)).toEqual({ free: 1_000_000_000 - 164_516, committed: 164_516 });
    expect(await drafts()).toMatchObject([{ state: 'rejected' }]);
  });

  test('for a month that two persons correct then: news of later days leaves the correction as it is', async () => {
    const id = await refused();
    const claim = `claim/${id}-2024-03`;
    const until = {
      reason: 'contract_dates',
      words: 'The contract ended on the 10th.',
      contract: { since: '2024-03-01', until: '2024-03-10' },
      document: { number: '7', date: '2024-03-20', issuer: 'Nur Tikuv MChJ' },
    };
    const { body } = await bench.give(claim, 'correction', until, reviewer);
    await bench.pass('17d');
    await accountMended();
    await bench.give(`approval/${String(body['id'])}`, 'decision', { approve: true }, secondFinanceOfficer);
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 164_516]]);
    await learnEnd(id, '2024-04-10');
    await bench.give(claim, 'return', { code: 'other', words: 'Why so little?' }, secondFinanceOfficer);
    await bench.give(claim, 'resolution', { resolution: 'answered', words: 'By the contract.' }, reviewer);
    expect((await claimsOf(bench, id))[0]).toEqual(['2024-03', 'ready', 164_516]);
  });
});

describe('an end before the order', () => {
  const document = { number: '1', date: '2024-05-21', issuer: 'Nur Tikuv MChJ' };
  const ended = (id: string, until: string) =>
    bench.give(`subsidy/${id}`, 'evidence', { inForce: false, until, document }, reviewer);
  const propose = (id: string) => bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);

  test('is proved by a document during the review; only the days before are reserved', async () => {
    bench = await startMoneyBench('2024-05-22T09:00:00+05:00');
    const id = await apply(bench, '2024-03-01');
    await bench.write(`subsidy/${id}`, async (transaction) =>
      reportEndOfJob(transaction, await readSubsidy(transaction, id), '2024-05-20'),
    );
    expect(await ended(id, '2024-05-20')).toMatchObject({ status: 200, body: { state: 'review' } });
    expect(await subsidy(id)).toMatchObject({ lastDay: '2024-05-20', endReported: null });
    await propose(id);
    expect(await accounts(bench, LINE)).toMatchObject({ committed: 510_000 + 510_000 + 329_032 });
  });

  test('lowers the amount that waits for the order; taken back, the uncovered part waits for money again', async () => {
    bench = await startMoneyBench('2024-05-22T09:00:00+05:00', { onLines: 3_060_000n });
    const id = await apply(bench, '2024-03-01');
    await propose(id);
    expect(await accounts(bench, LINE)).toEqual({ committed: 3_060_000 });
    await ended(id, '2024-05-20');
    expect(await accounts(bench, LINE)).toEqual({ free: 1_710_968, committed: 1_349_032 });
    await bench.write('line/test', (transaction) => setLine(transaction, LINE, 2_000_000n, 'Budget 2024/2'));
    await bench.give(`subsidy/${id}`, 'evidence', { inForce: true, document }, reviewer);
    expect(await subsidy(id)).toMatchObject({ state: 'awaiting_funds', lastDay: null });
    expect((await bench.waits(`subsidy/${id}`)).map(({ kind }) => kind)).toEqual(['funds']);
    await ended(id, '2024-05-20');
    expect(await subsidy(id)).toMatchObject({ state: 'ordering' });
  });
});

test('nobody declares months after the end: zero at once, and asked about again when the end is taken back', async () => {
  bench = await startMoneyBench('2024-03-04T09:00:00+05:00');
  const snapshot = { listedStaff: 100, filledReserved: 7, on: '2024-02-28' };
  const id = await ordered(bench, '2024-03-01', {
    programme: 'above_quota',
    category: 'disability',
    snapshot,
  });
  bench.clock.set(new Date('2024-05-02T09:00:00+05:00'));
  await bench.settle();
  const both = async () => (await claimsOf(bench, id)).map(([, state]) => state);
  expect(await both()).toEqual(['awaiting_declaration', 'awaiting_declaration']);
  const document = { number: '1', date: '2024-05-21', issuer: 'Nur Tikuv MChJ' };
  const ended = { inForce: false, until: '2024-03-20', document };
  await bench.give(`subsidy/${id}`, 'evidence', ended, reviewer);
  expect(await both()).toEqual(['awaiting_declaration', 'zero']);
  expect(await bench.waits(`claim/${id}-2024-04`)).toEqual([]);
  await bench.give(`subsidy/${id}`, 'evidence', { inForce: true, document }, reviewer);
  expect(await both()).toEqual(['awaiting_declaration', 'awaiting_declaration']);
  expect(await bench.waits(`claim/${id}-2024-04`)).toMatchObject([{ kind: 'declaration' }]);
  expect(await drafts()).toEqual([]);
});

let pieces = 0;

/** A register's news, with the question that follows from it, at the time when it is asked. */
async function tell(said: object): Promise<void> {
  const at = (await bench.clock.now()).toISOString();
  const news = pieceOfNews.parse({ event: `told-${++pieces}`, at, ...parties, ...said });
  const subject = newsSubject(news);
  await bench.write(subject, (transaction) => receiveNews(transaction, news));
  for (let view = await bench.activities.advance(subject); view.state === 'asking';) {
    await bench.pass(`${Math.ceil((view.question?.inMs ?? 0) / 3_600_000)}h`);
    view = await bench.activities.advance(subject);
  }
  await bench.settle();
}

const ended = (on: string) =>
  tell({ register: 'yammt', type: 'contract_ended', contract: 'T-1', on, reason: 'other' });

test('the end of a job that was retained after six checks stops the payments that are left', async () => {
  const id = await monthsPaid(1);
  const { employmentId } = await subsidy(id);
  const job = { id: employmentId ?? '' };
  await bench.db.employment.update({ where: job, data: { state: 'retained', open: false } });
  await bench.pass('4d');
  await yammt({ ends: { ...parties, on: '2024-04-20', reason: 'other' } });
  await ended('2024-04-20');
  expect(await bench.db.employment.findUniqueOrThrow({ where: job })).toMatchObject({
    state: 'retained',
    endedOn: '2024-04-20',
  });
  await bench.pass('11d');
  expect(await subsidy(id)).toMatchObject({ endReported: null, lastDay: '2024-04-20' });
  expect((await claimsOf(bench, id))[1]).toEqual(['2024-04', 'ready', 340_000]);
  await yammt({ takes_back: parties });
  await tell({ register: 'yammt', type: 'end_taken_back', contract: 'T-1', since: '2024-03-01' });
  expect(await bench.db.employment.findUniqueOrThrow({ where: job })).toMatchObject({
    state: 'retained',
    endedOn: null,
  });
});

test('an employer’s report that an unmonitored job ended stops no subsidy: the subsidy asks the register itself', async () => {
  const id = await monthsPaid(1);
  const { employmentId } = await subsidy(id);
  const job = { id: employmentId ?? '' };
  await bench.db.employment.update({ where: job, data: { state: 'retained', open: false } });
  await bench.pass('4d');
  const on = dayOf(await bench.clock.now());
  const claim = { on, reason: 'resigned' } as const;
  await bench.write(
    `retention/${job.id}`,
    (transaction) => separation(transaction, job.id, claim),
    bench.employer,
  );
  expect(await bench.db.employment.findUniqueOrThrow({ where: job })).toMatchObject({ endedOn: null });
  expect(await subsidy(id)).toMatchObject({ state: 'running', endReported: { on }, lastDay: null });
  await bench.pass('2d');
  expect(await subsidy(id)).toMatchObject({ state: 'running', endReported: null, lastDay: null });
});

test('news of an end long ago reaches a stopped subsidy: payments for later days are corrected', async () => {
  const id = await monthsPaid(1);
  const waiver = { from: '2024-05-01', code: 'waived', words: 'No need.' };
  await bench.give(`subsidy/${id}`, 'stop', waiver, bench.employer);
  await bench.pass('1mo');
  await approve(bench, `${id}-2024-04`);
  await bench.pass('4d');
  expect(await subsidy(id)).toMatchObject({ state: 'stopped' });
  await yammt({ ends: { ...parties, on: '2024-04-10', reason: 'other' } });
  await ended('2024-04-10');
  expect(await drafts()).toMatchObject([
    { state: 'drafted', body: { claim: `${id}-2024-04`, before: 510_000, after: 170_000 } },
  ]);
  expect(await subsidy(id)).toMatchObject({ state: 'stopped', lastDay: '2024-04-10' });
});

/** March 2024 is declared and confirmed. It is ready at 680,000 on 24 April. */
async function declaredMonth() {
  bench = await startMoneyBench('2024-03-04T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01', {
    programme: 'above_quota',
    category: 'disability',
    snapshot: { listedStaff: 100, filledReserved: 7, on: '2024-02-28' },
  });
  const claim = `${id}-2024-03`;
  const wages = { accrued: 2_000_000, tax: 240_000 };
  const tax = (said: object) => bench.sandbox.script({ tax: said });
  const corrected = () => tell({ register: 'tax', type: 'wages_corrected', month: '2024-03' });
  const accrues = () => tax({ accrues: { ...parties, month: '2024-03', ...wages, on: '2024-04-14' } });
  const nothing = () => tax({ nothing: { ...parties, month: '2024-03' } });
  await accrues();
  await bench.pass('29d');
  await bench.give(`claim/${claim}`, 'declaration', wages, bench.employer);
  await bench.pass('22d');
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
  return { id, claim, accrues, nothing, corrected };
}

test('the tax authority corrects the wages of a month that it had answered before', async () => {
  const { id, claim, accrues, nothing, corrected } = await declaredMonth();
  const document = { number: '7', date: '2024-04-10', issuer: 'Nur Tikuv' };
  const resolve = (body: object) => bench.give(`claim/${claim}`, 'resolution', body, reviewer);
  await nothing();
  await corrected();
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'checking', 680_000]]);
  expect(await approve(bench, claim)).toMatchObject({ status: 409 });
  await bench.pass('2d');
  expect(await bench.db.claim.findFirst()).toMatchObject({
    state: 'to_review',
    mismatch: { why: 'only_declared' },
  });
  await resolve({ resolution: 'register_stands', document });
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'zero', 0]]);
  await accrues();
  await corrected();
  expect(await drafts()).toMatchObject([{ state: 'drafted', body: { before: 0, after: 680_000 } }]);
  await nothing();
  await corrected();
  expect(await drafts()).toMatchObject([{ state: 'rejected' }]);
});

test('the tax authority corrects the wages of an approved month, and of a paid month', async () => {
  const { id, claim, accrues, nothing, corrected } = await declaredMonth();
  const { revision } = await bench.db.claim.findUniqueOrThrow({ where: { id: claim } });
  const approval = { revision, amount: 680_000 };
  await bench.activities.carryOut(await bench.record(`claim/${claim}`, 'approval', approval, financeOfficer));
  await corrected();
  expect(await bench.events(`claim/${claim}`)).toContain('approval_fell');
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
  await approve(bench, claim);

  await nothing();
  await bench.pass('1mo');
  expect(await claimsOf(bench, id)).toContainEqual(['2024-03', 'settled', 680_000]);
  expect(await drafts()).toEqual([]);
  await corrected();
  expect(await drafts()).toMatchObject([{ state: 'drafted', body: { before: 680_000, after: 0 } }]);
  await accrues();
  await corrected();
  expect(await drafts()).toMatchObject([{ state: 'rejected' }]);
});

test('a stop before the hire or after the period, and an end before the hire, are refused; a right one follows', async () => {
  const id = await monthsPaid(1);
  const stop = (from: string) =>
    bench.give(`subsidy/${id}`, 'stop', { from, code: 'other', words: 'A typo?' }, reviewer);
  for (const from of ['1900-01-01', '2024-02-29', '2024-09-02', '2199-12-31'])
    expect([from, await stop(from)]).toMatchObject([
      from,
      { status: 422, body: { errors: [{ field: 'from' }] } },
    ]);
  const document = { number: '1', date: '2024-05-21', issuer: 'Nur Tikuv MChJ' };
  const evidence = { inForce: false, until: '2024-02-29', document };
  expect(await bench.give(`subsidy/${id}`, 'evidence', evidence, reviewer)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'until' }] },
  });
  expect(await subsidy(id)).toMatchObject({ state: 'running', lastDay: null });
  expect(await stop('2024-06-01')).toMatchObject({ status: 200 });
  expect(await subsidy(id)).toMatchObject({ lastDay: '2024-05-31' });
});

describe('a death that another register reports', () => {
  const dies = async (on: string) => {
    const told = { event: `died-${on}`, at: (await bench.clock.now()).toISOString(), pinfl: PINFL, on };
    const news = pieceOfNews.parse({ ...told, register: 'tiek', type: 'person_died' });
    await bench.write(newsSubject(news), (transaction) => receiveNews(transaction, news));
    await bench.activities.advance(newsSubject(news));
    await bench.settle();
  };
  const document = { number: '3', date: '2024-05-02', issuer: 'FHDY' };
  const prove = (id: string, said: object) =>
    bench.give(`subsidy/${id}`, 'evidence', { ...said, document }, reviewer);
  const held = { endReported: { on: '2024-04-09', because: 'died' }, lastDay: null };

  test('holds the months from then on, though the contract is in force by the labour register', async () => {
    const id = await monthsPaid(1);
    await dies('2024-04-09');
    await bench.pass('1mo');
    expect(await subsidy(id)).toMatchObject(held);
    expect(await bench.waits(`subsidy/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'end_of_job_evidence', role: 'employment_officer' }),
    );
    expect(await approve(bench, `${id}-2024-04`)).toMatchObject({
      status: 409,
      body: { errors: [{ detail: 'end_unconfirmed' }] },
    });
    await prove(id, { inForce: false, until: '2024-04-09' });
    expect(await subsidy(id)).toMatchObject({ endReported: null, lastDay: '2024-04-09' });
    expect(await approve(bench, `${id}-2024-04`)).toMatchObject({ status: 200 });
    expect((await claimsOf(bench, id)).slice(1)).toEqual([['2024-04', 'sent', 153_000]]);
  });

  test('is taken back by a document that the person works there', async () => {
    const id = await monthsPaid(1);
    await dies('2024-04-09');
    await prove(id, { inForce: true });
    expect(await subsidy(id)).toMatchObject({ endReported: null, lastDay: null });
    await bench.pass('2mo');
    expect((await claimsOf(bench, id)).slice(1)).toEqual([
      ['2024-04', 'ready', 510_000],
      ['2024-05', 'ready', 510_000],
    ]);
  });

  test('reaches a subsidy that had ended: payments for later days are corrected', async () => {
    const id = await monthsPaid(2);
    await learnEnd(id, '2024-04-30');
    expect(await subsidy(id)).toMatchObject({ state: 'ended' });
    await dies('2024-04-09');
    expect(await subsidy(id)).toMatchObject({ state: 'running', endReported: held.endReported });
    await yammt({ ends: { ...parties, on: '2024-04-09', reason: 'died' } });
    await bench.pass('2d');
    expect(await subsidy(id)).toMatchObject({ state: 'ended', lastDay: '2024-04-09' });
    expect((await drafts()).at(-1)).toMatchObject({ body: { claim: `${id}-2024-04`, after: 153_000 } });
  });

  test('reaches the subsidy of another employer, when the labour register reports it at an unknown employer', async () => {
    const id = await monthsPaid(1);
    const told = { event: 'e-9', at: (await bench.clock.now()).toISOString(), pinfl: PINFL };
    const ended = { type: 'contract_ended', stir: '309999999', on: '2024-04-09', reason: 'died' };
    const news = pieceOfNews.parse({ ...told, ...ended, register: 'yammt' });
    await bench.write(newsSubject(news), (transaction) => receiveNews(transaction, news));
    await bench.activities.advance(newsSubject(news));
    await bench.pass('3d');
    expect(await subsidy(id)).toMatchObject(held);
  });
});

test('a wrongly recorded death was corrected: the labour register is asked, and the subsidy goes on', async () => {
  const id = await monthsPaid(1);
  await bench.write('api/test', (transaction) => reportDeath(transaction, bench.personId, '2024-04-09'));
  await bench.write('api/test', (transaction) => correctDeathIn(transaction, bench.personId, '2024-04-11'));
  await bench.pass('2d');
  expect(await subsidy(id)).toMatchObject({ endReported: { on: '2024-04-11', because: 'died' } });
  await bench.write('api/test', (transaction) => correctDeathIn(transaction, bench.personId, null));
  await bench.settle();
  expect(await subsidy(id)).toMatchObject({ endReported: null, lastDay: null });
  expect((await bench.waits(`subsidy/${id}`)).map(({ kind }) => kind)).toEqual(['next_claim']);
});

test('an end before the day of application is shown to the reviewer, and confirmed a day later', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  await yammt({ hires: { ...parties, on: '2024-03-01' } });
  await yammt({ ends: { ...parties, on: '2024-03-10', reason: 'resigned' } });
  const id = await applyFor(bench, bench.personId, { hiredOn: '2024-03-01' });
  expect(await subsidy(id)).toMatchObject({
    state: 'review',
    endReported: { on: '2024-03-10' },
    lastDay: null,
  });
  await bench.pass('25h');
  expect(await subsidy(id)).toMatchObject({ state: 'review', endReported: null, lastDay: '2024-03-10' });
});

test('an application for a person recorded as dead: held, and the reviewer must bring a document', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  await bench.db.person.update({ where: { id: bench.personId }, data: { diedOn: '2024-03-12' } });
  const id = await ordered(bench, '2024-03-01');
  await bench.pass('1mo');
  expect(await subsidy(id)).toMatchObject({ endReported: { on: '2024-03-12', because: 'died' } });
  expect((await bench.waits(`subsidy/${id}`)).map(({ kind }) => kind)).toContain('end_of_job_evidence');
  expect(await approve(bench, `${id}-2024-03`)).toMatchObject({
    body: { errors: [{ detail: 'end_unconfirmed' }] },
  });
});
