import { replay, type RunWithHistory, textOf } from '../support/histories';
import { type Pathway, startPathwayServer } from '../support/pathway-server';

/**
 * A new pathway for every test of the file, from 1 March 2023, 09:00. After each test no history may hold personal data. At the end
 * every execution is replayed, all at once, because a replay has a worker of its own.
 *
 * @returns the pathway of the test that runs
 */
export function eachOnItsPathway(from?: string): () => Pathway {
  let server: Awaited<ReturnType<typeof startPathwayServer>>;
  let pathway: Pathway;
  const ran: (RunWithHistory & { test: string })[] = [];
  beforeAll(async () => {
    server = await startPathwayServer();
  });
  beforeEach(async () => {
    pathway = await server.begin(from);
  });
  afterEach(async () => {
    try {
      pathway.faults.clear();
      await pathway.startWorker();
      const runs = await pathway.allRuns();
      const test = expect.getState().currentTestName ?? '';
      ran.push(...runs.map((run) => ({ ...run, test })));
      const personal = await pathway.personalData();
      expect(personal.length).toBeGreaterThan(0);
      for (const { workflowId, history } of runs) {
        const text = textOf(history);
        expect({ workflowId, holds: personal.filter((each) => text.includes(each)) }).toEqual({
          workflowId,
          holds: [],
        });
      }
    } finally {
      await pathway.end();
    }
  });
  afterAll(async () => {
    await server.stop();
    expect(ran.length).toBeGreaterThan(0);
    expect(await replay(server.workflowBundle, ran)).toEqual([]);
  }, 60_000);
  return () => pathway;
}
