import { plannedCase, type Pathway, seedOffices, somebody, startPathway } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway, { places: 100 });
  await plannedCase(pathway);
  await pathway.db.official.update({ where: { id: 'O-1' }, data: { email: 'o1@example.uz' } });
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);
const officer = () => pathway.as(somebody.employment_officer);
const facts = { name: 'Oydin Savdo MChJ', district: '1703202', phone: '+998711112233' };
const proposed = (stir: string, more: object = {}) =>
  manager().post('/employers/proposals', { ...facts, stir, grounds: 'I saw the contract', ...more });
const told = async (subject: string) =>
  (await pathway.db.notice.findMany({ where: { subject, recipientId: 'O-1' } })).map(({ type, params }) => ({
    type,
    params,
  }));

test('work with an unknown employer: the case manager proposes, the employment officer confirms', async () => {
  const stir = '309999991';
  const { id } = await plannedCase(pathway);
  const found = { case: id, stir, since: pathway.time.now.toISOString().slice(0, 10), checks: false };
  const unknown = await manager().post('/employments', found);
  expect(unknown.body).toMatchObject({ status: 422, code: 'unknown_employer' });
  expect(unknown.body.errors[0].detail).toContain('/employers/proposals');

  const { status, body } = await proposed(stir);
  expect([status, body]).toMatchObject([
    201,
    { kind: 'employer', state: 'deciding', body: { stir, ...facts } },
  ]);
  expect((await proposed(stir)).body).toMatchObject({ status: 409, code: 'proposed_already' });
  await pathway.settled();
  const { items } = (await officer().get('/tasks?limit=200')).body;
  for (const follows of [somebody.case_manager, somebody.supervisor]) {
    const listed = (await pathway.as(follows).get('/approvals?kind=employer')).body.items;
    expect(listed).toMatchObject([{ id: body.id, state: 'deciding', allowedActions: [] }]);
    expect((await pathway.as(follows).get(`/approvals/${body.id}`)).status).toBe(200);
  }
  expect((await pathway.as(somebody.neighbour).get('/approvals')).body.items).toEqual([]);
  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'decide_employer', subject: expect.objectContaining({ id: body.id }) }),
  );
  expect((await officer().get(`/approvals/${body.id}`)).body).toMatchObject({
    grounds: 'I saw the contract',
  });
  expect(
    (await pathway.as(somebody.finance_officer).post(`/approvals/${body.id}/decision`, { approve: true }))
      .status,
  ).not.toBe(200);

  const decided = await officer().post(`/approvals/${body.id}/decision`, { approve: true });
  expect(decided.body).toMatchObject({ state: 'approved' });
  await pathway.settled();
  expect((await officer().get(`/employers?stir=${stir}`)).body.items).toMatchObject([{ stir, ...facts }]);
  expect(await told(`approval/${body.id}`)).toEqual([
    { type: 'employer_confirmed', params: { proposed: facts.name } },
  ]);
  expect((await manager().post('/employments', found)).status).toBe(200);
  expect((await proposed(stir)).body).toMatchObject({ status: 409, code: 'already_recorded' });
});

test('a rejected employer stays off the record, and the case manager is told why', async () => {
  const { body } = await proposed('309999992');
  await pathway.settled();
  await officer().post(`/approvals/${body.id}/decision`, { approve: false, words: 'no such enterprise' });
  await pathway.settled();
  expect(await pathway.db.employer.count({ where: { stir: '309999992' } })).toBe(0);
  expect(await told(`approval/${body.id}`)).toEqual([
    { type: 'employer_declined', params: { proposed: facts.name, grounds: 'no such enterprise' } },
  ]);
});

test('an employer lies in a district that exists, and is proposed by those who work on cases', async () => {
  expect((await proposed('309999993', { district: '1703999' })).body).toMatchObject({
    status: 422,
    code: 'unknown_territory',
  });
  const body = { ...facts, stir: '309999993', grounds: 'x' };
  expect((await officer().post('/employers/proposals', body)).status).toBe(403);
});
