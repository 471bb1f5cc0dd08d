import { replay, textOf } from '../support/histories';
import { type Pathway, startPathwayServer } from '../support/pathway-server';

/**
 * A pathway of its own for every test of the file, from 1 March 2023, 09:00. After each test every execution that ran is
 * replayed, and no history holds anything of a person.
 *
 * @returns the pathway of the test that runs
 */
export function eachOnItsPathway(from?: string): () => Pathway {
  let server: Awaited<ReturnType<typeof startPathwayServer>>;
  let pathway: Pathway;
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
      expect(await replay(server.workflowBundle, runs)).toEqual([]);
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
  afterAll(() => server.stop());
  return () => pathway;
}
