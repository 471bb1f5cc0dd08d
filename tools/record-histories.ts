/**
 * `node tools/run.mjs tools/record-histories.ts` records the histories in `test/histories` anew. They are one person's way through
 * every kind of workflow, on the time-skipping server, and a referral of an incompatible version. The length of each history is
 * written into `test/histories/counts.json`: look at the changes there.
 *
 * The replay test checks whether the present code can replay the executions that run in production. If it fails after a change of
 * `workflows/`, the upgrade must begin the rows of that kind again (docs/operations.md, "Upgrade workflow code"). Say so in the
 * release, then record anew. Record too when a new workflow or stage has no history yet. Never record only to make the test pass.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { dayOf } from '../domain/day';
import { applyForAdaptation } from '../records/money/applying';
import { proposePolicy } from '../records/money/policies';
import { wake } from '../records/kernel/wake';
import { enterRun } from '../records/pruning/runs';
import {
  administrator,
  caseManager,
  employerActor,
  employmentHead,
  employmentOfficer,
  inspector,
  knowOfficials,
  PINFL,
  seed,
  STIR,
} from '../test/support/bench';
import setUp from '../test/support/global-setup.mjs';
import tearDown from '../test/support/global-teardown.mjs';
import type { RunWithHistory } from '../test/support/histories';
import {
  ACCOUNT,
  approve,
  furnish,
  ordered,
  paper,
  reviewer,
  secondFinanceOfficer,
} from '../test/support/money';
import {
  enter,
  forStarts,
  orderStart,
  protectionOfficer,
  registeredBusiness,
  review,
  startCost,
} from '../test/support/starts';
import { admitted, orderStipend, personsAccount, stipendLine, study } from '../test/support/studies';
import { type Pathway, startPathwayServer, written } from '../test/support/pathway-server';
import { INCOMPATIBLE, keep, keepCounts, RECORDED, recordedFiles } from '../test/support/recorded';
import { addCentre, addCourse, centreHead, COURSE, trainingOfficer } from '../test/support/training';
import { bundle } from '../test/support/workflow-code';

const OLD_REFERRAL = 'referral/R-000001';
const HOUR_MS = 3_600_000;

async function main(): Promise<void> {
  await setUp();
  const atEnd: (() => Promise<unknown>)[] = [];
  globalThis.atEndOfFile = atEnd;
  try {
    for (const file of recordedFiles(RECORDED)) rmSync(file);
    const pathway = await recordedOf(await startPathwayServer(), wholeWay);
    const money = await recordedOf(await startPathwayServer(), moneyWay, '2024-12-16T09:00:00+05:00');
    const works = await recordedOf(await startPathwayServer(), worksWay);
    const business = await recordedOf(await startPathwayServer(), businessWay);
    const training = await recordedOf(await startPathwayServer(), trainingWay);
    const stipends = await recordedOf(await startPathwayServer(), stipendWay, '2024-02-26T09:00:00+05:00');
    const starts = await recordedOf(await startPathwayServer(), startWay, '2024-02-26T09:00:00+05:00');
    const all = [money, works, training, stipends, business, starts].reduce(
      (kept, more) => [...kept, ...firstOfEachKind(more, kept)],
      pathway,
    );
    for (const run of all) keep(RECORDED, run);
    const incompatible = await bundle({ workflowsPath: path.join(INCOMPATIBLE, 'workflows.ts') });
    const old = await recordedOf(await startPathwayServer(incompatible), async (on) => {
      await on.referred(await seed(on));
      await on.pass('1d');
    });
    for (const file of recordedFiles(INCOMPATIBLE)) rmSync(file);
    for (const run of old) if (run.workflowId === OLD_REFERRAL) keep(INCOMPATIBLE, run);
    keepCounts();
  } finally {
    for (const work of atEnd) await work();
    await tearDown();
  }
}

/** Every history of a story that begins on a day. */
async function recordedOf(
  server: Awaited<ReturnType<typeof startPathwayServer>>,
  story: (pathway: Pathway) => Promise<void>,
  from?: string,
): Promise<RunWithHistory[]> {
  const pathway = await server.begin(from);
  try {
    await story(pathway);
    const runs = await pathway.allRuns();
    process.stdout.write(`${runs.map(({ workflowId }) => workflowId).join(', ')}\n`);
    return runs;
  } finally {
    await pathway.end();
    await server.stop();
  }
}

/** One run of each kind of row that the other story lacks. The choice is the same in every recording. */
function firstOfEachKind(
  runs: readonly RunWithHistory[],
  others: readonly RunWithHistory[],
): RunWithHistory[] {
  const kindOf = ({ workflowId }: RunWithHistory): string => workflowId.split('/')[0] ?? '';
  const known = new Set(others.map(kindOf));
  const inOrder = runs.toSorted((a, b) => a.workflowId.localeCompare(b.workflowId));
  return inOrder.filter((run) => {
    const isNew = !known.has(kindOf(run));
    known.add(kindOf(run));
    return isNew;
  });
}

/**
 * The story of the money. A subsidy is ordered late, and five months are paid. One month is corrected downwards and repaid. The
 * treasury's statements, the year's end, a BHM of two administrators and a refused adaptation follow.
 */
async function moneyWay(pathway: Pathway): Promise<void> {
  const on = { ...pathway, ...(await furnish(pathway)) };
  const id = await ordered(on, '2024-07-01');
  await on.until('2024-12-17', '12:00');
  for (const month of ['07', '08', '09', '10', '11']) await approve(on, `${id}-2024-${month}`);
  await on.pass('2d');

  const correction = {
    reason: 'contract_dates',
    words: 'The contract ended on the 16th.',
    contract: { since: '2024-07-01', until: '2024-08-16' },
    document: paper,
  };
  const { body } = await must(on, `claim/${id}-2024-08`, 'correction', correction, reviewer);
  const approval = `approval/${body['id'] as string}`;
  await must(on, approval, 'objection', { words: 'She came until the 20th.' }, employerActor(on.employerId));
  await must(on, approval, 'decision', { approve: true }, secondFinanceOfficer);
  const { id: recovery, left } = await on.db.recovery.findFirstOrThrow();
  await on.sandbox.script({
    treasury: { receives: { reference: recovery, amount: Number(left), account: ACCOUNT } },
  });
  await on.pass('3d');

  const bhm = { kind: 'amount', name: 'bhm', act: 'UP-1', validFrom: '2024-12-28', amount: 400_000 } as const;
  const proposed = await on.write('api/record', (transaction) => proposePolicy(transaction, bhm));
  const another = { ...administrator, id: 'administrator-2' };
  await must(on, `approval/${proposed.approval}`, 'decision', { approve: true }, another);

  const adaptation = await on.write('api/record', async (transaction) => {
    const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: on.employerId } });
    const made = await applyForAdaptation(transaction, employer, {
      programme: 'workplace_adaptation',
      entrepreneur: true,
      workers: [{ person: on.personId, hiredOn: '2024-07-01' }],
      costs: [
        {
          workplace: 'ramp',
          what: 'a ramp',
          tiyin: 100_000_000,
          document: { issuerStir: '305555555', number: '1', date: '2024-12-01' },
        },
      ],
      documents: { expert_conclusion: paper, hiring_order: paper },
    });
    wake(transaction, `adaptation/${made}`);
    return made;
  });
  await on.pass('1d');
  const refusal = { outcome: 'refuse', code: 'papers', grounds: 'no conclusion' };
  await must(on, `adaptation/${adaptation}`, 'review', refusal, reviewer);
  await on.until('2025-01-02', '12:00');
}

/** The story of the case: silence and its inspection, a holiday, a second referral and the hire, an end taken back, six checks, the closure. */
async function wholeWay(on: Pathway): Promise<void> {
  const world = await seed(on);
  const employer = employerActor(world.employerId);
  const { caseId } = await on.referred(world);
  const aCase = `case/${caseId}`;
  await on.until('2023-03-02', '12:00');
  await holiday(on, '2023-03-06');
  await on.until('2023-03-09', '12:00');

  const { id: inspection } = await on.db.inspection.findFirstOrThrow();
  const extension = { days: 5, reason: 'the employer is away' };
  await must(on, `inspection/${inspection}`, 'extension', extension, inspector);
  const { body } = await must(on, aCase, 'referral', { vacancy: world.reserved }, caseManager);
  const referral = `referral/${body['id'] as string}`;
  await must(on, referral, 'decision', { decision: 'accept', startOn: '2023-03-15' }, employer);
  await on.until('2023-03-15', '10:00');
  await on.sandbox.script({ yammt: { down: { for: '1d' } } });
  await must(on, referral, 'contract', { contract: 'M-1', since: '2023-03-15' }, employer);
  await on.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'M-1' } } });
  await on.until('2023-03-17', '12:00');
  const justified = { resolution: 'justified', grounds: 'no such work there' };
  await must(on, `inspection/${inspection}`, 'resolution', justified, inspector);

  await on.until('2023-04-20', '12:00');
  const parties = {
    register: 'yammt',
    at: '2023-04-20T11:00:00+05:00',
    pinfl: PINFL,
    stir: STIR,
    contract: 'M-1',
  };
  const end = { type: 'contract_ended', on: '2023-04-20', reason: 'resigned' };
  await on.news({ ...parties, ...end, event: 'E-1' });
  await on.until('2023-04-20', '15:00');
  const takenBack = { ...parties, event: 'E-2', type: 'end_taken_back', since: '2023-03-15' };
  await on.news(takenBack);
  await on.until('2023-09-16', '12:00');
  const closure = { outcome: 'retained', summary: 'in work for half a year', personAgrees: true };
  await must(on, aCase, 'closure', closure, caseManager);
  await oldData(on);
}

/** The story of public works: a place, the organiser's word, the months, and the papers of the last month after the end. */
async function worksWay(on: Pathway): Promise<void> {
  const { personId, employerId } = await seed(on);
  await knowOfficials(on.db, [employmentHead]);
  const aCase = `case/${await on.openCase(personId)}`;
  const works = 'public-works/W-000001';
  await must(on, aCase, 'assessment', written.assessment, caseManager);
  await must(on, aCase, 'plan', { measures: [{ kind: 'public_works' }], services: [] }, caseManager);
  await must(on, aCase, 'publicWorks', {}, caseManager);
  await on.until('2023-03-10', '12:00');
  const agreed = {
    organiser: employerId,
    work: '753',
    title: 'Sewing flags',
    hoursPerWeek: 30,
    firstOn: '2023-03-13',
    lastOn: '2023-04-28',
    pay: 1_400_000,
  };
  await must(on, works, 'agreement', agreed, employmentHead);
  await on.until('2023-03-14', '12:00');
  await must(on, works, 'begin', { on: '2023-03-13' }, employmentOfficer);
  const word = { by: 'organiser', code: 'left', words: 'she left' };
  await must(on, works, 'ending', word, employmentOfficer);
  await on.until('2023-03-20', '12:00');
  await must(on, works, 'claimDecision', { stands: false, grounds: 'she was there' }, employmentHead);
  await on.until('2023-04-03', '12:00');
  const month = (of: string) => ({ month: of, days: 14, pay: 900_000 });
  await must(on, works, 'month', month('2023-03'), employmentOfficer);
  await on.until('2023-05-08', '12:00');
  await must(on, works, 'month', month('2023-04'), employmentHead);
}

/** The story of a stipend: reserved at an admission, ordered, two months of study, and its end. */
async function stipendWay(on: Pathway): Promise<void> {
  const world = { ...on, ...(await furnish(on)) };
  await on.openCase(world.personId);
  await stipendLine(world, 2024, 10_000_000n);
  const { training, stipend = '' } = await admitted(world, { from: '2024-03-04', to: '2024-04-30' });
  await orderStipend(world, stipend);
  await personsAccount(world);
  await on.until('2024-03-04', '12:00');
  await study(world, training, { state: 'studying', startedOn: '2024-03-04' });
  for (const [month, day] of [
    ['2024-03', '2024-04-04'],
    ['2024-04', '2024-05-06'],
  ] as const) {
    await on.until(day, '12:00');
    const { months } = await on.db.training.findUniqueOrThrow({ where: { id: training } });
    await study(world, training, { months: [...(months as object[]), { month, attended: 20 }] });
    await approve(world, `${stipend}-${month}`, secondFinanceOfficer);
  }
  await on.pass('3d');
}

/** An own business whose register is silent before the registration and about a check, and which is deregistered in the third month. */
async function businessWay(on: Pathway): Promise<void> {
  const { personId } = await seed(on);
  const aCase = `case/${await on.openCase(personId)}`;
  const business = 'business/B-000001';
  await must(on, aCase, 'assessment', written.assessment, caseManager);
  await must(on, aCase, 'business', {}, caseManager);
  await on.sandbox.script({ farm: { down: { for: '16d' } } });
  await on.until('2023-03-02', '12:00');
  await must(on, business, 'preparation', { form: 'farm', trade: 'Bees', help: [] }, caseManager);
  await on.until('2023-03-15', '12:00');
  const document = { number: '7', date: '2023-03-14', issuer: 'State services' };
  const extract = { registered: true, since: '2023-03-02', document };
  await must(on, business, 'evidence', extract, caseManager);
  await on.sandbox.script({ farm: { registers: { pinfl: PINFL, on: '2023-03-02' } } });
  await on.until('2023-04-04', '12:00');
  const spoken = { check: 1, reached: true, sells: true };
  await must(on, business, 'conversation', spoken, caseManager);
  await on.sandbox.script({ farm: { ends: { pinfl: PINFL, on: '2023-05-20' } } });
  await on.until('2023-06-02', '12:00');
  await must(on, business, 'hearing', { confirmed: false, words: 'I still work' }, caseManager);
  await on.until('2023-06-04', '12:00');
}

/** The story of a training: an offer that nobody answers, the next course, the centre's word, and a course that is cancelled. */
async function trainingWay(on: Pathway): Promise<void> {
  const { personId } = await seed(on);
  await knowOfficials(on.db, [employmentHead]);
  await addCentre(on);
  await addCourse(on, 'CO-000002', { firstDay: '2023-05-01', lastDay: '2023-07-31' });
  const aCase = `case/${await on.openCase(personId)}`;
  const training = 'training/T-000001';
  await must(on, aCase, 'assessment', written.assessment, caseManager);
  await must(on, aCase, 'plan', { measures: [{ kind: 'training' }], services: [] }, caseManager);
  await must(on, aCase, 'training', { course: COURSE }, caseManager);
  await on.until('2023-03-08', '12:00');
  await must(on, training, 'decision', { decision: 'offer' }, centreHead);
  await on.until('2023-04-03', '12:00');
  await must(on, training, 'answer', { yes: true, words: 'she comes' }, caseManager);
  await on.until('2023-05-02', '12:00');
  await must(on, training, 'word', { code: 'did_not_come', words: 'not seen' }, trainingOfficer);
  await on.until('2023-05-10', '12:00');
  await must(on, training, 'claimDecision', { stands: false, grounds: 'she was there' }, employmentHead);
}

/** A start subsidy: its business, the review, the order, the register's question and the payment. */
async function startWay(on: Pathway): Promise<void> {
  const world = { ...on, ...(await furnish(on)) };
  await forStarts(world);
  const business = await registeredBusiness(world);
  await personsAccount(world);
  await enter(world, business, [startCost(100_000_00)]);
  await review(world, 'SS-000001');
  await orderStart(world, 'SS-000001');
  await on.pass('1d');
  await approve(world, 'SS-000001-pay', protectionOfficer);
  await on.pass('3d');
}

/** A removal of old data, which waits for its hour and enters the next. */
async function oldData(on: Pathway): Promise<void> {
  const now = await on.clock.now();
  const subject = await enterRun(on.db, dayOf(now), now, new Date(now.getTime() + HOUR_MS));
  await on.workflows.refresh(subject);
  await on.pass('2h');
}

async function holiday({ db, clock, workflows, settle }: Pathway, date: string): Promise<void> {
  await db.calendarEntry.create({ data: { date, week: 'all', kind: 'eid', status: 'published' } });
  const at = await clock.now();
  const change = { id: 'K-000001', date, at, state: 'recomputing', since: at };
  await db.calendarChange.create({ data: change });
  await workflows.refresh(`calendar/${change.id}`);
  await settle();
}

async function must(on: Pathway, ...command: Parameters<Pathway['give']>) {
  const answer = await on.give(...command);
  if (answer.status >= 300) throw new Error(`${command[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
