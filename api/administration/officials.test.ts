import request from 'supertest';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

const admin = () => api.as(by.administrator);
const sent = async (file: string, as: Parameters<typeof api.token>[0] = by.administrator) =>
  request(api.base)
    .post('/v1/officials/import')
    .set('Authorization', `Bearer ${await api.token(as)}`)
    .set('Content-Type', 'text/csv')
    .send(file);
const header = 'id,name,role,area,phone\n';

test('an import of the social workers of all mahallas: sent again, it changes nothing', async () => {
  const workers = Array.from({ length: 9361 }, (_, n) => String(1703300001 + n));
  await api.db.territory.createMany({
    data: workers.map((code) => ({ code, kind: 'mahalla', parent: code.slice(0, 7), nameLatn: code })),
  });
  const gap = { subject: `office/case_manager/${workers[7]}`, kind: 'office_gap', role: 'administrator' };
  await api.db.task.create({ data: { ...gap, area: '', since: api.time.now } });
  const file = header + workers.map((area) => `sw-${area},Xodim ${area},case_manager,${area},\n`).join('');
  expect((await sent(file)).body).toMatchObject({ lines: 9361, created: 9361, rejected: [] });
  expect(await api.db.task.count({ where: { kind: 'office_gap', closedAt: null } })).toBe(0);
  expect(await api.db.event.count({ where: { type: 'official_recorded' } })).toBe(9361);
  expect((await sent(file)).body).toMatchObject({ created: 0, changed: 0, unchanged: 9361 });
}, 120_000);

test('a line changes name and contacts; an empty cell changes nothing', async () => {
  await sent(`${header}a-1,Madina,case_manager,1703202001,+998901234567\n`);
  const again = await sent(`${header}a-1,Madina Karimova,case_manager,1703202001,\n`);
  expect(again.body).toMatchObject({ changed: 1 });
  expect((await admin().get('/officials/a-1')).body).toMatchObject({
    name: 'Madina Karimova',
    phone: '+998901234567',
    rank: 'officer',
  });
  const told = await admin().get('/officials/a-1/events');
  expect(told.body.items.map(({ words }: { words: string }) => words)).toEqual([
    'Official recorded: Madina.',
    'Official changed: Madina Karimova (name: Madina Karimova (before: Madina)).',
  ]);
});

test('wrong lines are reported, and the others are imported', async () => {
  const left = { id: 'a-2', name: 'A', role: 'case_manager', area: '1703202001', leftOn: '2026-03-01' };
  await api.db.official.create({ data: left });
  const answer = await sent(
    header +
      [
        'a-1,Madina,supervisor,1703202,',
        'a-1,Madina,case_manager,1703202002,',
        'a-2,A,case_manager,1703202001,',
        'a-3,B,case_manager,1703202,',
        'a-4,C,case_manager,1703202777,',
        'a-5,D,employer,,',
        'a-6,E,auditor,,',
      ].join('\n'),
  );
  expect(answer.body).toMatchObject({
    created: 1,
    rejected: [
      { line: 2, field: 'role' },
      { line: 3, field: '(line)' },
      { line: 4, field: 'id', code: 'left_already' },
      { line: 5, field: 'area', detail: expect.stringContaining('a mahalla (10 digits)') },
      { line: 6, field: 'area' },
      { line: 7, field: 'role' },
    ],
  });
  const moved = await sent(`${header}a-1,Madina,case_manager,1703202002,\n`);
  expect(moved.body.rejected).toMatchObject([{ field: 'area', detail: expect.stringContaining('/move') }]);
  expect((await sent(header, by.supervisor)).status).toBe(403);
});

test('moved to another mahalla, and the time line says from where', async () => {
  const there = { area: '1703202002' };
  const moved = await admin().post('/officials/a-1/move', there);
  expect(moved.body).toMatchObject({ id: 'a-1', ...there, moved: { cases: 0, tasks: 0 } });
  expect((await admin().post('/officials/a-1/move', there)).body.code).toBe('same_office');
  expect((await admin().post('/officials/a-1/move', { area: '1703202' })).body.code).toBe('wrong_level');
  expect((await admin().post('/officials/a-1/move', { area: '1703202777' })).body.code).toBe(
    'unknown_territory',
  );
  expect((await admin().post('/officials/nobody/move', there)).status).toBe(404);
  expect((await api.as(by.supervisor).post('/officials/a-1/move', there)).status).toBe(403);
  const told = await admin().get('/officials/a-1/events');
  expect(told.body.items.at(-1).words).toBe(
    'Official moved: Madina Karimova (area: Area 1703202002 (before: Area 1703202001)).',
  );
});

test('brought back after leaving: they sign in again', async () => {
  const them = { sub: 'a-1', role: 'case_manager', area: '1703202001' } as const;
  expect((await admin().post('/officials/a-1/return', {})).body.code).toBe('not_left');
  await admin().post('/officials/a-1/leaving', { on: '2026-03-02' });
  expect((await api.as(them).get('/territories')).body.code).toBe('left');
  const back = await admin().post('/officials/a-1/return', { area: '1703202001' });
  expect(back.body).toMatchObject({ leftOn: null, area: '1703202001' });
  expect((await api.as(them).get('/territories')).status).toBe(200);
  const told = await admin().get('/officials/a-1/events');
  expect(told.body.items.at(-1).words).toBe(
    'Official came back: Madina Karimova (case manager, Area 1703202001).',
  );
});
