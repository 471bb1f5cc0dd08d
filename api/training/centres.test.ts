import request from 'supertest';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

let serial = 0;
const centre = (more: object = {}) => ({
  stir: `3000003${String(10 + ++serial)}`,
  kind: 'monomarkaz',
  name: 'Oʻquv markazi',
  district: '1703202',
  ...more,
});
const admin = () => api.as(by.administrator);
const recorded = async (more: object = {}) => {
  const answer = await admin().post('/centres', centre(more));
  expect(answer.status).toBe(201);
  return answer.body as { id: string; stir: string };
};
/** An officer of a centre. The centre is read from the record, not from the token. */
const officerOf = async (centreId: string) => {
  const sub = `T-${++serial}`;
  const office = { name: 'Shuhrat', role: 'training_officer', area: '1703202', centre: centreId };
  expect((await admin().post('/officials', { id: sub, ...office })).status).toBe(201);
  return { sub, role: 'training_officer', area: '1703202' } as const;
};
const send = async (file: string, as: Parameters<typeof api.token>[0] = by.administrator) =>
  request(api.base)
    .post('/v1/centres/import')
    .set('Authorization', `Bearer ${await api.token(as)}`)
    .set('Content-Type', 'text/csv')
    .send(file);

test('a centre is recorded, and its accessibility is kept in codes', async () => {
  const answer = await admin().post(
    '/centres',
    centre({ accessibility: ['pandus', 'Lift'], address: 'Bogʻ 1' }),
  );
  expect([answer.status, answer.body]).toMatchObject([
    201,
    {
      id: expect.stringMatching(/^TC-\d{6}$/),
      districtName: 'Area 1703202',
      address: 'Bogʻ 1',
      phone: null,
      accessibility: ['ramp', 'lift'],
      accessibilityNames: ['Ramp at the entrance', 'Lift'],
      revision: 0,
    },
  ]);
  const uzbek = await admin().get(`/centres/${answer.body.id}`, { 'Accept-Language': 'uz' });
  expect(uzbek.body.accessibilityNames).toEqual(['Kiraverishda pandus', 'Lift']);
});

test.each([
  [{ district: '1703999' }, 'district'],
  [{ accessibility: ['wings'] }, 'accessibility.0'],
  [{ kind: 'school' }, 'kind'],
  [{ stir: '12' }, 'stir'],
])('%j is refused', async (wrong, field) => {
  const answer = await admin().post('/centres', centre(wrong));
  expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
});

test('a STIR has one centre', async () => {
  const { stir } = await recorded();
  expect((await admin().post('/centres', centre({ stir }))).body.code).toBe('already_recorded');
});

test('who sees which centre', async () => {
  const here = await recorded();
  const there = await recorded({ district: '1706204' });
  const officer = await officerOf(here.id);
  const ids = async (who: Parameters<typeof api.as>[0]) =>
    ((await api.as(who).get('/centres')).body.items as { id: string }[]).map(({ id }) => id);
  for (const who of [by.case_manager, by.supervisor, by.employment_officer, by.training_officer]) {
    expect(await ids(who)).toContain(here.id);
    expect(await ids(who)).not.toContain(there.id);
    expect((await api.as(who).get(`/centres/${there.id}`)).status).toBe(404);
    expect((await api.as(who).get(`/centres/${there.id}/events`)).status).toBe(404);
  }
  expect(await ids(by.auditor)).toEqual(expect.arrayContaining([here.id, there.id]));
  expect(await ids(officer)).toEqual([here.id]);
  for (const who of [by.labour_inspector, by.finance_officer])
    expect((await api.as(who).get('/centres')).status).toBe(403);
});

test('an officer changes the own centre only, and the history names the fields', async () => {
  const own = await recorded();
  const other = await recorded();
  const officer = api.as(await officerOf(own.id));
  const changed = await officer.patch(`/centres/${own.id}`, {
    phone: '+998901234567',
    accessibility: ['lift'],
  });
  expect([changed.status, changed.body]).toMatchObject([200, { accessibility: ['lift'], revision: 1 }]);
  expect((await officer.patch(`/centres/${other.id}`, { name: 'X' })).status).toBe(404);
  expect((await officer.post('/centres', centre())).body.code).toBe('not_yours');
  expect((await api.as(by.case_manager).patch(`/centres/${own.id}`, { name: 'X' })).status).toBe(403);
  const told = await officer.get(`/centres/${own.id}/events`);
  expect(told.body.items.map(({ words }: { words: string }) => words)).toEqual([
    'Centre recorded.',
    'Centre changed: telephone, accessibility: Lift (before: none).',
  ]);
});

test('an officer without a centre keeps those of the area', async () => {
  const officer = api.as(by.training_officer);
  expect((await officer.post('/centres', centre())).status).toBe(201);
  expect((await officer.post('/centres', centre({ district: '1706204' }))).status).toBe(404);
});

describe('import', () => {
  const header = 'stir,kind,name,district,phone,accessibility\n';

  test('by STIR: sent again, it changes nothing', async () => {
    const file = `${header}300000391,ngo,Hunar,1703202,,ramp;lift\n300000392,private,Imkon,1706204,+998901234567,\n`;
    expect((await send(file)).body).toMatchObject({ lines: 2, created: 2, rejected: [] });
    expect((await send(file)).body).toMatchObject({ created: 0, unchanged: 2 });
    expect((await send(file.replace('Hunar', 'Hunarmand'))).body).toMatchObject({ changed: 1, unchanged: 1 });
  });

  test('wrong lines are reported, and the others are imported', async () => {
    const { body } = await send(
      `${header}300000393,ngo,A,1703999,,\n300000394,ngo,B,1703202,,wings\n300000395,club,C,1703202,,\n300000396,ngo,D,1703202,,\n`,
    );
    expect(body).toMatchObject({ created: 1, rejectedLines: 3 });
    expect(body.rejected.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'accessibility.0',
      'district',
      'kind',
    ]);
  });

  test('an officer imports the own centre only', async () => {
    const own = await recorded();
    const officer = await officerOf(own.id);
    const { body } = await send(
      `${header}${own.stir},ngo,Yangi nom,1703202,,\n300000391,ngo,Hunar,1703202,,\n300000397,ngo,E,1703202,,\n`,
      officer,
    );
    expect(body).toMatchObject({ changed: 1, created: 0, rejectedLines: 2 });
    expect(body.rejected).toMatchObject([
      { line: 3, field: 'stir' },
      { line: 4, field: 'stir' },
    ]);
  });
});

describe('officials of a centre', () => {
  test('only a training officer belongs to one, and the centre lies in the area', async () => {
    const { id: here } = await recorded();
    const { id: there } = await recorded({ district: '1706204' });
    const office = (more: object) =>
      admin().post('/officials', {
        id: `T-${++serial}`,
        name: 'A',
        role: 'training_officer',
        area: '1703202',
        ...more,
      });
    const auditor = await office({ role: 'auditor', area: '', centre: here });
    expect([auditor.status, auditor.body.code]).toEqual([422, 'wrong_role']);
    expect((await office({ centre: there })).body.code).toBe('outside_area');
    expect((await office({ centre: 'TC-999999' })).body.code).toBe('unknown_centre');
    const head = await office({ centre: here, rank: 'head' });
    expect(head.body).toMatchObject({ rank: 'head', centreId: here, centreName: 'Oʻquv markazi' });
  });

  test('an officer moves to another centre, and leaves it', async () => {
    const [first, second] = [await recorded({ name: 'Birinchi' }), await recorded({ name: 'Ikkinchi' })];
    const officer = await officerOf(first.id);
    const url = `/officials/${officer.sub}`;
    expect((await admin().post(`${url}/move`, { centre: first.id })).body.code).toBe('same_office');
    const moved = await admin().post(`${url}/move`, { centre: second.id });
    expect(moved.body).toMatchObject({ centreId: second.id, centreName: 'Ikkinchi' });
    expect((await api.as(officer).get(`/centres/${first.id}`)).status).toBe(404);
    expect((await admin().post(`${url}/move`, { area: '1706204' })).body.code).toBe('outside_area');
    expect((await admin().post(`${url}/move`, { centre: null })).body).toMatchObject({ centreId: null });
    const told = await admin().get(`${url}/events`);
    expect(told.body.items.map(({ words }: { words: string }) => words)).toEqual([
      'Official recorded: Shuhrat.',
      'Official moved: Shuhrat (centre: Ikkinchi (before: Birinchi)).',
      'Official moved: Shuhrat (centre: none (before: Ikkinchi)).',
    ]);
  });

  test('an import names the centre by its STIR, and moves nobody', async () => {
    const [first, second] = [await recorded(), await recorded()];
    const lines = (...centres: string[]) =>
      `id,name,role,area,centre\n${centres.map((stir, n) => `imp-${n},A,training_officer,1703202,${stir}\n`).join('')}`;
    const officials = async (file: string) =>
      request(api.base)
        .post('/v1/officials/import')
        .set('Authorization', `Bearer ${await api.token(by.administrator)}`)
        .set('Content-Type', 'text/csv')
        .send(file);
    expect((await officials(lines(first.stir, '', '300000999'))).body).toMatchObject({
      created: 2,
      rejected: [{ line: 4, field: 'centre', code: 'unknown_centre' }],
    });
    expect((await officials(lines(first.stir, ''))).body).toMatchObject({ unchanged: 2 });
    expect((await officials(lines(second.stir))).body.rejected).toMatchObject([
      { field: 'centre', detail: expect.stringContaining('/move') },
    ]);
  });
});
