import {
  type Bench,
  caseManager,
  pathwayHandlers,
  PINFL,
  refer,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../../test/support/bench';
import { caseWithPlan, openedCase, rowOf, waitsOf } from '../../test/support/cases';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await caseWithPlan(bench, world.personId);
});
afterEach(() => bench.close());

const give = (name: string, body: object, by = caseManager) => bench.give(`case/${caseId}`, name, body, by);
const closing = (outcome: string, more: object = {}) => ({
  outcome,
  summary: 'as agreed',
  personAgrees: true,
  ...more,
});
const openTasks = () => bench.db.task.count({ where: { closedAt: null, caseId } });

describe('withdrawal', () => {
  test('at any time: all clocks stop together, the employer is told', async () => {
    await refer(bench, caseId, world.vacant);
    const { body } = await give('withdrawal', { reason: 'care for the mother' });
    expect(body).toMatchObject({
      state: 'closed',
      outcome: 'withdrew',
      waitingFor: null,
      allowedActions: ['reopening'],
    });
    expect(await openTasks()).toBe(0);
    expect(await bench.db.referral.findFirstOrThrow()).toMatchObject({ state: 'withdrawn', open: false });
    expect(await bench.db.notice.count({ where: { type: 'referral_withdrawn' } })).toBe(2);
    expect(await bench.events(`case/${caseId}`)).toEqual(
      expect.arrayContaining(['withdrawn', 'case_closed']),
    );
    await bench.pass('60d');
    expect(await openTasks()).toBe(0);
  });
});

describe('closure', () => {
  test('with the person: closed with outcome, summary and form', async () => {
    await refer(bench, caseId, world.vacant);
    await bench.pass('3d');
    const { body } = await give('closure', closing('left_the_country'));
    expect(body).toMatchObject({
      state: 'closed',
      outcome: 'left_the_country',
      closure: { summary: 'as agreed' },
    });
    expect(body['closureForm']).toMatchObject({
      openedOn: '2023-03-01',
      closedOn: '2023-03-04',
      daysOpen: 3,
      done: { assessments: 1, plans: 1, referrals: 1, hires: 0 },
      steps: [
        { step: 'assessment', days: 0 },
        { step: 'plan', days: 0 },
        { step: 'first_referral', days: 0 },
        { step: 'delivery', of: 'referral/R-000001', days: 0 },
        { step: 'employers_answer', of: 'referral/R-000001', until: null },
      ],
    });
  });

  test('an open case shows no form', async () => {
    const { body } = await give('assessment', {});
    expect(body['closureForm']).toBeNull();
  });

  test('the supervisor agrees to the closure as it was asked for', async () => {
    await give('closure', closing('no_suitable_job', { personAgrees: false }));
    expect((await give('closure', { agreed: true })).status).toBe(403);
    const { body } = await give('closure', { agreed: true }, supervisor);
    expect(body).toMatchObject({
      state: 'closed',
      outcome: 'no_suitable_job',
      closure: { summary: 'as agreed' },
    });
    expect(await bench.events(`case/${caseId}`)).toContain('supervisors_yes');
  });

  test('against the person’s wish: the supervisor’s yes is asked, and given', async () => {
    const against = closing('no_suitable_job', { personAgrees: false });
    const { body } = await give('closure', against);
    expect(body).toMatchObject({ state: 'planning', closureAsked: { outcome: 'no_suitable_job' } });
    expect(await bench.waits(`case/${caseId}`)).toContainEqual(
      expect.objectContaining({ kind: 'closure_consent', role: 'supervisor', due: '2023-03-09T23:59' }),
    );
    expect((await give('closure', against, supervisor)).body['state']).toBe('closed');
    expect(await bench.events(`case/${caseId}`)).toContain('supervisors_yes');
  });

  test('the closure’s clock is paused while the supervisor is asked, and goes on after a no', async () => {
    const document = { number: 'B-4', date: '2023-02-20', issuer: 'Nur Tikuv MChJ' };
    await give('foundAlone', { stir: STIR, since: '2023-02-25', checks: false, document });
    const due = async () => (await bench.waits(`case/${caseId}`)).find(({ kind }) => kind === 'closure')?.due;
    expect(await due()).toBe('2023-03-16T23:59');
    await give('closure', closing('found_work_alone', { personAgrees: false }));
    expect(await due()).toBeNull();
    await bench.pass('5d');
    expect((await give('closure', { declined: 'ask her again' })).status).toBe(403);
    await give('closure', { declined: 'ask her again' }, supervisor);
    const told = await bench.db.notice.findMany({
      where: { type: { in: ['asked', 'supervisors_no'] } },
      orderBy: { createdAt: 'asc' },
    });
    expect(told.map(({ type, recipientId }) => [type, recipientId])).toEqual([
      ['asked', supervisor.id],
      ['supervisors_no', caseManager.id],
    ]);
    // 8 and 21 March are holidays.
    expect(await due()).toBe('2023-03-22T23:59');
    expect(await rowOf(bench, caseId)).toMatchObject({ open: true, closureAsked: null });
    expect((await give('closure', { declined: 'again' }, supervisor)).body['code']).toBe('nothing_asked');
  });

  test('some outcomes need a fact: retained after six months, not eligible after a no, died with a day', async () => {
    expect((await give('closure', closing('retained'))).body['code']).toBe('not_retained');
    expect((await give('closure', closing('not_eligible'))).body['code']).toBe('not_refused_by_tiek');
    expect((await give('closure', closing('died'))).body['code']).toBe('missing');
    expect((await give('closure', closing('died', { on: '2023-03-02' }))).body['code']).toBe(
      'impossible_day',
    );
    await bench.sandbox.script({ tiek: { says_no: { pinfl: PINFL, reason: 'work_not_recommended' } } });
    await give('eligibility', { step: 'ask_again' });
    expect((await give('closure', closing('not_eligible'))).body['state']).toBe('closed');
  });

  test('death: everything ends, and no further message goes to the person', async () => {
    await refer(bench, caseId, world.vacant);
    const { body } = await give('closure', closing('died', { on: '2023-02-28', personAgrees: false }));
    expect(body).toMatchObject({ state: 'closed', outcome: 'died' });
    expect(await bench.db.person.findUniqueOrThrow({ where: { id: world.personId } })).toMatchObject({
      diedOn: '2023-02-28',
    });
    const told = await bench.db.notice.findMany({ where: { recipient: 'person' } });
    expect(told.map(({ type }) => type)).toEqual(['person_referred']);
    expect((await give('reopening', { reason: 'a mistake' })).body['code']).toBe('person_died');
    await bench.db.person.update({ where: { id: world.personId }, data: { diedOn: null } });
    expect((await give('reopening', { reason: 'somebody else died' })).status).toBe(200);
  });

  test('an inspection goes on after the end of its case, for the finding only', async () => {
    await refer(bench, caseId, world.vacant);
    await bench.pass('6d');
    expect(await rowOf(bench, caseId)).toMatchObject({ state: 'planning' });
    await give('closure', closing('other'));
    expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({
      open: true,
      findingOnly: 'case_ended',
    });
  });
});

describe('reopening', () => {
  const again = { reason: 'wants to work again' };

  test('within 12 months: the same case with its assessment and plan, TIEK asked again', async () => {
    await give('withdrawal', { reason: 'care for the mother' });
    await bench.pass('1mo');
    const { body } = await give('reopening', again);
    expect(body).toMatchObject({
      id: caseId,
      state: 'planning',
      outcome: null,
      plan: { measures: [{ kind: 'job' }] },
      waitingFor: { what: 'next_step', role: 'case_manager' },
    });
    expect(await waitsOf(bench, caseId)).toEqual(['next_step', 'recommendation_watch']);
    const answers = await bench.db.registerAnswer.count({ where: { kind: 'eligibility' } });
    expect(answers).toBe(2);
    const closed = await give('closure', closing('other'));
    expect(closed.body['closureForm']).toMatchObject({ daysOpen: 0, done: { reopenings: 1 } });
  });

  test('a job that the closure ended goes on with the next hire: no new plan is needed', async () => {
    await bench.db.measure.updateMany({ where: { caseId }, data: { startedOn: '2023-03-01' } });
    await give('withdrawal', { reason: 'care for the mother' });
    expect(await bench.db.measure.findFirst({ where: { caseId } })).toMatchObject({ outcome: 'withdrew' });
    await give('reopening', again);
    expect(await bench.db.measure.findFirst({ where: { caseId } })).toMatchObject({ outcome: 'ended' });
  });

  test('closed before the assessment: back to the assessment', async () => {
    await give('withdrawal', { reason: 'not now' });
    caseId = await openedCase(bench, world.personId);
    await give('withdrawal', { reason: 'not now' });
    expect((await give('reopening', again)).body['state']).toBe('assessment');
    expect(await waitsOf(bench, caseId)).toEqual(['assessment', 'recommendation_watch']);
  });

  test('is refused after 12 months, and beside another open case', async () => {
    await give('withdrawal', { reason: 'not now' });
    await bench.pass('12mo');
    const other = await openedCase(bench, world.personId);
    expect((await give('reopening', again)).body['code']).toBe('open_case');
    await bench.give(`case/${other}`, 'withdrawal', again, caseManager);
    expect((await give('reopening', again)).status).toBe(200);
    await give('withdrawal', { reason: 'not now' });
    await bench.pass('13mo');
    expect((await give('reopening', again)).body['code']).toBe('closed_too_long');
  });
});
