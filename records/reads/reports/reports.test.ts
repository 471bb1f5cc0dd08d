import { pathwayByPlace, figuresOf, noPathway, pathwayOf } from '../../../domain/reports/pathway';
import { countsOf, firstOrders, noProgramme, programme } from '../../../domain/reports/programme';
import { regions } from '../../../domain/reports/regions';
import { subsidiesByRegion, subsidyTotals } from '../../../domain/reports/subsidies';
import { at, type Day } from '../../../domain/day';
import { programmes } from '../../../domain/policy';
import { contains } from '../../../domain/soato';
import type { Db } from '../../../prisma/db';
import { freshDatabase } from '../../../test/support/database';
import { openDb } from '../../../prisma/db';
import {
  readEntries,
  readOrders,
  readPathwayFacts,
  readSubsidyFacts,
} from '../../../test/support/report-facts';
import { drawnRows } from '../../../test/support/report-rows';
import { readLaw } from '../../kernel/law';
import { numberOn } from '../../kernel/policy-numbers';
import { readPathway } from './pathway';
import type { Places } from './places';
import { readProgramme } from './programme';
import { bases, readSubsidies } from './subsidies';

/** The reports count in the database. The definitions count fact by fact. Both agree on rows that were drawn at random. */

let db: Db;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  db = openDb(database.url, 4);
  drop = database.drop;
  await drawnRows(db, 900);
}, 60_000);
afterAll(async () => {
  await db.$disconnect();
  await drop();
});

const periods: [Day, Day][] = [
  ['2023-01-01', '2023-12-31'],
  ['2023-05-01', '2023-05-31'],
  ['2023-11-15', '2024-03-14'],
  ['2025-01-01', '2025-12-31'],
];
const inRegion: Places = { within: '1703', digits: 7 };
const districts = ['1703200', '1703201', '1703202'].map((soato) => ({ soato }));
const within = <F extends { area: string }>(facts: readonly F[]) =>
  facts.filter(({ area }) => contains(inRegion.within, area));

describe.each(periods)('from %s to %s', (from, to) => {
  test.each(['2023-06-01', '2024-03-20', '2026-01-01'])('the pathway as of %s', async (today) => {
    const now = at(today, '09:00');
    const law = await readLaw(db, db, now);
    const frame = { from, to, now, monthsOn: (day: Day) => numberOn(law, 'retentionMonths', day).n };
    const facts = await readPathwayFacts(db, { from, to });
    const counts = await readPathway(db, { from, to, now });
    const counted = (soato: string) => figuresOf(counts.get(soato) ?? noPathway);
    expect(regions.map((region) => ({ ...region, ...counted(region.soato) }))).toEqual(
      pathwayByPlace(facts, frame, regions),
    );
    expect(counted('')).toEqual(pathwayOf(facts, frame));
    const there = await readPathway(db, { from, to, now }, inRegion);
    expect(districts.map((one) => ({ ...one, ...figuresOf(there.get(one.soato) ?? noPathway) }))).toEqual(
      pathwayByPlace(facts, frame, districts),
    );
    expect(figuresOf(there.get('') ?? noPathway)).toEqual(
      pathwayOf(
        {
          cases: within(facts.cases),
          referrals: within(facts.referrals),
          inspections: within(facts.inspections),
        },
        frame,
      ),
    );
  });

  test('the programme', async () => {
    const entries = await readEntries(db, { from, to });
    const orders = firstOrders(await readOrders(db, { from, to }), entries);
    const counts = await readProgramme(db, { from, to });
    const counted = (soato: string) => counts.get(soato) ?? noProgramme;
    expect(regions.map((region) => ({ ...region, ...counted(region.soato) }))).toEqual(
      programme(entries, orders, regions),
    );
    expect(counted('')).toEqual(countsOf(entries, orders));
    const there = await readProgramme(db, { from, to }, inRegion);
    expect(districts.map((one) => ({ ...one, ...(there.get(one.soato) ?? noProgramme) }))).toEqual(
      programme(entries, orders, districts),
    );
    expect(there.get('')).toEqual(countsOf(within(entries), within(orders)));
  });

  test.each(bases)('the subsidies by the day or month %s', async (basis) => {
    const facts = await readSubsidyFacts(db, { from, to, basis });
    const figures = await readSubsidies(db, { from, to, basis });
    expect(
      regions.flatMap((region) =>
        programmes.map((programme) => ({ ...region, programme, ...figures(region.soato, programme) })),
      ),
    ).toEqual(subsidiesByRegion(facts));
    const { total, ...ofProgrammes } = subsidyTotals(facts);
    expect(figures(null, null)).toEqual(total);
    expect(Object.fromEntries(programmes.map((each) => [each, figures(null, each)]))).toEqual(ofProgrammes);
  });
});

test('the rows reach every part of the reports', async () => {
  const now = at('2026-01-01', '09:00');
  const [from, to] = ['2023-01-01', '2024-12-31'];
  const counts = (await readPathway(db, { from, to, now })).get('');
  expect(Object.entries({ ...counts }).filter(([, n]) => n === 0 || n === null)).toEqual([]);
  expect(Object.values((await readProgramme(db, { from, to })).get('') ?? {}).includes(0)).toBe(false);
  const total = (await readSubsidies(db, { from, to, basis: 'posted' }))(null, null);
  expect(Object.entries(total).filter(([, n]) => !n)).toEqual([]);
});
