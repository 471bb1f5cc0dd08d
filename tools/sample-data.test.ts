import { openDb } from '../prisma/db';
import { defaultSettings } from '../domain/settings';
import { pinflProblem } from '../domain/pinfl';
import { freshDatabase } from '../test/support/database';
import { manualClock, startSandbox } from '../test/support/sandbox';
import { people } from './sample/tables';
import { loadSampleData, sampleRegisterWorld, wakeSampleRows } from './sample-data';

test('a second load of the sample world changes nothing', async () => {
  const database = await freshDatabase();
  const db = openDb(database.url, 4);
  try {
    const records = { db, clock: manualClock('2023-03-01T09:00:00+05:00'), settings: defaultSettings };
    await loadSampleData({ records });
    const counted = async () => ({
      regions: await db.territory.count({ where: { kind: 'region' } }),
      people: await db.person.count(),
      employers: await db.employer.count(),
      vacancies: await db.vacancy.count(),
      centres: await db.centre.count(),
      courses: await db.course.count(),
      trainingOfficers: await db.official.count({ where: { centreId: { not: null } } }),
      events: await db.event.count(),
      accounts: await db.account.count({ where: { state: 'confirmed' } }),
      lines: await db.budgetLine.count({ where: { amount: { gt: 0 } } }),
      wakes: await db.outbox.count(),
    });
    const first = await counted();
    expect(first).toMatchObject({
      regions: 14,
      people: 31,
      employers: 10,
      vacancies: 25,
      centres: 2,
      courses: 6,
      trainingOfficers: 6,
      accounts: 10,
      lines: 30,
      wakes: 30,
    });
    await loadSampleData({ records });
    expect(await counted()).toEqual(first);

    const [events, roles] = await Promise.all([
      db.event.findMany({ select: { at: true } }),
      db.official.groupBy({ by: ['role'] }),
    ]);
    expect(new Set(events.map(({ at }) => at.toISOString()))).toEqual(new Set(['2023-03-01T04:00:00.000Z']));
    expect(roles).toHaveLength(8);
    const offices = await db.official.groupBy({
      by: ['area', 'rank', 'fund'],
      where: { role: { in: ['finance_officer', 'employment_officer'] } },
      _count: true,
    });
    expect(offices).toHaveLength(18);
    for (const { rank, _count } of offices) expect(_count).toBeGreaterThanOrEqual(rank === 'head' ? 1 : 2);
    const twin = await db.official.findMany({ where: { person: 'farrux-norqulov' } });
    expect(twin.map(({ role }) => role).toSorted()).toEqual(['employment_officer', 'finance_officer']);

    const woken: string[] = [];
    await wakeSampleRows(db, (subject) => Promise.resolve(void woken.push(subject)));
    expect(woken).toContain('line/hire_pwd-1726-2025');
    expect(await db.outbox.count()).toBe(0);

    const person = await db.person.findUniqueOrThrow({ where: { pinfl: '31210632040244' } });
    expect(person).toMatchObject({ id: 'P-000001', recommendedUntil: '2025-03-01', birth: '1963-10-12' });
  } finally {
    await db.$disconnect();
    await database.drop();
  }
});

test('every sample person has a valid number, and TIEK knows the examined people', async () => {
  expect(people().filter(({ pinfl }) => pinflProblem(pinfl) !== undefined)).toEqual([]);
  const sandbox = await startSandbox();
  try {
    await sandbox.script({ load: sampleRegisterWorld('2023-03-01') });
    expect(await sandbox.registers.tiek.recommendation('31210632040244')).toMatchObject({
      answer: 'yes',
      group: 2,
      validUntil: '2025-03-01',
    });
    expect([...sandbox.world.contracts.values()].flat()).toHaveLength(2);
  } finally {
    await sandbox.close();
  }
});
