import type { Actor } from '../domain/roles';
import type { Mark } from '../prisma/generated/client';
import { readMark } from '../records/reads/marks';
import {
  type Bench,
  caseManager,
  employmentOfficer,
  pathwayHandlers,
  PINFL,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../test/support/bench';
import { openedCase, findings, rowOf } from '../test/support/cases';
import { businessHandlers } from './business';
import { publicWorksHandlers } from './public-works';
import { diedInMeasures } from './steps/measures-in-life';

// 1 March 2023 is a Wednesday. 8 and 21 March are holidays.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench([...pathwayHandlers, publicWorksHandlers, businessHandlers]);
  world = await seed(bench);
  caseId = await openedCase(bench, world.personId);
  await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  await plan({ kind: 'self_employment' }, { kind: 'job' });
});
afterEach(() => bench.close());

const plan = (...measures: object[]) =>
  bench.give(`case/${caseId}`, 'plan', { measures, services: [] }, caseManager);
const begin = () => bench.give(`case/${caseId}`, 'business', { wish: 'to sew at home' }, caseManager);
const act = (name: string, body: object, by: Actor = caseManager, id = 'B-000001') =>
  bench.give(`business/${id}`, name, body, by);
const business = (id = 'B-000001') =>
  bench.db.business.findUniqueOrThrow({ where: { id }, include: { checks: { orderBy: { n: 'asc' } } } });
const waits = async (id = 'B-000001') => (await bench.waits(`business/${id}`)).map(({ kind }) => kind);
const caseState = async () => (await rowOf(bench, caseId)).state;
const measure = () => bench.db.measure.findFirstOrThrow({ where: { caseId, kind: 'self_employment' } });
const told = async () => (await bench.db.notice.findMany()).map(({ type }) => type);
const farm = (action: object) => bench.sandbox.script({ farm: action });
const document = { number: '7', date: '2023-03-01', issuer: 'State services' };
const prepared = { form: 'farm', trade: 'Greenhouse', help: [] };

/** Prepared on 1 March, and registered since 2 March. */
async function active() {
  await begin();
  await bench.pass('1d');
  await farm({ registers: { pinfl: PINFL, number: 'F-17' } });
  await act('preparation', prepared);
}

const doc = (registered: boolean, more: object) => ({ registered, document, ...more });

test('a preparation: its first measure, its time, and the supervisor after it', async () => {
  expect(await begin()).toMatchObject({
    status: 201,
    body: { id: 'B-000001', state: 'preparing', wish: 'to sew at home', measure: 1 },
  });
  expect(await caseState()).toBe('in_measure');
  expect(await bench.waits('business/B-000001')).toEqual([
    { kind: 'business_preparation', role: 'case_manager', rank: null, due: '2023-03-16T23:59' },
  ]);
  expect((await begin()).body['code']).toBe('in_business');
  await bench.pass('20d');
  expect(await waits()).toEqual(['business_preparation']);
});

test('a business needs an open case only: without one in the plan it becomes the last measure', async () => {
  await plan({ kind: 'job' });
  expect((await begin()).body).toMatchObject({ measure: 2 });
  const { body } = await plan({ kind: 'job' });
  expect(body['code']).toBe('measure_is_referred');
  const typed = await plan({ kind: 'job' }, { kind: 'self_employment', startedOn: '2023-03-01' });
  expect(typed.body['code']).toBe('self_employment_begin_by_referral');
});

test('before the plan: the case is planned all the same, and the plan keeps the business', async () => {
  const { body } = await bench.give(
    `case/${caseId}`,
    'closure',
    { outcome: 'other', summary: 's', personAgrees: true },
    caseManager,
  );
  expect(body).toMatchObject({ state: 'closed' });
  caseId = await openedCase(bench, world.personId);
  await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  expect((await begin()).status).toBe(201);
  expect(await caseState()).toBe('planning');
  expect((await plan({ kind: 'self_employment' }, { kind: 'job' })).body).toMatchObject({
    state: 'in_measure',
  });
});

test('registered, six checks with their conversations, sustained', async () => {
  await begin();
  const help = [{ kind: 'marketplace_account', provider: 'Uzum', dueOn: '2023-04-03' }];
  await act('preparation', { ...prepared, help });
  expect(await business()).toMatchObject({ state: 'registering', form: 'farm', trade: 'Greenhouse' });
  expect(await bench.db.service.findFirst()).toMatchObject({ kind: 'marketplace_account', provider: 'Uzum' });
  expect(await bench.waits('business/B-000001')).toMatchObject([
    { kind: 'registration_limit', role: 'clock', due: '2023-06-01T23:59' },
    { kind: 'farm_answer', role: 'register' },
  ]);
  await farm({ registers: { pinfl: PINFL, on: '2023-03-02', number: 'F-17' } });
  await bench.pass('6d');
  expect((await business()).state).toBe('registering');
  await bench.pass('3d');
  expect(await business()).toMatchObject({
    state: 'active',
    firstOn: '2023-03-02',
    startedOn: '2023-03-02',
    number: 'F-17',
    proof: 'register',
    months: 6,
  });
  expect([await caseState(), await measure()]).toMatchObject([
    'in_measure',
    { startedOn: '2023-03-02', endedOn: null, region: '1726' },
  ]);
  await bench.pass('25d');
  expect(await waits()).toEqual(['business_conversation', 'business_check']);
  const spoken = { check: 1, reached: true, sells: true, earns: false, wantsHelp: true };
  await act('conversation', spoken);
  expect((await business()).checks[0]).toMatchObject({ state: 'passed', conversation: spoken });
  expect((await act('conversation', { check: 2, reached: true })).body['code']).toBe('no_such_check');
  await bench.pass('5mo');
  expect(await business()).toMatchObject({ state: 'sustained', open: false, lastOn: null });
  expect((await business()).checks.map(({ state }) => state)).toEqual(Array(6).fill('passed'));
  expect([await caseState(), await measure()]).toMatchObject([
    'planning',
    { endedOn: '2023-09-02', outcome: 'sustained' },
  ]);
  expect(await told()).toContain('business_conversation_not_done');
  expect((await act('conversation', { check: 6, reached: true, sells: true })).status).toBe(200);
});

test('registered years ago: ended as worked for themselves already, and not counted', async () => {
  await farm({ registers: { pinfl: PINFL, on: '2019-05-04' } });
  await begin();
  await act('preparation', prepared);
  expect(await business()).toMatchObject({
    state: 'ended',
    endReason: 'already',
    firstOn: '2019-05-04',
    startedOn: null,
    lastOn: null,
  });
  expect([await caseState(), (await measure()).startedOn]).toEqual(['planning', null]);
  expect(await told()).toEqual(expect.arrayContaining(['person_business_already', 'business_already']));
  expect((await begin()).body).toMatchObject({ id: 'B-000002', measure: 1 });
});

test('a registration of 5 days before the preparation counts, and one of 6 days before does not', async () => {
  await farm({ registers: { pinfl: PINFL, on: '2023-02-24' } });
  await begin();
  await act('preparation', prepared);
  expect((await business()).state).toBe('active');
  await act('ending', { on: '2023-03-01', words: 'I stop.' });
  await farm({ corrects: { pinfl: PINFL, since: '2023-02-23' } });
  await begin();
  await act('preparation', prepared, caseManager, 'B-000002');
  expect(await business('B-000002')).toMatchObject({ state: 'ended', endReason: 'already' });
});

test('a registration that lies ahead is asked about on its day', async () => {
  await farm({ registers: { pinfl: PINFL, on: '2023-03-13' } });
  await begin();
  await act('preparation', prepared);
  await bench.pass('11d');
  expect((await business()).state).toBe('registering');
  await bench.pass('2d');
  expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-03-13' });
});

test('not registered in 3 months: withdrawn, and the case plans anew', async () => {
  await begin();
  await act('preparation', prepared);
  await bench.pass('92d');
  expect((await business()).state).toBe('registering');
  await bench.pass('1d');
  expect(await business()).toMatchObject({ state: 'withdrawn', open: false });
  expect(await caseState()).toBe('planning');
  expect(await told()).toContain('person_business_not_registered');
});

describe('not registered, and an extract shows a registration', () => {
  beforeEach(async () => {
    await begin();
    await act('preparation', prepared);
    await bench.pass('100d');
  });

  test('within the time: the business goes on', async () => {
    expect(await business()).toMatchObject({ state: 'withdrawn', endReason: 'not_registered' });
    const { body } = await act('evidence', doc(true, { since: '2023-06-05' }));
    expect(body['code']).toBe('registered_too_late');
    expect((await act('evidence', doc(false, {}))).body['code']).toBe('not_registered_already');
    await farm({ registers: { pinfl: PINFL, on: '2023-05-20' } });
    await act('evidence', doc(true, { since: '2023-05-20' }));
    expect(await business()).toMatchObject({
      state: 'active',
      startedOn: '2023-05-20',
      endReason: null,
      endedAt: null,
    });
    expect([await caseState(), await measure()]).toMatchObject([
      'in_measure',
      { startedOn: '2023-05-20', endedOn: null },
    ]);
    await bench.pass('1mo');
    expect((await business()).checks[0]).toMatchObject({ state: 'passed' });
  });

  test('but the person prepares another one: that one goes on', async () => {
    await begin();
    const { body } = await act('evidence', doc(true, { since: '2023-05-20' }));
    expect(body['code']).toBe('in_business');
  });

  test('the plan holds no business any more: it gets one', async () => {
    expect((await plan({ kind: 'job' })).status).toBe(200);
    await act('evidence', doc(true, { since: '2023-05-20' }));
    expect(await business()).toMatchObject({ state: 'active', measure: 2 });
    expect(await measure()).toMatchObject({ n: 2, startedOn: '2023-05-20' });
  });
});

test('the person gives it up, in their own words', async () => {
  await begin();
  await act('withdrawal', { words: 'I look for a job.' });
  expect([(await business()).state, await caseState()]).toEqual(['withdrawn', 'planning']);
  const { body } = await act('evidence', doc(true, { since: '2023-03-01' }));
  expect(body['code']).toBe('no_extract_waits');
});

test('another form is asked at its own register', async () => {
  await begin();
  await act('preparation', prepared);
  await bench.sandbox.script({ self_employed: { registers: { pinfl: PINFL } } });
  expect(
    (await act('preparation', { ...prepared, form: 'self_employed', trade: 'Sewing' })).body,
  ).toMatchObject({
    state: 'registering',
    form: 'self_employed',
  });
  expect((await business()).state).toBe('active');
  const limits = { subject: 'business/B-000001', kind: 'registration_limit' };
  expect(await bench.db.task.count({ where: limits })).toBe(1);
});

describe('the register is silent', () => {
  beforeEach(() => farm({ down: {} }));

  test('for ten days: an extract is asked for, then the supervisor has it', async () => {
    await begin();
    await act('preparation', prepared);
    await bench.pass('14d');
    expect(await bench.waits('business/B-000001')).toMatchObject([
      { kind: 'registration_limit' },
      { kind: 'farm_answer' },
      { kind: 'registration_evidence', role: 'case_manager', due: '2023-03-29T23:59' },
    ]);
    await bench.pass('20d');
    expect((await bench.waits('business/B-000001')).at(-1)).toMatchObject({ role: 'supervisor' });
    await act('evidence', doc(true, { since: '2023-03-02', number: 'F-1' }), supervisor);
    expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-03-02', proof: 'evidence' });
    expect((await business()).checks[0]).toMatchObject({ on: '2023-04-02' });
  });

  test('for longer than the time for the registration: its answer is awaited, and an extract decides', async () => {
    await begin();
    await act('preparation', prepared);
    await bench.pass('4mo');
    expect((await business()).state).toBe('registering');
    expect(await waits()).toEqual(['farm_answer', 'registration_evidence']);
    await act('evidence', doc(true, { since: '2023-03-20' }));
    expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-03-20' });
  });

  test('and says no after that time: not registered', async () => {
    await begin();
    await act('preparation', prepared);
    await bench.pass('4mo');
    await farm({ up: {} });
    await bench.pass('1d');
    expect(await business()).toMatchObject({ state: 'withdrawn', endReason: 'not_registered' });
    expect(await caseState()).toBe('planning');
  });

  test('an extract that shows no registration: the register is asked again', async () => {
    await begin();
    await act('preparation', prepared);
    await bench.pass('14d');
    await act('evidence', doc(false, {}));
    expect(await waits()).toEqual(['registration_limit', 'farm_answer']);
  });

  test('about a check: an extract, or neither passed nor failed', async () => {
    await farm({ up: {} });
    await active();
    await farm({ down: {} });
    await bench.pass('43d');
    expect(await waits()).toContain('business_check_evidence');
    await act('evidence', doc(true, { since: '2023-03-02' }));
    expect((await business()).checks[0]).toMatchObject({ state: 'passed', answer: { source: 'evidence' } });
    await bench.pass('70d');
    expect((await business()).checks[1]).toMatchObject({ state: 'unconfirmed' });
    expect((await business()).state).toBe('active');
  });
});

describe('the register corrects the day of the registration', () => {
  test('within the days that count: the measure follows', async () => {
    await active();
    await farm({ corrects: { pinfl: PINFL, since: '2023-02-27' } });
    await bench.pass('1mo');
    expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-02-27' });
    expect(await measure()).toMatchObject({ startedOn: '2023-02-27', region: '1726' });
    expect((await business()).checks[0]).toMatchObject({ on: '2023-04-02', state: 'passed' });
  });

  test('to years ago: worked for themselves already, and not counted', async () => {
    await active();
    await farm({ corrects: { pinfl: PINFL, since: '2019-05-04' } });
    await bench.pass('32d');
    expect(await business()).toMatchObject({
      state: 'ended',
      endReason: 'already',
      firstOn: '2019-05-04',
      startedOn: null,
    });
    expect([await caseState(), await measure()]).toMatchObject([
      'planning',
      { startedOn: null, region: null },
    ]);
  });
});

describe('deregistered in month 4', () => {
  beforeEach(async () => {
    await active();
    await bench.pass('4mo');
    await farm({ ends: { pinfl: PINFL, on: '2023-07-20' } });
    await bench.pass('31d');
  });

  test('provisional at first; confirmed by the register a day later', async () => {
    expect(await business()).toMatchObject({ state: 'active', ending: { on: '2023-07-20', check: 5 } });
    expect(await waits()).toEqual(
      expect.arrayContaining(['business_hearing', 'farm_answer', 'business_conversation', 'business_check']),
    );
    await bench.pass('1d');
    expect(await business()).toMatchObject({
      state: 'ended',
      lastOn: '2023-07-20',
      endReason: 'deregistered',
    });
    expect((await business()).checks.map(({ state }) => state)).toEqual([
      ...Array(4).fill('passed'),
      'ended',
      'dropped',
    ]);
    expect([await caseState(), await measure()]).toMatchObject([
      'planning',
      { endedOn: '2023-07-20', outcome: 'ended' },
    ]);
    expect((await act('ending', { takenBack: true, words: 'A mistake of the register.' })).status).toBe(200);
    expect(await business()).toMatchObject({ state: 'active', lastOn: null, endReason: null });
    expect([await caseState(), (await measure()).endedOn]).toEqual(['in_measure', null]);
    // The register still says no. It is asked again a day later, also where two checks are made up at once.
    expect(await business()).toMatchObject({ ending: { on: '2023-07-20', check: 5 } });
    await bench.pass('1d');
    expect((await business()).state).toBe('ended');
  });

  test('taken back by the register: the check passes', async () => {
    await farm({ takes_back: { pinfl: PINFL } });
    await bench.pass('1d');
    expect(await business()).toMatchObject({ state: 'active', ending: null });
    expect((await business()).checks[4]).toMatchObject({ state: 'passed' });
    await bench.pass('31d');
    expect((await business()).state).toBe('sustained');
  });

  test('confirmed by the person in a hearing', async () => {
    await act('hearing', { confirmed: true, words: 'I closed it.' });
    expect(await business()).toMatchObject({ state: 'ended', lastOn: '2023-07-20' });
  });

  test('contradicted, and the register silent: an extract decides', async () => {
    await act('hearing', { confirmed: false, words: 'I still work.' });
    expect((await act('hearing', { confirmed: false, words: 'w' })).body['code']).toBe('no_deregistration');
    await farm({ down: {} });
    await bench.pass('14d');
    expect(await business()).toMatchObject({ state: 'active', ending: { claim: 'contradicted' } });
    expect(await waits()).toContain('registration_evidence');
    await act('evidence', doc(false, { on: '2023-07-19' }));
    expect(await business()).toMatchObject({ state: 'ended', lastOn: '2023-07-19' });
  });

  test('taken back in the person’s words: the register is asked about the check again', async () => {
    await farm({ takes_back: { pinfl: PINFL } });
    await act('ending', { takenBack: true, words: 'It was a mistake.' });
    expect((await business()).checks[4]).toMatchObject({ state: 'passed' });
  });
});

test('the person’s own words end it; also after the last check, for the record', async () => {
  await active();
  await bench.pass('20d');
  expect((await act('ending', { on: '2023-03-01', words: 'w' })).body['code']).toBe('impossible_day');
  await act('ending', { on: '2023-03-20', words: 'I stop.' });
  expect(await business()).toMatchObject({ state: 'ended', endReason: 'own_word', lastOn: '2023-03-20' });
  expect(await caseState()).toBe('planning');
});

describe('a mark', () => {
  const consent = { by: 'person', on: '2023-03-02' };
  const give = (goods = 'embroidery', id = 'B-000001') => act('mark', { goods, consent }, caseManager, id);
  const marks = () => bench.db.mark.findMany({ orderBy: { goods: 'asc' } });
  const shown = async (code: string, least = 5) =>
    readMark(bench.db, code, (await bench.clock.now()).toISOString().slice(0, 10), least);

  test('is given with a written consent, for a year, and once for the same goods', async () => {
    await active();
    const { body } = await give();
    expect(body['marks']).toMatchObject([{ goods: 'embroidery', until: '2024-03-02', revokedOn: null }]);
    const [mark] = await marks();
    expect(await shown(mark?.code ?? '')).toEqual({ goods: 'embroidery', until: '2024-03-02', region: null });
    expect((await give()).body['code']).toBe('mark_is_valid');
    expect((await give('toys')).status).toBe(200);
    expect(
      (await act('mark', { goods: 'ceramics', consent: { ...consent, on: '2023-03-03' } })).body['code'],
    ).toBe('impossible_day');
    expect(await told()).toContain('person_mark_given');
  });

  test('expires after its last day; a new one is given from 30 days before it', async () => {
    await active();
    await give();
    const [mark] = await marks();
    await bench.pass('6mo');
    expect((await business()).state).toBe('sustained');
    await bench.pass('5mo');
    expect((await give()).status).toBe(200);
    await bench.pass('30d');
    expect(await shown(mark?.code ?? '')).toBeUndefined();
    expect((await marks()).length).toBe(2);
  });

  test('a consent taken back revokes it the same day, for one kind of goods or for all', async () => {
    await active();
    for (const one of ['embroidery', 'toys', 'carpets']) await give(one);
    await act('markRevocation', { goods: 'toys' });
    expect((await marks()).map(({ revokedOn }) => revokedOn)).toEqual([null, null, '2023-03-02']);
    const { body } = await act('markRevocation', {});
    expect((body['marks'] as object[]).every((one) => 'revokedOn' in one && one.revokedOn)).toBe(true);
    for (const { code } of await marks()) expect(await shown(code)).toBeUndefined();
    expect((await act('markRevocation', {})).body['code']).toBe('no_mark');
    expect(await told()).toContain('person_mark_revoked');
  });

  test('a consent taken back serves for no new mark of the same goods', async () => {
    await active();
    await give();
    await bench.pass('3d');
    await act('markRevocation', { goods: 'embroidery' });
    expect((await give()).body).toMatchObject({
      code: 'consent_taken_back',
      errors: [{ field: 'consent.on' }],
    });
    expect((await give('toys')).status).toBe(200);
    const again = { goods: 'embroidery', consent: { by: 'person', on: '2023-03-05' } };
    expect((await act('mark', again)).status).toBe(200);
  });

  describe('of a business whose checks are over', () => {
    const over = async (name: string) => {
      if (name === 'already') {
        await farm({ registers: { pinfl: PINFL, on: '2019-05-04' } });
        await begin();
        await act('preparation', prepared);
        await act('mark', { goods: 'embroidery', consent: { ...consent, on: '2023-03-01' } });
        return;
      }
      await active();
      await give();
      await bench.pass('6mo');
    };

    test.each([
      ['sustained', '2023-10-20'],
      ['already', '2023-04-20'],
    ])('%s: the register is asked every month, and twice before a no', async (name, on) => {
      await over(name);
      expect(await waits()).toContain('mark_check');
      await bench.pass('2mo');
      expect(await marks()).toMatchObject([{ revokedOn: null }]);
      await farm({ ends: { pinfl: PINFL, on } });
      await bench.pass('1mo');
      await bench.pass('2d');
      expect(await marks()).toMatchObject([{ revokedWhy: 'deregistered' }]);
      expect(await business()).toMatchObject({ open: false, lastOn: on });
      expect(await waits()).not.toContain('mark_check');
      expect((await give('toys')).body['code']).toBe('business_ended');
    });

    test('the register is silent: the mark stays, and it is asked on', async () => {
      await over('sustained');
      await farm({ down: {} });
      await bench.pass('2mo');
      expect(await marks()).toMatchObject([{ revokedOn: null }]);
      expect(await waits()).toContain('farm_answer');
    });

    test('a new mark: the register is asked at once', async () => {
      await over('sustained');
      await act('markRevocation', {});
      expect(await business()).toMatchObject({ state: 'sustained', open: false });
      await farm({ ends: { pinfl: PINFL, on: '2023-08-30' } });
      await give('toys');
      await bench.pass('2d');
      expect((await marks()).find(({ goods }) => goods === 'toys')).toMatchObject({
        revokedWhy: 'deregistered',
      });
    });

    test('the person’s own word ends a business that they had already', async () => {
      await over('already');
      await bench.pass('10d');
      expect((await act('ending', { on: '2023-03-08', words: 'I stop.' })).status).toBe(200);
      expect(await marks()).toMatchObject([{ revokedWhy: 'own_word' }]);
      expect(await business()).toMatchObject({ open: false, endReason: 'already', lastOn: '2023-03-08' });
    });

    test('it expires, and nothing is asked any more', async () => {
      await over('sustained');
      await bench.pass('7mo');
      expect(await business()).toMatchObject({ state: 'sustained', open: false });
      expect(await waits()).not.toContain('mark_check');
    });

    test('a death revokes it', async () => {
      await over('sustained');
      await bench.db.person.update({ where: { id: world.personId }, data: { diedOn: '2023-09-02' } });
      await bench.write(`person/${world.personId}`, (transaction) =>
        diedInMeasures(transaction, world.personId),
      );
      expect(await marks()).toMatchObject([{ revokedWhy: 'died' }]);
      expect((await business()).open).toBe(false);
    });
  });

  test('a deregistration revokes it, and so does the person’s own word after the last check', async () => {
    await active();
    await give();
    await bench.pass('6mo');
    await act('ending', { on: '2023-08-30', words: 'I stop.' });
    expect(await marks()).toMatchObject([{ revokedWhy: 'own_word' }]);
    expect((await give('toys')).body['code']).toBe('business_ended');
  });

  test('a death revokes it, also of a business that is over', async () => {
    await farm({ registers: { pinfl: PINFL, on: '2019-05-04' } });
    await begin();
    await act('preparation', prepared);
    expect((await business()).endReason).toBe('already');
    await act('mark', { goods: 'toys', consent: { ...consent, on: '2023-03-01' } });
    const [mark] = await marks();
    expect(await shown(mark?.code ?? '')).toMatchObject({ goods: 'toys' });
    await bench.db.person.update({ where: { id: world.personId }, data: { diedOn: '2023-03-01' } });
    expect(await shown(mark?.code ?? '')).toBeUndefined();
    expect((await give('ceramics')).body['code']).toBe('person_died');
  });

  test('names the region only where enough others have one for the same goods', async () => {
    await active();
    await give();
    const [mark] = await marks();
    const { db } = bench;
    const person = await db.person.findUniqueOrThrow({ where: { id: world.personId } });
    for (const n of [1, 2, 3, 4]) {
      expect(await shown(mark?.code ?? '')).toMatchObject({ region: null });
      const { name, birth, sex, mahalla, createdAt } = person;
      const copied = { name, birth, sex, mahalla, createdAt };
      await db.person.create({ data: { ...copied, id: `P-90000${n}`, pinfl: `3121063204029${n}` } });
      await db.mark.create({
        data: { ...(mark as object as Mark), consent: {}, code: `other-${n}`, personId: `P-90000${n}` },
      });
    }
    expect(await shown(mark?.code ?? '')).toMatchObject({ region: '1726' });
    await db.person.update({ where: { id: 'P-900001' }, data: { mahalla: '1703202001' } });
    expect(await shown(mark?.code ?? '')).toMatchObject({ region: null });
  });
});

describe('in the middle', () => {
  const hired = async () => {
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR } } });
    const { status, body } = await bench.give(
      `case/${caseId}`,
      'foundAlone',
      { stir: STIR, since: '2023-03-02', checks: true, document },
      caseManager,
    );
    expect([status, body['code']]).toEqual([200, undefined]);
  };

  test('a hire: the business goes on, beside the job', async () => {
    await active();
    await hired();
    expect([(await business()).state, await caseState()]).toEqual(['active', 'employed']);
    expect((await plan({ kind: 'self_employment' }, { kind: 'job' })).status).toBe(200);
    await act('ending', { on: '2023-03-02', words: 'I have a job now.' });
    expect([(await business()).state, await caseState()]).toEqual(['ended', 'employed']);
  });

  const closed = (outcome: string) =>
    bench.give(`case/${caseId}`, 'closure', { outcome, summary: 's', personAgrees: true }, caseManager);

  test('a closure in business: the registered business goes on with its checks', async () => {
    await active();
    expect((await closed('in_business')).body).toMatchObject({ state: 'closed' });
    await bench.pass('6mo');
    expect(await business()).toMatchObject({ state: 'sustained' });
    expect(await measure()).toMatchObject({ outcome: 'sustained' });
    expect(await waits()).toEqual([]);
  });

  test('a closure before the registration: ended, unless the outcome leaves it', async () => {
    await begin();
    await closed('other');
    expect(await business()).toMatchObject({ state: 'ended', endReason: 'case_closed' });
  });

  test('closed in business while it is being registered', async () => {
    await begin();
    await act('preparation', prepared);
    await closed('in_business');
    await farm({ registers: { pinfl: PINFL, on: '2023-03-05' } });
    await bench.pass('10d');
    expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-03-05' });
    expect(await measure()).toMatchObject({ startedOn: '2023-03-05' });
  });

  test('closed in business, and not registered in time: the person is not told that all begins again', async () => {
    await begin();
    await act('preparation', prepared);
    await closed('in_business');
    await bench.pass('100d');
    const { params } = await bench.db.notice.findFirstOrThrow({
      where: { type: 'person_business_not_registered' },
    });
    expect(params).toEqual({ caseIs: 'closed' });
    await act('evidence', doc(true, { since: '2023-05-20' }), supervisor);
    expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-05-20' });
  });

  test('a withdrawal from the service leaves a registered business', async () => {
    await active();
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'no help' }, caseManager);
    expect((await business()).state).toBe('active');
    expect(
      (await bench.db.task.findMany({ where: { subject: 'business/B-000001', closedAt: null } }))[0],
    ).toMatchObject({
      caseId: null,
    });
  });

  test('a death ends it on that day', async () => {
    await active();
    await bench.pass('10d');
    await bench.db.person.update({ where: { id: world.personId }, data: { diedOn: '2023-03-08' } });
    await bench.write(`person/${world.personId}`, (transaction) =>
      diedInMeasures(transaction, world.personId),
    );
    expect(await business()).toMatchObject({ state: 'ended', endReason: 'died', lastOn: '2023-03-08' });
  });
});

test('one occupying measure at a time: public works and a business that registers exclude each other', async () => {
  await plan({ kind: 'self_employment' }, { kind: 'public_works' });
  await begin();
  await bench.give(`case/${caseId}`, 'publicWorks', {}, caseManager);
  const place = {
    organiser: world.employerId,
    work: '753',
    title: 'Sewing',
    hoursPerWeek: 30,
    pay: 1_400_000,
  };
  const agree = () =>
    bench.give(
      'public-works/W-000001',
      'agreement',
      { ...place, firstOn: '2023-03-02', lastOn: '2023-04-30' },
      employmentOfficer,
    );
  await act('preparation', prepared);
  expect((await agree()).body['code']).toBe('in_business');
  await act('withdrawal', { words: 'later' });
  expect((await agree()).status).toBe(200);
  await begin();
  expect((await act('preparation', prepared, caseManager, 'B-000002')).body['code']).toBe('in_public_works');
});
