import { correctDeath } from '../api/people/death';
import { type Bench, caseManager, employmentHead, PINFL, STIR, supervisor } from '../test/support/bench';
import { openedCase, rowOf, waitsOf } from '../test/support/cases';
import { actsOf, trainingBench, trainingOfficer } from '../test/support/training';
import { diedInMeasures } from './steps/measures-in-life';

// The course is held from Monday, 3 April to Friday, 30 June 2023 on Mondays, Wednesdays and Fridays: 12, 14 and 13 days.
let bench: Bench;
let caseId: string;
let personId: string;
let acts: ReturnType<typeof actsOf>;

beforeEach(async () => {
  const made = await trainingBench();
  ({ bench, caseId } = made);
  personId = made.world.personId;
  acts = actsOf(bench);
  await acts.refer(caseId);
  await acts.decide({ decision: 'offer' });
  await acts.answer(true);
  await bench.pass('33d');
});
afterEach(() => bench.close());

const caseState = async () => (await rowOf(bench, caseId)).state;
const measure = () => bench.db.measure.findFirstOrThrow({ where: { caseId, kind: 'training' } });
const attend = (month: string, attended: number, excused = 0, by = trainingOfficer) =>
  acts.act('attendance', { month, attended, excused }, by);
const events = () => bench.events('training/T-000001');
const document = { number: 'J-4', date: '2023-05-16', issuer: 'Hunar' };
const hearsay = { words: 'she was ill at home' };

describe('attendance', () => {
  test('is due by the 5th, then from the head, and by the 15th evidence is asked of the case manager', async () => {
    expect(await acts.waits()).toEqual([
      'training_end clock 2023-07-01T00:00',
      'training_month training_officer 2023-05-05T23:59',
      'training_month training_officer 2023-06-05T23:59',
      'training_month training_officer 2023-07-05T23:59',
    ]);
    expect((await attend('2023-04', 10)).body['code']).toBe('month_not_over');
    await bench.pass('33d');
    expect((await bench.waits('training/T-000001'))[1]).toMatchObject({
      kind: 'training_month',
      rank: 'head',
      due: '2023-05-15T23:59',
    });
    await bench.pass('10d');
    expect(await acts.waits()).toContain('training_month_evidence case_manager 2023-05-30T23:59');
    expect(await events()).toContain('training_month_missing');
    // The centre may still enter it.
    expect((await attend('2023-04', 10, 1)).body['months']).toEqual([
      { month: '2023-04', attended: 10, excused: 1, enteredOn: '2023-05-16' },
    ]);
    expect(await acts.waits()).not.toContain('training_month_evidence case_manager 2023-05-30T23:59');
  });

  test.each([
    ['2023-03', 1, 0, 'not_a_month_of_study'],
    ['2023-04', 13, 0, 'too_many_days'],
    ['2023-04', 10, 3, 'too_many_days'],
    ['2023-05', 1, 0, 'month_not_over'],
  ])('%s with %i and %i days is refused: %s', async (month, attended, excused, code) => {
    await bench.pass('30d');
    expect((await attend(month, attended, excused)).body['code']).toBe(code);
  });

  test('evidence stands in for the entry, and a later entry only says more', async () => {
    await bench.pass('43d');
    const evidence = { month: '2023-04', attended: 8, excused: 0, words: 'I was there', document };
    expect(
      (await acts.act('attendanceEvidence', { ...evidence, month: '2023-05' }, caseManager)).body['code'],
    ).toBe('month_not_over');
    const late = { ...document, date: '2023-09-01' };
    expect(
      (await acts.act('attendanceEvidence', { ...evidence, document: late }, caseManager)).body['code'],
    ).toBe('impossible_day');
    expect((await acts.act('attendanceEvidence', evidence, caseManager)).status).toBe(200);
    expect((await acts.act('attendanceEvidence', evidence, caseManager)).body['code']).toBe('nothing_owed');
    expect((await attend('2023-04', 7)).body['code']).toBe('evidence_stands');
    const more = await attend('2023-04', 11);
    expect(more.body['months']).toMatchObject([{ attended: 11, evidence: { on: '2023-05-16' } }]);
    // The person's words are not for the centre.
    expect(JSON.stringify(more.body)).not.toContain('I was there');
    expect(await acts.waits()).not.toContain('training_low');
  });

  test('evidence below the threshold passes: the person is not heard again', async () => {
    await bench.pass('43d');
    const evidence = { month: '2023-04', attended: 2, excused: 0, words: 'the bus', document };
    await acts.act('attendanceEvidence', evidence, caseManager);
    expect((await acts.waits()).join()).not.toContain('training_low');
  });

  test('below the threshold the person is heard, once; a correction above it ends the hearing', async () => {
    await bench.pass('30d');
    // 7 of 12 days are less than 60 %.
    await attend('2023-04', 7);
    expect(await acts.waits()).toContain('training_low case_manager 2023-05-11T23:59');
    await attend('2023-04', 7, 1);
    expect((await acts.waits()).join()).not.toContain('training_low');
    await attend('2023-04', 3);
    expect(
      (await acts.act('attendanceHearing', { month: '2023-05', ...hearsay }, caseManager)).body['code'],
    ).toBe('nothing_owed');
    await bench.pass('9d');
    expect(await acts.waits()).toContain('training_low supervisor 2023-05-11T23:59');
    await acts.act('attendanceHearing', { month: '2023-04', ...hearsay }, supervisor);
    expect((await acts.row()).months).toMatchObject([
      { attended: 3, heard: { ...hearsay, on: '2023-05-12' } },
    ]);
    await attend('2023-04', 4);
    expect((await acts.waits()).join()).not.toContain('training_low');
  });

  test('a corrected day of death moves the months that are owed', async () => {
    await bench.pass('30d');
    await bench.db.person.update({ where: { id: personId }, data: { diedOn: '2023-04-20' } });
    await bench.write(`case/${caseId}`, (here) => diedInMeasures(here, personId));
    const may = 'training_month training_officer 2023-06-05T23:59';
    expect(await acts.waits()).not.toContain(may);
    const { birth } = await bench.db.person.findUniqueOrThrow({ where: { id: personId } });
    const known = { id: personId, birth, diedOn: '2023-04-20' };
    await bench.write(`case/${caseId}`, (here) =>
      correctDeath({ ...here, actor: supervisor }, known, { on: '2023-05-02', reason: 'the certificate' }),
    );
    await bench.settle();
    expect(await acts.row()).toMatchObject({ endedOn: '2023-05-02' });
    expect(await acts.waits()).toContain(may);
  });
});

describe('an absence', () => {
  const absent = (from: string, until: string) => ({ code: 'illness', from, until, words: 'in hospital' });
  const interrupt = (from: string, until: string) =>
    acts.act('interruption', { decision: 'interrupt', ...absent(from, until) }, trainingOfficer);

  test('of ten days is excused: nothing is decided', async () => {
    expect((await acts.act('absence', absent('2023-04-04', '2023-04-13'), caseManager)).body).toMatchObject({
      state: 'studying',
      absence: null,
      absences: [{ ...absent('2023-04-04', '2023-04-13'), saidOn: '2023-04-03' }],
    });
    expect((await acts.waits()).join()).not.toContain('training_interruption');
    const told = await bench.db.notice.findMany({ where: { type: 'training_absent' } });
    expect(told.map(({ recipientId }) => recipientId).toSorted()).toEqual([
      'training_officer-1',
      'training_officer-head',
    ]);
    expect((await interrupt('2023-04-04', '2023-04-13')).body['code']).toBe('absence_excused');
  });

  test('of two months is decided by the centre, and the course goes on at the day named', async () => {
    await acts.act('absence', absent('2023-04-04', '2023-06-03'), caseManager);
    expect(await acts.waits()).toContain('training_interruption training_officer 2023-04-10T23:59');
    await bench.pass('8d');
    expect(await bench.waits('training/T-000001')).toContainEqual(
      expect.objectContaining({ kind: 'training_interruption', rank: 'head' }),
    );
    // After 15 working days: from 25 April.
    expect((await interrupt('2023-04-04', '2023-06-03')).body).toMatchObject({
      state: 'interrupted',
      absence: null,
      interruptions: [{ from: '2023-04-25', to: '2023-06-03', since: '2023-04-04' }],
    });
    // No day is held in May, and nothing is owed for it.
    expect(await acts.waits()).toEqual([
      'training_end clock 2023-07-01T00:00',
      'training_month training_officer 2023-05-05T23:59',
      'training_month training_officer 2023-07-05T23:59',
      'training_resumption clock 2023-06-04T00:00',
    ]);
    await bench.pass('54d');
    expect((await acts.row()).state).toBe('studying');
    expect(await acts.told()).toEqual(
      expect.arrayContaining([
        'person_training_interrupted',
        'training_interrupted',
        'person_training_resumed',
      ]),
    );
  });

  test('the person comes back earlier, or is absent for longer', async () => {
    await interrupt('2023-04-04', '2023-06-03');
    expect((await interrupt('2023-04-04', '2023-06-10')).body).toMatchObject({
      interruptions: [{ to: '2023-06-10' }],
    });
    expect(await acts.waits()).toContain('training_resumption clock 2023-06-11T00:00');
    expect((await interrupt('2023-04-04', '2023-04-20')).body).toMatchObject({
      state: 'studying',
      interruptions: [],
    });
    expect(await acts.waits()).toContain('training_month training_officer 2023-06-05T23:59');
  });

  test('on which nobody decides is the decision of the head of the department in the centre’s district', async () => {
    await acts.act('absence', absent('2023-04-04', '2023-06-03'), caseManager);
    const decline = { decision: 'decline', grounds: 'she was seen at the bazaar' };
    expect((await acts.act('interruption', decline, employmentHead)).body['code']).toBe('centre_first');
    await bench.pass('18d');
    expect((await acts.waits()).join()).toContain('training_interruption employment_officer');
    const elsewhere = { ...employmentHead, area: '1726266' };
    expect((await acts.act('interruption', decline, elsewhere)).body['code']).toBe('head_of_district');
    expect((await acts.act('interruption', decline, employmentHead)).status).toBe(200);
  });

  test('which the centre does not accept does not interrupt', async () => {
    const decline = { decision: 'decline', grounds: 'she was seen at the bazaar' };
    expect((await acts.act('interruption', decline, trainingOfficer)).body['code']).toBe('nothing_owed');
    await acts.act('absence', absent('2023-04-04', '2023-06-03'), caseManager);
    expect((await acts.act('interruption', decline, trainingOfficer)).body).toMatchObject({
      state: 'studying',
      absence: { declined: { grounds: decline.grounds } },
    });
    expect((await acts.waits()).join()).not.toContain('training_interruption');
  });

  test('that is over already interrupts those days, and the course goes on', async () => {
    await bench.pass('40d');
    expect((await interrupt('2023-04-04', '2023-05-05')).body).toMatchObject({ state: 'studying' });
    expect(await acts.waits()).not.toContain('training_resumption');
  });

  test.each([
    ['2023-04-01', '2023-05-30', 'impossible_day'],
    ['2023-05-30', '2023-05-29', 'impossible_day'],
    ['2023-04-04', '2023-07-01', 'impossible_day'],
  ])('from %s to %s is refused: %s', async (from, until, code) => {
    expect((await interrupt(from, until)).body['code']).toBe(code);
  });

  test('interruptions have no day in common, and take at most three months together', async () => {
    await interrupt('2023-04-04', '2023-05-10');
    expect((await interrupt('2023-04-17', '2023-06-10')).body['code']).toBe('interrupted_then');
    await bench.db.training.update({
      where: { id: 'T-000001' },
      data: {
        interruptions: [
          { from: '2023-03-01', to: '2023-05-10', since: '2023-02-01', code: 'care', words: '-' },
        ],
      },
    });
    expect((await interrupt('2023-05-11', '2023-06-30')).body['code']).toBe('interrupted_too_long');
  });
});

describe('the last day', () => {
  test('the measure ends, the case is in planning, and the centre owes the completion', async () => {
    await bench.pass('89d');
    expect(await acts.row()).toMatchObject({ state: 'studying', endedOn: '2023-06-30', open: true });
    expect([await caseState(), await measure()]).toMatchObject([
      'planning',
      { startedOn: '2023-04-03', endedOn: '2023-06-30', outcome: 'course_over' },
    ]);
    expect(await waitsOf(bench, caseId)).toContain('next_step');
    expect(await acts.waits()).toEqual(
      expect.arrayContaining([
        'training_completion training_officer 2023-07-07T23:59',
        'training_look_back clock 2023-07-28T09:00',
        'training_look_back clock 2023-09-30T09:00',
        'training_look_back clock 2023-12-30T09:00',
      ]),
    );
    expect((await acts.act('withdrawal', { words: 'no more' }, caseManager)).body['code']).toBe(
      'course_over',
    );
    expect((await acts.act('completion', { outcome: 'attended' }, employmentHead)).body['code']).toBe(
      'centre_first',
    );
  });

  test('also while the course is interrupted, or the person is heard', async () => {
    const pause = {
      decision: 'interrupt',
      code: 'care',
      from: '2023-05-22',
      until: '2023-06-30',
      words: 'mother',
    };
    await bench.pass('60d');
    await acts.act('interruption', pause, trainingOfficer);
    await bench.pass('29d');
    expect(await acts.row()).toMatchObject({ state: 'interrupted', endedOn: '2023-06-30' });
    expect(await caseState()).toBe('planning');
    await acts.act('word', { code: 'dropped_out', on: '2023-06-12', words: 'gone' }, trainingOfficer);
    expect((await acts.act('completion', { outcome: 'attended' }, trainingOfficer)).status).toBe(409);
    await acts.act('hearing', { confirmed: true, words: 'true' }, caseManager);
    expect(await acts.row()).toMatchObject({ state: 'dropped_out', endedOn: '2023-06-12', open: true });
    expect(await measure()).toMatchObject({ endedOn: '2023-06-12', outcome: 'dropped_out' });
    expect((await acts.waits()).filter((wait) => wait.startsWith('training_look_back'))).toHaveLength(3);
  });
});

describe('completion', () => {
  const complete = (body: object = { outcome: 'certificate' }, by = trainingOfficer) =>
    acts.act('completion', body, by);

  test('waits for the last day; the number of a certificate may follow', async () => {
    expect((await complete()).body['code']).toBe('course_runs');
    await bench.pass('89d');
    expect((await complete()).body).toMatchObject({
      state: 'completed',
      completion: { outcome: 'certificate', on: '2023-07-01' },
    });
    expect(await measure()).toMatchObject({ outcome: 'completed' });
    expect(await acts.waits()).toContain('training_help training_officer 2023-07-31T23:59');
    expect((await acts.act('certificate', { number: 'HT-17' }, trainingOfficer)).body['completion']).toEqual({
      outcome: 'certificate',
      number: 'HT-17',
      on: '2023-07-01',
    });
    expect(await acts.told()).toEqual(
      expect.arrayContaining(['person_training_completed', 'training_completed']),
    );
  });

  test('without a certificate there is no number', async () => {
    await bench.pass('89d');
    await complete({ outcome: 'attended' });
    expect(await measure()).toMatchObject({ outcome: 'attended' });
    expect((await acts.act('certificate', { number: 'HT-17' }, trainingOfficer)).body['code']).toBe(
      'no_certificate',
    );
  });

  test('never entered: it passes to the head and the department, and the look-backs are made', async () => {
    await bench.pass('89d');
    await bench.pass('7d');
    expect((await complete({ outcome: 'attended' }, employmentHead)).body['code']).toBe('centre_first');
    await bench.pass('8d');
    expect(await acts.waits()).toContain('training_completion employment_officer 2023-07-14T23:59');
    await bench.pass('180d');
    const row = await acts.row();
    expect(row).toMatchObject({ state: 'studying', open: true });
    expect(row.lookBacks).toMatchObject([
      { n: 1, on: '2023-07-28', state: 'not_in_work', source: 'register', knownOn: '2023-07-28' },
      { n: 2, on: '2023-09-30', state: 'not_in_work' },
      { n: 3, on: '2023-12-30', state: 'not_in_work' },
    ]);
    await complete({ outcome: 'attended' }, employmentHead);
    await bench.pass('40d');
    // Nothing is left but the months, which nobody entered.
    expect(await acts.row()).toMatchObject({ state: 'followed', open: true });
  });
});

describe('help into work', () => {
  beforeEach(async () => {
    await bench.pass('89d');
    for (const [month, days] of [
      ['2023-04', 12],
      ['2023-05', 14],
      ['2023-06', 13],
    ] as const)
      await attend(month, days);
    await acts.act('completion', { outcome: 'certificate', number: 'HT-17' }, trainingOfficer);
  });
  const place = (body: object) => acts.act('placement', body, trainingOfficer);

  test('the first help is what the centre owes, and it may help on', async () => {
    expect((await place({ kind: 'vacancy', vacancy: 'V-999999' })).body['code']).toBe('unknown_vacancy');
    const vacancy = await bench.db.vacancy.findFirstOrThrow();
    expect((await place({ kind: 'vacancy', vacancy: vacancy.id })).body).toMatchObject({
      state: 'followed',
      placements: [{ kind: 'vacancy', vacancy: vacancy.id, on: '2023-07-01' }],
    });
    expect((await place({ kind: 'job_found', employer: 'Nur', since: '2023-07-09' })).body['code']).toBe(
      'impossible_day',
    );
    await place({ kind: 'business', words: 'She sews well.' });
    expect(((await acts.row()).placements as object[]).length).toBe(2);
    expect((await acts.waits()).map((wait) => wait.split(' ')[0])).toEqual([
      'training_look_back',
      'training_look_back',
      'training_look_back',
    ]);
    expect((await acts.told()).filter((type) => type === 'training_placement')).toHaveLength(2);
  });

  test('none in time: the head, then the graduate is followed without it', async () => {
    await bench.pass('31d');
    expect(await bench.waits('training/T-000001')).toContainEqual(
      expect.objectContaining({ kind: 'training_help', rank: 'head' }),
    );
    await bench.pass('8d');
    expect(await acts.row()).toMatchObject({ state: 'followed', open: true });
    expect(await events()).toContain('training_not_helped');
    expect(await acts.told()).toContain('training_not_helped');
  });

  test('the third look-back makes it final', async () => {
    await place({ kind: 'business', words: 'She sews well.' });
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-09-10' } } });
    await bench.pass('180d');
    expect(await acts.row()).toMatchObject({
      state: 'followed',
      open: true,
      lookBacks: [{ state: 'not_in_work' }, { state: 'in_work', source: 'register' }, { state: 'ahead' }],
    });
    expect((await acts.told()).filter((type) => type === 'graduate_not_in_work')).toHaveLength(1);
    await bench.pass('3d');
    expect(await acts.row()).toMatchObject({ state: 'followed', open: false });
  });

  test('an own business is work', async () => {
    await bench.sandbox.script({ farm: { registers: { pinfl: PINFL, on: '2023-07-20' } } });
    await bench.pass('30d');
    expect((await acts.row()).lookBacks).toMatchObject([{ n: 1, state: 'in_work' }, {}, {}]);
  });

  test('a silent register: evidence, then unknown', async () => {
    await bench.sandbox.script({ yammt: { down: {} } });
    await bench.pass('40d');
    expect(await acts.waits()).toContain('training_look_back_evidence case_manager 2023-08-22T23:59');
    const evidence = { n: 1, inWork: true, document: { ...document, date: '2023-07-30' } };
    expect((await acts.act('lookBackEvidence', { ...evidence, n: 2 }, caseManager)).body['code']).toBe(
      'nothing_owed',
    );
    expect((await acts.act('lookBackEvidence', evidence, caseManager)).body['lookBacks']).toMatchObject([
      { n: 1, state: 'in_work', source: 'evidence' },
      { state: 'ahead' },
      { state: 'ahead' },
    ]);
    await bench.pass('120d');
    expect((await acts.row()).lookBacks).toMatchObject([
      { n: 1 },
      { n: 2, state: 'unknown' },
      { state: 'ahead' },
    ]);
  });

  test('the case closed in training: the look-backs are made all the same', async () => {
    const closure = { outcome: 'in_training', summary: 'she goes on learning', personAgrees: true };
    expect((await bench.give(`case/${caseId}`, 'closure', closure, caseManager)).status).toBe(200);
    await bench.pass('190d');
    expect((await acts.row()).lookBacks).toMatchObject([
      { state: 'not_in_work' },
      { state: 'not_in_work' },
      { state: 'not_in_work' },
    ]);
    expect(await acts.row()).toMatchObject({ open: false, state: 'followed' });
  });

  test('a graduate without work whose case is closed: the manager of a newer case is told', async () => {
    const closure = { outcome: 'in_training', summary: 'she goes on learning', personAgrees: true };
    await bench.give(`case/${caseId}`, 'closure', closure, caseManager);
    await openedCase(bench, personId);
    await bench.pass('120d');
    expect(await acts.told()).toContain('graduate_not_in_work');
  });

  test('a death ends the help and the look-backs', async () => {
    await bench.db.person.update({ where: { id: personId }, data: { diedOn: '2023-07-01' } });
    await bench.write(`case/${caseId}`, (here) => diedInMeasures(here, personId));
    expect(await acts.row()).toMatchObject({ state: 'ended', open: false, ending: { code: 'died' } });
    expect(await acts.waits()).toEqual([]);
  });

  test('after a death nobody is heard about low attendance', async () => {
    await attend('2023-04', 7);
    await attend('2023-05', 2);
    expect((await acts.waits()).filter((wait) => wait.startsWith('training_low'))).toHaveLength(2);
    await bench.db.person.update({ where: { id: personId }, data: { diedOn: '2023-07-01' } });
    await bench.write(`case/${caseId}`, (here) => diedInMeasures(here, personId));
    expect((await acts.waits()).join()).not.toContain('training_low');
    await attend('2023-06', 1);
    expect((await acts.waits()).join()).not.toContain('training_low');
    expect(await acts.row()).toMatchObject({ state: 'ended', open: false });
  });
});
