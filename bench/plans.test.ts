import { testApi } from '../test/support/api';
import { watchStatements } from '../test/support/statements';
import { type Counts, held } from './counts';
import { NOW, senderTo } from './measures/reading';
import { planner } from './plans';
import { named, readingRequests } from './requests';
import { seedRepublic } from './seed';

/*
 * The plans of every list, report, single row and timeline among 10,000 cases. Sequential scans are forbidden to the planner, as they
 * are in effect at a million rows. A growing table that is scanned all the same has no index for the statement. Times do not count.
 */

const CASES = 10_000;
/** A request may read so many rows of growing tables, or as many as counts.json knows of it. */
const FREE = 2000;

const watch = watchStatements();
let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  api.time.now = NOW;
  await seedRepublic(api.url, CASES, { isSampled: false });
}, 300_000);
afterAll(async () => {
  await api.close();
  watch.stop();
});

test('no request reads more rows than is known, and none scans a growing table', async () => {
  const send = senderTo(api);
  const plans = await planner(api.url, '-c enable_seqscan=off');
  const { requests } = await readingRequests(send);
  const failed: string[] = [];
  const found: Counts['plans'] = {};
  for (const request of requests) {
    const statements = await watch.of(async () => {
      const { status, body } = await send(request);
      if (status !== 200) failed.push(`${named(request)}: ${status} ${JSON.stringify(body)}`);
    });
    const planned = await plans.of(statements);
    const rows = planned.reduce((sum, plan) => sum + plan.rows, 0);
    const scanned = [...new Set(planned.flatMap((plan) => plan.scanned))];
    if (rows > FREE || scanned.length > 0) found[named(request)] = { rows, scanned };
  }
  await plans.close();
  expect(failed).toEqual([]);
  expect(requests.length).toBeGreaterThan(150);
  const known = held('plans', found);
  const worse = Object.entries(found).filter(([name, { rows, scanned }]) => {
    const before = known[name] ?? { rows: FREE, scanned: [] };
    return rows > before.rows * 1.05 || scanned.some((table) => !before.scanned.includes(table));
  });
  expect(Object.fromEntries(worse)).toEqual({});
}, 300_000);
