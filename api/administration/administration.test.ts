import request from 'supertest';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

describe('territories', () => {
  test('the administrator records them from above to below', async () => {
    const post = (body: object) => api.as(by.administrator).post('/territories', body);
    const made = await post({ code: '1703202003', nameLatn: 'Guliston' });
    expect(made.body).toMatchObject({ kind: 'mahalla', parent: '1703202', nameCyrl: null });
    expect((await post({ code: '1703202003', nameLatn: 'Again' })).body.code).toBe('already_recorded');
    expect((await post({ code: '1799', nameLatn: 'Region' })).body).toMatchObject({
      kind: 'region',
      parent: null,
    });
    expect((await post({ code: '1798001', nameLatn: 'No region' })).body.code).toBe('unknown_territory');
    expect((await post({ code: '17', nameLatn: 'X' })).body.code).toBe('soato');
    expect(
      (await api.as(by.supervisor).post('/territories', { code: '1703202004', nameLatn: 'X' })).status,
    ).toBe(403);
  });

  test('everybody signed in reads them; names change', async () => {
    const regions = await api.as(by.case_manager).get('/territories?parent=');
    expect(regions.body.items.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['1703', '1706']),
    );
    const below = await api.as(by.case_manager).get('/territories?parent=1703202&limit=1');
    expect(below.body).toMatchObject({ items: [{ code: '1703202001' }], next: expect.any(String) });
    const renamed = await api
      .as(by.administrator)
      .put('/territories/1703202001', { nameLatn: 'Bogʻiston', nameCyrl: 'Боғистон' });
    expect(renamed.body).toMatchObject({ nameCyrl: 'Боғистон' });
    expect((await api.as(by.administrator).put('/territories/1703202999', { nameLatn: 'X' })).status).toBe(
      404,
    );
    expect((await api.as(by.auditor).get('/territories/1703202001')).body.nameLatn).toBe('Bogʻiston');
  });

  test('import: a district and its mahallas in one file', async () => {
    const file = 'code,nameLatn\n1706208,Olot\n1706208001,Bir\n1706209001,Nowhere\n1706204,Area 1706204\n';
    const send = async () =>
      request(api.base)
        .post('/v1/territories/import')
        .set('Authorization', `Bearer ${await api.token(by.administrator)}`)
        .set('Content-Type', 'text/csv')
        .send(file);
    expect((await send()).body).toMatchObject({
      created: 2,
      unchanged: 1,
      rejected: [{ line: 4, field: 'code' }],
    });
    expect((await send()).body).toMatchObject({ created: 0, unchanged: 3 });
  });
});

describe('calendar', () => {
  test('weekends and fixed holidays, without a line', async () => {
    const answer = await api.as(by.case_manager).get('/calendar?from=2026-03-06&to=2026-03-08');
    expect(answer.body.items).toEqual([
      { date: '2026-03-06', worked: { five: true, six: true }, entries: [] },
      { date: '2026-03-07', worked: { five: false, six: true }, entries: [] },
      { date: '2026-03-08', worked: { five: false, six: false }, entries: [] },
    ]);
    for (const query of [
      'from=2026-03-08&to=2026-03-06',
      'from=2026-02-30&to=2026-03-06',
      'from=2020-01-01&to=2026-01-01',
      'from=2026-01-01',
    ])
      expect((await api.as(by.case_manager).get(`/calendar?${query}`)).body.code).toBe('malformed_query');
  });

  test('a change is recorded and its deadlines are handed on; the same again changes nothing', async () => {
    api.woken.length = 0;
    const entries = [{ week: 'all', kind: 'eid', status: 'published' }];
    const made = await api.as(by.administrator).put('/calendar/2026-03-20', { entries });
    expect(made.body).toMatchObject({
      worked: { five: false, six: false },
      entries,
      change: expect.stringMatching(/^K-\d{6}$/),
    });
    const { change } = made.body;
    expect(api.woken).toEqual([`calendar/${change}`]);
    expect(await api.db.calendarChange.findUniqueOrThrow({ where: { id: change } })).toMatchObject({
      date: '2026-03-20',
      state: 'recomputing',
      open: true,
    });
    expect(await api.db.event.count({ where: { type: 'calendar_changed' } })).toBe(1);
    expect((await api.as(by.administrator).put('/calendar/2026-03-20', { entries })).body.change).toBeNull();
    const back = await api.as(by.administrator).put('/calendar/2026-03-20', { entries: [] });
    expect(back.body.worked).toEqual({ five: true, six: true });
  });

  test('refused', async () => {
    const twice = [
      { week: 'all', kind: 'eid' },
      { week: 'all', kind: 'extra' },
    ];
    expect((await api.as(by.administrator).put('/calendar/2026-03-20', { entries: twice })).status).toBe(422);
    expect((await api.as(by.administrator).put('/calendar/2026-02-30', { entries: [] })).body.code).toBe(
      'malformed_path',
    );
    expect((await api.as(by.supervisor).put('/calendar/2026-03-20', { entries: [] })).status).toBe(403);
  });
});

describe('officials', () => {
  const official = {
    id: 'cm-1',
    name: 'Madina',
    role: 'case_manager',
    area: '1703202001',
    phone: '+998901234567',
  };

  test('recorded by the administrator, at the level of their office', async () => {
    const made = await api.as(by.administrator).post('/officials', official);
    expect(made.body).toMatchObject({ id: 'cm-1', rank: 'officer', leftOn: null });
    expect((await api.as(by.administrator).post('/officials', official)).body.code).toBe('already_recorded');
    const wrong = await api
      .as(by.administrator)
      .post('/officials', { ...official, id: 'cm-2', area: '1703202' });
    expect(wrong.body).toMatchObject({
      code: 'wrong_level',
      errors: [{ field: 'area', detail: expect.stringContaining('a mahalla (10 digits)') }],
    });
    expect(
      (await api.as(by.administrator).post('/officials', { ...official, id: 'e-1', role: 'employer' }))
        .status,
    ).toBe(422);
    expect((await api.as(by.supervisor).post('/officials', { ...official, id: 'cm-3' })).status).toBe(403);
  });

  test.each([
    ['supervisor', '1703202001'],
    ['employment_officer', '1703202001'],
    ['labour_inspector', '1703202'],
    ['finance_officer', '1703202'],
    ['administrator', '1703'],
  ])('a %s of the wrong level: 422, and what to give instead', async (role, area) => {
    const wrong = await api.as(by.administrator).post('/officials', { ...official, id: 'wrong', role, area });
    expect([wrong.status, wrong.body.code, wrong.body.errors[0].field]).toEqual([422, 'wrong_level', 'area']);
  });

  test('an office above gets the waits that find no official', async () => {
    for (const area of ['1703', '']) {
      const made = await api
        .as(by.administrator)
        .post('/officials', { ...official, id: `above-${area}`, role: 'supervisor', area });
      expect(made.status).toBe(201);
    }
  });

  test('listed for supervisors in their area', async () => {
    await api.as(by.administrator).post('/officials', { ...official, id: 'cm-far', area: '1706204001' });
    const seen = await api.as(by.supervisor).get('/officials?role=case_manager');
    expect(seen.body.items.map(({ id }: { id: string }) => id)).toEqual(['O-1', 'cm-1']);
    expect((await api.as(by.supervisor).get('/officials/cm-far')).status).toBe(404);
    expect((await api.as(by.case_manager).get('/officials')).status).toBe(403);
  });

  test('one person with two accounts: the earlier acts of the second count as theirs', async () => {
    const change = (id: string, body: object) => api.as(by.administrator).patch(`/officials/${id}`, body);
    for (const id of ['one-1', 'one-2', 'one-3'])
      await api
        .as(by.administrator)
        .post('/officials', { ...official, id, ...(id === 'one-3' && { person: 'one-1' }) });
    await api.db.participation.create({
      data: { subject: 'subsidy/S-000001', person: 'one-2', act: 'reviewed', at: api.time.now },
    });
    expect((await change('one-2', { person: 'one-1', name: 'M. Karimova' })).body).toMatchObject({
      id: 'one-2',
      name: 'M. Karimova',
      person: 'one-1',
    });
    const acted = async () => (await api.db.participation.findFirstOrThrow()).person;
    expect(await acted()).toBe('one-1');
    await change('one-3', { person: null });
    expect(await acted()).toBe('one-1');
    expect(await api.db.event.count({ where: { type: 'official_changed' } })).toBe(2);
    expect((await change('nobody', { name: 'X' })).status).toBe(404);
    expect((await api.as(by.supervisor).patch('/officials/one-1', { person: null })).status).toBe(403);
    expect((await change('one-1', { role: 'auditor' })).status).toBe(422);
  });

  test('who leaves is refused from then on, and leaves nothing behind', async () => {
    await api.db.task.create({
      data: {
        subject: 'case/C-000001',
        kind: 'plan',
        role: 'case_manager',
        area: '1703202001',
        assigneeId: 'cm-1',
        since: api.time.now,
      },
    });
    const them = { sub: 'cm-1', role: 'case_manager', area: '1703202001' } as const;
    expect((await api.as(them).get('/territories')).status).toBe(200);
    const early = await api.as(by.administrator).post('/officials/cm-1/leaving', { on: '2026-03-03' });
    expect(early.body.code).toBe('future_day');
    const left = await api.as(by.administrator).post('/officials/cm-1/leaving', { on: '2026-03-02' });
    expect(left.body).toMatchObject({ id: 'cm-1', leftOn: '2026-03-02', moved: { cases: 0, tasks: 1 } });
    expect(await api.db.task.count({ where: { assigneeId: 'cm-1', closedAt: null } })).toBe(0);
    expect((await api.as(them).get('/territories')).body.code).toBe('left');
    const again = await api.as(by.administrator).post('/officials/cm-1/leaving', { on: '2026-03-02' });
    expect(again.body.code).toBe('left_already');
    expect(
      (await api.as(by.administrator).post('/officials/nobody/leaving', { on: '2026-03-02' })).status,
    ).toBe(404);
  });
});
