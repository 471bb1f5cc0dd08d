import {
  type Bench,
  caseManager,
  employerActor,
  inspector,
  pathwayHandlers,
  PINFL,
  plannedCase,
  refer,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../test/support/bench';
import type { AtRest } from '../test/support/walked';
import { newsSubject, receiveNews } from '../records/news';
import { news as pieceOfNews } from '../registers/news';
import { newsHandlers } from './news';
import { hire } from './steps/hire';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let told: number;

beforeEach(async () => {
  bench = await startBench([...pathwayHandlers, newsHandlers]);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  told = 0;
});
afterEach(() => bench.close());

/** Pushes a piece of news and lets its workflow act on it. */
async function tell(said: object): Promise<{ subject: string; view: AtRest }> {
  const at = (await bench.clock.now()).toISOString();
  const news = pieceOfNews.parse({ event: `e-${++told}`, at, ...said });
  const subject = newsSubject(news);
  await bench.write(subject, (transaction) => receiveNews(transaction, news));
  const view = await bench.activities.advance(subject);
  await bench.settle();
  return { subject, view };
}

/** The question that belongs to the news is asked when its time comes. */
async function nextAsked(subject: string): Promise<void> {
  const wait = await bench.db.task.findFirstOrThrow({ where: { subject, closedAt: null } });
  bench.clock.set(wait.nextAt ?? (await bench.clock.now()));
  await bench.settle();
}
const newsState = async (subject: string) =>
  (await bench.db.news.findUniqueOrThrow({ where: { id: subject.slice('news/'.length) } })).state;

const yammt = (type: string, more: object) => tell({ register: 'yammt', type, ...more });
const pair = { pinfl: PINFL, stir: STIR };
const registered = { ...pair, contract: 'K-1', since: '2023-03-01' };
const ended = (on = '2023-03-20') =>
  yammt('contract_ended', { ...pair, contract: 'K-1', on, reason: 'resigned' });
const takenBack = () => yammt('end_taken_back', { ...pair, since: '2023-03-01' });
const truth = (action: object) => bench.sandbox.script({ yammt: action });

async function employed(): Promise<string> {
  await truth({ hires: { ...pair, contract: 'K-1' } });
  const id = await bench.write(`case/${caseId}`, (transaction) =>
    hire(transaction, {
      caseId,
      personId: world.personId,
      employerId: world.employerId,
      measure: 1,
      since: '2023-03-01',
      how: 'referral',
      proof: 'yammt',
      monitored: true,
    }),
  );
  await bench.pass('20d');
  return id;
}

const job = (id: string) => bench.db.employment.findUniqueOrThrow({ where: { id } });
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const referral = (id: string) => bench.db.referral.findUniqueOrThrow({ where: { id } });

describe('any news', () => {
  test('is recorded once: a second push is known, and a second look changes nothing', async () => {
    const id = await employed();
    const { subject } = await ended();
    const news = await bench.db.news.findFirstOrThrow();
    expect(news).toMatchObject({ id: 'yammt/e-1', state: 'done', open: false, type: 'contract_ended' });
    const again = await bench.write(subject, (transaction) => receiveNews(transaction, news.body as never));
    expect(again).toBe('known');
    const before = await bench.db.event.count();
    expect(await bench.activities.advance(subject)).toMatchObject({ state: 'done' });
    expect(await bench.db.event.count()).toBe(before);
    expect((await job(id)).state).toBe('ending');
  });

  test('leaves an event without personal data', async () => {
    await employed();
    const { subject } = await ended();
    const event = await bench.db.event.findFirstOrThrow({ where: { type: 'news' } });
    expect(event).toMatchObject({
      subject,
      params: { register: 'yammt', type: 'contract_ended' },
      personId: world.personId,
      employerId: world.employerId,
    });
  });

  test.each([
    { register: 'yammt', type: 'contract_registered', ...registered, pinfl: '41210632040245' },
    {
      register: 'yammt',
      type: 'contract_ended',
      pinfl: PINFL,
      stir: '300000018',
      on: '2023-03-01',
      reason: 'other',
    },
    { register: 'yammt', type: 'end_taken_back', pinfl: '41210632040245', stir: STIR, since: '2023-03-01' },
    { register: 'yammt', type: 'employer_liquidated', stir: '300000018', on: '2023-03-01' },
    {
      register: 'yammt',
      type: 'employer_reorganised',
      stir: '300000018',
      successorStir: STIR,
      on: '2023-03-01',
    },
    { register: 'tiek', type: 'recommendation_changed', pinfl: '41210632040245' },
    { register: 'tiek', type: 'person_died', pinfl: '41210632040245', on: '2023-03-01' },
    { register: 'notifications', type: 'receipt', key: 'nobody', status: 'delivered' },
  ])('of people and employers we do not know is recorded and closed: $type', async (said) => {
    const { view } = await tell(said);
    expect(view).toMatchObject({ state: 'done', open: false, unsent: false, wakes: false });
    expect(await bench.db.news.findFirstOrThrow()).toMatchObject({ open: false });
    expect(await bench.db.event.count({ where: { type: 'news' } })).toBe(1);
  });

  test('that nobody recorded is gone', async () => {
    expect(await bench.activities.advance('news/yammt/none')).toMatchObject({
      state: 'missing',
      open: false,
    });
  });
});

describe('a contract is registered', () => {
  test('a referral that the employer has not answered is asked about, and the person hired', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await truth({ hires: { ...pair, contract: 'K-1' } });
    const { view } = await yammt('contract_registered', registered);
    expect(view.wakes).toBe(true);
    expect(await referral(id)).toMatchObject({ state: 'hired' });
    expect(await caseState()).toBe('employed');
  });

  test('news without a contract behind it changes nothing', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await yammt('contract_registered', registered);
    expect(await referral(id)).toMatchObject({ state: 'delivered' });
  });

  test('a question in its pause is asked at once', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await truth({ down: {} });
    await bench.give(
      `referral/${id}`,
      'contract',
      { contract: 'K-1', since: '2023-03-01' },
      employerActor(world.employerId),
    );
    await bench.pass('2d');
    expect((await referral(id)).state).toBe('confirming');
    await truth({ up: {} });
    await truth({ hires: { ...pair, contract: 'K-1' } });
    await yammt('contract_registered', registered);
    expect((await referral(id)).state).toBe('hired');
  });

  test('an inspection that watches a settlement has its contract', async () => {
    const id = await refer(bench, caseId, world.reserved);
    const reject = { decision: 'reject', code: 'other', grounds: 'no' };
    await bench.give(`referral/${id}`, 'decision', reject, employerActor(world.employerId));
    const inspection = await bench.db.inspection.findFirstOrThrow();
    const directed = { resolution: 'directed', number: '1', grounds: 'a reserved job' };
    await bench.give(`inspection/${inspection.id}`, 'resolution', directed, inspector);
    await truth({ hires: { ...pair, contract: 'K-1' } });
    await yammt('contract_registered', registered);
    expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({ state: 'complied' });
    expect(await caseState()).toBe('employed');
  });
});

describe('a contract ended', () => {
  test('provisionally, asked again a day later', async () => {
    const id = await employed();
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await ended();
    expect(await job(id)).toMatchObject({ state: 'ending', ending: { on: '2023-03-20', source: 'news' } });
    expect(await caseState()).toBe('employed');
    await bench.pass('23h');
    expect((await job(id)).state).toBe('ending');
    await bench.pass('2h');
    expect(await job(id)).toMatchObject({ state: 'ended', endedOn: '2023-03-20', endReason: 'resigned' });
    expect(await caseState()).toBe('planning');
  });

  test('though the register says a day later that it did not', async () => {
    const id = await employed();
    await ended();
    await bench.pass('25h');
    expect(await job(id)).toMatchObject({ state: 'in_force', ending: null });
    expect(await bench.events(`retention/${id}`)).toEqual([
      'hired',
      'end_reported',
      'register_asked',
      'end_taken_back',
    ]);
  });

  test('on a day that lies ahead: asked on the day after it', async () => {
    const id = await employed();
    await truth({ ends: { ...pair, on: '2023-03-25', reason: 'resigned' } });
    await ended('2023-03-25');
    expect(await bench.waits(`retention/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'end_confirmation', due: '2023-04-04T23:59' }),
    );
    await bench.pass('4d');
    expect((await job(id)).state).toBe('ending');
    await bench.pass('1d');
    expect(await job(id)).toMatchObject({ state: 'ended', endedOn: '2023-03-25' });
  });

  test('before this one began: old news of another contract', async () => {
    const id = await employed();
    await ended('2023-02-28');
    expect((await job(id)).state).toBe('in_force');
  });

  test('and again in other words while the first is provisional', async () => {
    const id = await employed();
    await ended('2023-03-20');
    await ended('2023-03-19');
    expect(await job(id)).toMatchObject({ state: 'ending', ending: { on: '2023-03-20' } });
  });
});

describe('a contract ended whose employment nobody monitors', () => {
  let id: string;
  beforeEach(async () => {
    id = await employed();
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
  });
  const end = async () => {
    const { state, endedOn, endReason } = await job(id);
    return [state, endedOn, endReason];
  };

  test('provisionally: the register is asked a day later, the end is recorded, and nothing follows', async () => {
    await truth({ ends: { ...pair, on: '2023-03-19', reason: 'dismissed' } });
    const { subject, view } = await ended('2023-03-20');
    expect([view.state, view.question?.inMs]).toEqual(['asking', 86_400_000]);
    expect(await end()).toEqual(['unmonitored', null, null]);
    await nextAsked(subject);
    expect(await end()).toEqual(['unmonitored', '2023-03-19', 'dismissed']);
    expect(await newsState(subject)).toBe('done');
    expect(await bench.waits(`retention/${id}`)).toEqual([]);
  });

  test('but the register says a day later that it did not: nothing is recorded', async () => {
    const { subject } = await ended('2023-03-20');
    await nextAsked(subject);
    expect(await end()).toEqual(['unmonitored', null, null]);
    expect(await newsState(subject)).toBe('done');
  });

  test('and the register is silent: nothing is recorded before it answers', async () => {
    await truth({ down: {} });
    const { subject } = await ended('2023-03-20');
    await nextAsked(subject);
    expect([await newsState(subject), ...(await end())]).toEqual(['asking', 'unmonitored', null, null]);
    await truth({ up: {} });
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await nextAsked(subject);
    expect(await end()).toEqual(['unmonitored', '2023-03-20', 'resigned']);
  });

  test('and the register names a later contract: the end is recorded, and the later contract is another hire', async () => {
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await truth({ hires: { ...pair, on: '2023-03-21' } });
    const { subject } = await ended('2023-03-20');
    await nextAsked(subject);
    expect((await end()).slice(0, 2)).toEqual(['unmonitored', '2023-03-20']);
  });

  test('on a day that lies ahead: asked on the day after it', async () => {
    const { subject } = await ended('2023-03-25');
    await truth({ ends: { ...pair, on: '2023-03-25', reason: 'resigned' } });
    await nextAsked(subject);
    expect(await bench.clock.now()).toEqual(new Date('2023-03-26T09:00:00+05:00'));
    expect(await end()).toEqual(['unmonitored', '2023-03-25', 'resigned']);
  });

  test('and the case is reopened meanwhile: the end of a monitored employment, asked once more', async () => {
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    const { subject } = await ended('2023-03-20');
    await bench.give(`case/${caseId}`, 'reopening', { reason: 'wants help' }, supervisor);
    await nextAsked(subject);
    expect((await job(id)).state).toBe('ending');
    await bench.pass('25h');
    expect(await end()).toEqual(['ended', '2023-03-20', 'resigned']);
  });

  test('and news takes the end back: the register is asked, and the end is removed', async () => {
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await nextAsked((await ended('2023-03-20')).subject);
    await truth({ takes_back: pair });
    await takenBack();
    expect(await end()).toEqual(['unmonitored', null, null]);
    expect(await bench.waits(`retention/${id}`)).toEqual([]);
  });
});

describe('an end is taken back', () => {
  test('provisional: the register is asked at once', async () => {
    const id = await employed();
    await ended();
    await takenBack();
    expect((await job(id)).state).toBe('in_force');
  });

  test('provisional, but the register says ended: it is', async () => {
    const id = await employed();
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await ended();
    await takenBack();
    expect((await job(id)).state).toBe('ended');
  });

  test('confirmed: the employment is restored, and the case employed again', async () => {
    const id = await employed();
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await ended();
    await bench.pass('30d');
    expect(await caseState()).toBe('planning');
    await truth({ takes_back: pair });
    await takenBack();
    expect(await job(id)).toMatchObject({ state: 'in_force', endedOn: null });
    const checks = await bench.db.check.findMany({ where: { employmentId: id }, orderBy: { n: 'asc' } });
    expect(checks.map(({ state }) => state)).toEqual(['passed', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(await caseState()).toBe('employed');
  });

  describe('when it was confirmed', () => {
    let id: string;
    beforeEach(async () => {
      id = await employed();
      await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
      await ended();
      await bench.pass('2d');
    });
    const state = async () => [
      (await job(id)).state,
      await caseState(),
      (await bench.db.news.findFirstOrThrow({ where: { type: 'end_taken_back' } })).state,
    ];

    const told = (subject: string) =>
      bench.db.notice.count({ where: { subject, recipientId: caseManager.id } });

    test('and the register says twice that it stands: nothing changes, the case manager is told', async () => {
      const before = await bench.events(`retention/${id}`);
      const { subject, view } = await takenBack();
      expect(view.state).toBe('asking');
      expect([...(await state()), await told(subject)]).toEqual(['ended', 'planning', 'asking', 0]);
      const asked = await bench.clock.now();
      await nextAsked(subject);
      expect((await bench.clock.now()).getTime() - asked.getTime()).toBe(86_400_000);
      expect([...(await state()), await told(subject)]).toEqual(['ended', 'planning', 'done', 1]);
      expect(await bench.events(`retention/${id}`)).toEqual(before);
      expect(await bench.db.registerAnswer.count({ where: { kind: 'end_correction', answer: 'no' } })).toBe(
        2,
      );
    });

    test('and the register lags a day behind its own news: the employment is restored', async () => {
      const { subject } = await takenBack();
      expect(await state()).toEqual(['ended', 'planning', 'asking']);
      await truth({ takes_back: pair });
      await nextAsked(subject);
      expect(await state()).toEqual(['in_force', 'employed', 'done']);
    });

    test('and the register is silent: asked again, after 10 days the case manager is told, a yes still counts', async () => {
      await truth({ down: {} });
      const { subject } = await takenBack();
      expect(await state()).toEqual(['ended', 'planning', 'asking']);
      const wait = () => bench.db.task.findFirst({ where: { subject, closedAt: null } });
      for (let asked = 0; (await told(subject)) === 0 && asked < 60; asked++) {
        bench.clock.set((await wait())?.nextAt ?? (await bench.clock.now()));
        await bench.settle();
      }
      expect(await told(subject)).toBe(1);
      expect(await bench.clock.now()).toEqual(new Date('2023-04-04T00:00:00+05:00'));
      expect(await state()).toEqual(['ended', 'planning', 'asking']);
      await truth({ up: {} });
      await truth({ takes_back: pair });
      bench.clock.set((await wait())?.nextAt ?? (await bench.clock.now()));
      await bench.settle();
      expect(await state()).toEqual(['in_force', 'employed', 'done']);
    });

    test('and it is taken back by word meanwhile: the register need not be asked', async () => {
      await truth({ down: {} });
      const { subject } = await takenBack();
      await bench.give(`retention/${id}`, 'separation', { takenBack: true, words: 'heard' }, caseManager);
      bench.clock.set(
        (await bench.db.task.findFirstOrThrow({ where: { subject, closedAt: null } })).nextAt as Date,
      );
      await bench.settle();
      expect(await state()).toEqual(['in_force', 'employed', 'done']);
    });
  });

  test('too late, out of order: the register is asked and the end stands', async () => {
    const id = await employed();
    await truth({ ends: { ...pair, on: '2023-03-20', reason: 'resigned' } });
    await ended();
    await bench.pass('2d');
    await takenBack();
    expect(await job(id)).toMatchObject({ state: 'ended', endedOn: '2023-03-20' });
    expect(await caseState()).toBe('planning');
  });

  test('without an end, or of a person who died: nothing follows', async () => {
    const id = await employed();
    await takenBack();
    expect((await job(id)).state).toBe('in_force');
    await tell({ register: 'tiek', type: 'person_died', pinfl: PINFL, on: '2023-03-20' });
    await takenBack();
    expect((await job(id)).state).toBe('ended');
  });
});

/** The parameters of the only event of a change in a record's own history. */
async function changeOf(subject: string) {
  const where = { subject, type: { endsWith: '_changed' } };
  const [change, ...others] = await bench.db.event.findMany({ where });
  expect(others).toEqual([]);
  return change?.params;
}

describe('the employer', () => {
  const liquidated = (on = '2023-03-21') => yammt('employer_liquidated', { stir: STIR, on });

  test('is liquidated: its referrals and inspections end with that reason', async () => {
    const open = await refer(bench, caseId, world.vacant);
    const rejected = await refer(bench, caseId, world.reserved);
    const reject = { decision: 'reject', code: 'other', grounds: 'no' };
    await bench.give(`referral/${rejected}`, 'decision', reject, employerActor(world.employerId));
    await liquidated('2023-03-01');
    expect(await bench.db.employer.findFirstOrThrow()).toMatchObject({
      state: 'liquidated',
      endedOn: '2023-03-01',
    });
    expect(await changeOf(`employer/${world.employerId}`)).toMatchObject({
      fields: 'state, endedOn',
      values: { state: { before: 'active', after: 'liquidated' } },
    });
    expect((await referral(open)).state).toBe('employer_gone');
    expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({ open: false, state: 'unjustified' });
    expect(await caseState()).toBe('planning');
  });

  test('is liquidated: its employments end provisionally, until the register confirms', async () => {
    const id = await employed();
    await truth({ liquidates: { stir: STIR } });
    await liquidated();
    expect(await job(id)).toMatchObject({ state: 'ending', ending: { reason: 'liquidated' } });
    await bench.pass('25h');
    expect(await job(id)).toMatchObject({ state: 'ended', endReason: 'liquidated' });
    expect(await caseState()).toBe('planning');
  });

  test('is liquidated, but the contract stands: taken back, and not reported again', async () => {
    const id = await employed();
    await liquidated();
    await bench.pass('25h');
    expect((await job(id)).state).toBe('in_force');
    await bench.pass('10d');
    expect((await job(id)).state).toBe('in_force');
    const reported = (await bench.events(`retention/${id}`)).filter((type) => type === 'end_reported');
    expect(reported).toHaveLength(1);
  });

  test('is reorganised into one we know: its employments continue there', async () => {
    const successor = { id: 'E-000099', stir: '309999999', name: 'Successor', district: '1726262' };
    await bench.db.employer.create({ data: successor });
    const id = await employed();
    await truth({ reorganises: { stir: STIR, successorStir: successor.stir } });
    await yammt('employer_reorganised', { stir: STIR, successorStir: successor.stir, on: '2023-03-21' });
    expect(await job(id)).toMatchObject({ state: 'in_force', employerId: 'E-000099' });
    await bench.pass('15d');
    const check = await bench.db.check.findUniqueOrThrow({
      where: { employmentId_n: { employmentId: id, n: 1 } },
    });
    expect(check.state).toBe('passed');
  });

  test('is reorganised into one we do not know: the check finds out', async () => {
    const id = await employed();
    await yammt('employer_reorganised', { stir: STIR, successorStir: '309999999', on: '2023-03-21' });
    expect(await bench.db.employer.findFirstOrThrow()).toMatchObject({
      state: 'reorganised',
      successorId: null,
    });
    expect(await job(id)).toMatchObject({ state: 'in_force', employerId: world.employerId });
  });
});

describe('TIEK', () => {
  const tiek = (type: string, more: object = {}) => tell({ register: 'tiek', type, pinfl: PINFL, ...more });

  test('has changed the recommendation: it is asked now', async () => {
    const knows = { group: 3 as const, validUntil: '2025-05-31', words: 'any work' };
    await bench.sandbox.script({ tiek: { knows: { pinfl: PINFL, ...knows } } });
    await tiek('recommendation_changed');
    const asked = await bench.db.registerAnswer.findMany({
      where: { subject: `case/${caseId}`, kind: 'eligibility' },
    });
    expect(asked).toMatchObject([{ register: 'tiek', answer: 'yes' }]);
    const person = await bench.db.person.findUniqueOrThrow({ where: { id: world.personId } });
    expect(person.recommendedUntil).toBe('2025-05-31');
  });

  test('has changed the recommendation of somebody without a case: nothing', async () => {
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    const { view } = await tiek('recommendation_changed');
    expect(view.wakes).toBe(false);
  });

  test('says that the person died: the case, its referrals and employments end, and no message goes to the person', async () => {
    const id = await employed();
    const before = await bench.db.notice.count({ where: { recipientId: world.personId } });
    const { view } = await tiek('person_died', { on: '2023-03-20' });
    expect(view.wakes).toBe(true);
    expect(await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({
      state: 'closed',
      outcome: 'died',
    });
    expect(await job(id)).toMatchObject({ state: 'ended', endReason: 'died', endedOn: '2023-03-20' });
    expect(await bench.db.task.count({ where: { closedAt: null } })).toBe(0);
    expect(await bench.db.notice.count({ where: { recipientId: world.personId } })).toBe(before);
    await tiek('person_died', { on: '2023-03-21' });
    expect(await changeOf(`person/${world.personId}`)).toEqual({ fields: 'death' });
    expect(await bench.db.person.findFirstOrThrow()).toMatchObject({ diedOn: '2023-03-20' });
  });
});

describe('impossible news', () => {
  const died = (on: string) => tell({ register: 'tiek', type: 'person_died', pinfl: PINFL, on });
  const openTasks = (subject: string) => bench.db.task.findMany({ where: { subject, closedAt: null } });

  test.each([
    ['before the birth', '1950-01-01', 'too_early'],
    ['before the hire', '2023-02-28', 'too_early'],
    ['to come', '2023-03-22', 'still_to_come'],
    ['out of reach', '9999-12-31', 'out_of_reach'],
  ])('a death %s: nothing follows, the case manager finds out', async (_, on, doubt) => {
    const id = await employed();
    const { subject, view } = await died(on);
    expect([view.state, await newsState(subject)]).toEqual(['with_person', 'with_person']);
    expect(await bench.db.person.findFirstOrThrow()).toMatchObject({ diedOn: null });
    expect([(await job(id)).state, await caseState()]).toEqual(['in_force', 'employed']);
    expect(await openTasks(subject)).toMatchObject([
      { kind: 'told_of_person', role: 'case_manager', assigneeId: caseManager.id, caseId: null },
    ]);
    expect(await bench.db.event.findFirst({ where: { subject, type: 'left_to_person' } })).toMatchObject({
      params: { register: 'tiek', type: 'person_died', on, doubt },
      caseId,
    });
    expect((await bench.db.news.findFirstOrThrow()).body).toMatchObject({ on });
  });

  test('without a case the mahalla’s supervisor has the task; about an unknown person nobody has it', async () => {
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    const { subject } = await died('9999-12-31');
    expect(await openTasks(subject)).toMatchObject([{ role: 'supervisor', area: '1726262' }]);
    const { view } = await tell({
      register: 'tiek',
      type: 'person_died',
      pinfl: '40201902050010',
      on: '9999-12-31',
    });
    expect(view.state).toBe('done');
  });

  test('nobody acts in time: the task goes to the supervisor, and the news waits', async () => {
    const { subject } = await died('1950-01-01');
    bench.clock.set(new Date('2023-03-20T09:00:00+05:00'));
    await bench.activities.advance(subject);
    expect(await openTasks(subject)).toMatchObject([{ role: 'supervisor' }]);
    expect(await newsState(subject)).toBe('with_person');
  });

  test.each([
    ['contract_registered', { ...registered, since: '1950-01-01' }],
    ['contract_ended', { ...pair, on: '2030-01-01', reason: 'resigned' }],
    ['end_taken_back', { ...pair, since: '1000-01-01' }],
  ])('a contract on an impossible day, by %s: no question, no end', async (type, said) => {
    const id = await employed();
    const { subject } = await yammt(type, said);
    expect(await openTasks(subject)).toMatchObject([{ kind: 'told_of_person' }]);
    expect((await job(id)).state).toBe('in_force');
  });

  test.each(['employer_liquidated', 'employer_reorganised'])(
    'an employer’s end to come, by %s: the employment officer finds out',
    async (type) => {
      const id = await refer(bench, caseId, world.vacant);
      const successorStir = type === 'employer_reorganised' ? { successorStir: '309999999' } : {};
      const { subject } = await yammt(type, { stir: STIR, on: '2023-03-05', ...successorStir });
      expect(await openTasks(subject)).toMatchObject([
        { kind: 'told_of_employer', role: 'employment_officer', employerId: world.employerId },
      ]);
      expect(await bench.db.employer.findFirstOrThrow()).toMatchObject({ state: 'active', endedOn: null });
      expect((await referral(id)).state).toBe('delivered');
    },
  );

  test('a successor that became this employer before: one change is made, and a person decides about the circle', async () => {
    const successor = { id: 'E-000099', stir: '309999999', name: 'Successor', district: '1726262' };
    await bench.db.employer.create({ data: successor });
    const id = await employed();
    await truth({ reorganises: { stir: STIR, successorStir: successor.stir } });
    await yammt('employer_reorganised', { stir: STIR, successorStir: successor.stir, on: '2023-03-21' });
    await bench.pass('5d');
    await truth({ reorganises: { stir: successor.stir, successorStir: STIR } });
    const { subject } = await yammt('employer_reorganised', {
      stir: successor.stir,
      successorStir: STIR,
      on: '2023-03-26',
    });
    expect(await openTasks(subject)).toMatchObject([
      { kind: 'told_of_employer', role: 'employment_officer', employerId: 'E-000099' },
    ]);
    await bench.pass('40d');
    expect(await job(id)).toMatchObject({ state: 'in_force', employerId: 'E-000099' });
    const events = await bench.events(`retention/${id}`);
    expect(events.filter((type) => type === 'successor')).toHaveLength(1);
    expect(events).toContain('successor_circle');
    expect(await bench.waits(`retention/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'check_evidence', role: 'case_manager' }),
    );
  });

  test('in an answer: the answer does not count, is kept as it came, and the register is asked again', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await truth({ hires: { ...pair, on: '9999-12-31', contract: 'K-9' } });
    await bench.give(
      `referral/${id}`,
      'contract',
      { contract: 'K-9', since: '2023-03-01' },
      employerActor(world.employerId),
    );
    expect((await referral(id)).state).toBe('confirming');
    const [answer] = await bench.db.registerAnswer.findMany({ where: { kind: 'contract_answer' } });
    expect(answer).toMatchObject({ answer: 'unknown', raw: expect.stringContaining('9999-12-31') });
    await bench.pass('16d');
    expect(await bench.waits(`referral/${id}`)).toContainEqual(
      expect.objectContaining({ kind: 'contract_evidence', role: 'case_manager' }),
    );
  });
});

describe('a receipt', () => {
  const receipt = (key: string, status: string) =>
    tell({ register: 'notifications', type: 'receipt', key, status });

  test('delivers a referral that no channel had delivered', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    expect((await referral(id)).state).toBe('issued');
    const { key } = await bench.db.notice.findFirstOrThrow({ where: { type: 'referral_issued' } });
    await receipt(key, 'delivered');
    expect(await referral(id)).toMatchObject({ state: 'delivered' });
    await receipt(key, 'failed');
    expect(await bench.db.notice.findUniqueOrThrow({ where: { key } })).toMatchObject({ state: 'delivered' });
  });

  /** A referral of 1 March that no channel delivered and the case manager has. The receipt comes after the time `after`. */
  async function late(after: string, at: string) {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass(after);
    expect((await referral(id)).state).toBe('undelivered');
    const { key } = await bench.db.notice.findFirstOrThrow({ where: { type: 'referral_issued' } });
    await tell({ register: 'notifications', type: 'receipt', key, status: 'delivered', at });
    const { state, deliveredAt } = await referral(id);
    return [state, deliveredAt?.toISOString(), (await bench.waits(`referral/${id}`)).map(({ due }) => due)];
  }

  test.each([
    ['in time, learned late: the 5 days run from the issue', '3d', '2023-03-02T10:00:00Z', '03-06T23:59'],
    ['in time, learned after 5 days: from the day we learn', '6d', '2023-03-02T10:00:00Z', '03-13T23:59'],
    ['too late: from the delivery', '4d', '2023-03-04T10:00:00Z', '03-09T23:59'],
    ['too late, learned after 5 days: from the day we learn', '9d', '2023-03-03T10:00:00Z', '03-15T23:59'],
  ])('delivered %s', async (_, after, at, due) => {
    expect(await late(after, at)).toEqual(['delivered', at.replace('Z', '.000Z'), [`2023-${due}`]]);
  });

  test.each(['2023-02-28T10:00:00Z', '2023-03-20T10:00:00Z'])(
    'of an impossible instant counts from when it came: %s',
    async (at) => {
      expect(await late('3d', at)).toEqual(['delivered', '2023-03-04T04:00:00.000Z', ['2023-03-09T23:59']]);
    },
  );
});
