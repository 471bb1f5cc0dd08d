import path from 'node:path';
import { Diary } from './diary';
import { drawOf } from './draw';
import { readProfile } from './profile';
import { compared } from './report';
import { columns, readTable, totalOf } from './table';

const file = path.resolve(__dirname, '../../../prisma/data/programme-2023.csv');

test('the whole table, and a hundredth of it', () => {
  const whole = readTable(file, 1);
  expect(whole.reduce((sum, row) => sum + totalOf(row), 0)).toBe(15_297);
  const hundredth = readTable(file, 0.01);
  expect(hundredth.reduce((sum, row) => sum + totalOf(row), 0)).toBe(153);
  expect(hundredth[0]).toMatchObject({ soato: '1735', counts: { permanent_job: 5 } });
});

test('lives wait for their days, and a day ends when no life acts on it', async () => {
  const diary = new Diary('2023-01-01');
  const told: string[] = [];
  const live = async (name: string, days: readonly number[]) => {
    for (const n of days) {
      await diary.after(n);
      told.push(`${diary.today} ${name}`);
    }
  };
  diary.begin(() => live('a', [0, 2, 1]));
  diary.begin(async () => {
    await live('b', [1, 2]);
    diary.begin(() => live('c', [400]));
  });
  const mornings: string[] = [];
  await diary.live('2023-12-31', async (day) => {
    await Promise.resolve();
    mornings.push(day);
  });
  expect(mornings).toEqual(['2023-01-02', '2023-01-03', '2023-01-04']);
  expect(told.toSorted()).toEqual([
    '2023-01-01 a',
    '2023-01-02 b',
    '2023-01-03 a',
    '2023-01-04 a',
    '2023-01-04 b',
  ]);
});

test('a life that fails ends the year', async () => {
  const diary = new Diary('2023-01-01');
  diary.begin(() => Promise.reject(new Error('no job')));
  await expect(diary.live('2023-12-31', () => Promise.resolve())).rejects.toThrow('no job');
});

test('random draws can be repeated and keep to the shares', () => {
  const drawn = (seed: number) =>
    Array.from(
      { length: 1000 },
      (
        (draw) => () =>
          draw.one({ a: 0.7, b: 0.3 })
      )(drawOf(seed, 'x')),
    );
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
  expect(drawn(1).filter((key) => key === 'a').length / 1000).toBeCloseTo(0.7, 1);
  const spans = Array.from(
    { length: 200 },
    (
      (draw) => () =>
        draw.between([2, 4])
    )(drawOf(1, 'y')),
  );
  expect(new Set(spans)).toEqual(new Set([2, 3, 4]));
});

test('the report must agree to the person in the columns of jobs', () => {
  const counts = { permanent_job: 3, training: 2, public_works: 1, subsidised_job: 1 };
  const rows = [{ soato: '1735', name: 'Qoraqalpogʻiston', counts }];
  expect(compared(rows, [{ soato: '1735', ...counts }]).agrees).toBe(true);
  expect(compared(rows, [{ soato: '1735', ...counts, training: 1 }]).agrees).toBe(true);
  expect(compared(rows, [{ soato: '1735', ...counts, permanent_job: 2 }])).toMatchObject({ agrees: false });
  expect(
    compared(rows, [
      { soato: '1735', ...counts },
      { soato: '1703', ...counts },
    ]).agrees,
  ).toBe(false);
  expect(compared(rows, []).lines.join('\n')).toContain('0 of 3 !');
  expect(columns).toHaveLength(4);
});

test('the profile of the product is valid', () => {
  expect(Object.values(readProfile().employer).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});
