import {
  type Bench,
  caseManager,
  employerActor,
  inspector,
  pathwayHandlers,
  PINFL,
  plannedCase,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../test/support/bench';
import { wake } from '../records/kernel/wake';
import { hire } from './steps/hire';
import { reportEnd, stopMonitoring } from './steps/ending';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;
let subject: string;

/** Hired on the last day of March: the anniversaries fall on 30 April, 31 May, 30 June, 31 July, 31 August, 30 September. */
beforeEach(async () => {
  bench = await startBench(pathwayHandlers, '2023-03-31T10:00:00+05:00');
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  id = await hired({ caseId });
  subject = `retention/${id}`;
});
afterEach(() => bench.close());

async function hired({ caseId: of }: { caseId: string | null }): Promise<string> {
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'K-1' } } });
  const number = await bench.write(of ? `case/${of}` : 'test', (transaction) =>
    hire(transaction, {
      caseId: of,
      personId: world.personId,
      employerId: world.employerId,
      since: '2023-03-31',
      how: of ? 'referral' : 'alone',
      proof: 'yammt',
      monitored: true,
      ...(of && { measure: 1 }),
    }),
  );
  await bench.settle();
  return number;
}

const job = () => bench.db.employment.findUniqueOrThrow({ where: { id } });
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const checks = async () =>
  (await bench.db.check.findMany({ where: { employmentId: id }, orderBy: { n: 'asc' } })).map(
    ({ state }) => state,
  );
const measure = () => bench.db.measure.findUniqueOrThrow({ where: { caseId_n: { caseId, n: 1 } } });
const kinds = async (of = subject) => (await bench.waits(of)).map(({ kind }) => kind);
const until = async (instant: string) => {
  const hours = Math.round((Date.parse(instant) - (await bench.clock.now()).getTime()) / 3_600_000);
  await bench.pass(`${hours}h`);
};
const firstCheck = () => until('2023-04-30T10:00:00+05:00');
const ends = (on: string) =>
  bench.sandbox.script({ yammt: { ends: { pinfl: PINFL, stir: STIR, on, reason: 'resigned' } } });
const down = () => bench.sandbox.script({ yammt: { down: {} } });
const up = () => bench.sandbox.script({ yammt: { up: {} } });
const give = (name: string, body: object, by = caseManager) => bench.give(subject, name, body, by);
/** The person's own word about the end. An official enters the word. */
const heard = { wished: true, words: 'I have left.' };
const document = { number: 'D-1', date: '2023-05-10', issuer: 'the employer' };

describe('a contract that began after the reported end', () => {
  test('is another hire, and the end stands', async () => {
    await ends('2023-04-10');
    await bench.write(subject, (transaction) =>
      reportEnd(transaction, id, { on: '2023-04-10', reason: 'resigned', source: 'news' }),
    );
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-04-20' } } });
    await until('2023-04-25T10:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'ended', endedOn: '2023-04-10', endReason: 'resigned' });
    expect(await caseState()).toBe('planning');
    expect(await bench.db.notice.count({ where: { type: { in: ['job_ended', 'another_contract'] } } })).toBe(
      2,
    );
  });
});

describe('six monthly checks', () => {
  test('on the monthly anniversaries, each from the day of hire, at 09:00', async () => {
    const all = await bench.db.check.findMany({ where: { employmentId: id }, orderBy: { n: 'asc' } });
    expect(all.map(({ on }) => on)).toEqual([
      '2023-04-30',
      '2023-05-31',
      '2023-06-30',
      '2023-07-31',
      '2023-08-31',
      '2023-09-30',
    ]);
    await until('2023-04-30T08:00:00+05:00');
    expect(await checks()).toEqual(['ahead', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    await until('2023-04-30T09:00:00+05:00');
    expect(await checks()).toEqual(['passed', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(await bench.waits(subject)).toMatchObject([
      { kind: 'conversation', role: 'case_manager', due: '2023-05-05T23:59' },
      { kind: 'check', role: 'clock', due: '2023-05-31T09:00' },
    ]);
    expect(await bench.events(subject)).toEqual(['hired', 'check_due', 'register_asked', 'check_passed']);
  });

  test('after six the employment is retained, and the closure of the case falls due', async () => {
    await until('2023-10-01T09:00:00+05:00');
    expect(await checks()).toEqual(Array<string>(6).fill('passed'));
    expect(await job()).toMatchObject({ state: 'retained', open: false });
    expect((await job()).endedAt).toEqual(new Date('2023-09-30T09:00:00+05:00'));
    expect(await caseState()).toBe('retained');
    expect(await kinds(`case/${caseId}`)).toEqual(['closure']);
    expect(await measure()).toMatchObject({ outcome: 'retained', endedOn: null });
  });

  test('the last conversation is still held afterwards', async () => {
    await until('2023-10-01T09:00:00+05:00');
    expect(await kinds()).toEqual(['conversation']);
    const { status } = await give('conversation', { check: 6, reached: true, works: true, paid: true });
    expect(status).toBe(200);
    expect(await kinds()).toEqual([]);
  });

  test('without a case: nobody is asked for a conversation, and the supervisor is asked for evidence', async () => {
    await bench.write(subject, (transaction) => stopMonitoring(transaction, id, 'other'));
    id = await hired({ caseId: null });
    subject = `retention/${id}`;
    await down();
    await until('2023-05-12T10:00:00+05:00');
    expect(await bench.waits(subject)).toMatchObject([
      { kind: 'check', role: 'clock' },
      { kind: 'check_evidence', role: 'supervisor' },
    ]);
    await up();
    await until('2023-10-30T10:00:00+05:00');
    expect((await job()).state).toBe('retained');
  });
});

describe('a register that stays silent', () => {
  test('is asked again, and within 10 days its answer counts', async () => {
    await down();
    await until('2023-05-08T10:00:00+05:00');
    expect(await checks()).toEqual(['asking', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    await up();
    await until('2023-05-09T10:00:00+05:00');
    expect((await checks())[0]).toBe('passed');
  });

  test('after 10 days: evidence is asked of the case manager, then of the supervisor; without it the check is unconfirmed', async () => {
    await down();
    await until('2023-05-11T10:00:00+05:00');
    expect((await checks())[0]).toBe('evidence');
    expect((await bench.waits(subject)).at(-1)).toMatchObject({
      kind: 'check_evidence',
      role: 'case_manager',
    });
    await until('2023-05-26T10:00:00+05:00');
    expect((await bench.waits(subject)).at(-1)).toMatchObject({ kind: 'check_evidence', role: 'supervisor' });
    await up();
    await until('2023-06-20T10:00:00+05:00');
    expect(await checks()).toEqual(['unconfirmed', 'passed', 'ahead', 'ahead', 'ahead', 'ahead']);
    await until('2023-10-01T10:00:00+05:00');
    expect((await job()).state).toBe('retained');
  });

  test('a document that the contract is in force passes the check', async () => {
    await down();
    await until('2023-05-11T10:00:00+05:00');
    const { status } = await give('evidence', { inForce: true, document });
    expect(status).toBe(200);
    expect((await checks())[0]).toBe('passed');
    expect(await kinds()).toEqual(['check']);
  });

  test('a document that it is not in force ends the employment; the check found the end', async () => {
    await down();
    await until('2023-05-11T10:00:00+05:00');
    const body = { inForce: false, on: '2023-04-20', reason: 'dismissed', document };
    expect((await give('evidence', body, supervisor)).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'ended', endedOn: '2023-04-20', endReason: 'dismissed' });
    expect(await checks()).toEqual(['ended', 'dropped', 'dropped', 'dropped', 'dropped', 'dropped']);
    expect(await caseState()).toBe('planning');
  });

  test.each([
    [{ inForce: false, document }, 'on'],
    [{ inForce: false, on: '2023-03-30', document }, 'on'],
    [{ inForce: false, on: '2023-05-12', document }, 'on'],
  ])('a last day is needed, between hire and today: %j', async (body, field) => {
    await down();
    await until('2023-05-11T10:00:00+05:00');
    const refused = await give('evidence', body);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    expect((await job()).state).toBe('in_force');
  });

  test('evidence in time that a defect had stopped is for the check that became unconfirmed without it', async () => {
    await down();
    await until('2023-05-26T10:00:00+05:00');
    const command = await bench.record(subject, 'evidence', { inForce: true, document }, caseManager);
    const failed = { state: 'failed', status: 500, answer: {}, doneAt: await bench.clock.now() };
    await bench.db.command.update({ where: { id: command }, data: failed });
    await up();
    await until('2023-06-20T10:00:00+05:00');
    expect((await checks())[0]).toBe('unconfirmed');
    expect((await give('evidence', { inForce: true, document })).body['code']).toBe('nothing_waits');
    expect((await bench.retry(command)).status).toBe(200);
    expect(await checks()).toEqual(['passed', 'passed', 'ahead', 'ahead', 'ahead', 'ahead']);
  });

  test('evidence that nobody waits for is refused', async () => {
    expect(await give('evidence', { inForce: true, document })).toMatchObject({
      status: 409,
      body: { code: 'nothing_waits' },
    });
  });

  test('for half a year: no check is lost, and evidence is asked for each check', async () => {
    await down();
    await until('2023-10-05T10:00:00+05:00');
    expect(await checks()).toEqual([
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
      'evidence',
      'asking',
    ]);
    await give('evidence', { inForce: true, document });
    expect((await job()).state).toBe('retained');
  });
});

describe('an end', () => {
  test('found on a check is provisional, and a day later it is confirmed', async () => {
    await ends('2023-04-20');
    await firstCheck();
    expect(await job()).toMatchObject({
      state: 'ending',
      ending: { on: '2023-04-20', reason: 'resigned', source: 'check', check: 1 },
    });
    expect(await caseState()).toBe('employed');
    const told = await bench.db.notice.findMany({ where: { subject, type: 'end_reported' } });
    expect(told).toMatchObject([{ recipientId: caseManager.id }]);
    await until('2023-05-01T08:00:00+05:00');
    expect((await job()).state).toBe('ending');
    await until('2023-05-01T09:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'ended', endedOn: '2023-04-20', endReason: 'resigned' });
  });

  test('confirmed: checks and tasks end, the measure too, and the case is back in planning at once', async () => {
    await ends('2023-04-20');
    await until('2023-05-01T10:00:00+05:00');
    expect(await checks()).toEqual(['ended', 'dropped', 'dropped', 'dropped', 'dropped', 'dropped']);
    expect(await kinds()).toEqual([]);
    expect(await caseState()).toBe('planning');
    expect(await kinds(`case/${caseId}`)).toEqual(['next_step']);
    expect(await measure()).toMatchObject({ endedOn: '2023-04-20', outcome: 'ended' });
    expect(await bench.events(subject)).toEqual(expect.arrayContaining(['end_reported', 'employment_ended']));
  });

  test('that the register takes back a day later does not count: the check passes', async () => {
    await bench.sandbox.script({
      yammt: { contradicts: { pinfl: PINFL, stir: STIR, first: 'ended', times: 1 } },
    });
    await firstCheck();
    expect((await job()).state).toBe('ending');
    await until('2023-05-01T10:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'in_force', ending: null });
    expect(await checks()).toEqual(['passed', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(await bench.events(subject)).toContain('end_taken_back');
    expect(await kinds()).toEqual(['conversation', 'check']);
  });

  test('in the future is not taken back by a check that still finds the contract in force', async () => {
    const on = '2023-05-05';
    await ends(on);
    await bench.write(subject, (transaction) =>
      reportEnd(transaction, id, { on, reason: 'resigned', source: 'news' }),
    );
    await until('2023-05-01T10:00:00+05:00');
    expect((await job()).state).toBe('ending');
    expect((await checks())[0]).toBe('passed');
    await until('2023-05-06T10:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'ended', endedOn: on });
  });

  test('of a contract the register does not know is provisional too', async () => {
    await bench.sandbox.script({
      yammt: { contradicts: { pinfl: PINFL, stir: STIR, first: 'none', times: 1 } },
    });
    await firstCheck();
    expect(await job()).toMatchObject({ state: 'ending', ending: { on: '2023-04-30', reason: 'other' } });
  });

  test('with a register silent for 10 days: evidence is asked of the case manager, and then stays with the supervisor', async () => {
    await ends('2023-04-20');
    await firstCheck();
    await down();
    await until('2023-05-12T10:00:00+05:00');
    expect(await bench.waits(subject)).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'end_evidence', role: 'case_manager' })]),
    );
    await until('2023-05-30T10:00:00+05:00');
    expect((await bench.waits(subject)).find(({ kind }) => kind === 'end_evidence')).toMatchObject({
      role: 'supervisor',
    });
    expect((await job()).state).toBe('ending');
    await give('evidence', { inForce: true, document }, supervisor);
    expect((await job()).state).toBe('in_force');
    expect((await checks())[0]).toBe('passed');
  });

  test('while it is provisional the next anniversary does not move, and a yes then takes it back', async () => {
    await ends('2023-04-20');
    await firstCheck();
    await down();
    await until('2023-05-31T08:00:00+05:00');
    await bench.sandbox.script({ yammt: { takes_back: { pinfl: PINFL, stir: STIR } } });
    await up();
    await until('2023-05-31T10:00:00+05:00');
    expect((await job()).state).toBe('in_force');
    expect(await checks()).toEqual(['passed', 'passed', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(await kinds()).not.toContain('end_evidence');
  });

  test('the person’s word, which the case manager enters, confirms it at once', async () => {
    await ends('2023-04-20');
    await firstCheck();
    const said = { on: '2023-04-21', reason: 'by_agreement', ...heard };
    expect((await give('separation', said)).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'ended', endedOn: '2023-04-21', endReason: 'by_agreement' });
    expect((await checks())[0]).toBe('ended');
    expect(await caseState()).toBe('planning');
  });

  test('of a second job does not change a case whose first job was retained', async () => {
    const successor = { id: 'E-000099', stir: '309999999', name: 'Another', district: '1726262' };
    await bench.db.employer.create({ data: successor });
    const second = await bench.write('test', (transaction) =>
      hire(transaction, {
        caseId,
        personId: world.personId,
        employerId: successor.id,
        since: '2023-03-31',
        how: 'alone',
        proof: 'yammt',
        monitored: true,
      }),
    );
    await bench.sandbox.script({
      yammt: { hires: { pinfl: PINFL, stir: successor.stir, on: '2023-03-31' } },
    });
    await until('2023-09-29T10:00:00+05:00');
    await bench.sandbox.script({ yammt: { down: {} } });
    await until('2023-10-15T10:00:00+05:00');
    await give('evidence', { inForce: true, document });
    expect(await caseState()).toBe('retained');
    const body = { on: '2023-10-10', reason: 'resigned', ...heard };
    expect((await bench.give(`retention/${second}`, 'separation', body, caseManager)).status).toBe(200);
    expect(await caseState()).toBe('retained');
    expect(await measure()).toMatchObject({ outcome: 'retained' });
  });

  test('by word is refused in the future, before the hire, and twice', async () => {
    const separation = (on: string) => give('separation', { on, reason: 'other', ...heard });
    expect(await separation('2023-04-01')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'on' }] },
    });
    expect(await separation('2023-03-30')).toMatchObject({ status: 422 });
    expect((await separation('2023-03-31')).status).toBe(200);
    expect(await separation('2023-03-31')).toMatchObject({ status: 409, body: { code: 'ended_already' } });
  });

  test('is not entered by an inspector', async () => {
    const refused = await give('separation', { on: '2023-03-31', reason: 'other' }, inspector);
    expect(refused).toMatchObject({ status: 403 });
  });
});

describe('an end that is taken back', () => {
  const takenBack = { takenBack: true, words: 'entered by mistake' };
  const takesBack = () => bench.sandbox.script({ yammt: { takes_back: { pinfl: PINFL, stir: STIR } } });

  test('after it was confirmed restores the employment, catches up missed checks, and the case is employed again', async () => {
    await ends('2023-04-20');
    await until('2023-06-05T10:00:00+05:00');
    expect((await job()).state).toBe('ended');
    await takesBack();
    const byEmployer = await give('separation', takenBack, employerActor(world.employerId));
    expect([byEmployer.status, byEmployer.body['code']]).toEqual([409, 'confirmed_end']);
    expect((await give('separation', takenBack)).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'in_force', open: true, endedOn: null, endReason: null });
    expect(await checks()).toEqual(['passed', 'passed', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(await bench.waits(subject)).toMatchObject([{ kind: 'check', due: '2023-06-30T09:00' }]);
    expect(await caseState()).toBe('employed');
    expect(await kinds(`case/${caseId}`)).toEqual([]);
    expect(await measure()).toMatchObject({ endedOn: null, outcome: null });
    expect(await bench.events(subject)).toContain('end_taken_back');
    await until('2023-10-01T10:00:00+05:00');
    expect((await job()).state).toBe('retained');
  });

  test('while provisional: the register is asked again about the check that found it', async () => {
    await ends('2023-04-20');
    await firstCheck();
    await takesBack();
    await give('separation', takenBack);
    expect((await job()).state).toBe('in_force');
    expect((await checks())[0]).toBe('passed');
  });

  test('by word is provisional again if the register contradicts', async () => {
    await ends('2023-04-20');
    await until('2023-05-02T10:00:00+05:00');
    await give('separation', takenBack);
    expect((await job()).state).toBe('ending');
    await bench.pass('2d');
    expect((await job()).state).toBe('ended');
    expect(await caseState()).toBe('planning');
  });

  test('after the case was closed: the record is corrected, and monitoring stays stopped', async () => {
    await ends('2023-04-20');
    await until('2023-05-02T10:00:00+05:00');
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    expect(await caseState()).toBe('closed');
    expect((await give('separation', takenBack)).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'unmonitored', endedOn: null, open: false });
    expect(await caseState()).toBe('closed');
  });

  test('is refused without an end, if the person works there again, and after a death', async () => {
    expect(await give('separation', takenBack)).toMatchObject({ status: 409, body: { code: 'no_end' } });
    await give('separation', { on: '2023-03-31', reason: 'other', ...heard });
    const first = subject;
    const again = await hired({ caseId });
    expect(await bench.give(first, 'separation', takenBack, caseManager)).toMatchObject({
      status: 409,
      body: { code: 'employed_again' },
    });
    await bench.write(`retention/${again}`, async (transaction) => {
      await transaction.tx.person.update({ where: { id: world.personId }, data: { diedOn: '2023-03-31' } });
      await stopMonitoring(transaction, again, 'died');
    });
    expect(await bench.db.employment.findUniqueOrThrow({ where: { id: again } })).toMatchObject({
      state: 'ended',
      endedOn: '2023-03-31',
      endReason: 'died',
    });
    expect(await bench.give(first, 'separation', takenBack, caseManager)).toMatchObject({
      status: 409,
      body: { code: 'person_died' },
    });
  });
});

describe('the conversation with each check', () => {
  test('is recorded on its check', async () => {
    await firstCheck();
    const body = { check: 1, reached: true, works: true, paid: true, conditionsKept: true, wantsHelp: false };
    expect((await give('conversation', body)).status).toBe(200);
    const check = await bench.db.check.findUniqueOrThrow({
      where: { employmentId_n: { employmentId: id, n: 1 } },
    });
    expect(check.conversation).toMatchObject(body);
    expect(await kinds()).toEqual(['check']);
  });

  test('is not shown to the employer', async () => {
    await firstCheck();
    await give('conversation', { check: 1, reached: true, works: true, paid: true, words: 'in confidence' });
    const body = { on: '2023-04-30', reason: 'resigned' };
    const shown = await give('separation', body, employerActor(world.employerId));
    expect(shown).toMatchObject({
      status: 200,
      body: { state: 'ending', checks: [{ n: 1, state: 'passed' }, {}, {}, {}, {}, {}] },
    });
    expect(JSON.stringify(shown)).not.toMatch(/in confidence|caseId|conversation/);
  });

  const conversationOf = async (n: number) =>
    (await bench.db.check.findUniqueOrThrow({ where: { employmentId_n: { employmentId: id, n } } }))
      .conversation;
  const told = () =>
    bench.db.notice.findMany({
      where: { subject, type: 'conversation_not_done' },
      select: { recipientId: true },
    });

  test('without a try in 5 working days is not done, and the supervisor is told; it can still be held', async () => {
    await until('2023-05-06T10:00:00+05:00');
    expect(await kinds()).toEqual(['check']);
    const events = await bench.events(subject);
    expect(events).toContain('conversation_not_done');
    expect(events).not.toContain('not_reached');
    expect(await conversationOf(1)).toEqual({ done: false });
    expect(await told()).toEqual([{ recipientId: supervisor.id }]);
    expect((await give('conversation', { check: 1, reached: true, works: true, paid: true })).status).toBe(
      200,
    );
    expect(await conversationOf(1)).toMatchObject({ reached: true });
  });

  test('records a person who was not reached, with each try; nothing follows', async () => {
    await until('2023-05-31T10:00:00+05:00');
    const tried = (on: string) =>
      give('conversation', { check: 2, reached: false, tries: [{ on, manner: 'phone' }] });
    for (const wrong of ['2023-05-30', '2023-06-01'])
      expect(await tried(wrong)).toMatchObject({ status: 422, body: { errors: [{ field: 'tries.0.on' }] } });
    expect((await tried('2023-05-31')).status).toBe(200);
    expect(await conversationOf(2)).toMatchObject({ reached: false, tries: [{ on: '2023-05-31' }] });
    expect(await bench.events(subject)).toContain('not_reached');
    expect(await told()).toHaveLength(1);
    expect(await kinds()).toEqual(['check']);
    expect(await bench.db.inspection.count()).toBe(0);
    expect((await job()).state).toBe('in_force');
  });

  test('of a check that has not come is refused', async () => {
    expect(await give('conversation', { check: 1, reached: true })).toMatchObject({
      status: 409,
      body: { code: 'no_check_yet' },
    });
    await firstCheck();
    for (const check of [2, 7])
      expect(await give('conversation', { check, reached: true })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'check' }] },
      });
  });

  test.each([
    { works: false, paid: true },
    { works: true, paid: false },
  ])('in force, but %j: an inspection of its own kind, once for each check', async (said) => {
    await firstCheck();
    await give('conversation', { check: 1, reached: true, ...said });
    await give('conversation', { check: 1, reached: true, ...said });
    const inspections = await bench.db.inspection.findMany();
    expect(inspections).toMatchObject([{ ground: 'conditions', employmentId: id, state: 'examining' }]);
    await until('2023-05-31T10:00:00+05:00');
    await give('conversation', { check: 2, reached: true, ...said });
    expect(await bench.db.inspection.count()).toBe(2);
  });

  test('while the end is provisional opens no inspection', async () => {
    await ends('2023-04-20');
    await firstCheck();
    await give('conversation', { check: 1, reached: true, works: false });
    expect(await bench.db.inspection.count()).toBe(0);
  });

  test('says that the person works and is paid again: the employer has complied with the directive', async () => {
    await firstCheck();
    await give('conversation', { check: 1, reached: true, works: true, paid: false });
    const [inspection] = await bench.db.inspection.findMany();
    const directed = { resolution: 'directed', number: '7', grounds: 'wages are owed' };
    const of = `inspection/${inspection?.id}`;
    expect((await bench.give(of, 'resolution', directed, inspector)).status).toBe(200);
    const told = { subject: of, type: 'resolution', recipientId: caseManager.id };
    expect(await bench.db.notice.count({ where: told })).toBeGreaterThan(0);
    await give('conversation', { check: 1, reached: true, works: true, paid: false });
    expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({ state: 'directed' });
    await give('conversation', { check: 1, reached: true, works: true, paid: true });
    expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({ state: 'complied', open: false });
    expect(await kinds(of)).toEqual([]);
  });
});

describe('a directive about pay and work whose time is over', () => {
  let of: string;
  const inspection = () => bench.db.inspection.findFirstOrThrow();

  beforeEach(async () => {
    await firstCheck();
    await give('conversation', { check: 1, reached: true, works: true, paid: false });
    of = `inspection/${(await inspection()).id}`;
    await bench.give(
      of,
      'resolution',
      { resolution: 'directed', number: '7', grounds: 'wages are owed' },
      inspector,
    );
    await until('2023-05-18T10:00:00+05:00');
  });

  test('is no breach: the case manager is asked, then the supervisor keeps the task', async () => {
    expect((await inspection()).state).toBe('confirming');
    expect(await bench.waits(of)).toMatchObject([{ kind: 'conditions_evidence', role: 'case_manager' }]);
    await until('2023-09-01T10:00:00+05:00');
    expect((await inspection()).state).toBe('confirming');
    expect(await bench.waits(of)).toMatchObject([{ kind: 'conditions_evidence', role: 'supervisor' }]);
  });

  test('was kept by the case manager’s entry: complied, without a new hire', async () => {
    expect((await bench.give(of, 'evidence', { inForce: true, document }, caseManager)).status).toBe(200);
    expect(await inspection()).toMatchObject({ state: 'complied', open: false });
    expect(await bench.db.employment.count()).toBe(1);
  });

  test('is not settled by the contract, which was in force all the time', async () => {
    expect(await bench.give(of, 'contract', { contract: 'K-1' }, caseManager)).toMatchObject({
      status: 409,
      body: { code: 'about_conditions', allowedActions: ['evidence'] },
    });
  });

  test('was not kept: the breach is recorded', async () => {
    await bench.give(of, 'evidence', { inForce: false, document }, caseManager);
    expect((await inspection()).state).toBe('breached');
    expect(await kinds(of)).toEqual(['measure']);
  });

  test('is complied if the person says meanwhile that they work and are paid', async () => {
    await give('conversation', { check: 1, reached: true, works: true, paid: true });
    expect((await inspection()).state).toBe('complied');
    expect(await kinds(of)).toEqual([]);
  });
});

describe('the employer', () => {
  const successor = '309999999';
  const knows = (stir: string) =>
    bench.db.employer.create({
      data: { id: 'E-000099', stir, name: 'Successor', district: '1726262' },
    });

  test('whose contract a successor took over: the employment goes on with the successor', async () => {
    await knows(successor);
    await bench.sandbox.script({
      yammt: { reorganises: { stir: STIR, successorStir: successor, on: '2023-04-20' } },
    });
    await firstCheck();
    expect(await job()).toMatchObject({ state: 'in_force', employerId: 'E-000099' });
    expect((await checks())[0]).toBe('passed');
    expect(await bench.events(subject)).toContain('successor');
    expect(await bench.events(subject)).not.toContain('end_reported');
  });

  test('whose successor took it over while an end was provisional: nothing has ended', async () => {
    await knows(successor);
    await ends('2023-04-29');
    await firstCheck();
    await bench.sandbox.script({ yammt: { takes_back: { pinfl: PINFL, stir: STIR } } });
    await bench.sandbox.script({ yammt: { reorganises: { stir: STIR, successorStir: successor } } });
    await until('2023-05-01T10:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'in_force', employerId: 'E-000099' });
    expect((await checks())[0]).toBe('passed');
  });

  test('whose successor has an older contract with the person: the contract does not count, and evidence is asked', async () => {
    await knows(successor);
    await bench.sandbox.script({
      yammt: { hires: { pinfl: PINFL, stir: successor, on: '2022-10-22', contract: 'K-OLD' } },
    });
    await bench.db.employer.update({
      where: { id: world.employerId },
      data: { state: 'reorganised', successorId: 'E-000099' },
    });
    await firstCheck();
    expect(await job()).toMatchObject({ employerId: 'E-000099', state: 'in_force' });
    expect((await checks())[0]).toBe('evidence');
    expect(await kinds()).toContain('check_evidence');
  });

  test('with a circle of successors on record: no employment moves', async () => {
    await knows(successor);
    const became = (from: string, to: string) =>
      bench.db.employer.update({ where: { id: from }, data: { state: 'reorganised', successorId: to } });
    await became(world.employerId, 'E-000099');
    await became('E-000099', world.employerId);
    await until('2023-04-20T10:00:00+05:00');
    await bench.write('test', (transaction) => Promise.resolve(wake(transaction, subject)));
    await bench.settle();
    expect(await job()).toMatchObject({ employerId: world.employerId });
    expect(await bench.events(subject)).not.toContain('successor');
  });

  test('with an unknown successor: the end is provisional', async () => {
    await bench.sandbox.script({
      yammt: { reorganises: { stir: STIR, successorStir: successor, on: '2023-04-20' } },
    });
    await firstCheck();
    expect((await job()).state).toBe('ending');
  });

  test('whose successor employs the person already: that employment goes on, and this employment ends', async () => {
    await knows(successor);
    const other = await bench.write('test', (transaction) =>
      hire(transaction, {
        caseId,
        personId: world.personId,
        employerId: 'E-000099',
        since: '2023-03-31',
        how: 'alone',
        proof: 'yammt',
        monitored: true,
      }),
    );
    await bench.sandbox.script({
      yammt: { reorganises: { stir: STIR, successorStir: successor, on: '2023-04-20' } },
    });
    await firstCheck();
    expect((await job()).state).toBe('ended');
    expect(await bench.db.employment.findUniqueOrThrow({ where: { id: other } })).toMatchObject({
      state: 'in_force',
    });
    expect(await caseState()).toBe('employed');
  });
});

test('monitoring that stops drops the checks ahead and closes every wait', async () => {
  await bench.write(`case/${caseId}`, (transaction) => stopMonitoring(transaction, id, 'withdrew'));
  expect(await job()).toMatchObject({ state: 'unmonitored', open: false, endedOn: null });
  expect(await checks()).toEqual(Array<string>(6).fill('dropped'));
  expect(await kinds()).toEqual([]);
  expect(await bench.events(subject)).toContain('monitoring_stopped');
});

describe('an employment whose case has ended', () => {
  const closed = () => bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
  const reopened = () => bench.give(`case/${caseId}`, 'reopening', { reason: 'again' }, caseManager);
  const end = { on: '2023-04-05', reason: 'resigned', ...heard };

  test('its end is recorded and taken back, and nothing follows', async () => {
    await closed();
    await until('2023-04-06T10:00:00+05:00');
    expect((await give('separation', end)).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'unmonitored', endedOn: '2023-04-05', endReason: 'resigned' });
    expect((await give('separation', end)).body['code']).toBe('ended_already');
    const takenBack = { takenBack: true, words: 'heard' };
    expect((await give('separation', takenBack, employerActor(world.employerId))).body['code']).toBe(
      'confirmed_end',
    );
    expect((await give('separation', takenBack)).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'unmonitored', endedOn: null });
    expect((await give('separation', takenBack)).body['code']).toBe('no_end');
    expect(await bench.db.task.count({ where: { closedAt: null } })).toBe(0);
  });

  test('goes on with its checks when the case is reopened, the missed ones at once', async () => {
    await closed();
    await until('2023-06-10T10:00:00+05:00');
    expect((await reopened()).status).toBe(200);
    expect(await checks()).toEqual(['passed', 'passed', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect([(await job()).state, await caseState()]).toEqual(['in_force', 'employed']);
    expect(await measure()).toMatchObject({ endedOn: null, outcome: null });
    expect(await kinds(`case/${caseId}`)).toEqual(['recommendation_watch']);
    await until('2023-10-01T10:00:00+05:00');
    expect([(await job()).state, await caseState()]).toEqual(['retained', 'retained']);
  });

  test.each([
    ['it has ended', '2023-06-10T10:00:00+05:00', true],
    ['its six months are over', '2023-11-10T10:00:00+05:00', false],
  ])('stays unmonitored in a reopened case when %s', async (_why, when, separated) => {
    await closed();
    await until(when);
    if (separated) await give('separation', end);
    await reopened();
    expect([(await job()).state, await caseState()]).toEqual(['unmonitored', 'planning']);
  });

  test('the closure ends its measure with an event', async () => {
    await closed();
    const ended = await bench.db.event.findFirstOrThrow({ where: { type: 'measure_ended' } });
    expect(ended).toMatchObject({ caseId, params: { n: 1, kind: 'job', outcome: 'withdrew' } });
  });
});
