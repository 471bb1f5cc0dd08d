import {
  type Bench,
  caseManager,
  employmentHead,
  employmentOfficer,
  supervisor,
} from '../test/support/bench';
import { codeOf, rowOf, waitsOf } from '../test/support/cases';
import { courseChanges } from '../records/training-courses';
import { diedInMeasures, hiredInMeasures, movedInMeasures } from './steps/measures-in-life';
import {
  actsOf,
  addCourse,
  anotherCase,
  centreHead,
  trainingBench,
  trainingOfficer,
} from '../test/support/training';

// 1 March 2023 is a Wednesday. 8 and 21 March are holidays, and the course begins on Monday, 3 April.
let bench: Bench;
let caseId: string;
let world: { personId: string };
let acts: ReturnType<typeof actsOf>;

beforeEach(async () => {
  const made = await trainingBench();
  ({ bench, caseId, world } = made);
  acts = actsOf(bench);
});
afterEach(() => bench.close());

const caseState = async () => (await rowOf(bench, caseId)).state;
const measure = () => bench.db.measure.findFirstOrThrow({ where: { caseId, kind: 'training' } });

describe('the centre decides', () => {
  test('a referral: the centre, its head and the employment department are silent, and the person waits no longer', async () => {
    expect(await acts.refer(caseId, { wish: 'in the morning' })).toMatchObject({
      status: 201,
      body: { id: 'T-000001', state: 'referred', wish: 'in the morning', course: { id: 'CO-000001' } },
    });
    expect([await caseState(), await waitsOf(bench, caseId)]).toEqual([
      'in_measure',
      ['recommendation_watch'],
    ]);
    expect(await acts.waits()).toEqual(['training_decision training_officer 2023-03-06T23:59']);
    await bench.pass('6d');
    expect(await bench.waits('training/T-000001')).toMatchObject([
      { kind: 'training_decision', role: 'training_officer', rank: 'head', due: '2023-03-15T23:59' },
    ]);
    await bench.pass('9d');
    expect(await acts.waits()).toEqual(['training_decision employment_officer 2023-03-24T23:59']);
    await bench.pass('13d');
    expect(await acts.row()).toMatchObject({
      state: 'refused',
      open: false,
      refusal: { by: 'service', code: 'silent' },
    });
    expect([await caseState(), await waitsOf(bench, caseId)]).toEqual([
      'planning',
      ['next_step', 'recommendation_watch'],
    ]);
    expect(await acts.told()).toEqual(
      expect.arrayContaining(['person_training_referred', 'person_training_refused', 'training_refused']),
    );
  });

  test('the department decides only once the wait has passed to it', async () => {
    await acts.refer(caseId);
    expect((await acts.decide({ decision: 'offer' }, undefined, employmentHead)).body['code']).toBe(
      'centre_first',
    );
    await bench.pass('15d');
    for (const other of [
      { ...employmentHead, rank: 'officer' as const },
      { ...employmentHead, area: '1726266' },
    ])
      expect((await acts.decide({ decision: 'offer' }, undefined, other)).body['code']).toBe(
        'head_of_district',
      );
    expect((await acts.decide({ decision: 'offer' }, undefined, employmentHead)).body['state']).toBe(
      'offered',
    );
  });

  test('a refusal with grounds; not accessible is answered by the head', async () => {
    await acts.refer(caseId);
    const refused = await acts.decide({ decision: 'refuse', code: 'not_accessible', grounds: 'no lift' });
    expect(refused.body).toMatchObject({
      state: 'refused',
      refusal: { code: 'not_accessible', grounds: 'no lift' },
    });
    expect([await caseState(), (await acts.row()).open]).toEqual(['planning', true]);
    expect(await acts.waits()).toEqual(['training_adaptation training_officer 2023-03-16T23:59']);
    const answer = { words: 'a ramp', until: '2023-09-01' };
    expect((await acts.act('adaptation', answer, trainingOfficer)).status).toBe(403);
    expect((await acts.act('adaptation', answer, centreHead)).body).toMatchObject({ adaptation: answer });
    expect((await acts.row()).open).toBe(false);
    expect((await acts.refer(caseId)).body).toMatchObject({ id: 'T-000002', state: 'referred' });
  });

  test.each([
    [{ decision: 'waiting_list' }, 'place_free'],
    [{ decision: 'offer', firstOn: '2023-04-10' }, 'impossible_day'],
  ])('%j is refused: %s', async (body, code) => {
    await acts.refer(caseId);
    expect((await acts.decide(body)).body['code']).toBe(code);
  });

  test('three applications to different courses, and no fourth', async () => {
    for (const id of ['CO-000002', 'CO-000003', 'CO-000004']) await addCourse(bench, id);
    await acts.refer(caseId);
    expect((await acts.refer(caseId)).body['code']).toBe('already_referred');
    await acts.refer(caseId, { course: 'CO-000002' });
    expect((await acts.refer(caseId, { course: 'CO-000003' })).status).toBe(201);
    expect((await acts.refer(caseId, { course: 'CO-000004' })).body['code']).toBe('too_many_trainings');
  });

  test('a course that is not known to be suitable needs the supervisor', async () => {
    await addCourse(bench, 'CO-000002', { field: '933' });
    const exception = { wish: 'she likes it', adaptation: 'a chair' };
    const refused = await acts.refer(caseId, { course: 'CO-000002' });
    expect(refused.body['code']).toBe('not_suitable');
    expect((await acts.refer(caseId, { course: 'CO-000002', exception })).body['code']).toBe('not_yours');
    expect((await acts.refer(caseId, { course: 'CO-000002', exception }, supervisor)).status).toBe(201);
  });

  test('a course that is over or not open takes nobody', async () => {
    await addCourse(bench, 'CO-000002', { state: 'closed' });
    expect((await acts.refer(caseId, { course: 'CO-000002' })).body['code']).toBe('course_not_open');
    expect((await acts.refer(caseId, { course: 'CO-000009' })).body['code']).toBe('unknown_course');
  });
});

describe('an offer', () => {
  beforeEach(async () => {
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
  });

  test('a yes admits, the person is reminded, and the course begins on its first day', async () => {
    expect(await acts.row()).toMatchObject({ state: 'offered', firstOn: '2023-04-03', lastOn: '2023-06-30' });
    expect(await acts.waits()).toEqual([
      'training_place clock 2023-04-03T00:00',
      'training_answer case_manager 2023-03-09T23:59',
    ]);
    expect((await acts.answer(true)).body).toMatchObject({ state: 'admitted' });
    expect(await acts.waits()).toEqual([
      'training_begin clock 2023-04-03T00:00',
      'training_reminder clock 2023-03-31T09:00',
    ]);
    await bench.pass('33d');
    expect(await acts.row()).toMatchObject({ state: 'studying', startedOn: '2023-04-03' });
    expect([await caseState(), await measure()]).toMatchObject([
      'in_measure',
      { startedOn: '2023-04-03', endedOn: null, region: '1726' },
    ]);
    expect(await acts.told()).toEqual(
      expect.arrayContaining([
        'person_training_offered',
        'person_training_admitted',
        'person_training_reminder',
        'person_measure_began',
      ]),
    );
  });

  test('a no costs nothing, and the place is free again', async () => {
    expect((await acts.answer(false)).body).toMatchObject({ state: 'withdrawn', ending: { by: 'person' } });
    expect([await caseState(), await acts.waits()]).toEqual(['planning', []]);
    await acts.refer(caseId);
    expect((await acts.decide({ decision: 'offer' }, 'T-000002')).body['state']).toBe('offered');
  });

  test('the place is kept until the first day; then there is no place', async () => {
    await bench.pass('9d');
    expect(await acts.waits()).toContain('training_answer supervisor 2023-03-09T23:59');
    expect((await acts.act('notReached', { words: 'called twice' }, caseManager)).body['code']).toBe(
      'place_is_kept',
    );
    await bench.pass('24d');
    expect(await acts.row()).toMatchObject({ state: 'refused', refusal: { code: 'no_place' } });
    expect(await caseState()).toBe('planning');
  });

  test('unanswered on the first day, the next course follows with the same rank', async () => {
    await addCourse(bench, 'CO-000002', { firstDay: '2023-09-01', lastDay: '2023-11-30', places: 0 });
    await bench.pass('33d');
    expect(await acts.row()).toMatchObject({
      state: 'waiting_list',
      courseId: 'CO-000002',
      offer: null,
      firstOn: null,
    });
    // Five working days before 1 September, which is a holiday.
    expect(await acts.waits()).toEqual(['training_list clock 2023-08-25T00:00']);
  });
});

test('a course in which the person has an application is not their next one', async () => {
  const later = { firstDay: '2023-09-01', lastDay: '2023-11-30' };
  await addCourse(bench, 'CO-000002', later);
  await acts.refer(caseId);
  await acts.refer(caseId, { course: 'CO-000002' });
  await acts.decide({ decision: 'offer' }, 'T-000002');
  await acts.decide({ decision: 'offer' });
  await bench.pass('33d');
  expect(await acts.row()).toMatchObject({ state: 'refused', refusal: { code: 'no_place' } });
});

test('a person who is offered a place of the next course is not told that they wait', async () => {
  await addCourse(bench, 'CO-000002', { firstDay: '2023-09-01', lastDay: '2023-11-30' });
  await acts.refer(caseId);
  await acts.decide({ decision: 'offer' });
  await bench.pass('33d');
  expect(await acts.row()).toMatchObject({ courseId: 'CO-000002', state: 'offered' });
  expect(await acts.told()).not.toContain('person_training_next_course');
});

describe('the waiting list', () => {
  let other: string;
  let third: string;
  beforeEach(async () => {
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
    other = await anotherCase(bench, 1);
    third = await anotherCase(bench, 2);
    for (const one of [other, third]) await acts.refer(one);
  });

  const list = async (id: string) => acts.decide({ decision: 'waiting_list' }, id);
  const states = async () =>
    (await bench.db.training.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state);

  test('nobody passes those who were referred before', async () => {
    expect((await acts.decide({ decision: 'offer' }, 'T-000002')).body['code']).toBe('course_full');
    // The third is listed before the second.
    await list('T-000003');
    await list('T-000002');
    expect(await states()).toEqual(['offered', 'waiting_list', 'waiting_list']);
    await acts.answer(false);
    expect(await states()).toEqual(['withdrawn', 'offered', 'waiting_list']);
    expect(await acts.waits('T-000002')).toEqual([
      'training_place clock 2023-04-03T00:00',
      'training_list_answer case_manager 2023-03-06T23:59',
    ]);
  });

  test('a place that is not answered goes on, and comes back when nobody else wants it', async () => {
    await list('T-000002');
    await list('T-000003');
    await acts.answer(false);
    expect(await acts.told()).toContain('training_given_up');
    const tried = { words: 'called on Friday' };
    expect((await acts.act('notReached', tried, caseManager, 'T-000002')).body).toMatchObject({
      state: 'offered',
      offer: { kind: 'list', extended: true },
    });
    expect((await acts.act('notReached', tried, caseManager, 'T-000002')).body['code']).toBe(
      'not_reached_before',
    );
    await bench.pass('6d');
    expect(await states()).toEqual(['withdrawn', 'waiting_list', 'offered']);
    expect(await acts.told()).toEqual(
      expect.arrayContaining([
        'training_not_reached',
        'person_training_place_passed',
        'training_place_passed',
      ]),
    );
    await bench.pass('7d');
    expect(await states()).toEqual(['withdrawn', 'offered', 'waiting_list']);
    await acts.answer(true, 'T-000002');
    expect(await states()).toEqual(['withdrawn', 'admitted', 'waiting_list']);
  });

  test('those who still wait are asked, and wait for the next course with the same rank', async () => {
    await addCourse(bench, 'CO-000002', { firstDay: '2023-09-01', lastDay: '2023-11-30', places: 1 });
    await acts.answer(true);
    await list('T-000003');
    await list('T-000002');
    expect(
      (await acts.act('nextCourse', { goesOn: true, words: 'yes' }, caseManager, 'T-000002')).body['code'],
    ).toBe('asked_later');
    await bench.pass('26d');
    expect(await acts.waits('T-000002')).toEqual(['training_next_course case_manager 2023-04-03T23:59']);
    // Unheard is no *no*. The second in order answers first.
    await acts.act('nextCourse', { goesOn: true, words: 'yes' }, caseManager, 'T-000003');
    expect(await acts.row('T-000003')).toMatchObject({ state: 'offered', courseId: 'CO-000002' });
    await bench.pass('8d');
    expect(await acts.row('T-000002')).toMatchObject({ state: 'waiting_list', courseId: 'CO-000002' });
  });

  test('nobody waits for a place that the person does not want', async () => {
    await acts.answer(true);
    await list('T-000002');
    await bench.pass('27d');
    const no = await acts.act('nextCourse', { goesOn: false, words: 'no' }, caseManager, 'T-000002');
    expect(no.body).toMatchObject({ state: 'refused', refusal: { code: 'no_place' } });
  });
});

describe('the centre’s word is a claim', () => {
  const said = (code: string, more: object = {}) =>
    acts.act('word', { code, words: 'not seen', ...more }, trainingOfficer);
  const heard = (confirmed: boolean) => acts.act('hearing', { confirmed, words: 'her words' }, caseManager);
  const decided = (stands: boolean) => acts.act('claimDecision', { stands, grounds: 'seen' }, employmentHead);
  const admitted = async () => {
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
    await acts.answer(true);
  };

  test('of a person who is only referred: contradicted, the centre decides anew', async () => {
    await acts.refer(caseId);
    const body = { decision: 'refuse', code: 'declined', grounds: 'she said no' };
    expect((await acts.decide(body)).body).toMatchObject({ state: 'hearing', cameFrom: 'referred' });
    await heard(false);
    expect(await acts.waits()).toEqual(['training_claim employment_officer 2023-03-09T23:59']);
    expect((await decided(false)).body).toMatchObject({ state: 'referred', cameFrom: null, refusal: null });
    expect(await acts.told()).toEqual(
      expect.arrayContaining(['person_training_claim_decided', 'training_claim_decided']),
    );
    expect(await acts.waits()).toEqual(['training_decision training_officer 2023-03-06T23:59']);
  });

  test('did not come, contradicted: the course goes on', async () => {
    await admitted();
    expect((await said('did_not_come')).body['code']).toBe('course_begins');
    await bench.pass('34d');
    expect((await said('did_not_come')).body).toMatchObject({ state: 'hearing', cameFrom: 'studying' });
    expect(await acts.waits()).toEqual(
      expect.arrayContaining([
        'training_end clock 2023-07-01T00:00',
        'training_hearing case_manager 2023-04-07T23:59',
      ]),
    );
    await heard(false);
    expect((await decided(false)).body).toMatchObject({ state: 'studying', claim: { stage: 'dismissed' } });
  });

  test('did not come, confirmed: the course never began for the person', async () => {
    await admitted();
    await bench.pass('34d');
    await said('did_not_come');
    expect((await heard(true)).body).toMatchObject({
      state: 'refused',
      startedOn: null,
      refusal: { code: 'did_not_come' },
    });
    expect([await caseState(), await measure()]).toMatchObject([
      'planning',
      { startedOn: null, endedOn: null },
    ]);
  });

  test('nobody hears the person: the head decides; the word stands', async () => {
    await admitted();
    await bench.pass('40d');
    await said('dropped_out', { on: '2023-04-05' });
    await bench.pass('6d');
    expect(await acts.waits()).toContain('training_claim employment_officer 2023-04-21T23:59');
    expect((await decided(true)).body).toMatchObject({ state: 'dropped_out', endedOn: '2023-04-05' });
    expect([await caseState(), await measure()]).toMatchObject(['planning', { endedOn: '2023-04-05' }]);
  });

  test('declined before the first day, and back to it', async () => {
    await admitted();
    await said('declined');
    await heard(false);
    expect((await decided(false)).body).toMatchObject({ state: 'admitted' });
    await bench.pass('33d');
    expect((await acts.row()).state).toBe('studying');
  });
});

describe('a cancelled course', () => {
  const cancel = async () => {
    await bench.write('course/CO-000001', async (transaction) => {
      const before = await transaction.tx.course.findUniqueOrThrow({ where: { id: 'CO-000001' } });
      await courseChanges(transaction, before, { state: 'cancelled' });
      await transaction.tx.course.update({ where: { id: 'CO-000001' }, data: { state: 'cancelled' } });
    });
    await bench.settle();
  };

  test('is a refusal for those who only applied', async () => {
    await acts.refer(caseId);
    await cancel();
    expect(await acts.row()).toMatchObject({
      state: 'refused',
      open: false,
      refusal: { by: 'service', code: 'course_cancelled' },
    });
    expect(await caseState()).toBe('planning');
  });

  test('is nobody’s drop-out: the centre’s head names another', async () => {
    await addCourse(bench, 'CO-000002', { firstDay: '2023-09-01', lastDay: '2023-11-30' });
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
    await acts.answer(true);
    await bench.pass('35d');
    await cancel();
    expect(await acts.row()).toMatchObject({ state: 'cancelled', open: true, endedOn: '2023-04-05' });
    expect([await caseState(), await measure()]).toMatchObject([
      'planning',
      { endedOn: '2023-04-05', outcome: 'cancelled' },
    ]);
    // What was studied is still entered.
    expect(await acts.waits()).toEqual([
      'training_month training_officer 2023-05-05T23:59',
      'training_replacement training_officer 2023-04-19T23:59',
    ]);
    const named = { course: 'CO-000002', words: 'in autumn' };
    expect((await acts.act('replacement', { ...named, course: 'CO-000001' }, centreHead)).body['code']).toBe(
      'course_not_open',
    );
    expect((await acts.act('replacement', named, centreHead)).body).toMatchObject({
      replacement: { courseId: 'CO-000002', words: 'in autumn' },
    });
    expect([(await acts.row()).open, await acts.told()]).toEqual([
      true,
      expect.arrayContaining(['person_training_cancelled', 'training_cancelled', 'training_replacement']),
    ]);
  });

  test('passes to the employment department where the head is silent', async () => {
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
    await acts.answer(true);
    await cancel();
    const none = { words: 'none this year' };
    expect((await acts.act('replacement', none, employmentHead)).body['code']).toBe('centre_first');
    await bench.pass('16d');
    expect((await acts.act('replacement', none, employmentHead)).body).toMatchObject({ replacement: none });
  });

  test('keeps its days once a place is given', async () => {
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
    const course = await bench.db.course.findUniqueOrThrow({ where: { id: 'CO-000001' } });
    expect(
      await codeOf(
        bench.write('course/CO-000001', (transaction) =>
          courseChanges(transaction, course, { firstDay: '2023-05-01' }),
        ),
      ),
    ).toBe('places_given');
    const timetable = (...heldOn: string[]) =>
      codeOf(
        bench.write('course/CO-000001', (transaction) => courseChanges(transaction, course, { heldOn })),
      );
    expect(await timetable('monday')).toBe('places_given');
    expect(await timetable('wednesday', 'monday', 'friday')).not.toBe('places_given');
  });
});

describe('what happens to the person', () => {
  const admitted = async () => {
    await acts.refer(caseId);
    await acts.decide({ decision: 'offer' });
    await acts.answer(true);
  };
  const hired = (on: string) =>
    bench
      .write('case/x', (transaction) =>
        hiredInMeasures(transaction, { personId: world.personId, caseId }, on),
      )
      .then(() => bench.settle());
  const close = (outcome: string) =>
    bench.give(`case/${caseId}`, 'closure', { outcome, reason: 'as agreed', personAgrees: true }, supervisor);

  test('hired: what waits ends; the person is asked whether an admission goes on', async () => {
    await acts.refer(caseId);
    await hired('2023-03-02');
    expect(await acts.row()).toMatchObject({
      state: 'ended',
      open: false,
      ending: { by: 'hire', code: 'hired' },
    });
  });

  test.each([
    [true, 'studying'],
    [false, 'withdrawn'],
  ])('hired in the middle, and the course goes on: %s', async (goesOn, state) => {
    await admitted();
    await bench.pass('35d');
    await hired('2023-04-05');
    expect(await acts.waits()).toContain('training_goes_on case_manager 2023-04-12T23:59');
    await bench.pass('9d');
    expect(await acts.waits()).toContain('training_goes_on supervisor 2023-04-12T23:59');
    expect((await acts.row()).state).toBe('studying');
    const answered = await acts.act('goingOn', { goesOn, words: 'her words' }, caseManager);
    expect(answered.body).toMatchObject({ state, goingOn: { why: 'hired', goesOn } });
    await hired('2023-04-14');
    // Each hire is a new question.
    expect((await acts.waits()).join().includes('training_goes_on')).toBe(goesOn);
    expect((await measure()).endedOn).toBe(goesOn ? null : '2023-04-14');
  });

  test('withdrew from the service: the admission goes on unless the person says otherwise', async () => {
    await admitted();
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'moves abroad' }, caseManager);
    expect(await acts.row()).toMatchObject({ state: 'admitted', goingOn: { why: 'left_service' } });
    await bench.pass('34d');
    expect((await acts.row()).state).toBe('studying');
    const [task] = await bench.db.task.findMany({ where: { kind: 'training_goes_on', closedAt: null } });
    expect(task).toMatchObject({ caseId: null, role: 'supervisor' });
  });

  test('the case closes in training: the study goes on. With another outcome an admission ends', async () => {
    await admitted();
    expect((await close('in_training')).body).toMatchObject({ state: 'closed' });
    expect((await acts.row()).state).toBe('admitted');
    await bench.pass('34d');
    expect(await acts.row()).toMatchObject({ state: 'studying', startedOn: '2023-04-03' });
  });

  test('moved: the case takes it along, and the centre stays', async () => {
    await admitted();
    await bench.write('case/x', (transaction) => movedInMeasures(transaction, caseId, '1703202001'));
    expect(await acts.row()).toMatchObject({ caseArea: '1703202001', area: '1726262', state: 'admitted' });
  });

  test('died: it ends on that day', async () => {
    await admitted();
    await bench.pass('40d');
    await bench.db.person.updateMany({ data: { diedOn: '2023-04-07' } });
    await bench.write('case/x', (transaction) => diedInMeasures(transaction, world.personId));
    expect(await acts.row()).toMatchObject({
      state: 'ended',
      endedOn: '2023-04-07',
      ending: { code: 'died' },
    });
  });

  test('the person no longer wants it', async () => {
    await admitted();
    await bench.pass('40d');
    const said = await acts.act('withdrawal', { words: 'too far' }, caseManager);
    expect(said.body).toMatchObject({ state: 'withdrawn', endedOn: '2023-04-10' });
    expect(await caseState()).toBe('planning');
  });

  test('one measure at a time', async () => {
    await addCourse(bench, 'CO-000002');
    await admitted();
    await acts.refer(caseId, { course: 'CO-000002' });
    await acts.decide({ decision: 'offer' }, 'T-000002');
    expect((await acts.answer(true, 'T-000002')).body['code']).toBe('occupied');
  });

  test('no public works during a course', async () => {
    await admitted();
    const { id } = await bench.db.employer.findFirstOrThrow();
    await bench.give(
      `case/${caseId}`,
      'plan',
      { measures: [{ kind: 'training' }, { kind: 'job' }, { kind: 'public_works' }], services: [] },
      caseManager,
    );
    await bench.give(`case/${caseId}`, 'publicWorks', {}, caseManager);
    const place = { organiser: id, work: '753', title: 'Sewing', hoursPerWeek: 30, pay: 1_000_000 };
    const agree = (firstOn: string, lastOn: string) =>
      bench.give('public-works/W-000001', 'agreement', { ...place, firstOn, lastOn }, employmentOfficer);
    expect((await agree('2023-03-20', '2023-04-10')).body['code']).toBe('occupied');
    expect((await agree('2023-03-20', '2023-03-31')).status).toBe(200);
  });
});
