import fc from 'fast-check';
import { contractOf } from '../contracts';
import { businessHandlers } from './business';
import { startSubsidyHandlers } from './money/start-subsidy';
import { publicWorksHandlers } from './public-works';
import { trainingHandlers } from './training';
import { holdsPlace, wordCodes } from '../domain/pathways/training';
import { addCentre, addCourse, centreHead, COURSE, trainingOfficer } from '../test/support/training';
import { addDays, addMonths, dayOf } from '../domain/day';
import { holdsPerson } from '../domain/measure-rows';
import type { Actor } from '../domain/roles';
import type { Business } from '../prisma/generated/client';
import { pathwayOf, type ShownKind, subjectOf } from '../records/kernel/rows';
import {
  type Bench,
  caseManager,
  chiefInspector,
  employerActor,
  employmentHead,
  employmentOfficer,
  inspector,
  knowOfficials,
  MAHALLA,
  pathwayHandlers,
  PINFL,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../test/support/bench';
import {
  anyCommand,
  answered,
  oneOf,
  rowsOf,
  runs,
  sequences,
  tell,
  timeFor,
  waitFaults,
} from '../test/support/model';
import { offeredWrongly } from '../test/support/offered';
import { openCaseOf } from '../test/support/cases';
import type { Action } from '../registers/sandbox/script';

/*
 * People, registers and time act in a random order. No row leaves its transition table. Every open row waits for somebody until
 * an instant, and no closed row waits for anybody. No action is offered that is refused for a known reason. The handlers and the
 * database are real, and the registers are the sandbox.
 */

interface World {
  bench: Bench;
  seeded: Awaited<ReturnType<typeof seed>>;
}

type Jobs = Pick<World['seeded'], 'vacant' | 'reserved'>;

const document = { number: '7', date: '2023-03-01', issuer: 'Nur Tikuv' };
const assessment = { capabilities: 'sews', needs: '-', wishes: 'work', conditions: '-', barriers: '-' };
const job = { measures: [{ kind: 'job' }], services: [{ kind: 'escort', provider: 'INSON' }] };
const works = {
  measures: [
    { kind: 'public_works' },
    { kind: 'job' },
    { kind: 'public_works' },
    { kind: 'self_employment' },
  ],
  services: [],
};
const course = {
  measures: [{ kind: 'training' }, { kind: 'job' }, { kind: 'self_employment' }],
  services: [],
};
const goesOn = [
  { goesOn: true, words: 'yes' },
  { goesOn: false, words: 'no' },
];
const attended = { attended: 1, excused: 0 };
const ROLLING = 'CO-000002';

const place = { organiser: 'E-000001', work: '753', title: 'Sewing', hoursPerWeek: 30, pay: 1_400_000 };

/** Answers that an official received some days ago. They are in time if the employer has not been silent for long. */
const inTime = (today: string) => {
  const received = { manner: 'paper', on: addDays(today, -3) };
  return [
    { decision: 'accept', startOn: today, received },
    { decision: 'reject', code: 'other', grounds: 'no', received },
    { decision: 'reject', code: 'declined', grounds: 'no', received },
  ];
};

/** Useful bodies for every command. Their days are relative to the row's present day. */
const bodies = (today: string, { vacant, reserved }: Jobs): Record<string, readonly object[]> => ({
  assessment: [assessment],
  plan: [job, works, works, course, course],
  service: [
    { service: 1, outcome: 'done' },
    { service: 2, outcome: 'done', on: today },
  ],
  eligibility: [
    { step: 'ask_again' },
    { step: 'new_examination', on: today },
    { step: 'certificate', certificate: { ...document, validUntil: '2031-01-01', group: 2 } },
    {
      step: 'certificate',
      certificate: { ...document, validUntil: '2031-01-01', group: 2, suitableKinds: ['sewing', 'zzz'] },
    },
  ],
  referral: [{ vacancy: vacant }, { vacancy: reserved }],
  business: [{}],
  preparation: [
    { form: 'farm', trade: 'Bees', help: [{ kind: 'pick_up', provider: 'Uzum' }] },
    { form: 'self_employed', trade: 'Sewing', help: [] },
  ],
  mark: [{ goods: 'toys', consent: { by: 'person', on: today } }],
  markRevocation: [{}],
  startSubsidy: [
    {
      signedOn: today,
      costs: [
        {
          kind: 'certificate',
          amount: 100_000,
          document: { issuerStir: '300000400', number: '7', date: '2023-03-01' },
        },
      ],
    },
  ],
  publicWorks: [{}, { exception: { wish: 'w', adaptation: 'a' } }],
  training: [COURSE, ROLLING].flatMap((course) => [
    { course },
    { course, exception: { wish: 'w', adaptation: 'a' } },
  ]),
  answer: [
    { yes: true, words: 'yes' },
    { yes: false, words: 'no' },
  ],
  notReached: [{ words: 'called' }],
  nextCourse: goesOn,
  goingOn: goesOn,
  word: wordCodes.map((code) => ({ code, words: 'w' })),
  adaptation: [{ words: 'w' }],
  replacement: [{ words: 'none' }, { course: ROLLING, words: 'w' }],
  attendance: [0, 1, 2].map((ago) => ({ ...attended, month: addMonths(today, -ago).slice(0, 7) })),
  attendanceEvidence: [0, 1, 2].map((ago) => ({
    ...attended,
    month: addMonths(today, -ago).slice(0, 7),
    words: 'w',
    document,
  })),
  attendanceHearing: [0, 1, 2].map((ago) => ({ month: addMonths(today, -ago).slice(0, 7), words: 'w' })),
  absence: [5, 25].map((days) => ({ from: today, until: addDays(today, days), code: 'illness', words: 'w' })),
  interruption: [
    { decision: 'interrupt', from: today, until: addDays(today, 25), code: 'illness', words: 'w' },
    { decision: 'decline', grounds: 'g' },
  ],
  completion: [{ outcome: 'certificate' }, { outcome: 'attended' }],
  certificate: [{ number: 'A-1' }],
  placement: [{ kind: 'business', words: 'w' }],
  lookBackEvidence: [1, 2, 3].map((n) => ({ n, inWork: true, document })),
  agreement: [10, 40, 80].map((days) => ({ ...place, firstOn: today, lastOn: addDays(today, days) })),
  noneFound: [{ grounds: 'g' }],
  decline: [{ words: 'no' }],
  begin: [0, 1, 6, 12, 35].map((days) => ({ on: addDays(today, -days) })),
  month: [0, 1, 2, 3, 4].map((ago) => ({ month: addMonths(today, -ago).slice(0, 7), days: 0, pay: 1 })),
  ending: [
    { by: 'organiser', code: 'left', words: 'w' },
    { by: 'organiser', code: 'no_more_work', words: 'w' },
    { by: 'person', code: 'own_wish', words: 'w' },
    { on: today, words: 'w' },
    { takenBack: true, words: 'w' },
  ],
  claimDecision: [
    { stands: true, grounds: 'g' },
    { stands: false, grounds: 'g' },
  ],
  foundAlone: [
    { stir: STIR, since: today, checks: true },
    { stir: STIR, since: today, checks: false, document },
    { stir: STIR, since: today, checks: true, document },
  ],
  transfer: [{ to: '1726262002', reason: 'moved' }, { takeOver: true }],
  askTransfer: [{ to: '1726262003' }],
  withdrawal: [{ words: 'no' }, { reason: 'person_declined', words: 'no' }, { reason: 'other', words: 'no' }],
  closure: [
    { outcome: 'retained', summary: 's', personAgrees: true },
    { outcome: 'no_suitable_job', summary: 's', personAgrees: false },
    { outcome: 'other', summary: 's', personAgrees: true },
  ],
  reopening: [{ reason: 'wants to work again' }],
  delivery: [
    { manner: 'phone', on: today, to: 'director' },
    { correctedContact: { phone: '+998712223344' } },
    { undeliverable: true, reason: 'gone' },
  ],
  decision: [
    { decision: 'accept', startOn: today },
    { decision: 'reject', code: 'other', grounds: 'no' },
    { decision: 'reject', code: 'declined', grounds: 'no' },
    ...inTime(today),
    { decision: 'offer' },
    { decision: 'offer', firstOn: addDays(today, 3) },
    { decision: 'waiting_list' },
    { decision: 'refuse', code: 'not_accessible', grounds: 'g' },
    { decision: 'refuse', code: 'declined', grounds: 'g' },
  ],
  hearing: [
    { confirmed: true, words: 'yes' },
    { confirmed: false, words: 'no' },
  ],
  contract: [{ contract: 'M-1', since: today }],
  evidence: [
    { inForce: true, since: today, document },
    { inForce: false, on: today, document },
    { registered: true, since: today, document },
    { registered: false, document },
  ],
  resolution: [
    { resolution: 'settled', startOn: today },
    { resolution: 'directed', number: 'D-1', grounds: 'g' },
    { resolution: 'justified', grounds: 'g' },
    { resolution: 'unjustified', code: 'other', grounds: 'g' },
  ],
  extension: [{ days: 5, reason: 'r' }, { days: 5 }, { declined: true, words: 'no' }],
  extensionRequest: [{ days: 5, reason: 'r' }],
  start: [{ startOn: addDays(today, 7), reason: 'r' }],
  startAnswer: [
    { agrees: true, words: 'yes' },
    { agrees: false, words: 'no' },
  ],
  step: [
    { kind: 'explanation', question: 'why' },
    { kind: 'visit', on: today, words: 'w' },
  ],
  explanation: [{ words: 'so' }],
  resolutionWithdrawal: [{ reason: 'a mistake' }],
  measure: [
    { kind: 'fine', number: 'F-1', on: today },
    { none: true, reason: 'r' },
  ],
  lateDecision: [
    { decision: 'accept', startOn: today },
    { decision: 'reject', code: 'other', grounds: 'no' },
    ...inTime(today),
  ],
  personDeclines: [{}],
  finding: [{ words: 'the same job' }],
  conversation: [
    { check: 1, reached: true, works: true, paid: true },
    { check: 2, reached: true, works: false, paid: false },
    { check: 1, reached: true, sells: true, earns: false },
    { check: 1, reached: false, tries: [{ on: today, manner: 'phone' }] },
  ],
  separation: [
    { on: today, reason: 'resigned' },
    { on: today, reason: 'resigned', wished: false, words: 'no' },
    { takenBack: true, words: 'a mistake' },
  ],
});

const people = (employerId: string): Actor[] => [
  caseManager,
  supervisor,
  employmentOfficer,
  employmentHead,
  inspector,
  chiefInspector,
  employerActor(employerId),
  trainingOfficer,
  centreHead,
];

const kinds = [
  'case',
  'public-works',
  'training',
  'business',
  'referral',
  'inspection',
  'retention',
] as const;

const isEmployers = (body: object): boolean =>
  'decision' in body && (body.decision === 'accept' || body.decision === 'reject');

/** Decisions as an official enters them: each says how the employer's answer came. */
const received = (all: readonly object[], name: string, { role }: Actor, today: string): readonly object[] =>
  role !== 'employer' && /^(late)?decision$/i.test(name)
    ? all.map((body) => (isEmployers(body) ? { received: { manner: 'phone', on: today }, ...body } : body))
    : all;

/** The bodies that the contract of a kind's command accepts, as the API hands them on. */
const rightBodies = (kind: ShownKind, name: string, all: readonly object[]): object[] =>
  all.flatMap((given) => {
    const body = contractOf(kind, name).body.safeParse(given).data;
    return body === undefined ? [] : [body];
  });

async function command({ bench, seeded }: World, pick: number): Promise<void> {
  const any = anyCommand(await rowsOf(bench, kinds), people(seeded.employerId), pick);
  if (!any) return;
  const { row, name, actor } = any;
  const today = (await bench.clock.now()).toISOString().slice(0, 10);
  const right = rightBodies(
    row.kind,
    name,
    received(bodies(today, seeded)[name] ?? [{}], name, actor, today),
  );
  const body = oneOf(right, Math.floor(pick / 101));
  if (!body) return;
  const { status } = await bench.give(subjectOf(row.kind, row.id), name, body, actor);
  expect(answered).toContain(status);
}

const registerActions: Action[] = [
  { yammt: { hires: { pinfl: PINFL, stir: STIR } } },
  { yammt: { ends: { pinfl: PINFL, stir: STIR, reason: 'resigned' } } },
  { yammt: { takes_back: { pinfl: PINFL, stir: STIR } } },
  { yammt: { down: { for: '12d' } } },
  { yammt: { up: {} } },
  { farm: { registers: { pinfl: PINFL } } },
  { farm: { ends: { pinfl: PINFL } } },
  { farm: { takes_back: { pinfl: PINFL } } },
  { farm: { down: { for: '12d' } } },
  { tiek: { down: { for: '12d' } } },
  { tiek: { says_no: { pinfl: PINFL, reason: 'expired' } } },
  { tiek: { knows: { pinfl: PINFL, group: 2, validUntil: '2030-01-01' } } },
];

const register = ({ bench }: World, pick: number): Promise<void> => tell(bench, oneOf(registerActions, pick));

async function surroundings({ bench, seeded }: World, pick: number): Promise<void> {
  if (pick % 3 === 0) bench.undelivered.add(seeded.employerId);
  if (pick % 3 === 1) bench.undelivered.clear();
  if (pick % 3 === 2)
    await bench.db.vacancy.update({
      where: { id: seeded.vacant },
      data: { state: pick % 2 ? 'open' : 'withdrawn' },
    });
  for (const { kind, id, open } of await rowsOf(bench, kinds))
    if (open) await bench.activities.advance(subjectOf(kind, id));
}

const lengths = ['1d', '2d', '6d', '12d', '35d'];

const acting = {
  command,
  register,
  surroundings,
  time: async ({ bench }: World, pick: number) => bench.pass(lengths[pick % lengths.length] ?? '1d'),
};

/** Bodies beside those of the commands, so that each action has a right one: a free job, another employer and mahalla. */
const spare = (today: string, seeded: Jobs, name: string, actor: Actor): readonly object[] => {
  const told = { on: today, reason: 'resigned' };
  const more: Record<string, readonly object[]> = {
    referral: [
      { vacancy: SPARE_JOB, exception: { wish: 'w', adaptation: 'a' } },
      { vacancy: seeded.vacant, declined: 'no' },
      { vacancy: seeded.reserved, declined: 'no' },
    ],
    foundAlone: [
      { stir: SPARE_STIR, since: today, checks: false },
      { takenBack: true, words: 'a mistake' },
    ],
    askTransfer: [{ to: MAHALLA }],
    closure: [{ declined: 'no' }, { agreed: true }],
    withdrawal: [{ reason: 'no more' }],
    personDeclines: [{ reason: 'person_declined', words: 'no' }],
    service: [...Array(20).keys()].map((n) => ({ service: n + 3, outcome: 'done' })),
    start: [8, 1].map((n) => ({ startOn: addDays(today, n), reason: 'r' })),
    separation: [actor.role === 'employer' ? told : { ...told, wished: true, words: 'so' }],
    hearing: [{ confirmed: false, words: 'no' }],
  };
  return received([...(bodies(today, seeded)[name] ?? [{}]), ...(more[name] ?? [])], name, actor, today);
};

const SPARE_JOB = 'V-999998';
const SPARE_STIR = '309999999';

/** A job and an employer that no act of the model touches. */
async function addSpares({ bench, seeded }: World): Promise<void> {
  const { db } = bench;
  const employer = await db.employer.findUniqueOrThrow({ where: { id: seeded.employerId } });
  const other = { id: 'E-999998', stir: SPARE_STIR, name: 'Yangi Bino', district: employer.district };
  await db.employer.create({ data: other });
  const vacancy = await db.vacancy.findUniqueOrThrow({
    where: { id: seeded.vacant },
    omit: { titleKey: true },
  });
  await db.vacancy.create({ data: { ...vacancy, id: SPARE_JOB, employerId: other.id, places: 99 } });
}

/** The actions on one of the rows that are offered or forbidden wrongly. */
async function offers({ bench, seeded }: World, pick: number): Promise<string[]> {
  const rows = (await rowsOf(bench, kinds)).toReversed();
  const row = oneOf(rows, Math.floor(pick / 13));
  const today = (await bench.clock.now()).toISOString().slice(0, 10);
  const bodiesOf = (name: string, actor: Actor) => spare(today, seeded, name, actor);
  return row ? offeredWrongly(bench, row, people(seeded.employerId), bodiesOf) : [];
}

/** The faults of the present rows, in words. A wait on a part of a case holds the case. */
async function faults({ bench }: World): Promise<string[]> {
  const wrong = await waitFaults(
    bench,
    await rowsOf(bench, kinds),
    (task, { kind, id }) => task.subject === subjectOf(kind, id) || (kind === 'case' && task.caseId === id),
  );
  const cases = await bench.db.case.findMany({ include: { employments: { where: { open: true } } } });
  for (const { id, state, employments } of cases)
    if (employments.length > 0 && state !== 'employed') wrong.push(`case/${id} has a job and is ${state}`);
  return [...wrong, ...(await occupations(bench)), ...(await places(bench))];
}

/** One measure occupies a person at a time. Public works end before a hire, and the measure of the plan shows their days. */
async function occupations({ db, clock }: Bench): Promise<string[]> {
  const wrong: string[] = [];
  const today = dayOf(await clock.now());
  const cases = await db.case.findMany({
    include: { measures: true, publicWorks: true, businesses: true, employments: { where: { open: true } } },
  });
  for (const { id, state, measures, publicWorks, businesses, employments } of cases) {
    const underWay = measures.filter(
      (one) => one.kind !== 'job' && one.startedOn !== null && one.endedOn === null,
    );
    if (underWay.length > 1) wrong.push(`case/${id} is in ${underWay.length} measures`);
    const held = publicWorks.filter((one) => holdsPerson({ ...one, kind: 'public-works' }, today));
    if (held.length > 1) wrong.push(`case/${id} has ${held.length} public works`);
    if (held.length > 0 && state === 'assessment') wrong.push(`case/${id} is in public works and assessed`);
    const running = businesses.filter((one) => holdsPerson({ ...one, kind: 'business' }, today));
    if (running.length > 1) wrong.push(`case/${id} has ${running.length} businesses`);
    for (const business of businesses) wrong.push(...shownWrongly(business, measures));
    for (const works of publicWorks) {
      const measure = measures.find(({ n }) => n === works.measure);
      const late = employments.find(
        ({ hiredOn }) => works.state === 'working' && (works.lastOn ?? '') >= hiredOn,
      );
      if (late) wrong.push(`public-works/${works.id} last beyond the hire on ${late.hiredOn}`);
      if (works.startedOn !== null && measure?.startedOn === null)
        wrong.push(`measure ${works.measure} of case/${id} does not show its first day`);
      if (works.endedOn !== null && measure?.endedOn === null)
        wrong.push(`measure ${works.measure} of case/${id} does not show its last day`);
      if (works.lastOn !== null && works.lastOn < today && works.state === 'working')
        wrong.push(`public-works/${works.id} go on after their last day`);
    }
  }
  return wrong;
}

/** A course gives no more places than it has, and a free place waits for nobody. The measure of the plan shows the days of study. */
async function places({ db, clock }: Bench): Promise<string[]> {
  const wrong: string[] = [];
  const today = dayOf(await clock.now());
  for (const { id, places: most, trainings } of await db.course.findMany({ include: { trainings: true } })) {
    const taken = trainings.filter((one) => holdsPlace(one, today)).length;
    const waiting = trainings.filter(({ state }) => state === 'waiting_list');
    if (taken > most) wrong.push(`course ${id} gave ${taken} of ${most} places`);
    if (taken < most && waiting.length > 0)
      wrong.push(`${waiting[0]?.id} waits while ${id} has a free place`);
  }
  for (const { id, caseId, measure: n, startedOn, endedOn } of await db.training.findMany()) {
    const measure = await db.measure.findUnique({ where: { caseId_n: { caseId, n } } });
    if (startedOn !== null && measure?.startedOn !== startedOn)
      wrong.push(`measure ${n} of case/${caseId} does not show the first day of training/${id}`);
    if (endedOn !== null && measure?.endedOn === null)
      wrong.push(`measure ${n} of case/${caseId} does not show the last day of training/${id}`);
  }
  return wrong;
}

/** The measure of the plan shows the days of a business that counts, and of no other. */
function shownWrongly(
  { id, state, measure: of, startedOn, lastOn }: Business,
  measures: readonly {
    n: number;
    startedOn: string | null;
    endedOn: string | null;
    outcome: string | null;
  }[],
): string[] {
  const measure = measures.find(({ n }) => n === of);
  if (startedOn === null) return [];
  const wrong =
    measure?.startedOn === startedOn ? [] : [`business/${id} began on ${startedOn}, its measure did not`];
  const isOver = state !== 'active';
  if (measure?.outcome === 'next_measure') return wrong;
  if (isOver === (measure?.endedOn === null))
    wrong.push(`business/${id} is ${state}, and its measure is not`);
  if (state === 'ended' && measure?.endedOn !== lastOn)
    wrong.push(`business/${id} ended on another day than its measure`);
  return wrong;
}

const commands = kinds.flatMap((kind) =>
  Object.entries(pathwayOf(kind).commands).flatMap(([name, { by }]) =>
    people('E-000001')
      .filter(({ role }) => by.some((one) => one === role))
      .map((actor) => ({ kind, name, actor })),
  ),
);

test.each(commands)(
  '$actor.role ($actor.rank) has a right body for $name of a $kind',
  ({ kind, name, actor }) => {
    const given = spare('2023-03-01', { vacant: 'V-000001', reserved: 'V-000002' }, name, actor);
    expect(rightBodies(kind, name, given)).not.toEqual([]);
  },
);

const trials = runs(15);

test(
  'whatever happens, in whatever order, nothing waits without a name',
  async () => {
    const acts = sequences(
      { command: 8, time: 4, register: 3, surroundings: 1 },
      { minLength: 10, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (steps) => {
        const bench = await startBench([
          ...pathwayHandlers,
          publicWorksHandlers,
          trainingHandlers,
          businessHandlers,
          startSubsidyHandlers,
        ]);
        try {
          const world = { bench, seeded: await seed(bench) };
          const { personId } = world.seeded;
          await addSpares(world);
          await knowOfficials(bench.db, [employmentHead]);
          await addCentre(bench);
          await addCourse(bench, ROLLING, { rolling: true, weeks: 8, firstDay: null, lastDay: null });
          const id = await bench.write(
            'case/new',
            (transaction) => openCaseOf(transaction, personId),
            caseManager,
          );
          await bench.settle();
          await bench.give(`case/${id}`, 'assessment', assessment, caseManager);
          const isCourse = (steps[0]?.[1] ?? 0) % 2 === 1;
          await bench.give(`case/${id}`, 'plan', isCourse ? course : job, caseManager);
          if (isCourse) await bench.give(`case/${id}`, 'training', { course: COURSE }, caseManager);
          else await bench.give(`case/${id}`, 'referral', { vacancy: world.seeded.vacant }, caseManager);
          for (const [name, pick] of steps) {
            await acting[name](world, pick);
            await bench.settle();
            expect([...(await faults(world)), ...(await offers(world, pick))]).toEqual([]);
          }
        } finally {
          await bench.close();
        }
      }),
      trials,
    );
  },
  timeFor(trials),
);
