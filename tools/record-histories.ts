/**
 * `node tools/run.mjs tools/record-histories.ts` records the histories in `test/histories` anew: one person's way on the
 * time-skipping server, through every kind of workflow, and a referral walked by an incompatible version.
 *
 * The replay test tells whether today's code still follows what is on its way in production. When it fails after a change of
 * `workflows/`, first make the change compatible (`patched()`), or upgrade by beginning every workflow again from its row
 * (docs/operations.md). Record anew only when no execution of the old code is left to go on, or to add a workflow or
 * a stage that is not recorded yet; never to silence the test.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { caseManager, employerActor, inspector, PINFL, seed, STIR } from '../test/support/bench';
import setUp from '../test/support/global-setup.mjs';
import tearDown from '../test/support/global-teardown.mjs';
import { type Pathway, startPathwayServer } from '../test/support/pathway-server';
import { INCOMPATIBLE, keep, RECORDED, recordedFiles } from '../test/support/recorded';
import { bundle } from '../test/support/workflow-code';

const OLD_REFERRAL = 'referral/R-000001';

async function main(): Promise<void> {
  await setUp();
  try {
    await record(RECORDED, await startPathwayServer(), wholeWay, () => true);
    const incompatible = await bundle(path.join(INCOMPATIBLE, 'workflows.ts'));
    await record(
      INCOMPATIBLE,
      await startPathwayServer(incompatible),
      async (pathway) => {
        await pathway.referred(await seed(pathway));
        await pathway.pass('1d');
      },
      (subject) => subject === OLD_REFERRAL,
    );
  } finally {
    await tearDown();
  }
}

async function record(
  folder: string,
  server: Awaited<ReturnType<typeof startPathwayServer>>,
  story: (pathway: Pathway) => Promise<void>,
  isKept: (subject: string) => boolean,
): Promise<void> {
  const pathway = await server.begin();
  try {
    await story(pathway);
    const runs = (await pathway.allRuns()).filter(({ workflowId }) => isKept(workflowId));
    for (const file of recordedFiles(folder)) rmSync(file);
    for (const run of runs) keep(folder, run);
    process.stdout.write(`${folder}: ${runs.map(({ workflowId }) => workflowId).join(', ')}\n`);
  } finally {
    await pathway.end();
    await server.stop();
  }
}

/** Silence and its inspection, a holiday, a second referral and the hire, an end taken back, six checks, the closure. */
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
