import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Client } from 'pg';
import { folded } from '../../domain/folding';
import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

const spellings = [
  'Yoʻldosheva',
  "Yo'ldosheva",
  'Yo‘ldosheva',
  'Yo’ldosheva',
  'yoldosheva',
  'Йўлдошева',
  'йулдошева',
];

test.each([
  ['Yoʻldosheva Nigora', '000001'],
  ['Йўлдошева Нигора', '000002'],
])('%s is found however it is written, and stays as it came', async (name, serial) => {
  const pinfl = makePinfl('1990-05-17', 'female', serial);
  const made = await api.as(by.supervisor).post('/people', { pinfl, name, mahalla: '1703202001' });
  expect(made.body).toMatchObject({ name });
  expect(made.body).not.toHaveProperty('nameKey');
  for (const spelling of spellings) {
    const found = await api.as(by.supervisor).post('/people/search', { name: `nigora ${spelling}` });
    expect(found.body.items).toContainEqual(expect.objectContaining({ id: made.body.id, name }));
  }
  const none = await api.as(by.supervisor).post('/people/search', { name: 'Yoʻldoshev Botir' });
  expect(none.body.items).toEqual([]);
});

test('a changed and an imported name are found by the new one', async () => {
  const pinfl = makePinfl('1991-05-17', 'female', '000003');
  const sent = { pinfl, name: 'Umida Sobirova', mahalla: '1703202001' };
  const { id } = (await api.as(by.supervisor).post('/people', sent)).body as { id: string };
  const search = async (name: string) =>
    (await api.as(by.supervisor).post('/people/search', { name })).body.items;
  await api.as(by.supervisor).patch(`/people/${id}`, { name: 'Умида Ғофурова' });
  expect(await search("G'ofurova")).toMatchObject([{ id, name: 'Умида Ғофурова' }]);
  const csv = { 'Content-Type': 'text/csv' };
  const file = `pinfl,name,mahalla\n${pinfl},Umida Joʻrayeva,1703202001\n`;
  await api.as(by.supervisor).post('/people/import', file, csv);
  expect(await search('Жўраева')).toMatchObject([{ id }]);
  expect(await search('Ғофурова')).toEqual([]);
});

test('an employer is found by its name in the same way', async () => {
  const sent = { stir: '300000900', name: 'Gʻallaorol Toʻqimachilik', district: '1703202' };
  const { id } = (await api.as(by.administrator).post('/employers', sent)).body as { id: string };
  for (const name of ["g'allaorol", 'Ғаллаорол тўқимачилик', 'toqima']) {
    const url = `/employers?name=${encodeURIComponent(name)}`;
    const { items } = (await api.as(by.employment_officer).get(url)).body;
    expect(items).toMatchObject([{ id, name: sent.name }]);
    expect(items[0]).not.toHaveProperty('nameKey');
  }
  expect((await api.as(by.employment_officer).get('/employers?name=paxta')).body.items).toEqual([]);
});

test('marks alone are no name', async () => {
  const answer = await api.as(by.supervisor).post('/people/search', { name: "'’" });
  expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'name']);
});

describe('in the database', () => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ connectionString: api.url });
    await client.connect();
  });
  afterAll(() => client.end());

  test('names are folded there as here', async () => {
    const letters =
      'abcdefghijklmnopqrstuvwxyzABCDEOQXYZ абвгғдеёжзийкқлмнңопрстуўүфхҳцчшщъыьэюяіәөАӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҮЎФХҲЦЧШЩЪЫЬЭЮЯІ';
    const marks = 'ʻʼ‘’`´\'"ʹ′ÁáĞğıİŞşÇçÖöÜüÑñŁß\u0306\u0308\u00a0 -–0123456789%_\\.()';
    const name = fc
      .array(fc.constantFrom(...Array.from(letters + marks)), { maxLength: 60 })
      .map((all) => all.join(''));
    const names = [letters, marks, ...fc.sample(name, 1000)];
    const { rows } = await client.query<{ name: string; key: string }>(
      'select name, folded(name) as key from unnest($1::text[]) as name',
      [names],
    );
    expect(rows.filter(({ name: said, key }) => folded(said) !== key)).toEqual([]);
  });

  test('the migration fills the names on record', async () => {
    const file = path.join(__dirname, '../../prisma/migrations/20261129400000_names_folded/migration.sql');
    await client.query('begin');
    await client.query('drop function folded cascade');
    await client.query(readFileSync(file, 'utf8'));
    const { rows } = await client.query<{ name: string; name_key: string }>(
      'select name, name_key from people',
    );
    await client.query('rollback');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.name_key).toBe(folded(row.name));
  });
});
