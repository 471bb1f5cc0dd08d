import { warmDatabase } from '../../test/support/database';
import { Prisma } from '../../prisma/generated/client';
import type { Db } from '../../prisma/db';
import { insertInto, updateIn, plus } from './writing';

let db: Db;
beforeAll(async () => void ({ db } = await warmDatabase(2)));
beforeEach(() => db.person.deleteMany());

const at = new Date('2024-04-01T17:30:00.123Z');
const person = {
  id: 'P-000001',
  pinfl: '31204851234567',
  name: "O'ktam Rahimov",
  birth: '1985-04-12',
  sex: 'male',
  mahalla: '1703202001',
  skills: ['sewing', 'a "quoted, word"'],
  recommendation: { conditions: ['quiet'], until: null },
  createdAt: at,
};
const onRecord = () => db.person.findUniqueOrThrow({ where: { id: person.id } });

test('each field has the type of its column', async () => {
  expect(await insertInto(db, 'people', { ...person, phone: undefined })).toBe(true);
  const { skills, recommendation, createdAt, phone } = await onRecord();
  expect({ skills, recommendation, createdAt, phone }).toEqual({
    skills: person.skills,
    recommendation: person.recommendation,
    createdAt: at,
    phone: null,
  });
});

test('a row that is there already stays, where the caller says so', async () => {
  await insertInto(db, 'people', person);
  const again = { ...person, name: 'Another' };
  expect(await insertInto(db, 'people', again, Prisma.sql`ON CONFLICT DO NOTHING`)).toBe(false);
  await expect(insertInto(db, 'people', again)).rejects.toMatchObject({ code: '23505' });
  expect((await onRecord()).name).toBe(person.name);
});

test('a change writes the given fields alone, and sets a field to nothing', async () => {
  await insertInto(db, 'people', person);
  await updateIn(db, 'people', person.id, {
    phone: '+998901234567',
    email: undefined,
    recommendation: Prisma.DbNull,
    skills: [],
  });
  expect(await onRecord()).toMatchObject({
    name: person.name,
    phone: '+998901234567',
    recommendation: null,
    skills: [],
  });
});

test('fields that are not given have their defaults, whole so’m stay exact, and an increment adds', async () => {
  await insertInto(db, 'budget_lines', {
    id: 'hire_pwd-1703-2024',
    programme: 'hire_pwd',
    region: '1703',
    year: 2024,
    amount: 9_007_199_254_740_993n,
    state: 'closed',
    open: false,
    since: at,
    correlationId: 'c',
  });
  await updateIn(db, 'budget_lines', 'hire_pwd-1703-2024', {
    amount: plus(2n),
    rev: plus(1),
  });
  const line = await db.budgetLine.findUniqueOrThrow({ where: { id: 'hire_pwd-1703-2024' } });
  expect(line).toMatchObject({ amount: 9_007_199_254_740_995n, rev: 1 });
});

test('JSON that looks like an increment is written as it is', async () => {
  const news = { event: 'n', register: 'tax', type: 'wages_corrected', state: 'waiting', since: at, at };
  await insertInto(db, 'news', { id: 'n', ...news, body: { increment: 5 }, correlationId: 'c' });
  expect((await db.news.findUniqueOrThrow({ where: { id: 'n' } })).body).toEqual({ increment: 5 });
});

test('a column may have a name that is a word of SQL', async () => {
  await expect(updateIn(db, 'recoveries', 'RC-999999', { left: 1n })).rejects.toThrow('there is no row');
});

test('there is no change of a row that is not there', async () => {
  await expect(updateIn(db, 'people', 'P-999999', { name: 'Nobody' })).rejects.toThrow('P-999999');
});
