import { breakable, type Broken } from '../test/support/breakable';
import {
  type Bench,
  caseManager,
  employerActor,
  inspector,
  pathwayHandlers,
  plannedCase,
  refer,
  seed,
  startBench,
  supervisor,
} from '../test/support/bench';
import { begunByHand } from '../test/support/cases';

/*
 * A command that a defect had stopped is tried again after the mend. It counts from the instant at which it was given. The
 * consequences of its absence are taken back if nobody has acted on them.
 */

let bench: Bench;
let broken: Broken;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;

beforeEach(async () => {
  broken = {};
  bench = await startBench(pathwayHandlers.map((handlers) => breakable(handlers, () => broken)));
  bench.expectDefects();
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  id = await refer(bench, caseId, world.vacant);
});
afterEach(() => bench.close());

const employer = () => employerActor(world.employerId);
const accept = { decision: 'accept', startOn: '2023-03-10' };
const referral = () => bench.db.referral.findUniqueOrThrow({ where: { id } });
const inspections = () => bench.db.inspection.findMany({ orderBy: { id: 'asc' } });

/** Gives a command that a defect stops, and then mends the defect. @returns the command's id */
async function stopped(subject: string, name: string, body: object, actor = employer()): Promise<string> {
  broken = { [name]: true };
  const command = await bench.record(subject, name, body, actor);
  expect((await bench.activities.carryOut(command)).status).toBe(500);
  broken = {};
  return command;
}

test('before any consequence the command is carried out as it was given', async () => {
  const command = await stopped(`referral/${id}`, 'decision', accept);
  await bench.pass('2d');
  expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'accepted' } });
  expect((await referral()).decidedAt).toEqual(new Date('2023-03-01T09:00:00+05:00'));
});

test('the employer’s answer takes the silence back; it counts from the day of the command', async () => {
  const command = await stopped(`referral/${id}`, 'decision', accept);
  await bench.pass('8d');
  expect((await referral()).state).toBe('silent');
  expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'accepted' } });
  expect(await inspections()).toMatchObject([{ state: 'ended', findingOnly: 'answered_in_time' }]);
  expect(await bench.waits(`referral/${id}`)).toMatchObject([{ kind: 'contract', due: '2023-03-10T23:59' }]);
});

test('an official’s answer counts from the day of receipt, not from its entry', async () => {
  await bench.pass('2d');
  const received = { manner: 'phone', on: '2023-03-02' };
  const command = await stopped(`referral/${id}`, 'decision', { ...accept, received }, caseManager);
  await bench.pass('8d');
  expect((await bench.retry(command)).status).toBe(200);
  expect((await referral()).decidedAt).toEqual(new Date('2023-03-02T23:59:59+05:00'));
});

test('after a resolution the command is refused, and the refusal says what to do', async () => {
  const command = await stopped(`referral/${id}`, 'decision', accept);
  await bench.pass('8d');
  const found = { resolution: 'unjustified', code: 'other', grounds: 'silence' };
  await bench.give('inspection/I-000001', 'resolution', found, inspector);
  expect(await bench.retry(command)).toMatchObject({ status: 409, body: { code: 'resolved' } });
  expect((await referral()).state).toBe('silent');
});

test('if the row has moved on without a way back, the command is refused with that reason', async () => {
  const command = await stopped(
    `referral/${id}`,
    'withdrawal',
    { reason: 'other', words: 'ill' },
    caseManager,
  );
  await bench.pass('8d');
  expect(await bench.retry(command)).toMatchObject({
    status: 409,
    body: {
      code: 'moved_on',
      state: 'silent',
      detail: expect.stringContaining('The referral has moved on without it and is "silent" now.'),
    },
  });
});

test('a command that was never tried again says only that it is not possible', async () => {
  const refused = await bench.record(
    `referral/${id}`,
    'withdrawal',
    { reason: 'other', words: 'x' },
    caseManager,
  );
  await bench.pass('8d');
  expect((await bench.answerOf(refused)).status).toBe(200);
  const late = await bench.give(`referral/${id}`, 'withdrawal', { reason: 'other', words: 'x' }, caseManager);
  expect(late.body['code']).toBe('not_in_this_state');
});

test('a fault that is not mended stops it again', async () => {
  const command = await stopped(`referral/${id}`, 'decision', accept);
  broken = { decision: true };
  expect((await bench.retry(command)).status).toBe(500);
  expect((await bench.db.command.findUniqueOrThrow({ where: { id: command } })).state).toBe('failed');
});

describe('a hearing whose absence left the person unheard', () => {
  let command: string;
  const claim = { decision: 'reject', code: 'declined', grounds: 'she does not want to' };
  const give = async (confirmed: boolean): Promise<void> => {
    await bench.give(`referral/${id}`, 'decision', claim, employer());
    const words = { confirmed, words: 'my own words' };
    command = await stopped(`referral/${id}`, 'hearing', words, caseManager);
    await bench.pass('8d');
    expect(await inspections()).toMatchObject([{ state: 'examining', facts: { claim: 'unheard' } }]);
  };

  test('confirmed: the referral ends in the person’s own words, and nobody examines it', async () => {
    await give(true);
    expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'person_declined' } });
    expect(await inspections()).toMatchObject([{ state: 'ended', findingOnly: 'heard_in_time' }]);
    expect((await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state).toBe('planning');
  });

  test('contradicted: the inspection says so', async () => {
    await give(false);
    expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'rejected' } });
    expect(await inspections()).toMatchObject([{ state: 'examining', facts: { claim: 'contradicted' } }]);
  });

  test('after the resolution it is refused', async () => {
    await give(true);
    await bench.give(
      'inspection/I-000001',
      'resolution',
      { resolution: 'justified', grounds: 'x' },
      inspector,
    );
    expect(await bench.retry(command)).toMatchObject({ status: 409, body: { code: 'resolved' } });
  });

  test('after a hearing, or without a claim, nobody is heard again', async () => {
    await bench.give(`referral/${id}`, 'decision', claim, employer());
    const hear = (confirmed: boolean) =>
      bench.give(`referral/${id}`, 'hearing', { confirmed, words: 'w' }, caseManager);
    await hear(false);
    expect(await hear(true)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
    id = await refer(bench, caseId, world.reserved);
    await bench.give(`referral/${id}`, 'decision', { ...claim, code: 'other' }, employer());
    expect(await hear(true)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
  });
});

describe('a hearing of a late claim whose absence left the person unheard', () => {
  let command: string;
  beforeEach(async () => {
    await bench.pass('6d');
    const claim = { decision: 'reject', code: 'declined', grounds: 'she does not want to' };
    await bench.give('inspection/I-000001', 'lateDecision', claim, employer());
    const words = { confirmed: true, words: 'my own words' };
    command = await stopped('inspection/I-000001', 'hearing', words, caseManager);
    await bench.pass('8d');
  });

  test('confirmed: the refusal was justified by the person’s own words', async () => {
    expect(await inspections()).toMatchObject([{ state: 'examining', facts: { claim: 'unheard' } }]);
    expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'justified' } });
    expect(await inspections()).toMatchObject([{ facts: { claim: 'confirmed' } }]);
  });

  test('a hearing of today is too late', async () => {
    const words = { confirmed: true, words: 'my own words' };
    const late = await bench.give('inspection/I-000001', 'hearing', words, caseManager);
    expect(late).toMatchObject({ status: 409, body: { code: 'nobody_to_hear' } });
  });
});

describe('what is entered has the day on which it was given', () => {
  const given = new Date('2023-03-01T09:00:00+05:00');

  test('a resolution', async () => {
    await bench.give(
      `referral/${id}`,
      'decision',
      { decision: 'reject', code: 'other', grounds: 'full' },
      employer(),
    );
    const found = { resolution: 'justified', grounds: 'The job needs a licence.' };
    const command = await stopped('inspection/I-000001', 'resolution', found, inspector);
    await bench.pass('3d');
    expect((await bench.retry(command)).status).toBe(200);
    expect(await inspections()).toMatchObject([{ state: 'justified', resolvedAt: given }]);
  });

  const retried = async (command: string): Promise<void> => {
    await bench.pass('1d');
    expect((await bench.retry(command)).status).toBe(200);
  };

  test('a step and an extension of an inspection', async () => {
    const reject = { decision: 'reject', code: 'other', grounds: 'full' };
    await bench.give(`referral/${id}`, 'decision', reject, employer());
    const visit = { kind: 'visit', on: '2023-03-01', words: 'I saw the workshop.' };
    const subject = 'inspection/I-000001';
    await retried(await stopped(subject, 'step', visit, inspector));
    const at = given.toISOString();
    expect(await inspections()).toMatchObject([{ steps: [{ kind: 'visit', at }] }]);
    const more = { days: 2, reason: 'a witness is ill' };
    const on = (await bench.clock.now()).toISOString();
    await retried(await stopped(subject, 'extension', more, inspector));
    expect(await inspections()).toMatchObject([{ steps: [{ at }, { kind: 'extension', at: on }] }]);
  });

  test('an explanation', async () => {
    const reject = { decision: 'reject', code: 'other', grounds: 'full' };
    await bench.give(`referral/${id}`, 'decision', reject, employer());
    const subject = 'inspection/I-000001';
    await bench.give(subject, 'step', { kind: 'explanation', question: 'Who decided?' }, inspector);
    await retried(await stopped(subject, 'explanation', { words: 'Nobody yet.' }, employer()));
    expect(await inspections()).toMatchObject([{ steps: [{ answer: { at: given.toISOString() } }] }]);
  });

  test('an employer’s request for more time, and its answer', async () => {
    const asked = { days: 2, reason: 'the director is away' };
    await retried(await stopped(`referral/${id}`, 'extensionRequest', asked, employer()));
    expect(await referral()).toMatchObject({ extension: { at: given.toISOString() } });
    const at = (await bench.clock.now()).toISOString();
    await retried(await stopped(`referral/${id}`, 'extension', { days: 2 }, supervisor));
    expect(await referral()).toMatchObject({ extension: { answer: { at } } });
  });

  test('a proposal of another start day, and its answer', async () => {
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    const proposed = { startOn: '2023-03-13', reason: 'the workshop moves' };
    await retried(await stopped(`referral/${id}`, 'start', proposed));
    expect(await referral()).toMatchObject({ startChange: { at: given.toISOString() } });
    const at = (await bench.clock.now()).toISOString();
    const agreed = { agrees: true, words: 'my own words' };
    await retried(await stopped(`referral/${id}`, 'startAnswer', agreed, caseManager));
    expect(await referral()).toMatchObject({ startChange: { answer: { at } } });
  });

  test('the drop of a measure that had begun', async () => {
    const training = { measures: [{ kind: 'training' }], services: [] };
    await bench.give(`case/${caseId}`, 'plan', training, caseManager);
    await begunByHand(bench, caseId, '2023-03-01');
    const dropped = {
      measures: [{ kind: 'training', startedOn: '2023-03-01', dropped: 'ill' }, { kind: 'job' }],
      services: [],
    };
    const command = await stopped(`case/${caseId}`, 'plan', dropped, caseManager);
    await bench.pass('3d');
    expect((await bench.retry(command)).status).toBe(200);
    expect(await bench.db.measure.findFirst({ where: { caseId, kind: 'training' } })).toMatchObject({
      endedOn: '2023-03-01',
    });
  });
});
