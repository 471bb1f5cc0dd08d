import type { ObligationKind } from '../domain/obligations';
import type { RowKind } from '../domain/pathways';
import { rowKinds, stagesOf } from '../records/kernel/kinds';
import { waitsIn } from '../workflows/stages';
import { type Bench, seed, startBench } from '../test/support/bench';
import { lightRows, lightWait } from '../test/support/light-rows';
import { rowHandlers } from '.';
import type { AnyRowHandlers } from './row-handlers';

/*
 * In a row of every kind one wait's step always fails, and another wait's step succeeds. These steps only end their wait. The
 * tests of each kind check its real steps.
 */

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;

const light = (handlers: AnyRowHandlers): AnyRowHandlers => ({
  kind: handlers.kind,
  commands: {},
  questions: {},
  steps: Object.fromEntries(
    Object.keys(handlers.steps).map((name) => [
      name,
      async ({ tx, now }, _id, { id }) =>
        void (await tx.task.update({ where: { id }, data: { closedAt: now, nextAt: null } })),
    ]),
  ),
});

beforeEach(async () => {
  bench = await startBench(rowHandlers.map(light));
  bench.expectDefects();
  world = await seed(bench);
  // Every act on a wait changes its row in the database. Here the database refuses each change of the broken wait.
  await bench.db.$executeRaw`
    CREATE FUNCTION refuse_broken() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'broken'; END $$`;
  await bench.db.$executeRaw`
    CREATE TRIGGER broken BEFORE UPDATE ON tasks FOR EACH ROW
    WHEN (OLD.ref = 'broken' AND (OLD.next_at, OLD.rung) IS DISTINCT FROM (NEW.next_at, NEW.rung))
    EXECUTE FUNCTION refuse_broken()`;
});
afterEach(async () => {
  await bench.db.$executeRaw`DROP FUNCTION refuse_broken CASCADE`;
  await bench.close();
});

/** The stage with the most waits of a kind, and two of its waits. A stage with a single wait gives that wait twice. */
function twoWaits(kind: RowKind): { state: string; broken: ObligationKind; other: ObligationKind } {
  const stages = stagesOf(kind);
  const all = Object.keys(stages.table)
    .filter((state) => state !== 'anyStage')
    .map((state) => ({ state, waits: Object.keys(waitsIn(stages, state)) as ObligationKind[] }));
  const [{ state, waits } = { state: '', waits: [] }] = all.toSorted(
    (a, b) => b.waits.length - a.waits.length,
  );
  const [broken, other = broken] = waits;
  if (!broken || !other) throw new Error(`${kind} has no wait`);
  return { state, broken, other };
}

test.each(rowKinds)(
  '%s: a wait whose step always fails is put aside, and the step of the next wait is done',
  async (kind) => {
    const { state, broken, other } = twoWaits(kind);
    const id = kind === 'adaptation' ? 'A-000001' : 'X-000001';
    await lightRows(bench.db, 'subsidy', ['S-000001'], 'running');
    // A referral is read with its employer and its job, a claim with its subsidy.
    const readWith: Partial<Record<RowKind, Record<string, string>>> = {
      referral: { employer_id: `'${world.employerId}'`, vacancy_id: `'${world.vacant}'` },
      claim: { subsidy_id: `'S-000001'` },
    };
    const said = readWith[kind] ?? {};
    const [subject = ''] = await lightRows(bench.db, kind, [id], state, said);
    const now = await bench.clock.now();
    const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
    await bench.db.task.createMany({
      data: [lightWait(subject, broken, ago(20), 'broken'), lightWait(subject, other, ago(10))],
    });

    await bench.activities.advance(subject);

    const tasks = await bench.db.task.findMany({ where: { subject }, orderBy: { id: 'asc' } });
    const [aside, done, defect] = tasks;
    expect({ kind: aside?.kind, closedAt: aside?.closedAt, until: aside?.asideUntil }).toEqual({
      kind: broken,
      closedAt: null,
      until: new Date('2023-03-02T09:00:00+05:00'),
    });
    expect(done?.nextAt === null || (done?.nextAt as Date) > now).toBe(true);
    expect(defect).toMatchObject({
      kind: 'defect',
      ref: `${broken}/broken`,
      role: 'administrator',
      closedAt: null,
    });
    expect(tasks).toHaveLength(3);
    expect(await bench.events(subject)).toContain('defect');
  },
);
