import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  countsOf,
  type Entry,
  firstEntries,
  firstOrders,
  type Order,
  programme,
  programmeColumns,
} from './programme';
import { regions } from './regions';

const table = readFileSync(path.join(__dirname, '../../prisma/data/programme-2023.csv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.replaceAll("'", 'ʻ').split(','));
const [header, ...lines] = table;

const entry = (kind: Entry['kind'], more: Partial<Entry> = {}): Entry => ({
  person: 'P-000001',
  on: '2023-01-01',
  area: '1726',
  kind,
  ...more,
});

const order = (more: Partial<Order> = {}): Order => ({
  person: 'P-000001',
  on: '2023-02-01',
  area: '1726',
  ...more,
});

test('has the columns, regions, names and order of the 2023 table', () => {
  expect(['soato', 'region', ...programmeColumns]).toEqual([...(header ?? []), 'self_employment']);
  expect(regions.map(({ soato, region }) => [soato, region])).toEqual(
    lines.map(([soato, region]) => [soato, region]),
  );
});

test('lists all 14 regions even with nothing to count', () => {
  const rows = programme([], [], regions);
  expect(rows).toHaveLength(14);
  expect(rows.every(({ total }) => total === 0)).toBe(true);
});

test.each([
  ['a job', entry('job'), 'permanent_job'],
  ['training', entry('training'), 'training'],
  ['public works', entry('public_works'), 'public_works'],
])('%s counts once, in its column and in the total', (_, one, column) => {
  const counts = countsOf([one], []);
  expect(Object.entries(counts).filter(([, n]) => n > 0)).toEqual([
    ['total', 1],
    [column, 1],
  ]);
});

test('an own business counts once, in its column and not in the total', () => {
  const counts = countsOf([entry('self_employment')], []);
  expect(Object.entries(counts).filter(([, n]) => n > 0)).toEqual([['self_employment', 1]]);
});

test('each entry counts in its own region', () => {
  const rows = programme(
    [entry('job'), entry('job', { area: '1703' }), entry('training', { area: '1703' })],
    [],
    regions,
  );
  expect(rows.find(({ soato }) => soato === '1703')).toMatchObject({
    total: 2,
    permanent_job: 1,
    training: 1,
  });
  expect(rows.find(({ soato }) => soato === '1726')).toMatchObject({ total: 1, permanent_job: 1 });
});

test('of the 2023 table itself gives the table', () => {
  const entries = lines.flatMap(([area = '', , , permanent, training, works, subsidised]) => [
    ...Array.from({ length: Number(permanent) + Number(subsidised) }, () => entry('job', { area })),
    ...Array.from({ length: Number(training) }, () => entry('training', { area })),
    ...Array.from({ length: Number(works) }, () => entry('public_works', { area })),
  ]);
  const orders = lines.flatMap(([area = '', , , , , , subsidised]) =>
    Array.from({ length: Number(subsidised) }, () => order({ area })),
  );
  expect(
    programme(entries, orders, regions).map((row) => [row.soato, row.region, String(row.total)]),
  ).toEqual(lines.map(([soato, region, total]) => [soato, region, total]));
  expect(countsOf(entries, orders)).toMatchObject({
    total: 15297,
    permanent_job: 7194,
    training: 3398,
    public_works: 2900,
    subsidised_job: 1805,
  });
});

test('who is hired again is counted once, on the first day; another measure counts of its own', () => {
  const job = { person: 'P-000001', kind: 'job', area: '1726' } as const;
  const first = { ...job, on: '2023-03-01' };
  const again = { ...job, on: '2023-09-01', area: '1718' };
  const training = { ...job, kind: 'training', on: '2023-01-09' } as const;
  expect(firstEntries([again, first, training])).toEqual([training, first]);
});

describe('an order of a wage subsidy moves a hire', () => {
  test('a span that holds both days shows the subsidised job alone; one with the order alone may be negative', () => {
    expect(countsOf([entry('job')], [order()])).toMatchObject({
      total: 1,
      permanent_job: 0,
      subsidised_job: 1,
    });
    expect(countsOf([], [order()])).toMatchObject({ total: 0, permanent_job: -1, subsidised_job: 1 });
  });

  test('in the region of the hire, once per person, by the first order', () => {
    const hire = entry('job', { area: '1703' });
    const again = order({ on: '2023-05-01' });
    expect(firstOrders([again, order()], [hire])).toEqual([order({ area: '1703' })]);
    expect(firstOrders([order()], [entry('training', { area: '1703' })])).toEqual([order()]);
    const rows = programme([hire], firstOrders([order()], [hire]), regions);
    expect(rows.find(({ soato }) => soato === '1703')).toMatchObject({ permanent_job: 0, subsidised_job: 1 });
    expect(rows.find(({ soato }) => soato === '1726')).toMatchObject({ permanent_job: 0, subsidised_job: 0 });
  });
});
