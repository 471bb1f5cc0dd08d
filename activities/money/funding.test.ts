import { apply, line, type MoneyBench, reviewer, startMoneyBench } from '../../test/support/money';
import { wakeQueue } from './funding';

let bench: MoneyBench;
afterEach(() => bench.close());

test('a subsidy that waited on a line that was never opened waits on the next year’s line, and goes on by itself there', async () => {
  bench = await startMoneyBench('2024-12-23T09:00:00+05:00', { onLines: 0n });
  const never = 'hire_pwd-1726-2024';
  await bench.db.task.deleteMany({ where: { subject: `line/${never}` } });
  await bench.db.budgetLine.delete({ where: { id: never } });
  const id = await apply(bench, '2024-11-01');
  await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  const waitsOn = async () =>
    (
      await bench.db.commitment.findMany({
        where: { subsidyId: id },
        distinct: ['lineId'],
        orderBy: { lineId: 'asc' },
      })
    ).map(({ lineId }) => lineId);
  expect(await waitsOn()).toEqual([never, 'hire_pwd-1726-2025']);
  bench.clock.set(new Date('2025-01-06T09:00:00+05:00'));
  const opened = await line(bench, 'hire_pwd', 2025, 1_000_000_000n);
  await bench.write('line/test', (transaction) => wakeQueue(transaction, [opened]));
  await bench.settle();
  expect(await waitsOn()).toEqual([opened]);
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ordering' });
});
