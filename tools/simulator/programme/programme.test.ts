import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathwayOf } from '../../../domain/reports/pathway';
import { ScenarioError } from '../scenario';
import { Diary } from './diary';
import { drawOf } from './draw';
import { readProfile } from './profile';
import { compared } from './report';
import { changedLaw, lawOn } from './rules';
import { sideBySide } from './side-by-side';
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

test('the report must agree to the person in all columns', () => {
  const counts = { permanent_job: 3, training: 2, public_works: 1, subsidised_job: 1 };
  const rows = [{ soato: '1735', name: 'Qoraqalpogʻiston', counts }];
  expect(compared(rows, [{ soato: '1735', ...counts }]).agrees).toBe(true);
  expect(compared(rows, [{ soato: '1735', ...counts, training: 1 }]).agrees).toBe(false);
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

describe('changed rules', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'changes-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const law = lawOn('2023-01-01');
  function changed(text: string) {
    const name = path.join(folder, 'changes.json');
    fs.writeFileSync(name, text);
    return changedLaw(law, name);
  }

  test('are said in words, and the others stay', () => {
    const { rules, changed: said } = changed(
      '{"lengths":{"employerDecision":{"n":3}},"numbers":{"retentionMonths":9},"programmes":{"hire_pwd":{"multiple":200}}}',
    );
    expect(said?.lines).toEqual([
      'programmes.hire_pwd.multiple: 150, now 200',
      'lengths.employerDecision: 5 days, now 3 days',
      'numbers.retentionMonths: 6, now 9',
    ]);
    expect(rules.lengths.resolution).toEqual(law.rules.lengths.resolution);
  });

  test.each([
    [
      '{"lengths":{"lunch":{"n":1,"unit":"days"}}}',
      /lengths\.lunch: Is not a known field\. Known are: employerDecision/,
    ],
    ['{"lengths":{"plan":{"n":-1}}}', /lengths\.plan\.n: /],
    ['[]', /is no JSON object/],
    ['{', /JSON/],
  ])('%s is refused', (text, message) => {
    expect(() => changed(text)).toThrow(message);
    expect(() => changed(text)).toThrow(ScenarioError);
  });

  test('a missing file is refused with its name', () => {
    expect(() => changedLaw(law, '/none/changes.json')).toThrow('/none/changes.json');
  });
});

test('two years side by side: waits, answers, inspections, people in work, and those whom a rule stopped', () => {
  const none = { n: 0, median: undefined, p90: undefined };
  const year = (silent: number, stopped: ReadonlyMap<string, number>) => ({
    stopped,
    outcome: {
      figures: {
        ...pathwayOf(
          { cases: [], referrals: [], inspections: [] },
          { from: '2023-01-01', to: '2023-12-31', now: new Date('2024-01-01'), monthsOn: () => 6 },
        ),
        referrals_5_days: 4,
        silent,
      },
      waits: { work: { n: 4, median: 12.25, p90: 40 }, answer: none, resolution: none },
      withoutWork: 0,
    },
  });
  const lines = sideBySide(year(1, new Map()), year(2, new Map([['Too young.', 3]])), {
    file: 'changes.json',
    lines: ['a: 1, now 2'],
  });
  expect(lines.slice(0, 2)).toEqual(['changes.json changes:', '  a: 1, now 2']);
  const line = (name: string) => lines.find((each) => each.trimStart().startsWith(name));
  expect(line('a person, from the plan to work')).toMatch(/ 12\.3 and 40 \(of 4\) +12\.3 and 40 \(of 4\)$/);
  expect(line('an inspection, for its resolution')).toMatch(/ none +none$/);
  expect(line('silent')).toMatch(/ 1 of 4 \(25 %\) +2 of 4 \(50 %\)$/);
  expect(line('within 28 days')).toMatch(/ none yet +none yet$/);
  expect(line('stopped by a rule')).toMatch(/ 0 +3$/);
  expect(lines.at(-1)).toBe('Stopped by a rule, 3: Too young.');
});

test('the profile of the product is valid', () => {
  expect(Object.values(readProfile().employer).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});
