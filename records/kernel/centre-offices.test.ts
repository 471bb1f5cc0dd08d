import { type Bench, DISTRICT, seed, startBench } from '../../test/support/bench';
import { ownerOf } from './tasks/owner';

const CENTRE = 'TC-000001';
const OFFICER = { owner: 'training_officer' } as const;
const HEAD = { owner: 'training_officer', rank: 'head' } as const;

let bench: Bench;
beforeEach(async () => {
  bench = await startBench([]);
  await seed(bench);
  const centre = { stir: '300000400', kind: 'ngo', name: 'Hunar', district: DISTRICT };
  await bench.db.centre.create({ data: { id: CENTRE, ...centre } });
  await bench.db.official.create({
    data: { id: 'dept-head', name: 'B', role: 'employment_officer', rank: 'head', area: DISTRICT },
  });
});
afterEach(() => bench.close());

const appointed = (id: string, rank: 'officer' | 'head', centreId: string | null = CENTRE) =>
  bench.db.official.create({
    data: { id, name: id, role: 'training_officer', rank, area: DISTRICT, centreId },
  });
const owner = (duty: typeof OFFICER | typeof HEAD) =>
  bench.write('training/T-000001', (transaction) =>
    ownerOf(transaction, duty, { area: DISTRICT, centreId: CENTRE }),
  );
const gaps = async () =>
  (await bench.db.task.findMany({ where: { kind: 'office_gap', closedAt: null } })).map(
    ({ subject }) => subject,
  );

test('a centre’s officers have its waits; a head also does an officer’s work', async () => {
  await appointed('head', 'head');
  const has = { role: 'training_officer', area: DISTRICT, centreId: CENTRE };
  expect(await owner(OFFICER)).toMatchObject({ ...has, rank: null });
  expect(await owner(HEAD)).toMatchObject({ ...has, rank: 'head' });
  expect(await gaps()).toEqual([]);
});

test('an officer does no head’s work, and officers of other centres or of the area none', async () => {
  await appointed('officer', 'officer');
  await appointed('elsewhere', 'head', null);
  expect(await owner(OFFICER)).toMatchObject({ role: 'training_officer' });
  expect(await owner(HEAD)).toMatchObject({ role: 'employment_officer', rank: 'head', area: DISTRICT });
  expect(await gaps()).toEqual([`office/training_officer-head/${CENTRE}`]);
});

test('the head of the employment department has the waits of a centre without anybody', async () => {
  expect(await owner(OFFICER)).toMatchObject({ role: 'employment_officer', rank: 'head', centreId: CENTRE });
  expect(await gaps()).toEqual([`office/training_officer/${CENTRE}`]);
});
