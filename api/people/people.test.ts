import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

let serial = 0;
const newPerson = (more: object = {}) => ({
  pinfl: makePinfl('1990-05-17', 'female', String(++serial).padStart(6, '0')),
  name: 'Dilnoza Karimova',
  mahalla: '1703202001',
  phone: '+998901234567',
  ...more,
});
const record = async (more: object = {}) => {
  const answer = await api.as(by.supervisor).post('/people', newPerson(more));
  expect(answer.status).toBe(201);
  return answer.body as { id: string; pinfl: string };
};

describe('POST /people', () => {
  test('records a person of the caller’s mahalla with its event', async () => {
    const answer = await api.as(by.case_manager).post('/people', newPerson());
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      birth: '1990-05-17',
      sex: 'female',
      lastVisit: null,
      openCase: null,
    });
    const event = await api.db.event.findFirstOrThrow({ where: { personId: answer.body.id } });
    expect(event).toMatchObject({
      type: 'person_recorded',
      actorId: 'O-1',
      at: api.time.now,
      subject: `person/${answer.body.id}`,
    });
    expect(event.correlationId).toBe(answer.headers['x-correlation-id']);
  });

  const before = () => api.db.person.count();

  test.each([
    ['a wrong check digit', { pinfl: '31210632040245' }, 422, 'pinfl_check_digit', 'pinfl'],
    ['13 digits', { pinfl: '3121063204024' }, 422, 'pinfl_length', 'pinfl'],
    ['a birth that differs from the PINFL', { birth: '1990-05-18' }, 422, 'birth_differs', 'birth'],
    ['an impossible date', { birth: '1990-02-30' }, 422, 'impossible_date', 'birth'],
    ['an unknown field', { colour: 'blue' }, 422, 'unknown_field', 'colour'],
    ['a phone of another form', { phone: '901234567' }, 422, 'wrong_fields', 'phone'],
    ['no e-mail', { email: 'nobody' }, 422, 'wrong_fields', 'email'],
    ['a mahalla that is no territory', { mahalla: '1703202009' }, 422, 'unknown_territory', 'mahalla'],
    ['a NUL in the name', { name: 'A\0' }, 422, 'unusable_text', 'name'],
    ['half a character', { name: 'A\ud800' }, 422, 'unusable_text', 'name'],
    ['an empty name', { name: ' ' }, 422, 'wrong_fields', 'name'],
  ])('%s is refused, nothing written, no value repeated', async (_what, wrong, status, code, field) => {
    const count = await before();
    const body = newPerson(wrong);
    const answer = await api.as(by.supervisor).post('/people', body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code, errors: [{ field }] });
    expect(answer.text).not.toContain(body.pinfl);
    expect(await before()).toBe(count);
  });

  test('several wrong fields: one entry for each', async () => {
    const answer = await api
      .as(by.supervisor)
      .post('/people', { ...newPerson(), name: '', phone: '1', pinfl: undefined });
    expect(answer.body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'name',
      'phone',
      'pinfl',
    ]);
    expect(answer.body.errors).toContainEqual({ field: 'pinfl', detail: expect.stringMatching(/required/i) });
  });

  test('a mahalla outside the caller’s area does not exist for them', async () => {
    for (const mahalla of ['1703202002', '1706204001']) {
      const answer = await api.as(by.case_manager).post('/people', newPerson({ mahalla }));
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
  });

  test('the same person twice: 409', async () => {
    const { pinfl } = await record();
    const answer = await api.as(by.supervisor).post('/people', newPerson({ pinfl }));
    expect([answer.status, answer.body.code]).toEqual([409, 'already_recorded']);
    expect(answer.text).not.toContain(pinfl);
  });

  test.each([
    'employment_officer',
    'labour_inspector',
    'auditor',
    'finance_officer',
    'training_officer',
  ] as const)('%s may not', async (role) => {
    const answer = await api.as(by[role]).post('/people', newPerson());
    expect([answer.status, answer.body.code]).toEqual([403, 'not_yours']);
    expect(answer.body.detail).toContain('case manager');
  });
});

describe('Idempotency-Key', () => {
  test('the same key and body: the same answer, once', async () => {
    const body = newPerson();
    const key = { 'Idempotency-Key': 'once-1' };
    const first = await api.as(by.supervisor).post('/people', body, key);
    const again = await api.as(by.supervisor).post('/people', body, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await api.db.person.count({ where: { pinfl: body.pinfl } })).toBe(1);
  });

  test('the order of members does not matter; another body is 409', async () => {
    const body = newPerson();
    const key = { 'Idempotency-Key': 'once-2' };
    await api.as(by.supervisor).post('/people', body, key);
    const turned = Object.fromEntries(Object.entries(body).toReversed());
    expect((await api.as(by.supervisor).post('/people', turned, key)).status).toBe(201);
    const other = await api.as(by.supervisor).post('/people', newPerson(), key);
    expect([other.status, other.body.code]).toEqual([409, 'key_reused']);
  });

  test('two at once with the same key: one is carried out, both get its answer', async () => {
    const body = newPerson();
    const key = { 'Idempotency-Key': 'once-3' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.as(by.supervisor).post('/people', body, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  test('a refusal is the answer again, even when it would now succeed', async () => {
    const { pinfl, id } = await record();
    const key = { 'Idempotency-Key': 'once-4' };
    const body = newPerson({ pinfl });
    expect((await api.as(by.supervisor).post('/people', body, key)).status).toBe(409);
    await api.db.person.delete({ where: { id } });
    expect((await api.as(by.supervisor).post('/people', body, key)).body.code).toBe('already_recorded');
  });

  test('another caller’s key is another key', async () => {
    const key = { 'Idempotency-Key': 'once-5' };
    await api.as(by.supervisor).post('/people', newPerson(), key);
    expect((await api.as(by.case_manager).post('/people', newPerson(), key)).status).toBe(201);
  });

  test('one is made when none is sent; one that is no visible ASCII is malformed', async () => {
    const made = await api.as(by.supervisor).post('/people', newPerson());
    expect(made.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    const wrong = await api.as(by.supervisor).post('/people', newPerson(), { 'Idempotency-Key': 'a b' });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'malformed_key']);
  });
});

describe('bodies and tokens', () => {
  test('a value of the wrong type is told from one that is missing', async () => {
    const wrong = { name: 1, skills: 'x', guardian: { name: [] }, wishes: { minWage: '1', partTime: 0 } };
    const { body } = await api
      .as(by.supervisor)
      .post('/people', { ...wrong, recommendation: { group: '1' } });
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { field: 'pinfl', detail: 'Is required.' },
        { field: 'mahalla', detail: 'Is required.' },
        { field: 'name', detail: 'Must be a text.' },
        { field: 'skills', detail: 'Must be a list.' },
        { field: 'guardian.name', detail: 'Must be a text.' },
        { field: 'guardian.ground', detail: 'Is required.' },
        { field: 'wishes.minWage', detail: 'Must be a number.' },
        { field: 'wishes.partTime', detail: 'Must be true or false.' },
      ]),
    );
  });

  const send = async (
    body: string | Buffer<ArrayBuffer>,
    type = 'application/json',
    encoding = 'identity',
  ) => {
    const headers = {
      Authorization: `Bearer ${await api.token(by.supervisor)}`,
      'Content-Type': type,
      'Content-Encoding': encoding,
    };
    const answer = await fetch(`${api.base}/v1/people`, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as { code?: string } };
  };
  const deep = (n: number) => `{"name":${'['.repeat(n)}${']'.repeat(n)}}`;

  test.each([
    ['malformed JSON', '{"pinfl": ', 'application/json', 400, 'malformed_json'],
    ['an array', '[]', 'application/json', 400, 'malformed_json'],
    ['nothing', '', 'application/json', 422, 'wrong_fields'],
    ['another content type', 'pinfl=1', 'application/x-www-form-urlencoded', 415, 'wrong_content_type'],
    [
      'more than 256 KiB',
      JSON.stringify({ name: 'a'.repeat(270_000) }),
      'application/json',
      413,
      'too_large',
    ],
    ['another charset', '{}', 'application/json; charset=windows-1251', 415, 'unsupported_encoding'],
    [
      'bytes that are not UTF-8',
      Buffer.from('{"name":"caf\xe9"}', 'latin1'),
      'application/json',
      400,
      'not_utf8',
    ],
    ['deep, and well-formed', deep(30), 'application/json', 422, 'wrong_fields'],
    ['too deep', deep(32), 'application/json', 400, 'too_deep'],
    ['as deep as a body can be', deep(120_000), 'application/json', 400, 'too_deep'],
  ])('%s', async (_what, body, type, status, code) => {
    const answer = await send(body, type);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a body that is compressed as its header says, or a refusal that names the fault', async () => {
    const zipped = await send(gzipSync(JSON.stringify(newPerson())), 'application/json', 'gzip');
    expect(zipped.status).toBe(201);
    const broken = await send('no gzip', 'application/json', 'gzip');
    expect([broken.status, broken.body.code]).toEqual([400, 'malformed_body']);
    const unknown = await send('{}', 'application/json', 'zip');
    expect([unknown.status, unknown.body.code]).toEqual([415, 'unsupported_encoding']);
  });

  test('no token, a foreign one, an expired one by the clock port', async () => {
    expect((await api.as(undefined).get('/people')).body).toMatchObject({ status: 401, code: 'no_token' });
    const foreign = await request(api.base).get('/v1/people').set('Authorization', 'Bearer a.b.c');
    expect(foreign.body).toMatchObject({ status: 401, code: 'invalid_token' });
    const token = await api.token(by.supervisor, 60);
    const now = api.time.now;
    api.time.now = new Date(now.getTime() + 61 * 60_000);
    const late = await request(api.base).get('/v1/people').set('Authorization', `Bearer ${token}`);
    api.time.now = now;
    expect(late.body).toMatchObject({ status: 401, code: 'expired_token' });
    expect(late.headers['www-authenticate']).toBe('Bearer');
  });

  test('an official who left is refused', async () => {
    await api.db.official.create({
      data: { id: 'O-left', name: 'Gone', role: 'supervisor', area: '1703202', leftOn: '2026-02-01' },
    });
    const answer = await api.as({ ...by.supervisor, sub: 'O-left' }).get('/people');
    expect([answer.status, answer.body.code]).toEqual([401, 'left']);
  });

  test('a method that is not possible here', async () => {
    const answer = await api.as(by.supervisor).put('/people', {});
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, POST']);
    const search = await api.as(by.supervisor).get('/people/search');
    expect([search.status, search.headers['allow']]).toEqual([405, 'POST']);
    const approvals = await api.as(by.administrator).put('/claims/approvals', {});
    expect([approvals.status, approvals.headers['allow']]).toEqual([405, 'POST']);
  });

  test('nothing personal in the log', async () => {
    const { pinfl } = await record({ name: 'Nobody Elsehere' });
    await api.as(by.supervisor).post('/people/search', { pinfl });
    const log = api.logged.join('');
    expect(log).toContain('/v1/people/search');
    for (const personal of [pinfl, 'Elsehere', 'Bearer', '+998']) expect(log).not.toContain(personal);
  });
});

describe('GET /people', () => {
  test('shows only the caller’s area, page by page', async () => {
    await api.db.person.deleteMany({ where: { visits: { none: {} }, cases: { none: {} } } });
    const mine = [await record(), await record(), await record()].map(({ id }) => id);
    await record({ mahalla: '1703202002' });
    const first = await api.as(by.case_manager).get('/people?limit=2');
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual(mine.slice(0, 2));
    const rest = await api.as(by.case_manager).get(`/people?limit=2&cursor=${first.body.next}`);
    expect(rest.body).toMatchObject({ items: [{ id: mine[2] }], next: null });
    expect((await api.as(by.supervisor).get('/people')).body.items).toHaveLength(4);
    expect((await api.as(by.auditor).get('/people')).body.items).toHaveLength(4);
    const other = { ...by.supervisor, sub: 'O-x', area: '1706' };
    expect((await api.as(other).get('/people')).body.items).toEqual([]);
    expect((await api.as(other).get(`/people/${mine[0]}`)).body.code).toBe('not_found');
    expect((await api.as(by.labour_inspector).get('/people')).status).toBe(403);
  });

  test('by recommendation, visit and work', async () => {
    const valid = { group: 3, validUntil: '2026-03-02' };
    const { id } = await record({ recommendation: valid });
    const over = await record({ recommendation: { ...valid, validUntil: '2026-03-01' } });
    await api.db.person.update({
      where: { id },
      data: { works: [{ stir: '300000001', since: '2025-01-01' }] },
    });
    await api.db.person.update({ where: { id: over.id }, data: { works: [] } });
    const ids = async (query: string) => {
      const answer = await api.as(by.supervisor).get(`/people?limit=200&${query}`);
      return answer.body.items.map((item: { id: string }) => item.id) as string[];
    };
    expect(await ids('recommendation=valid')).toEqual([id]);
    expect(await ids('recommendation=over')).toEqual([over.id]);
    expect(await ids('recommendation=none')).not.toContain(id);
    expect(await ids('work=yes')).toEqual([id]);
    expect(await ids('work=no')).toEqual([over.id]);
    expect(await ids('work=unknown')).not.toContain(id);
    expect(await ids('case=yes')).toEqual([]);
    await api.as(by.case_manager).post(`/people/${id}/visits`, { on: '2026-03-01', wish: 'job' });
    expect(await ids('visited=yes')).toEqual([id]);
    expect(await ids('visited=no')).not.toContain(id);
    await api.as(by.case_manager).post(`/people/${over.id}/visits`, { on: '2026-03-01', wish: 'not_met' });
    expect(await ids('visited=yes')).toEqual([id]);
    expect(await ids('visited=no')).toContain(over.id);
  });

  test('who was not met is still to be visited, on the same day or on another', async () => {
    const { id } = await record();
    const visit = (body: object) => api.as(by.case_manager).post(`/people/${id}/visits`, body);
    const due = async () =>
      (await api.as(by.case_manager).get('/people?comeAgain=2026-03-09')).body.items.map(
        (item: { id: string }) => item.id,
      );
    await visit({ on: '2026-02-01', wish: 'nothing_now', comeAgainOn: '2026-02-20' });
    expect((await visit({ on: '2026-02-20', wish: 'not_met' })).body.comeAgainOn).toBe('2026-02-20');
    await visit({ on: '2026-02-21', wish: 'not_met' });
    expect(await due()).toEqual([id]);
    const again = await visit({ on: '2026-02-22', wish: 'not_met', comeAgainOn: '2026-03-10' });
    expect([again.body.comeAgainOn, await due()]).toEqual(['2026-03-10', []]);
    expect((await visit({ on: '2026-02-23', wish: 'job' })).body.comeAgainOn).toBeNull();
  });

  test('who has to be visited again: from the last visit, until the person is visited again', async () => {
    const [one, other] = [await record(), await record()];
    const visit = (id: string, on: string, comeAgainOn: string | null) =>
      api.as(by.case_manager).post(`/people/${id}/visits`, { on, wish: 'nothing_now', comeAgainOn });
    await visit(one.id, '2026-02-02', '2026-03-02');
    await visit(other.id, '2026-02-01', '2026-03-03');
    const due = async (on: string) =>
      (await api.as(by.case_manager).get(`/people?comeAgain=${on}`)).body.items.map(
        (item: { id: string }) => item.id,
      );
    expect(await due('2026-03-02')).toEqual([one.id]);
    expect(await due('2026-03-03')).toEqual([one.id, other.id]);
    const listed = async (query = '') =>
      (await api.as(by.case_manager).get(`/tasks?${query}`)).body.items as Record<string, unknown>[];
    expect(await listed()).toMatchObject([
      {
        kind: 'visit',
        what: 'Visit the person again.',
        personId: one.id,
        subject: { kind: 'person', link: `/v1/people/${one.id}` },
        due: '2026-03-02T18:59:59.000Z',
        overdue: false,
        assignee: 'O-1',
        allowedActions: ['visit'],
      },
    ]);
    expect((await api.as(by.supervisor).get('/tasks')).body.items).toEqual([]);
    expect((await api.as(by.neighbour).get('/tasks')).body.items).toEqual([]);
    // A visit of an earlier day that is entered late does not stand in for the last one.
    await visit(one.id, '2026-01-15', null);
    expect(await due('2026-03-02')).toEqual([one.id]);
    await visit(one.id, '2026-03-01', null);
    expect([await due('2026-03-02'), await listed()]).toEqual([[], []]);
    // No case follows from "nothing now", and nothing waits.
    expect([await api.db.case.count(), await api.db.task.count()]).toEqual([0, 0]);
    // Two records of one person: the last visit of either counts, and again of each once they are separated.
    await api.db.person.update({ where: { id: other.id }, data: { joinedTo: one.id } });
    await visit(one.id, '2026-03-02', null);
    expect(await due('2026-03-03')).toEqual([]);
    await api.db.person.update({ where: { id: other.id }, data: { joinedTo: null } });
    expect(await due('2026-03-03')).toEqual([other.id]);
    await visit(other.id, '2026-03-02', null);
  });

  test('work that the service confirmed counts at once, beside YAMMT’s answer, until its end', async () => {
    const { id } = await record();
    await api.db.employer.createMany({
      data: ['E-000801', 'E-000802'].map((employer, i) => ({
        id: employer,
        stir: `30000080${i}`,
        name: employer,
        district: '1703202',
      })),
    });
    const at = api.time.now;
    const hired = {
      personId: id,
      employerId: 'E-000801',
      contract: 'M-1',
      hiredOn: '2026-02-01',
      confirmedAt: at,
      how: 'referral',
      proof: 'yammt',
      area: '1703202001',
      state: 'retained',
      open: false,
      since: at,
      correlationId: 'test',
    };
    const ids = async (work: string) => {
      const answer = await api.as(by.supervisor).get(`/people?limit=200&work=${work}`);
      return answer.body.items.map((item: { id: string }) => item.id) as string[];
    };
    const works = async () => (await api.as(by.supervisor).get(`/people/${id}`)).body.works as unknown;
    expect([await works(), await ids('unknown')]).toEqual([null, expect.arrayContaining([id])]);

    await api.db.employment.create({ data: { id: 'J-000801', ...hired } });
    const confirmed = { stir: '300000800', contract: 'M-1', since: '2026-02-01', confirmed: true };
    expect(await works()).toEqual([confirmed]);
    expect([await ids('yes'), await ids('no'), await ids('unknown')]).toEqual([
      expect.arrayContaining([id]),
      expect.not.arrayContaining([id]),
      expect.not.arrayContaining([id]),
    ]);

    // YAMMT's answer does not know the job yet: it counts all the same, once.
    const elsewhere = { stir: '300000801', contract: 'M-2', since: '2026-01-01' };
    const told = (list: object[]) =>
      api.db.person.update({ where: { id }, data: { works: list, worksAsOf: at } });
    await told([elsewhere]);
    await told([{ stir: '300000800', contract: 'M-1', since: '2026-02-01' }, elsewhere]);
    expect(await works()).toEqual([elsewhere, confirmed]);

    // Its end, and that of a job YAMMT had told of, count at once too. Taken back, the job is known again.
    const end = (endedOn: string | null, job = 'J-000801') =>
      api.db.employment.update({ where: { id: job }, data: { endedOn } });
    await end('2026-03-01');
    expect(await works()).toEqual([elsewhere]);
    await end(null);
    expect(await works()).toEqual([elsewhere, confirmed]);
    await end('2026-03-01');
    await api.db.employment.create({
      data: {
        id: 'J-000802',
        ...hired,
        employerId: 'E-000802',
        hiredOn: '2026-01-01',
        endedOn: '2026-02-20',
      },
    });
    expect([await works(), await ids('no')]).toEqual([[], expect.arrayContaining([id])]);
  });

  test.each(['limit=0', 'limit=1&limit=2', 'cursor=%00', 'name=Karimova', 'recommendation=maybe'])(
    'the query %s is malformed',
    async (query) => {
      const answer = await api.as(by.supervisor).get(`/people?${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed_query']);
    },
  );

  test('an id of another form', async () => {
    expect((await api.as(by.supervisor).get('/people/1')).body.code).toBe('malformed_path');
    expect((await api.as(by.supervisor).get('/people/%FF')).status).toBe(400);
  });
});

describe('POST /people/search', () => {
  test('by PINFL and by words of the name, in the caller’s area', async () => {
    const { id, pinfl } = await record({ name: 'Oʻtkir 100%_Valiyev' });
    const found = async (who: keyof typeof by, body: object) =>
      (await api.as(by[who]).post('/people/search', body)).body.items;
    expect(await found('supervisor', { pinfl })).toMatchObject([{ id }]);
    expect(await found('supervisor', { name: 'VALIYEV oʻtk' })).toMatchObject([{ id }]);
    expect(await found('supervisor', { name: '0%_V' })).toMatchObject([{ id }]);
    expect(await found('supervisor', { name: '%%' })).toEqual([]);
    expect(await found('neighbour', { pinfl })).toEqual([]);
    expect((await api.as(by.supervisor).post('/people/search', {})).status).toBe(422);
  });
});

describe('PATCH /people/{id}', () => {
  test('a wrong report of a death is corrected by the supervisor, with a reason', async () => {
    const { id } = await record();
    const correct = (who: keyof typeof by, on: string | null) =>
      api.as(by[who]).patch(`/people/${id}`, { death: { on, reason: 'another person' } });
    expect((await correct('supervisor', null)).body.code).toBe('no_death');
    await api.db.person.update({ where: { id }, data: { diedOn: '2022-12-01' } });
    expect((await correct('case_manager', null)).status).toBe(403);
    expect((await correct('supervisor', '1900-01-01')).status).toBe(422);
    expect((await correct('supervisor', '2022-12-02')).body).toMatchObject({ diedOn: '2022-12-02' });
    expect((await correct('supervisor', null)).body).toMatchObject({ diedOn: null });
    const events = await api.db.event.findMany({ where: { personId: id, type: 'death_corrected' } });
    expect(events).toMatchObject([{ params: { on: '2022-12-02' } }, { params: { on: '-' } }]);
  });

  test('the day of a death is corrected: the employments that it ended follow, no other', async () => {
    const { id } = await record();
    await api.db.person.update({ where: { id }, data: { diedOn: '2025-12-20' } });
    const employer = { id: 'E-900001', stir: '309000001', name: 'Nur', district: '1703202' };
    await api.db.employer.create({ data: employer });
    const ended = (job: string, hiredOn: string, endReason: string) =>
      api.db.employment.create({
        data: {
          id: job,
          personId: id,
          employerId: employer.id,
          hiredOn,
          endReason,
          endedOn: '2025-12-20',
          endedAt: api.time.now,
          confirmedAt: api.time.now,
          since: api.time.now,
          how: 'alone',
          proof: 'yammt',
          area: '1703202001',
          state: 'ended',
          open: false,
          correlationId: 'test',
        },
      });
    await ended('J-900001', '2025-10-01', 'died');
    await ended('J-900002', '2025-10-01', 'resigned');
    await ended('J-900003', '2025-12-10', 'died');
    const answer = await api
      .as(by.supervisor)
      .patch(`/people/${id}`, { death: { on: '2025-12-02', reason: 'the certificate' } });
    expect(answer.status).toBe(200);
    const jobs = await api.db.employment.findMany({ where: { personId: id }, orderBy: { id: 'asc' } });
    expect(jobs.map(({ endedOn }) => endedOn)).toEqual(['2025-12-02', '2025-12-20', '2025-12-10']);
    const events = await api.db.event.findMany({ where: { type: 'end_corrected' }, orderBy: { id: 'asc' } });
    expect(events).toMatchObject([
      {
        subject: 'retention/J-900001',
        params: { from: '2025-12-20', on: '2025-12-02' },
        grounds: 'the certificate',
      },
      { subject: 'retention/J-900003', params: { on: '2025-12-10' } },
    ]);
  });

  test('changes the fields that differ, and names them', async () => {
    const { id } = await record();
    const answer = await api
      .as(by.case_manager)
      .patch(`/people/${id}`, { phone: '+998909999999', name: 'Dilnoza Karimova', email: null });
    expect(answer.body).toMatchObject({ phone: '+998909999999' });
    const events = await api.db.event.findMany({ where: { personId: id, type: 'person_changed' } });
    expect(events.map(({ params }) => params)).toEqual([{ fields: 'phone' }]);
    expect((await api.as(by.neighbour).patch(`/people/${id}`, { phone: null })).status).toBe(404);
    expect((await api.as(by.case_manager).patch(`/people/${id}`, { pinfl: '1' })).body.code).toBe(
      'unknown_field',
    );
  });
});

describe('POST /people/{id}/visits', () => {
  test('records the visit; nothing now is no refusal', async () => {
    const { id } = await record();
    const visit = {
      on: '2026-03-02',
      offered: ['job', 'training'],
      wish: 'nothing_now',
      comeAgainOn: '2026-06-01',
      note: 'Later.',
    };
    const answer = await api.as(by.case_manager).post(`/people/${id}/visits`, visit);
    expect(answer.status).toBe(201);
    const person = await api.as(by.case_manager).get(`/people/${id}`);
    expect(person.body).toMatchObject({
      lastVisit: { wish: 'nothing_now' },
      visits: [{ ...visit, by: 'O-1' }],
      openCase: null,
    });
    const event = await api.db.event.findFirstOrThrow({ where: { personId: id, type: 'visited' } });
    expect(event.params).toEqual({ on: '2026-03-02', wish: 'nothing_now' });
  });

  test.each([
    [{ on: '2026-03-03', wish: 'job' }, 'future_day'],
    [{ on: '1980-01-01', wish: 'job' }, 'before_birth'],
    [{ on: '2026-02-29', wish: 'job' }, 'impossible_date'],
    [{ on: '2026-03-01', wish: 'job', comeAgainOn: '2026-03-01' }, 'before_visit'],
    [{ on: '2026-03-01', wish: 'gold' }, 'wrong_fields'],
  ])('%j is refused', async (visit, code) => {
    const { id } = await record();
    const answer = await api.as(by.case_manager).post(`/people/${id}/visits`, visit);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(await api.db.visit.count({ where: { personId: id } })).toBe(0);
  });

  test('outside the area there is nobody; other roles do not visit', async () => {
    const { id } = await record();
    const visit = { on: '2026-03-01', wish: 'job' };
    expect((await api.as(by.neighbour).post(`/people/${id}/visits`, visit)).status).toBe(404);
    expect((await api.as(by.employment_officer).post(`/people/${id}/visits`, visit)).status).toBe(403);
  });
});

describe('POST /people/import', () => {
  const send = async (csv: string | Buffer, who: keyof typeof by = 'supervisor', type = 'text/csv') =>
    request(api.base)
      .post('/v1/people/import')
      .set('Authorization', `Bearer ${await api.token(by[who])}`)
      .set('Content-Type', type)
      .send(csv);
  const pinfl = (n: number) => makePinfl('1985-01-31', 'male', String(500 + n).padStart(6, '0'));

  test('line by line: created, changed, unchanged, rejected; the same file again changes nothing', async () => {
    const file = [
      'pinfl,name,mahalla,skills,recommendedUntil,group,conditions',
      `${pinfl(1)},Aziz,1703202001,sewing;baking,2027-01-31,2,ramp`,
      `#${pinfl(2)},Beginning like a comment,1703202001,,,,`,
      `${pinfl(2).slice(0, 13)}x,Wrong,1703202001,,,,`,
      `${pinfl(3)},Elsewhere,1706204001,,,,`,
      `${pinfl(1)},Twice,1703202001,,,,`,
      `${pinfl(4)},"Half a line`,
      `${pinfl(5)},Short,1703202001`,
      '',
      `${pinfl(6)},"After ""all"" that",1703202001,,,,`,
    ].join('\r\n');
    const first = await send(file);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ lines: 8, accepted: 2, created: 2, rejectedLines: 6 });
    expect(
      first.body.rejected.map(({ line, field }: { line: number; field: string }) => [line, field]),
    ).toEqual([
      [3, 'pinfl'],
      [4, 'pinfl'],
      [5, 'mahalla'],
      [6, '(line)'],
      [7, '(line)'],
      [8, '(line)'],
    ]);
    expect(first.body.rejected[4].detail).toContain('quotes');
    expect(first.body.rejected[5].detail).toBe('Has 3 cells. Give 7, as the first line does.');
    expect(await api.db.person.findUniqueOrThrow({ where: { pinfl: pinfl(6) } })).toMatchObject({
      name: 'After "all" that',
    });
    expect(first.text).not.toContain(pinfl(1));
    expect(first.text).not.toContain('Elsewhere');
    const person = await api.db.person.findUniqueOrThrow({ where: { pinfl: pinfl(1) } });
    expect(person).toMatchObject({
      skills: ['sewing', 'baking'],
      recommendedUntil: '2027-01-31',
      recommendation: { group: 2, conditions: ['ramp'] },
    });
    expect((await send(file)).body).toMatchObject({ accepted: 2, unchanged: 2, created: 0 });
    const changed = await send(file.replace('Aziz', 'Azizbek'));
    expect(changed.body).toMatchObject({ changed: 1 });
    const events = await api.db.event.findMany({ where: { personId: person.id }, orderBy: { id: 'asc' } });
    expect(events.map(({ type }) => type)).toEqual(['person_recorded', 'person_changed']);
  });

  test('a person with an open case: their mahalla and recommendation stay, the other lines go on', async () => {
    const header = 'pinfl,name,mahalla,phone,recommendedUntil,group\n';
    const line = (n: number, more: string) => `${pinfl(n)},Somebody,${more}\n`;
    const known = '1703202001,,2027-01-31,2';
    await send(header + line(21, known) + line(22, known) + line(23, known));
    for (const [at, n] of [21, 22, 23].entries()) {
      const { id } = await api.db.person.findUniqueOrThrow({ where: { pinfl: pinfl(n) } });
      await api.db.$transaction([
        api.db.case.create({
          data: {
            id: `C-00009${at}`,
            personId: id,
            area: '1703202001',
            state: 'planning',
            since: api.time.now,
            openedAt: api.time.now,
            consent: { by: 'person' },
            eligibility: 'yes',
            correlationId: 'test',
          },
        }),
        api.db.task.create({
          data: {
            subject: `case/C-00009${at}`,
            caseId: `C-00009${at}`,
            kind: 'plan',
            role: 'case_manager',
            area: '1703202001',
            since: api.time.now,
            nextAt: api.time.now,
          },
        }),
      ]);
    }
    const answer = await send(
      header +
        line(21, '1703202002,,2027-01-31,2') +
        line(22, '1703202001,,2028-01-31,2') +
        line(23, '1703202001,+998901112233,2027-01-31,2') +
        line(24, known),
    );
    expect(answer.body).toMatchObject({
      changed: 1,
      created: 1,
      rejected: [
        { line: 2, field: 'mahalla', code: 'moves_with_case' },
        { line: 3, field: 'recommendedUntil', code: 'asked_of_tiek' },
      ],
    });
    const people = await api.db.person.findMany({
      where: { pinfl: { in: [21, 22, 23].map(pinfl) } },
      orderBy: { id: 'asc' },
    });
    expect(people).toMatchObject([
      { mahalla: '1703202001' },
      { recommendedUntil: '2027-01-31' },
      { phone: '+998901112233' },
    ]);
  });

  test('many lines go in batches', async () => {
    const lines = Array.from(
      { length: 1200 },
      (_, n) => `${makePinfl('1970-03-03', 'male', String(n).padStart(6, '0'))},Name ${n},1703202001`,
    );
    const answer = await send(`pinfl,name,mahalla\n${lines.join('\n')}\n`);
    expect(answer.body).toMatchObject({ lines: 1200, accepted: 1200, rejectedLines: 0 });
    expect(
      await api.db.event.count({
        where: { type: 'imported', correlationId: String(answer.headers['x-correlation-id']) },
      }),
    ).toBe(3);
  });

  test('columns that are missing or unknown, another type, another role, too large', async () => {
    const columns = await send('pinfl,name,colour\n');
    expect([columns.status, columns.body.code]).toEqual([422, 'wrong_columns']);
    expect(columns.body.errors.map(({ field }: { field: string }) => field)).toEqual(['mahalla', 'colour']);
    expect((await send('{}', 'supervisor', 'application/json')).status).toBe(415);
    expect((await send('pinfl\n', 'case_manager')).status).toBe(403);
  });

  test('more than 32 MiB are refused while they come', async () => {
    const header = 'pinfl,name,mahalla\n';
    const chunk = `${' '.repeat(9_999)}\n`.repeat(100);
    const token = await api.token(by.supervisor);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from(header));
        for (let n = 0; n < 34; n += 1) controller.enqueue(Buffer.from(chunk));
        controller.close();
      },
    });
    const answer = await fetch(`${api.base}/v1/people/import`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv' },
      body,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });
});

test('one key on one resource is one command, however its path is spelled', async () => {
  const { id } = await record();
  const visit = { on: '2026-03-01', wish: 'not_met' };
  const paths = ['people', 'PEOPLE'].flatMap((word) =>
    [id, id.replace('P', '%50')].flatMap((key) => [`/${word}/${key}/visits`, `/${word}/${key}/visits/`]),
  );
  const token = await api.token(by.case_manager);
  for (const [at, path] of paths.entries()) {
    const answer = await request(api.base)
      .post(`/v1${path}`)
      .set('Authorization', `Bearer ${token}`)
      .set('Idempotency-Key', `spelled-${id}`)
      .send(visit);
    expect([answer.status, answer.headers['idempotent-replayed']]).toEqual([
      201,
      at === 0 ? undefined : 'true',
    ]);
  }
  expect(await api.db.visit.count({ where: { personId: id } })).toBe(1);
  expect(await api.db.command.findFirstOrThrow({ where: { key: `spelled-${id}` } })).toMatchObject({
    route: `POST /v1/people/${id}/visits`,
  });
});
