import fc from 'fast-check';
import { addDays } from '../domain/day';
import type { Actor } from '../domain/roles';
import { pathwayOf, type RowKind, subjectOf } from '../records/rows';
import {
  type Bench,
  caseManager,
  chiefInspector,
  employerActor,
  employmentOfficer,
  inspector,
  MAHALLA,
  PINFL,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../test/support/bench';
import { openCase } from '../records/opening';
import type { Action } from '../registers/sandbox/script';
import { caseFile } from './case';
import { employmentFile } from './employment';
import { inspectionFile } from './inspection';
import { referralFile } from './referral';

/*
 * Whatever people, registers and time do, in whatever order: no row leaves its table, every open row waits for somebody
 * until an instant, and no closed row waits for anybody. Real handlers, a real database, the sandbox registers.
 */

interface World {
  bench: Bench;
  seeded: Awaited<ReturnType<typeof seed>>;
}

const document = { number: '7', date: '2023-03-01', issuer: 'Nur Tikuv' };
const assessment = { capabilities: 'sews', needs: '-', wishes: 'work', conditions: '-', barriers: '-' };
const job = { measures: [{ kind: 'job' }], services: [] };
const training = { measures: [{ kind: 'training', startedOn: '2023-03-01' }, { kind: 'job' }], services: [] };

/** Bodies worth trying for every command; the days are those of the row's own today. */
const bodies = (today: string, { vacant, reserved }: World['seeded']): Record<string, readonly object[]> => ({
  assessment: [assessment],
  plan: [job, training],
  eligibility: [
    { step: 'ask_again' },
    { step: 'new_examination', on: today },
    { step: 'certificate', certificate: { ...document, validUntil: '2031-01-01', group: 2 } },
  ],
  referral: [{ vacancy: vacant }, { vacancy: reserved }],
  foundAlone: [
    { stir: STIR, since: today, checks: true },
    { stir: STIR, since: today, checks: false, document },
    { stir: STIR, since: today, checks: true, document },
  ],
  transfer: [{ to: '1726262002', reason: 'moved' }, { takeOver: true }],
  askTransfer: [{ to: '1726262003' }],
  withdrawal: [
    { reason: 'person_declined', words: 'no' },
    { reason: 'other', words: 'no' },
  ],
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
  ],
  hearing: [
    { confirmed: true, words: 'yes' },
    { confirmed: false, words: 'no' },
  ],
  contract: [{ contract: 'M-1', since: today }],
  evidence: [
    { inForce: true, since: today, document },
    { inForce: false, on: today, document },
  ],
  resolution: [
    { resolution: 'settled', startOn: today },
    { resolution: 'directed', number: 'D-1', grounds: 'g' },
    { resolution: 'justified', grounds: 'g' },
    { resolution: 'unjustified', code: 'other', grounds: 'g' },
  ],
  extension: [{ days: 5, reason: 'r' }],
  measure: [
    { kind: 'fine', number: 'F-1', on: today },
    { none: true, reason: 'r' },
  ],
  lateDecision: [
    { decision: 'accept', startOn: today },
    { decision: 'reject', code: 'other', grounds: 'no' },
    {
      decision: 'reject',
      code: 'declined',
      grounds: 'no',
      received: { manner: 'paper', on: addDays(today, -3) },
    },
  ],
  personDeclines: [{}],
  conversation: [
    { check: 1, reached: true, works: true, paid: true },
    { check: 2, reached: true, works: false, paid: false },
    { check: 1, reached: false },
  ],
  separation: [
    { on: today, reason: 'resigned' },
    { takenBack: true, words: 'a mistake' },
  ],
});

const people = (employerId: string): Actor[] => [
  caseManager,
  supervisor,
  employmentOfficer,
  inspector,
  chiefInspector,
  employerActor(employerId),
];

const rows = async ({
  db,
}: Bench): Promise<{ kind: RowKind; id: string; state: string; open: boolean }[]> => {
  const select = { id: true, state: true, open: true } as const;
  const found = {
    case: await db.case.findMany({ select }),
    referral: await db.referral.findMany({ select }),
    inspection: await db.inspection.findMany({ select }),
    retention: await db.employment.findMany({ select }),
  };
  return (['case', 'referral', 'inspection', 'retention'] as const).flatMap((kind) =>
    found[kind].map((row) => ({ kind, ...row })),
  );
};

async function command({ bench, seeded }: World, pick: number): Promise<void> {
  const all = await rows(bench);
  // The newest rows are where the pathway is.
  const row = all.toReversed()[pick % all.length];
  if (!row) return;
  const admitted = Object.entries(pathwayOf(row.kind).commands).filter(([, step]) =>
    step.from.includes(row.state),
  );
  const [name, step] = admitted[Math.floor(pick / 7) % Math.max(1, admitted.length)] ?? [];
  if (!name || !step) return;
  const today = (await bench.clock.now()).toISOString().slice(0, 10);
  const choices = bodies(today, seeded)[name] ?? [{}];
  const actors = people(seeded.employerId).filter(({ role }) => role !== 'system' && step.by.includes(role));
  const actor = actors[Math.floor(pick / 11) % Math.max(1, actors.length)];
  const body = choices[Math.floor(pick / 101) % choices.length];
  if (!actor || !body) return;
  const received =
    actor.role !== 'employer' && /decision/i.test(name) ? { received: { manner: 'phone', on: today } } : {};
  const { status } = await bench.give(subjectOf(row.kind, row.id), name, { ...body, ...received }, actor);
  expect([200, 201, 403, 409, 422]).toContain(status);
}

const registerActions: Action[] = [
  { yammt: { hires: { pinfl: PINFL, stir: STIR } } },
  { yammt: { ends: { pinfl: PINFL, stir: STIR, reason: 'resigned' } } },
  { yammt: { takes_back: { pinfl: PINFL, stir: STIR } } },
  { yammt: { down: { for: '12d' } } },
  { yammt: { up: {} } },
  { tiek: { down: { for: '12d' } } },
  { tiek: { says_no: { pinfl: PINFL, reason: 'expired' } } },
  { tiek: { knows: { pinfl: PINFL, group: 2, validUntil: '2030-01-01' } } },
];

async function register({ bench }: World, pick: number): Promise<void> {
  const action = registerActions[pick % registerActions.length];
  if (!action) return;
  try {
    await bench.sandbox.script(action);
  } catch {
    // not possible in the world as it stands, such as an end without a contract
  }
}

async function surroundings({ bench, seeded }: World, pick: number): Promise<void> {
  if (pick % 3 === 0) bench.undelivered.add(seeded.employerId);
  if (pick % 3 === 1) bench.undelivered.clear();
  if (pick % 3 === 2)
    await bench.db.vacancy.update({
      where: { id: seeded.vacant },
      data: { state: pick % 2 ? 'open' : 'withdrawn' },
    });
  for (const { kind, id, open } of await rows(bench))
    if (open) await bench.activities.advance(subjectOf(kind, id));
}

const lengths = ['1d', '2d', '6d', '12d', '35d'];

const acts = {
  command,
  register,
  surroundings,
  time: async ({ bench }: World, pick: number) => bench.pass(lengths[pick % lengths.length] ?? '1d'),
};

/** What is wrong with the rows as they stand, in words. */
async function faults({ bench }: World): Promise<string[]> {
  const wrong: string[] = [];
  for (const { kind, id, state, open } of await rows(bench)) {
    const pathway = pathwayOf(kind);
    const subject = subjectOf(kind, id);
    if (!(open ? pathway.open : pathway.closed).includes(state))
      wrong.push(`${subject} is ${state}, open ${open}`);
    const own = { subject, closedAt: null } as const;
    const waits = await bench.db.task.findMany({
      where: kind === 'case' ? { OR: [own, { caseId: id, closedAt: null }] } : own,
    });
    if (!open && waits.length > 0) wrong.push(`${subject} is ${state} and waits for ${waits[0]?.kind}`);
    if (open && !waits.some((wait) => wait.role !== '' && wait.nextAt !== null))
      wrong.push(`${subject} is ${state} and waits without a name`);
  }
  const cases = await bench.db.case.findMany({ include: { employments: { where: { open: true } } } });
  for (const { id, state, employments } of cases)
    if (employments.length > 0 && state !== 'employed') wrong.push(`case/${id} has a job and is ${state}`);
  return wrong;
}

test('whatever happens, in whatever order, nothing waits without a name', async () => {
  const act = fc.tuple(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant('command' as const) },
      { weight: 4, arbitrary: fc.constant('time' as const) },
      { weight: 3, arbitrary: fc.constant('register' as const) },
      { weight: 1, arbitrary: fc.constant('surroundings' as const) },
    ),
    fc.nat({ max: 9_999 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (steps) => {
      const bench = await startBench([caseFile, referralFile, inspectionFile, employmentFile]);
      try {
        const world = { bench, seeded: await seed(bench) };
        const { personId } = world.seeded;
        const id = await bench.write(
          'case/new',
          (unit) =>
            openCase(unit, { personId, consent: { by: 'person' }, managerId: caseManager.id, area: MAHALLA }),
          caseManager,
        );
        await bench.settle();
        await bench.give(`case/${id}`, 'assessment', assessment, caseManager);
        await bench.give(`case/${id}`, 'plan', job, caseManager);
        await bench.give(`case/${id}`, 'referral', { vacancy: world.seeded.vacant }, caseManager);
        for (const [name, pick] of steps) {
          await acts[name](world, pick);
          await bench.settle();
          expect(await faults(world)).toEqual([]);
        }
      } finally {
        await bench.close();
      }
    }),
    { numRuns: Number(process.env['MODEL_RUNS'] ?? 15) },
  );
}, 180_000);
