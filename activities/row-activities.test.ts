import {
  type Bench,
  caseManager,
  employerActor,
  employmentOfficer,
  inspector,
  pathwayHandlers,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../test/support/bench';
import { at, endOfDay } from '../domain/day';
import { readPathway } from '../records/reads/reports/pathway';

// A referral of 1 March: the employer's 5 days end with 6 March.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;
let subject: string;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  id = await refer(bench, caseId, world.vacant);
  subject = `referral/${id}`;
});
afterEach(() => bench.close());

const employer = () => employerActor(world.employerId);
const referral = () => bench.db.referral.findUniqueOrThrow({ where: { id } });
const instant = (day: string, time: string): void => bench.clock.set(at(day, time));
const accept = (startOn: string) => ({ decision: 'accept', startOn });
const reject = { decision: 'reject', code: 'qualification', grounds: 'no certificate' };
const decided = async () =>
  (await bench.events(subject)).filter((type) => /accepted|rejected|silent|withdrawn/.test(type));

/** Records a command at that instant while no worker runs. */
async function given(day: string, time: string, body: object, name = 'decision', by = employer()) {
  instant(day, time);
  return bench.record(subject, name, body, by);
}

const reminders = () => bench.db.notice.count({ where: { subject, type: 'reminder' } });

/** A worker is back, and the workflow looks at its row. */
async function back(day: string, time = '10:00'): Promise<void> {
  instant(day, time);
  await bench.activities.advance(subject);
  await bench.settle();
}

describe('while no worker ran the deadline passed', () => {
  test('an answer given in time stands, and counts from that instant', async () => {
    const command = await given('2023-03-04', '12:00', accept('2023-03-04'));
    await back('2023-03-08');
    expect(await bench.answerOf(command)).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect(await referral()).toMatchObject({ decidedAt: at('2023-03-04', '12:00'), startOn: '2023-03-04' });
    expect(await decided()).toEqual(['referral_accepted']);
    expect(await reminders()).toBe(0);
    expect(await bench.db.inspection.count()).toBe(0);
    const march = { from: '2023-03-01', to: '2023-03-31', now: await bench.clock.now() };
    expect((await readPathway(bench.db, march)).get('')).toMatchObject({ accepted_in_time: 1, silent: 0 });
  });

  test('the time after an answer in time runs from the day of the answer, not of its carrying out', async () => {
    await given('2023-03-04', '12:00', accept('2023-03-04'));
    await back('2023-03-09');
    expect((await referral()).state).toBe('accepted');
    expect(await bench.waits(subject)).toMatchObject([{ kind: 'contract', due: '2023-03-13T23:59' }]);
  });

  test('an answer given after it is refused, and the silence stands', async () => {
    const command = await given('2023-03-07', '00:00', accept('2023-03-10'));
    await back('2023-03-08');
    expect(await bench.answerOf(command)).toMatchObject({
      status: 409,
      body: { code: 'too_late', state: 'silent' },
    });
    expect(await decided()).toEqual(['referral_silent']);
    expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({ ground: 'silence' });
  });

  test('a command that comes first when a worker is back finds the earlier command carried out', async () => {
    const earlier = await given('2023-03-04', '12:00', reject);
    instant('2023-03-08', '10:00');
    const later = await bench.give(subject, 'withdrawal', { reason: 'other', words: 'ill' }, caseManager);
    expect(await bench.answerOf(earlier)).toMatchObject({ status: 200 });
    expect(later).toMatchObject({ status: 409, body: { state: 'rejected' } });
    expect(await decided()).toEqual(['referral_rejected']);
  });

  test('a refused command is answered, and neither stops nor undoes the commands around it', async () => {
    const byHand = { manner: 'phone', on: '2023-02-01', to: 'the director' };
    const commands = [
      await given('2023-03-03', '12:00', byHand, 'delivery', employmentOfficer),
      await given('2023-03-04', '11:00', accept('2024-01-01')),
      await given('2023-03-04', '12:00', accept('2023-03-10')),
      await given('2023-03-05', '12:00', accept('2023-03-13')),
    ];
    await back('2023-03-08');
    const answers = await Promise.all(commands.map((command) => bench.answerOf(command)));
    expect(answers.map(({ status }) => status)).toEqual([409, 422, 200, 409]);
    expect(await decided()).toEqual(['referral_accepted']);
  });

  test('another look and a late update of the command change nothing and give the same answer', async () => {
    const command = await given('2023-03-04', '12:00', accept('2023-03-10'));
    await back('2023-03-08');
    const answer = await bench.answerOf(command);
    const before = await referral();
    await bench.activities.advance(subject);
    expect(await bench.activities.carryOut(command)).toMatchObject({ status: 200, state: 'accepted' });
    expect(await referral()).toEqual(before);
    expect(await bench.answerOf(command)).toEqual(answer);
    expect(await decided()).toEqual(['referral_accepted']);
  });
});

test('of the reminders that no worker sent only one is sent, while there is time', async () => {
  await back('2023-03-05');
  const sent = await bench.db.notice.findMany({ where: { subject, type: 'reminder' } });
  expect(sent.map(({ channel }) => channel).toSorted()).toEqual(['email', 'sms']);
});

describe('while no worker ran nothing had reached the employer', () => {
  const byHand = { manner: 'in_person', on: '2023-03-17', to: 'the director' };

  // A referral of Friday 10 March. The time to deliver it ends on Monday, and the 5 days end on Wednesday.
  async function refersOnFriday(): Promise<void> {
    await bench.give(subject, 'withdrawal', { reason: 'other', words: 'ill' }, caseManager);
    instant('2023-03-10', '12:00');
    bench.undelivered.add(world.employerId);
    id = await refer(bench, caseId, world.vacant);
    subject = `referral/${id}`;
  }

  const found = async () => ({
    state: (await referral()).state,
    waits: (await bench.waits(subject)).map(({ kind }) => kind),
    inspections: await bench.db.inspection.count(),
    reminders: await reminders(),
  });
  const undelivered = { state: 'undelivered', waits: ['deliver_by_hand'], inspections: 0, reminders: 0 };

  test.each(['2023-03-14', '2023-03-17'])(
    'looked at again on %s it is undelivered, not silent, and nobody is reminded of an answer',
    async (day) => {
      await refersOnFriday();
      await back(day);
      expect(await found()).toEqual(undelivered);
    },
  );

  test('it is undelivered, too, if both times end on the same day', async () => {
    const daysOff = ['2023-03-13', '2023-03-14', '2023-03-15'];
    await bench.db.calendarEntry.createMany({
      data: daysOff.map((date) => ({ date, week: 'all', kind: 'extra', status: 'published' })),
    });
    await refersOnFriday();
    await back('2023-03-20');
    expect(await found()).toEqual(undelivered);
  });

  test('after a delivery by hand the 5 days run from that day', async () => {
    await refersOnFriday();
    await back('2023-03-17');
    expect((await bench.give(subject, 'delivery', byHand, caseManager)).status).toBe(200);
    expect(await bench.waits(subject)).toMatchObject([{ kind: 'decision', due: '2023-03-22T23:59' }]);
  });

  test('the message leaves only now: the 5 days run from its delivery', async () => {
    await refersOnFriday();
    await bench.db.notice.updateMany({ where: { subject }, data: { state: 'queued' } });
    bench.undelivered.clear();
    await back('2023-03-17');
    expect((await referral()).state).toBe('delivered');
    expect(await bench.waits(subject)).toMatchObject([{ kind: 'decision', due: '2023-03-22T23:59' }]);
  });

  test('an answer after the end of 5 days from the issue is still in time', async () => {
    await refersOnFriday();
    const command = await given('2023-03-16', '12:00', accept('2023-03-20'));
    await back('2023-03-17');
    expect(await bench.answerOf(command)).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect(await decided()).toEqual(['referral_accepted']);
  });
});

test('a command just after the deadline is too late, although the deadline has not fired yet', async () => {
  instant('2023-03-07', '00:00');
  const { status, body } = await bench.give(subject, 'decision', accept('2023-03-10'), employer());
  expect({ status, body }).toMatchObject({ status: 409, body: { state: 'silent' } });
  expect(await decided()).toEqual(['referral_silent']);
});

test('a command in the last second is in time', async () => {
  bench.clock.set(endOfDay('2023-03-06'));
  expect((await bench.give(subject, 'decision', accept('2023-03-10'), employer())).status).toBe(200);
});

test('an extension asked for in time is given, although the time has passed meanwhile', async () => {
  await bench.give(subject, 'decision', reject, employer());
  const { id: inspection } = await bench.db.inspection.findFirstOrThrow();
  const { due } = await bench.db.task.findFirstOrThrow({ where: { kind: 'resolution' } });
  bench.clock.set(new Date(due!.getTime() - 3_600_000));
  const asked = { days: 5, reason: 'a witness is away' };
  const command = await bench.record(`inspection/${inspection}`, 'extension', asked, inspector);
  bench.clock.set(new Date(due!.getTime() + 86_400_000));
  await bench.activities.advance(`inspection/${inspection}`);
  expect(await bench.answerOf(command)).toMatchObject({ status: 200 });
  const task = await bench.db.task.findFirstOrThrow({ where: { kind: 'resolution', closedAt: null } });
  expect(task).toMatchObject({ extended: true, escalated: 0 });
});

describe('a row at rest', () => {
  const row = () => `case/${caseId}`;

  test('is looked at without a wait for another transaction that has locked it', async () => {
    const view = await bench.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM cases WHERE id = ${caseId} FOR UPDATE`;
      return bench.activities.advance(row());
    });
    expect(view).toMatchObject({ state: 'referred', open: true, asks: [], wakes: false });
  });

  test('is not at rest while a command waits, though nothing is due', async () => {
    const command = await bench.record(row(), 'withdrawal', { reason: 'Moves away.' }, caseManager);
    expect(await bench.activities.advance(row())).toMatchObject({ state: 'closed', open: false });
    expect(await bench.answerOf(command)).toMatchObject({ status: 200, body: { state: 'closed' } });
  });

  test('is not at rest if it is closed and a command still waits: the command is refused', async () => {
    await bench.give(row(), 'withdrawal', { reason: 'Moves away.' }, caseManager);
    const late = await bench.record(row(), 'withdrawal', { reason: 'Again.' }, caseManager);
    await bench.activities.advance(row());
    expect(await bench.answerOf(late)).toMatchObject({ status: 409 });
  });
});
