import { afterDay, at, addDays } from '../../../domain/day';
import {
  found,
  noTraining,
  refusalColumns,
  type TrainingFact,
  trainingsOf,
} from '../../../domain/reports/training';
import { type Db, openDb } from '../../../prisma/db';
import { freshDatabase } from '../../../test/support/database';
import { readTrainings, readTrainingsBy } from './training';

/** The report counts in the database, and its definition fact by fact. Both agree on rows that were drawn at random. */

interface Drawn extends TrainingFact {
  on: string;
  centre: number;
  field: string;
}

const districts = ['1726269', '1718401', '1718402'];
const fields = ['753', 'entrepreneurship'];
const states = [
  'referred',
  'studying',
  'refused',
  'followed',
  'dropped_out',
  'withdrawn',
  'cancelled',
  'ended',
];

let db: Db;
let drop: () => Promise<void>;
let rows: Drawn[];

/** Pseudo-random numbers from 0 up to a bound, the same in each run. */
const drawing = (seed = 7) => {
  let state = seed;
  return (bound: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * bound);
  };
};

beforeAll(async () => {
  const database = await freshDatabase();
  db = openDb(database.url, 2);
  drop = database.drop;
  const draw = drawing();
  const of = <T>(all: readonly T[]): T => all[draw(all.length)] ?? (all[0] as T);
  rows = Array.from({ length: 400 }, () => {
    const state = of(states);
    const hasStudied = draw(2) === 1;
    return {
      on: addDays('2023-01-01', draw(500)),
      centre: draw(3),
      field: of(fields),
      state,
      isAdmitted: hasStudied || draw(2) === 1,
      hasStudied,
      outcome: hasStudied && draw(2) === 1 ? of(['certificate', 'attended']) : null,
      refusal: state === 'refused' ? of(refusalColumns).code : null,
      lookBacks: hasStudied ? Array.from({ length: 3 }, () => of(['ahead', 'asking', ...found])) : [],
    };
  });
  await db.person.create({
    data: {
      id: 'P-000001',
      pinfl: '31210632040244',
      name: 'A',
      birth: '1963-10-12',
      sex: 'male',
      mahalla: '1726269001',
      phone: '+998901234567',
      skills: [],
      createdAt: at('2023-01-01', '09:00'),
    },
  });
  const now = at('2023-01-01', '09:00');
  await db.case.create({
    data: {
      id: 'C-000001',
      personId: 'P-000001',
      area: '1726269001',
      state: 'closed',
      open: false,
      since: now,
      openedAt: now,
      eligibility: 'yes',
      consent: {},
      correlationId: 'test',
    },
  });
  for (const [n, district] of districts.entries()) {
    await db.centre.create({
      data: { id: `TC-00000${n}`, stir: `30000040${n}`, kind: 'ngo', name: `Centre ${n}`, district },
    });
    for (const [k, field] of fields.entries())
      await db.course.create({
        data: {
          id: `CO-00000${n}${k}`,
          centreId: `TC-00000${n}`,
          field,
          title: field,
          level: 'beginner',
          language: 'uz',
          places: 9,
          rolling: true,
          weeks: 4,
          heldOn: ['monday'],
          startsAt: '09:00',
          endsAt: '12:00',
        },
      });
  }
  await db.training.createMany({
    data: rows.map((row, index) => ({
      id: `T-${index}`,
      caseId: 'C-000001',
      personId: 'P-000001',
      measure: 1,
      centreId: `TC-00000${row.centre}`,
      courseId: `CO-00000${row.centre}${fields.indexOf(row.field)}`,
      area: districts[row.centre] ?? '',
      caseArea: '1726269001',
      state: row.state,
      open: false,
      since: now,
      // The first or the last second of the day in Tashkent.
      referredAt: index % 2 ? at(row.on, '00:00') : new Date(afterDay(row.on).getTime() - 1000),
      ...(row.isAdmitted && { admittedAt: now }),
      ...(row.hasStudied && { startedOn: row.on }),
      ...(row.outcome && { completion: { outcome: row.outcome } }),
      ...(row.refusal && { refusal: { code: row.refusal } }),
      lookBacks: row.lookBacks.map((state, n) => ({ n: n + 1, state })),
      correlationId: 'test',
    })),
  });
}, 60_000);
afterAll(async () => {
  await db.$disconnect();
  await drop();
});

test.each([
  ['2023-01-01', '2024-12-31'],
  ['2023-03-05', '2023-07-19'],
  ['2025-01-01', '2025-01-31'],
])('from %s to %s', async (from, to) => {
  const facts = rows.filter(({ on }) => from <= on && on <= to);
  const counts = await readTrainings(db, { from, to });
  const countedBy = (key: string, is: (fact: Drawn) => boolean, read = counts) =>
    expect(read.get(key) ?? noTraining).toEqual(trainingsOf(facts.filter(is)));
  countedBy('', () => true);
  countedBy('1726', ({ centre }) => centre === 0);
  countedBy('1718', ({ centre }) => centre > 0);
  const there = await readTrainings(db, { from, to }, { within: '1718', digits: 7 });
  countedBy('1718402', ({ centre }) => centre === 2, there);
  countedBy('', ({ centre }) => centre > 0, there);
  const byCentre = await readTrainingsBy(db, 'centre', { from, to });
  countedBy('TC-000001', ({ centre }) => centre === 1, byCentre);
  const byField = await readTrainingsBy(db, 'field', { from, to }, { within: '1718', digits: 4 });
  countedBy('753', ({ field, centre }) => field === '753' && centre > 0, byField);
});

test('the rows reach every part of the report', async () => {
  const all = (await readTrainings(db, { from: '2023-01-01', to: '2024-12-31' })).get('');
  expect(Object.entries({ ...all }).filter(([, n]) => n === 0)).toEqual([]);
});
