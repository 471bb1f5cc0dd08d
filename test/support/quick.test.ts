import path from 'node:path';
import quick from './quick.cjs';

const root = path.resolve(__dirname, '../..');

test('quick tests need no Temporal server and play no months of workflows; they may need PostgreSQL', () => {
  const quickOnes = ['domain/day.test.ts', 'records/kernel/offices.test.ts', 'api/people/people.test.ts'];
  const others = [
    'test/e2e/kill.test.ts',
    'test/e2e/start.test.ts',
    'test/scenarios/first.test.ts',
    'test/workflows/updates.test.ts',
    'tools/simulator/server.test.ts',
    'activities/employment.test.ts',
  ];
  const { filtered } = quick([...quickOnes, ...others].map((file) => path.join(root, file)));
  expect(filtered.map((file) => path.relative(root, file))).toEqual(quickOnes);
});
