import { caseHandlers } from '../activities/case';
import { type Bench, caseManager, MAHALLA, PINFL, seed, startBench, STIR } from '../test/support/bench';
import { codeOf, openedCase, person, rowOf, waitsOf } from '../test/support/cases';

let bench: Bench;
let personId: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers]);
  ({ personId } = await seed(bench));
});
afterEach(() => bench.close());

test('a case is opened with consent, the wait for the assessment, and the answers of TIEK and YAMMT', async () => {
  await bench.sandbox.script({
    yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-01-10', contract: 'M-7' } },
  });
  const id = await openedCase(bench, personId);
  expect(id).toBe('C-000001');
  expect(await rowOf(bench, id)).toMatchObject({
    state: 'assessment',
    open: true,
    area: MAHALLA,
    managerId: caseManager.id,
    eligibility: 'yes',
    consent: { by: 'person', on: '2023-03-01' },
  });
  // 8 March is a holiday: ten working days end on the 16th.
  expect((await bench.waits(`case/${id}`))[0]).toEqual({
    kind: 'assessment',
    role: 'case_manager',
    rank: null,
    due: '2023-03-16T23:59',
  });
  expect(await bench.events(`case/${id}`)).toEqual([
    'case_opened',
    'register_asked',
    'eligibility_yes',
    'register_asked',
    'present_work',
  ]);
  const { works } = await bench.db.person.findUniqueOrThrow({ where: { id: personId } });
  expect(works).toEqual([{ stir: STIR, contract: 'M-7', since: '2023-01-10' }]);
});

test('neither present work nor YAMMT’s silence bars a case', async () => {
  await bench.sandbox.script({ yammt: { down: {} } });
  const id = await openedCase(bench, personId);
  await bench.pass('13d');
  expect(await bench.events(`case/${id}`)).toContain('present_work_unknown');
  expect(await waitsOf(bench, id)).toEqual(['assessment', 'recommendation_watch']);
});

test('a person has one open case: the refusal names it in this mahalla, or says how to ask for it', async () => {
  await openedCase(bench, personId);
  expect(await codeOf(openedCase(bench, personId))).toBe('open_case');
  expect(await codeOf(openedCase(bench, personId, { area: '1727220001' }))).toBe('open_case_elsewhere');
});

test('two cases of one person at the same moment: one is opened', async () => {
  const both = await Promise.all([codeOf(openedCase(bench, personId)), codeOf(openedCase(bench, personId))]);
  expect(both.toSorted()).toEqual(['nothing', 'open_case']);
});

test('three cases at the same moment in a mahalla without a case manager: all are opened, and the gap is one task', async () => {
  const people = [personId, await person(bench), await person(bench)];
  const unmanaged = { managerId: null, area: '1726262009' };
  const cases = await Promise.all(people.map((each) => openedCase(bench, each, unmanaged)));
  expect(new Set(cases).size).toBe(3);
  const gaps = await bench.db.task.findMany({ where: { kind: 'office_gap' } });
  expect(gaps.map(({ subject }) => subject)).toEqual(['office/case_manager/1726262009']);
});

test('no case for a person who is dead or under 16', async () => {
  const dead = await person(bench, { diedOn: '2023-02-01' });
  expect(await codeOf(openedCase(bench, dead))).toBe('person_died');
  const child = await person(bench, { birth: '2007-03-02' });
  expect(await codeOf(openedCase(bench, child))).toBe('person_too_young');
  await person(bench, { birth: '2007-03-01' });
});

describe('consent', () => {
  const mother = { by: 'parent' as const, name: 'Zulfiya Yusupova', ground: 'birth certificate I-AN 123' };
  let minor: string;

  beforeEach(async () => {
    minor = await person(bench, { birth: '2006-01-01' });
  });

  test('for a minor comes from a parent or guardian with name and ground, with the minor’s own wish', async () => {
    expect(await codeOf(openedCase(bench, minor))).toBe('guardians_consent');
    expect(await codeOf(openedCase(bench, minor, { consent: { by: 'parent' } }))).toBe('guardians_consent');
    expect(await codeOf(openedCase(bench, minor, { consent: mother }))).toBe('persons_wish');
    const id = await openedCase(bench, minor, { consent: mother, personsWish: 'I want to sew.' });
    expect(await rowOf(bench, id)).toMatchObject({ personsWish: 'I want to sew.', consent: mother });
  });

  test('for a ward comes from the guardian', async () => {
    const ward = await person(bench, { guardian: { name: 'Zulfiya Yusupova', ground: 'court decision 17' } });
    expect(await codeOf(openedCase(bench, ward))).toBe('guardians_consent');
    const consent = { ...mother, by: 'guardian' as const };
    expect(await codeOf(openedCase(bench, ward, { consent, personsWish: 'To work.' }))).toBe('nothing');
  });

  test('for an adult without a recorded guardian may come from a guardian with name and ground', async () => {
    const { name, ground } = mother;
    for (const said of [{}, { name }, { ground }]) {
      const consent = { by: 'guardian' as const, ...said };
      expect(await codeOf(openedCase(bench, personId, { consent, personsWish: 'To work.' }))).toBe(
        'guardians_consent',
      );
    }
    const consent = { by: 'guardian' as const, name, ground };
    expect(await codeOf(openedCase(bench, personId, { consent }))).toBe('persons_wish');
    const id = await openedCase(bench, personId, { consent, personsWish: 'To work.' });
    expect(await rowOf(bench, id)).toMatchObject({ consent });
  });

  test('of an adult does not come from a parent, and is not in the future', async () => {
    const wish = { personsWish: 'To work.' };
    expect(await codeOf(openedCase(bench, personId, { consent: mother, ...wish }))).toBe('own_consent');
    const tomorrow = { by: 'person' as const, on: '2023-03-02' };
    expect(await codeOf(openedCase(bench, personId, { consent: tomorrow }))).toBe('impossible_day');
  });
});
