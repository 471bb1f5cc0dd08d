import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

const administrator = () => api.as(by.administrator);
const work = '/vocabularies/occupation/terms';

test('a fresh database holds the terms of the data', async () => {
  const file = path.join(__dirname, '../../prisma/data/vocabularies.csv');
  const lines: Record<string, string>[] = parse(readFileSync(file), { columns: true, comment: '#' });
  const rows = await api.db.vocabularyTerm.findMany({
    omit: { id: true, changes: true },
  });
  const shipped = lines.map(({ vocabulary, code, en, 'uz-Latn': uz, synonyms = '' }) => ({
    vocabulary,
    code,
    names: { en, 'uz-Latn': uz },
    synonyms: synonyms.split(';').filter((word) => word !== ''),
    retired: false,
  }));
  expect(rows).toEqual(expect.arrayContaining(shipped));
  expect(rows).toHaveLength(shipped.length);
});

describe('the administrator keeps the terms; everybody signed in reads them', () => {
  const names = { en: 'Beekeepers', 'uz-Latn': 'Asalarichilar' };

  test('recorded, changed and retired, each with an event', async () => {
    const made = await administrator().post('/vocabularies/skill/terms', { code: 'candles', names });
    expect([made.status, made.body]).toMatchObject([
      201,
      { vocabulary: 'skill', code: 'candles', retired: false },
    ]);
    const again = await administrator().post('/vocabularies/skill/terms', { code: 'candles', names });
    expect(again.body).toMatchObject({ status: 409, code: 'already_recorded' });
    const at = '/vocabularies/skill/terms/candles';
    const changed = await administrator().put(at, { names, synonyms: ['wax'], retired: true });
    expect(changed.body).toMatchObject({ synonyms: ['wax'], retired: true, revision: 1 });
    expect((await api.as(by.case_manager).get(at)).body).toMatchObject({ names, retired: true });
    const events = await api.db.event.findMany({
      where: { subject: 'term/skill/candles' },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ type, actorId, params }) => [type, actorId, params])).toEqual([
      [
        'term_recorded',
        by.administrator.sub,
        { vocabulary: 'skill', code: 'candles', term: names['uz-Latn'] },
      ],
      [
        'term_changed',
        by.administrator.sub,
        { vocabulary: 'skill', code: 'candles', term: names['uz-Latn'], fields: 'synonyms, retired' },
      ],
    ]);
  });

  test('a retired term is not given any more', async () => {
    await administrator().post('/vocabularies/skill/terms', { code: 'stilts', names });
    const person = (skills: string[]) => ({
      pinfl: makePinfl('1990-05-17', 'female', '440001'),
      name: 'A',
      mahalla: '1703202001',
      skills,
    });
    await administrator().put('/vocabularies/skill/terms/stilts', { names, synonyms: [], retired: true });
    const refused = await api.as(by.case_manager).post('/people', person(['stilts']));
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'unknown_word',
      errors: [{ field: 'skills.0' }],
    });
  });

  test('a kind of work has the code of a group, and nobody else may change a term', async () => {
    expect((await administrator().post(work, { code: 'bees', names })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'code' }],
    });
    expect((await api.as(by.supervisor).post(work, { code: '999', names })).status).toBe(403);
    expect((await api.as(by.employment_officer).put(`${work}/933`, { names, synonyms: [] })).status).toBe(
      403,
    );
    expect((await administrator().put(`${work}/999`, { names, synonyms: [] })).status).toBe(404);
    expect((await api.as(by.case_manager).get(`${work}/999`)).status).toBe(404);
    expect((await api.as(by.case_manager).get('/vocabularies/hobbies/terms')).status).toBe(400);
  });

  test('a list by a part of a word, in either script, in pages', async () => {
    const found = await api.as(by.case_manager).get(`${work}?word=${encodeURIComponent('омбор')}`);
    expect(found.body.items.map(({ code }: { code: string }) => code)).toEqual(['432', '933']);
    const first = await api.as(by.case_manager).get(`${work}?limit=2`);
    expect(first.body).toMatchObject({ items: [{ code: '0' }, { code: '01' }], next: expect.any(String) });
    const second = await api.as(by.case_manager).get(`${work}?limit=2&cursor=${first.body.next}`);
    expect(second.body.items).toMatchObject([{ code: '011' }, { code: '02' }]);
  });

  test('an import adds and changes terms, line by line', async () => {
    const send = async (lines: string[]) =>
      request(api.base)
        .post('/v1/vocabularies/import')
        .set('Authorization', `Bearer ${await api.token(by.administrator)}`)
        .set('Content-Type', 'text/csv')
        .send(lines.join('\n'));
    const header = 'vocabulary,code,en,uz-Latn,synonyms';
    const lines = [
      'condition,guide_dog,Guide dog,Yoʻlboshlovchi it,dog;it',
      'occupation,xyz,No group,Guruh emas,',
    ];
    expect((await send([header, ...lines])).body).toMatchObject({
      created: 1,
      rejected: [{ line: 3, field: 'code' }],
    });
    expect((await send([header, ...lines])).body).toMatchObject({ unchanged: 1 });
    expect((await send([header, 'condition,guide_dog,Guide dog,Yoʻlboshlovchi it,dog'])).body).toMatchObject({
      changed: 1,
    });
    expect((await api.as(by.case_manager).get('/vocabularies/condition/terms/guide_dog')).body).toMatchObject(
      {
        synonyms: ['dog'],
      },
    );
  });
});

describe('words of people', () => {
  const person = (n: string, more: object) => ({
    pinfl: makePinfl('1990-05-17', 'female', n),
    name: 'Nodira',
    mahalla: '1703202001',
    ...more,
  });

  test('skills and wishes are kept as codes', async () => {
    const said = { skills: ['tikish', 'typing'], wishes: { kinds: ['омбор', '75'] } };
    const { body } = await api.as(by.case_manager).post('/people', person('440002', said));
    expect(body).toMatchObject({ skills: ['sewing', 'typing'], wishes: { kinds: ['933', '75'] } });
  });

  test('each word that is none is named; a recommendation keeps TIEK’s words', async () => {
    const recommendation = {
      group: 2,
      validUntil: '2030-01-01',
      suitableKinds: ['ofis'],
      unsuitableKinds: ['ombor', 'tungi ish', 'zzz'],
      conditions: ['pandus'],
    };
    const refused = await api
      .as(by.case_manager)
      .post('/people', person('440003', { skills: ['yyy'], wishes: { kinds: ['xxx'] }, recommendation }));
    expect([refused.status, refused.body.code]).toEqual([422, 'unknown_word']);
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'recommendation.unsuitableKinds.2',
      'skills.0',
      'wishes.kinds.0',
    ]);
    const known = { ...recommendation, unsuitableKinds: ['ombor', 'tungi ish'] };
    const made = await api.as(by.case_manager).post('/people', person('440003', { recommendation: known }));
    expect(made.body.recommendation).toMatchObject({ unsuitableKinds: ['ombor', 'tungi ish'] });
    const change = await api.as(by.case_manager).patch(`/people/${made.body.id}`, { skills: ['yyy'] });
    expect(change.body.errors).toMatchObject([{ field: 'skills.0' }]);
  });
});
