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
} from '../test/support/bench';
import { begunByHand } from '../test/support/cases';
import { createOutgoingActivities } from './outgoing';
import type { Waking } from './waking';
import { textOf } from '../records/reads/notice';

/** The texts of messages, with the names that the record has when they are sent [pathway §5]. */

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
});
afterEach(() => bench.close());

const sentTo = (recipient: string) =>
  bench.db.notice.findMany({
    where: { recipient, channel: recipient === 'official' ? 'email' : 'sms' },
    orderBy: [{ createdAt: 'asc' }, { type: 'asc' }],
  });
const texts = async (recipient: string, language: 'en' | 'uz-Latn' = 'en') =>
  Promise.all((await sentTo(recipient)).map((notice) => textOf(bench.db, notice, language, '1140')));
const typesTo = async (recipient: string) => (await sentTo(recipient)).map(({ type }) => type);
const inspectionId = async () => (await bench.db.inspection.findFirstOrThrow()).id;

/** Whether a text has no instant, no workflow id and no word of a program. */
const isPlain = (text: string) =>
  !/\d{4}-\d\d-\d\d|T\d\d:|[a-z]+\/[A-Z]|[a-z]_[a-z]|[{}]|undefined|null/.test(text);

test('the person is told of each step in plain words', async () => {
  const { name } = await bench.db.employer.findFirstOrThrow();
  const { title } = await bench.db.vacancy.findUniqueOrThrow({ where: { id: world.reserved } });
  await refer(bench, caseId, world.reserved);
  await bench.pass('6d');
  const directed = { resolution: 'directed', number: 'D-17', grounds: 'It is a reserved job' };
  await bench.give(`inspection/${await inspectionId()}`, 'resolution', directed, inspector);
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-08' } } });
  await bench.pass('30d');
  await bench.sandbox.script({
    yammt: { ends: { pinfl: PINFL, stir: STIR, on: '2023-04-10', reason: 'resigned' } },
  });
  await bench.pass('40d');
  expect(await texts('person')).toEqual([
    `You are referred to ${name} for the job "${title}". The employer has to answer by 6 March, and we will tell you the answer. ` +
      "To ask the employer, call +998711234567. Yo'llanma: 1140",
    `${name} has not answered about the job "${title}". The labour inspectorate now examines why. We go on looking for another ` +
      "job with you. You need not do anything. Yo'llanma: 1140",
    `The labour inspectorate has ordered ${name} to hire you by 23 March. If you do not want this job any more, tell us. ` +
      "It costs you nothing. Yo'llanma: 1140",
    `You are hired: your contract with ${name} is registered. Your first day of work: 8 March. If anything is wrong at work, tell us. Yo'llanma: 1140`,
    `Your work at ${name} ended on 10 April. We will look for another job with you, and you need not apply again. ` +
      "If you still work there, tell us at once. Yo'llanma: 1140",
  ]);
  for (const recipient of ['person', 'employer', 'official'])
    for (const language of ['en', 'uz-Latn'] as const)
      expect((await texts(recipient, language)).filter((text) => !isPlain(text))).toEqual([]);
});

test('employer and officials read the person’s name and the job; an administrator reads no name of a person', async () => {
  const { name: person } = await bench.db.person.findFirstOrThrow();
  const { name: employer } = await bench.db.employer.findFirstOrThrow();
  const id = await refer(bench, caseId, world.vacant);
  await bench.pass('5d');
  const [issued, reminded] = await texts('employer');
  expect(issued).toContain(`${person} is referred to your job`);
  expect(reminded).toMatch(
    new RegExp(
      `^To be done by 6 March: Accept the referral .* It is about ${person}, .*, ${id}\\. Yo'llanma: 1140$`,
    ),
  );
  expect(reminded).not.toContain(employer);
  const notice = (await sentTo('employer'))[1];
  if (!notice) throw new Error('no reminder');
  await bench.db.official.create({
    data: { id: 'boss', name: 'Boss', role: 'administrator', rank: 'officer', area: '' },
  });
  const toBoss = { ...notice, recipient: 'official', recipientId: 'boss' };
  expect(await textOf(bench.db, toBoss, 'en', '1140')).not.toContain(person);
});

test('a message goes in the language that its recipient has chosen', async () => {
  await bench.db.person.update({ where: { id: world.personId }, data: { language: 'uz-Latn' } });
  const id = await refer(bench, caseId, world.vacant);
  await bench.db.notice.updateMany({ data: { state: 'queued' } });
  const outgoing = createOutgoingActivities(bench.records, bench.sandbox.registers, {} as Waking, () =>
    Promise.resolve({ state: 'issued', open: true, offset: 0, unsent: false, wakes: false }),
  );
  await outgoing.sendNotices(`referral/${id}`);
  const inbox = async (phone: string) =>
    (await fetch(`${bench.sandbox.url}/messages?to=${encodeURIComponent(phone)}`)).text();
  expect(await inbox('+998901234567')).toMatch(
    /Siz .* ishiga yo'llandingiz.*6-martgacha javob berishi kerak/,
  );
  expect(await inbox('+998711234567')).toContain('is referred to your job');
});

test('nothing goes to the person after a withdrawal, though the inspection goes on', async () => {
  const id = await refer(bench, caseId, world.vacant);
  const rejection = { decision: 'reject', code: 'other', grounds: 'no' };
  await bench.give(`referral/${id}`, 'decision', rejection, employerActor(world.employerId));
  await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
  const found = { resolution: 'justified', grounds: 'The job is gone' };
  await bench.give(`inspection/${await inspectionId()}`, 'resolution', found, inspector);
  expect(await typesTo('person')).toEqual(['person_referred', 'person_refused']);
});

test('the person is told when a measure of the plan begins and ends', async () => {
  const training = (more: object = {}) => ({ measures: [{ kind: 'training', ...more }], services: [] });
  await bench.give(`case/${caseId}`, 'plan', training(), caseManager);
  await begunByHand(bench, caseId, '2023-03-01');
  await bench.pass('3d');
  await bench.give(`case/${caseId}`, 'plan', training({ endedOn: '2023-03-03' }), caseManager);
  expect(await texts('person')).toEqual([
    "First day of your training: 1 March. We will ask you how it goes. Yo'llanma: 1140",
    "Last day of your training: 3 March. We will talk with you about what comes next. Yo'llanma: 1140",
  ]);
});
