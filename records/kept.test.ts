import type { Db } from '../prisma/db';
import { openDb } from '../prisma/db';
import { freshDatabase } from '../test/support/database';
import { filledRows, lightWait } from '../test/support/light-rows';
import { Prisma } from '../prisma/generated/client';
import { mendKept } from './kept';
import { replaceMeasures } from './kernel/measures';
import { pairsOf } from './joining';

/** Facts that the database keeps beside the rows that they follow from. */

let db: Db;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  db = openDb(database.url, 4);
  drop = database.drop;
});
afterAll(async () => {
  await db.$disconnect();
  await drop();
});

describe('the doubles', () => {
  const names = ['Karimov Anvar', 'Anvar Karimov', 'Karimov Anvar Olim o‘g‘li', 'Saidova Nodira', 'Karimov'];
  const person = (n: number) => ({
    id: `P-${String(n).padStart(6, '0')}`,
    pinfl: `3${String(n).padStart(13, '0')}`,
    name: names[n % names.length] ?? '',
    birth: n % 2 === 0 ? '1988-03-04' : '1990-01-01',
    sex: 'male',
    mahalla: n % 3 === 0 ? '1703202001' : '1703202002',
    createdAt: new Date('2026-03-02T09:00:00+05:00'),
  });
  const kept = () => db.$queryRaw`SELECT a, b, mahalla FROM doubles ORDER BY a, b`;
  const possible = () => db.$queryRaw`SELECT a, b, mahalla FROM possible_doubles ORDER BY a, b`;
  const asDefined = async () => expect(await kept()).toEqual(await possible());

  test('are those of the definition after each change of a record', async () => {
    for (let n = 0; n < 40; n++) await db.person.create({ data: person(n) });
    expect((await pairsOf(db, { area: '1703202', n: 100 })).length).toBeGreaterThan(20);
    await asDefined();
    for (const [n, data] of [
      { name: 'Saidova Nodira' },
      { name: 'Karimov' },
      { birth: '1990-01-01' },
      { mahalla: '1703202003' },
      { mahalla: '1703202001', birth: '1988-03-04', name: 'Karimov Anvar' },
      { joinedTo: 'P-000030' },
      { phone: '+998901112233' },
    ].entries()) {
      await db.person.update({ where: { id: person(n * 2).id }, data });
      await asDefined();
    }
    await db.person.update({ where: { id: 'P-000010' }, data: { joinedTo: null } });
    await asDefined();
  });

  test('two records that are written at the same time find each other', async () => {
    const both = [person(1001), { ...person(1001), id: 'P-002002', pinfl: '39999999999999' }];
    await Promise.all(
      both.map((data) =>
        db.$transaction(async (tx) => {
          await tx.person.create({ data });
          await tx.$executeRaw`SELECT 1 FROM (SELECT pg_sleep(0.3)) AS slow`;
        }),
      ),
    );
    expect(await pairsOf(db, { of: 'P-002002', n: 100 })).toContainEqual({ a: 'P-001001', b: 'P-002002' });
    await asDefined();
  });

  test('are found anew where they differ, with words about it', async () => {
    expect(await mendKept(db, ['doubles'])).toEqual([]);
    const [first] = await pairsOf(db, { n: 1 });
    await db.$executeRaw`DELETE FROM doubles WHERE a = ${first?.a} AND b = ${first?.b}`;
    await db.$executeRaw`INSERT INTO doubles VALUES ('P-000001', 'P-000033', '1703202009')`;
    expect(await mendKept(db, ['doubles'])).toEqual([`doubles of ${first?.a}`, 'doubles of P-000001']);
    await asDefined();
    expect(await mendKept(db, ['doubles'])).toEqual([]);
  });

  test('found anew while a record of a pair is written: both succeed', async () => {
    const [pair] = await pairsOf(db, { n: 1 });
    if (!pair) throw new Error('no pair');
    await db.$executeRaw`DELETE FROM doubles WHERE a = ${pair.a} AND b = ${pair.b}`;
    await Promise.all([
      mendKept(db, ['doubles']),
      db.$transaction(async (tx) => {
        await tx.$executeRaw`UPDATE people SET name = name WHERE id = ${pair.b}`;
        await tx.$executeRaw`SELECT 1 FROM (SELECT pg_sleep(0.3)) AS slow`;
      }),
    ]);
    expect(await mendKept(db, ['doubles'])).toEqual([]);
  });
});

describe('the region of an employer with a job elsewhere', () => {
  const kept = async () =>
    (await db.vacancy.findMany({ orderBy: { id: 'asc' } })).map(({ employerElsewhere }) => employerElsewhere);

  test('follows the employer and the job', async () => {
    const employer = { id: 'E-000001', stir: '200000001', name: 'Tikuv', district: '1703202' };
    await db.employer.create({ data: employer });
    const job = { employerId: employer.id, kind: 'vacant', work: '753', title: 'Tikuvchi', places: 1 };
    const data = { ...job, wage: 3_000_000n, state: 'open', hoursPerWeek: 40 };
    await db.vacancy.create({ data: { ...data, id: 'V-000001', district: '1703203' } });
    await db.vacancy.create({ data: { ...data, id: 'V-000002', district: '1706204' } });
    expect(await kept()).toEqual([null, '1703']);
    await db.employer.update({ where: { id: employer.id }, data: { district: '1706204' } });
    expect(await kept()).toEqual(['1706', null]);
    await db.vacancy.update({ where: { id: 'V-000001' }, data: { district: '1706205' } });
    expect(await kept()).toEqual([null, null]);
    await db.$executeRaw`UPDATE vacancies SET employer_elsewhere = '1703' WHERE id = 'V-000001'`;
    expect(await mendKept(db, ['regionsOfEmployers'])).toEqual(['region of the employer of V-000001']);
    expect(await kept()).toEqual([null, null]);

    // A job that is entered while its employer moves.
    const moving = db.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE employers SET district = '1726262' WHERE id = ${employer.id}`;
      await tx.$executeRaw`SELECT 1 FROM (SELECT pg_sleep(0.5)) AS slow`;
    });
    await db.$executeRaw`SELECT 1 FROM (SELECT pg_sleep(0.1)) AS slow`;
    await db.vacancy.create({ data: { ...data, id: 'V-000003', district: '1706204' } });
    await moving;
    expect((await kept())[2]).toBe('1726');
    expect(await mendKept(db, ['regionsOfEmployers'])).toEqual([]);
  });
});

const openedAt = new Date('2026-03-02T09:00:00+05:00');
const inspected = {
  ground: 'rejection',
  jobKind: 'vacant',
  area: '1706',
  facts: {},
  open: false,
  personId: 'P-1',
  employerId: 'E-1',
  state: 'unjustified',
  correlationId: 'c',
  since: openedAt,
  openedAt,
};

describe('the area of an inspection’s case', () => {
  const areas = async () => {
    const rows = await db.inspection.findMany({ orderBy: { id: 'asc' }, select: { caseArea: true } });
    return rows.map(({ caseArea }) => caseArea);
  };

  test('follows the case', async () => {
    const one = Prisma.sql`generate_series(1, 1) AS n`;
    const row = { state: `'x'`, person_id: `'P-1'`, open: 'false' };
    await filledRows(db, 'cases', { ...row, id: `'C-000001'`, area: `'1703202001'` }, one);
    await db.inspection.create({ data: { ...inspected, id: 'I-000001', caseId: 'C-000001' } });
    await db.inspection.create({ data: { ...inspected, id: 'I-000002' } });
    expect(await areas()).toEqual(['1703202001', null]);
    await db.$executeRaw`UPDATE cases SET area = '1706204001'`;
    expect(await areas()).toEqual(['1706204001', null]);
    await db.$executeRaw`UPDATE inspections SET case_area = '1703' WHERE id = 'I-000001'`;
    expect(await mendKept(db, ['areasOfCases'])).toEqual(['area of the case of I-000001']);
    expect(await areas()).toEqual(['1706204001', null]);
  });
});

describe('the district of the employer of an inspection’s referral', () => {
  const kept = async (id: string) =>
    (await db.inspection.findUniqueOrThrow({ where: { id } })).employerDistrict;
  const slowly = () => db.$executeRaw`SELECT 1 FROM (SELECT pg_sleep(0.1)) AS slow`;

  test('follows that employer, whatever the inspection’s own', async () => {
    const one = Prisma.sql`generate_series(1, 1) AS n`;
    await filledRows(
      db,
      'employers',
      { id: `'E-' || n`, stir: `'30000000' || n`, district: `'170320' || n` },
      Prisma.sql`generate_series(1, 2) AS n`,
    );
    const referral = { state: `'x'`, open: 'false', case_id: `'C-000002'`, employer_id: `'E-1'` };
    await filledRows(db, 'referrals', { ...referral, id: `'R-000001'` }, one);
    const inspect = (id: string, referralId: string | null) =>
      db.inspection.create({ data: { ...inspected, employerId: 'E-2', id, referralId } });
    await inspect('I-000011', 'R-000001');
    await inspect('I-000012', null);
    expect([await kept('I-000011'), await kept('I-000012')]).toEqual(['1703201', null]);
    await db.$executeRaw`UPDATE employers SET district = '1706204' WHERE id = 'E-2'`;
    expect(await kept('I-000011')).toBe('1703201');
    await db.$executeRaw`UPDATE employers SET district = '1706205' WHERE id = 'E-1'`;
    expect([await kept('I-000011'), await kept('I-000012')]).toEqual(['1706205', null]);
    await db.$executeRaw`UPDATE inspections SET employer_district = '1703201' WHERE id = 'I-000011'`;
    expect(await mendKept(db, ['districtsOfEmployers'])).toEqual(['district of the employer of I-000011']);
    expect(await kept('I-000011')).toBe('1706205');

    // An inspection that opens while the employer moves.
    const moving = db.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE employers SET district = '1726262' WHERE id = 'E-1'`;
      await tx.$executeRaw`SELECT 1 FROM (SELECT pg_sleep(0.5)) AS slow`;
    });
    await slowly();
    await inspect('I-000013', 'R-000001');
    await moving;
    expect([await kept('I-000011'), await kept('I-000013')]).toEqual(['1726262', '1726262']);
  });
});

describe('the participations of a case', () => {
  const kept = () => db.$queryRaw`SELECT * FROM participations ORDER BY case_id, n`;
  const asDefined = async (count: number) => {
    const rows = await kept();
    expect(rows).toEqual(await db.$queryRaw`SELECT * FROM counted_participations ORDER BY case_id, n`);
    expect(rows).toHaveLength(count);
  };

  test('are those of the definition after each change of the case, its measures and its hires', async () => {
    const id = 'C-000007';
    const one = Prisma.sql`generate_series(1, 1) AS n`;
    await filledRows(
      db,
      'cases',
      { state: `'x'`, person_id: `'P-000001'`, open: 'false', id: `'${id}'`, area: `'1703202001'` },
      one,
    );
    const planned = (day: number) =>
      db.$executeRaw`UPDATE cases SET planned_at = ${`2025-03-0${day}T12:00:00+05:00`}::timestamptz WHERE id = ${id}`;
    const training = { n: 1, kind: 'training', region: '1703', startedOn: '2025-03-10' };
    const job = { n: 2, kind: 'job', region: '1703' };
    await replaceMeasures(db, id, [training, job]);
    await asDefined(0);
    await planned(3);
    await asDefined(0);
    const hire = {
      caseId: id,
      personId: 'P-000001',
      employerId: 'E-1',
      hiredOn: '2025-05-31',
      confirmedAt: new Date('2025-06-02T09:00:00+05:00'),
      how: 'referral',
      proof: 'yammt',
      area: '1703202001',
      state: 'in_force',
      since: new Date('2025-06-02T09:00:00+05:00'),
      correlationId: 'c',
      open: false,
    };
    await db.employment.create({ data: { ...hire, id: 'J-000001' } });
    await asDefined(1);
    await replaceMeasures(db, id, [{ ...training, endedOn: '2025-05-20' }, job]);
    await asDefined(1);
    await replaceMeasures(db, id, [{ ...job, n: 1 }]);
    await asDefined(1);
    await replaceMeasures(db, id, [
      { ...job, n: 1 },
      { ...training, n: 2, endedOn: '2025-06-20' },
    ]);
    await asDefined(2);
    await db.employment.create({ data: { ...hire, id: 'J-000002', endedOn: '2025-06-10' } });
    await db.task.create({ data: lightWait('retention/J-000003', 'check', hire.since) });
    await db.employment.create({ data: { ...hire, id: 'J-000003', open: true } });
    await asDefined(2);
    for (const data of [
      { open: false, state: 'retained' },
      { months: 3 },
      { hiredOn: '2025-04-30' },
      { endedOn: '2025-09-01' },
      { how: 'successor' },
      { confirmedAt: new Date('2025-04-01T09:00:00+05:00') },
    ]) {
      await db.employment.update({ where: { id: 'J-000003' }, data });
      await asDefined(2);
    }
    await planned(1);
    await db.$executeRaw`UPDATE cases SET area = '1706204001' WHERE id = ${id}`;
    await asDefined(2);
    expect(await mendKept(db, ['participations'])).toEqual([]);
  });

  test('are counted anew where they differ', async () => {
    expect(await mendKept(db, ['participations'])).toEqual([]);
    await db.$executeRaw`UPDATE participations SET hires = 9 WHERE n = 0`;
    await db.$executeRaw`INSERT INTO participations SELECT 'C-000009', n, start, before, area, in_work, hires, retained, not_known FROM participations WHERE n = 0`;
    expect(await mendKept(db, ['participations'])).toEqual([
      'participations of C-000007',
      'participations of C-000009',
    ]);
    await asDefined(2);
    expect(await mendKept(db, ['participations'])).toEqual([]);
  });
});
