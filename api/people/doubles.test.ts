import request from 'supertest';
import { makePinfl } from '../../domain/pinfl';
import { sign } from '../../registers/signature';
import { type Pathway, seedOffices, somebody, startPathway } from '../../test/support/pathway';
import type { Claims } from '../http/auth';

const secondAdministrator: Claims = { sub: 'O-91', role: 'administrator', area: '' };
const wholeRegion: Claims = { sub: 'O-93', role: 'supervisor', area: '1703' };

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway);
  await pathway.db.official.createMany({
    data: [
      { id: 'O-91', name: 'Second', role: 'administrator', area: '', person: 'both' },
      { id: 'O-93', name: 'Both', role: 'supervisor', area: '1703', person: 'both' },
    ],
  });
});
afterAll(() => pathway.close());

const supervisor = () => pathway.as(somebody.supervisor);
const manager = () => pathway.as(somebody.case_manager);
const administrator = () => pathway.as(somebody.administrator);
const grounds = 'Passport and birth certificate, seen at the door';

let serial = 0;
async function recorded(name: string, more: { birth?: string; mahalla?: string } = {}) {
  const { birth = '1988-03-04', mahalla = '1703202001' } = more;
  const pinfl = makePinfl(birth, 'female', String(++serial).padStart(6, '0'));
  const answer = await administrator().post('/people', { pinfl, name, mahalla });
  expect(answer.status).toBe(201);
  const { id, possibleDoubles } = answer.body as {
    id: string;
    possibleDoubles: { id: string; words: string }[];
  };
  return { id, pinfl, doubles: possibleDoubles };
}
/** Two records of one person, who is called like nobody else. */
async function twice() {
  const name = `Nodira Yoʻldosheva${'abcdefghijklmnopqrstuvwxyz'[serial % 26]}${'aeiou'[Math.floor(serial / 26)]}`;
  const kept = await recorded(name);
  const other = await recorded(name.replace('ʻ', "'"));
  return { kept, other };
}
const propose = (other: string, into: string) =>
  supervisor().post(`/people/${other}/joining`, { into, grounds });
const decide = (id: string, who = administrator()) =>
  who.post(`/approvals/${id}/decision`, { approve: true });

async function joined() {
  const both = await twice();
  const proposal = await propose(both.other.id, both.kept.id);
  expect(proposal.body).toMatchObject({
    kind: 'join',
    state: 'deciding',
    waitingFor: { role: 'administrator' },
  });
  expect((await decide(proposal.body.id as string)).body).toMatchObject({ state: 'approved' });
  return both;
}
async function separated(other: string) {
  const proposal = await supervisor().post(`/people/${other}/separation`, { grounds });
  expect(proposal.status).toBe(201);
  expect((await decide(proposal.body.id as string)).status).toBe(200);
}
const open = (person: { id: string } | { pinfl: string }) =>
  manager().post('/cases', {
    ...('id' in person ? { person: person.id } : person),
    consent: { by: 'person' },
  });
const read = async (id: string) => (await supervisor().get(`/people/${id}`)).body;

describe('a possible double', () => {
  test('is named at the entry, in words, however the name is written', async () => {
    const first = await recorded('Gulnora Oʻrinova');
    expect(first.doubles).toEqual([]);
    const second = await recorded('Ўринова Гулнора Карим қизи');
    expect(second.doubles).toEqual([{ id: first.id, words: expect.stringContaining(first.id) }]);
    expect(second.doubles[0]?.words).toContain('supervisor');
  });

  test.each([
    ['another day of birth', 'Lola Azizova', { birth: '1988-03-05' }],
    ['another mahalla', 'Lola Azizova', { mahalla: '1703202002' }],
    ['another name', 'Lola Aliyeva', {}],
  ])('%s makes none', async (_what, name, more) => {
    await recorded('Lola Azizova');
    expect((await recorded(name, more)).doubles.map(({ id }) => id)).toEqual([]);
    await pathway.db.person.updateMany({ where: { name: 'Lola Azizova' }, data: { name: `Gone ${serial}` } });
  });

  test('is listed for the supervisor of the area, page by page, until it is joined', async () => {
    const { kept, other } = await twice();
    const pairsSeenBy = async (who: Claims) => {
      const pairs: string[][] = [];
      let cursor = '';
      do {
        const { body } = await pathway.as(who).get(`/people/doubles?limit=1${cursor}`);
        pairs.push(
          ...body.items.map(({ people }: { people: { id: string }[] }) => people.map(({ id }) => id)),
        );
        cursor = body.next === null ? '' : `&cursor=${body.next}`;
      } while (cursor !== '');
      return pairs;
    };
    expect(await pairsSeenBy(somebody.supervisor)).toContainEqual([kept.id, other.id]);
    expect(await pairsSeenBy(somebody.far_supervisor)).toEqual([]);
    expect((await manager().get('/people/doubles')).status).toBe(403);
    await decide((await propose(other.id, kept.id)).body.id as string);
    expect(await pairsSeenBy(somebody.supervisor)).not.toContainEqual([kept.id, other.id]);
  });
});

describe('two records joined', () => {
  test('are one person, found under both numbers; nothing is moved', async () => {
    const { kept, other } = await twice();
    await manager().post(`/people/${other.id}/visits`, { on: '2026-03-01', wish: 'job' });
    const opened = await open({ id: other.id });
    await pathway.settled();
    const proposal = await propose(other.id, kept.id);
    expect((await read(other.id)).joinedTo).toBeNull();
    await decide(proposal.body.id as string);

    const whole = { openCase: opened.body.id, lastVisit: { on: '2026-03-01' }, visits: [{ wish: 'job' }] };
    expect(await read(kept.id)).toMatchObject({
      ...whole,
      joinedTo: null,
      joined: [{ id: other.id, pinfl: other.pinfl }],
    });
    expect(await read(other.id)).toMatchObject({ ...whole, joinedTo: kept.id });
    const search = async (url: string, body: object) =>
      (await supervisor().post(url, body)).body.items.map(({ id }: { id: string }) => id);
    expect(await search('/people/search', { pinfl: other.pinfl })).toEqual([kept.id, other.id]);
    expect(await search('/people/search', { pinfl: kept.pinfl })).toEqual([kept.id, other.id]);
    for (const { pinfl } of [kept, other])
      expect(await search('/cases/search', { pinfl })).toEqual([opened.body.id]);
    for (const { id } of [kept, other])
      expect((await supervisor().get(`/cases?person=${id}`)).body.items).toMatchObject([
        { id: opened.body.id },
      ]);
    const withCase = (await supervisor().get('/people?case=yes&limit=200')).body.items as { id: string }[];
    expect(withCase.map(({ id }) => id)).toContain(kept.id);
    expect(withCase.map(({ id }) => id)).not.toContain(other.id);
    expect(await pathway.db.case.findUniqueOrThrow({ where: { id: opened.body.id } })).toMatchObject({
      personId: other.id,
    });
    const events = await pathway.db.event.findMany({
      where: { type: 'people_joined', personId: { in: [kept.id, other.id] } },
    });
    expect(events).toHaveLength(2);
  });

  test('have one open case, whichever number it is opened by', async () => {
    const { kept, other } = await joined();
    const opened = await open({ pinfl: other.pinfl });
    expect(opened.body).toMatchObject({ personId: kept.id });
    for (const person of [{ id: other.id }, { id: kept.id }, { pinfl: kept.pinfl }])
      expect((await open(person)).body.code).toBe('open_case');
  });

  test('a closed case of the joined record is not reopened beside an open one', async () => {
    const { kept, other } = await twice();
    const first = await open({ id: other.id });
    await pathway.settled();
    const closing = { outcome: 'other', summary: 'moved abroad', personAgrees: true };
    expect((await manager().post(`/cases/${first.body.id}/closure`, closing)).status).toBe(200);
    await pathway.settled();
    await decide((await propose(other.id, kept.id)).body.id as string);
    expect((await open({ id: kept.id })).status).toBe(201);
    const again = await manager().post(`/cases/${first.body.id}/reopening`, { reason: 'back' });
    expect([again.status, again.body.code]).toEqual([409, 'open_case']);
  });

  test('of a case opened under one number and one reopened under the other at once, one is', async () => {
    const { kept, other } = await twice();
    const first = await open({ id: other.id });
    await pathway.settled();
    const closing = { outcome: 'other', summary: 'moved abroad', personAgrees: true };
    await manager().post(`/cases/${first.body.id}/closure`, closing);
    await decide((await propose(other.id, kept.id)).body.id as string);
    await pathway.settled();
    const both = await Promise.all([
      open({ id: kept.id }),
      manager().post(`/cases/${first.body.id}/reopening`, { reason: 'back' }),
    ]);
    const [done, refused] = both.toSorted((a, b) => a.status - b.status);
    expect(done?.status).toBeLessThan(300);
    expect([refused?.status, refused?.body.code]).toEqual([409, 'open_case']);
  });

  test('the joined record is not worked on: the kept one is named', async () => {
    const { kept, other } = await joined();
    const attempts = [
      supervisor().patch(`/people/${other.id}`, { phone: null, address: 'x' }),
      manager().post(`/people/${other.id}/visits`, { on: '2026-03-01', wish: 'job' }),
    ];
    for (const { status, body } of await Promise.all(attempts)) {
      expect([status, body.code]).toEqual([409, 'joined']);
      expect(body.detail).toContain(kept.id);
    }
    const line = `pinfl,name,mahalla\n${other.pinfl},Nodira,1703202001\n`;
    const { body } = await supervisor().post('/people/import', line, { 'Content-Type': 'text/csv' });
    expect(body.rejected).toMatchObject([{ field: 'pinfl', code: 'joined' }]);
  });

  test('a death told under the one number ends the case under the other', async () => {
    const { kept, other } = await joined();
    const opened = await open({ id: kept.id });
    await pathway.settled();
    const told = { event: 'ev-died', register: 'tiek', type: 'person_died', at: '2026-03-02T08:00:00+05:00' };
    const body = JSON.stringify({ ...told, pinfl: other.pinfl, on: '2026-03-01' });
    const signature = sign('a secret of the tests', Math.floor(pathway.time.now.getTime() / 1000), body);
    await request(pathway.base)
      .post('/v1/registers/tiek/events')
      .set({ 'Content-Type': 'application/json', 'X-Register-Signature': signature })
      .send(body)
      .expect(202);
    await pathway.settled();
    expect((await supervisor().get(`/cases/${opened.body.id}`)).body).toMatchObject({
      state: 'closed',
      outcome: 'died',
    });
    expect(await read(kept.id)).toMatchObject({ diedOn: '2026-03-01' });
  });

  test('are separated by two persons, and each has its own facts again', async () => {
    const { kept, other } = await twice();
    const opened = await open({ id: other.id });
    await pathway.settled();
    const before = await Promise.all([read(kept.id), read(other.id)]);
    await decide((await propose(other.id, kept.id)).body.id as string);
    await separated(other.id);
    expect(await Promise.all([read(kept.id), read(other.id)])).toEqual(before);
    expect((await open({ id: kept.id })).status).toBe(201);
    expect((await read(other.id)).openCase).toBe(opened.body.id);
    const again = await supervisor().post(`/people/${other.id}/separation`, { grounds });
    expect([again.status, again.body.code]).toEqual([409, 'not_joined']);
  });
});

describe('a proposal is refused', () => {
  test.each([
    'case_manager',
    'employment_officer',
    'labour_inspector',
    'finance_officer',
    'auditor',
    'administrator',
  ] as const)('from: %s', async (role) => {
    const { kept, other } = await twice();
    const as = pathway.as(somebody[role]);
    expect((await as.post(`/people/${other.id}/joining`, { into: kept.id, grounds })).status).toBe(403);
    expect((await as.post(`/people/${other.id}/separation`, { grounds })).status).toBe(403);
  });

  test('in another district, and across districts', async () => {
    const { kept, other } = await twice();
    const far = pathway.as(somebody.far_supervisor);
    expect((await far.post(`/people/${other.id}/joining`, { into: kept.id, grounds })).status).toBe(404);
    const elsewhere = await recorded('Nodira Far', { mahalla: '1706204001' });
    expect((await propose(other.id, elsewhere.id)).status).toBe(404);
    expect((await propose(elsewhere.id, other.id)).status).toBe(404);
    expect((await propose(other.id, 'P-999999999')).status).toBe(404);
  });

  test('with itself, without grounds, while it is proposed', async () => {
    const { kept, other } = await twice();
    expect((await propose(other.id, other.id)).body).toMatchObject({ status: 422, code: 'same_record' });
    expect((await supervisor().post(`/people/${other.id}/joining`, { into: kept.id })).status).toBe(422);
    expect((await propose(other.id, kept.id)).status).toBe(201);
    expect((await propose(other.id, kept.id)).body).toMatchObject({ status: 409, code: 'proposed_already' });
  });

  test('of a record that is joined already, or that another is joined to', async () => {
    const { kept, other } = await joined();
    const third = await recorded('Nodira Third');
    const refused = async (from: string, into: string) =>
      (await propose(from, into)).body as { code: string; detail: string };
    expect(await refused(other.id, kept.id)).toMatchObject({ code: 'joined' });
    expect(await refused(other.id, third.id)).toMatchObject({
      code: 'joined',
      detail: expect.stringContaining(kept.id),
    });
    expect(await refused(third.id, other.id)).toMatchObject({ code: 'joined' });
    expect(await refused(kept.id, third.id)).toMatchObject({ code: 'keeps_another' });
    expect((await propose(third.id, kept.id)).status).toBe(201);
  });

  test('while both have an open case', async () => {
    const { kept, other } = await twice();
    const cases = [await open({ id: kept.id }), await open({ id: other.id })];
    const answer = await propose(other.id, kept.id);
    expect([answer.status, answer.body.code]).toEqual([409, 'open_cases']);
    for (const { body } of cases) expect(answer.body.detail).toContain(body.id);
  });
});

describe('a decision', () => {
  test('is another person’s, by whatever account', async () => {
    const { kept, other } = await twice();
    const proposal = await pathway
      .as(wholeRegion)
      .post(`/people/${other.id}/joining`, { into: kept.id, grounds });
    const id = proposal.body.id as string;
    expect((await decide(id, supervisor())).status).toBe(403);
    expect((await decide(id, pathway.as(somebody.finance_officer))).status).toBe(404);
    expect((await decide(id, pathway.as(secondAdministrator))).body).toMatchObject({
      status: 403,
      code: 'took_part',
    });
    expect((await read(other.id)).joinedTo).toBeNull();
    expect((await decide(id)).status).toBe(200);
    expect((await decide(id)).status).toBe(409);
  });

  test('finds that both have opened a case meanwhile, and joins nothing', async () => {
    const { kept, other } = await twice();
    const proposal = await propose(other.id, kept.id);
    await open({ id: kept.id });
    await open({ id: other.id });
    const answer = await decide(proposal.body.id as string);
    expect([answer.status, answer.body.code]).toEqual([409, 'open_cases']);
    expect((await read(other.id)).joinedTo).toBeNull();
    const rejected = await administrator().post(`/approvals/${proposal.body.id}/decision`, {
      approve: false,
      words: 'two cases',
    });
    expect(rejected.body).toMatchObject({ state: 'rejected' });
  });

  test('for one of two proposals the other way round; the second is refused', async () => {
    const { kept, other } = await twice();
    const there = await propose(other.id, kept.id);
    const back = await propose(kept.id, other.id);
    expect((await decide(there.body.id as string)).status).toBe(200);
    expect((await decide(back.body.id as string)).body).toMatchObject({ status: 409, code: 'joined' });
  });

  test('on a separation that was decided is not given twice', async () => {
    const { kept, other } = await joined();
    const proposal = await supervisor().post(`/people/${other.id}/separation`, { grounds });
    const twiceProposed = await supervisor().post(`/people/${other.id}/separation`, { grounds });
    expect(twiceProposed.body.code).toBe('proposed_already');
    expect((await decide(proposal.body.id as string)).status).toBe(200);
    expect((await decide(proposal.body.id as string)).status).toBe(409);
    expect((await read(kept.id)).joined).toEqual([]);
  });

  test('is seen by the supervisors of the area, not by the offices of the money', async () => {
    const { kept, other } = await twice();
    const { id } = (await propose(other.id, kept.id)).body as { id: string };
    const seenBy = async (who: Claims) => (await pathway.as(who).get(`/approvals/${id}`)).status;
    expect(await seenBy(somebody.supervisor)).toBe(200);
    expect(await seenBy(somebody.administrator)).toBe(200);
    for (const who of [
      somebody.far_supervisor,
      somebody.employment_officer,
      somebody.finance_officer,
      somebody.employer,
    ])
      expect(await seenBy(who)).toBe(404);
    const listed = (await supervisor().get('/approvals?kind=join&limit=200')).body.items as { id: string }[];
    expect(listed.map((item) => item.id)).toContain(id);
  });
});
