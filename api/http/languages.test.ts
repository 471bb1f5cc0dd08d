import { plannedCase, type Pathway, seedOffices, somebody, startPathway } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway, { places: 100 });
});
afterAll(() => pathway.close());

const worklist = (caseId: string, accepted?: string) =>
  pathway
    .as(somebody.case_manager)
    .get(`/tasks?case=${caseId}`, accepted === undefined ? {} : { 'Accept-Language': accepted });

test('words come in the language that is asked for, else in the reader’s own, else in the operator’s', async () => {
  const { id } = await plannedCase(pathway);
  const english = await worklist(id);
  expect(english.headers).toMatchObject({
    'content-language': 'en',
    vary: expect.stringContaining('Accept-Language'),
  });
  expect(english.body.items).toMatchObject([
    { what: 'Refer the person to a first job.', dueOn: '2026-03-16' },
  ]);
  const asked = await worklist(id, 'uz-UZ,ru;q=0.5');
  expect(asked.headers['content-language']).toBe('uz-Latn');
  expect(asked.body.items).toMatchObject([
    { kind: 'first_referral', what: "Shaxsni birinchi ishga yo'llang." },
  ]);

  await pathway.db.official.update({ where: { id: 'O-1' }, data: { language: 'uz-Latn' } });
  expect((await worklist(id)).headers['content-language']).toBe('uz-Latn');
  expect((await worklist(id, 'en')).headers['content-language']).toBe('en');
  const events = await pathway.as(somebody.case_manager).get(`/cases/${id}/timeline`);
  expect(events.body.items[0]).toMatchObject({ type: 'case_opened', words: 'Keys rozilik bilan ochildi.' });
  await pathway.db.official.update({ where: { id: 'O-1' }, data: { language: null } });
});

test('who is written to in which language is kept with people, employers and officials', async () => {
  const { person } = await plannedCase(pathway);
  const manager = pathway.as(somebody.case_manager);
  const changed = await manager.patch(`/people/${person.id}`, { language: 'uz-Latn' });
  expect(changed).toMatchObject({ status: 200, body: { language: 'uz-Latn' } });
  expect((await manager.patch(`/people/${person.id}`, { language: 'ru' })).status).toBe(422);
  expect((await manager.patch(`/people/${person.id}`, { language: null })).body.language).toBeNull();
});
