import { readProgramme } from '../../records/reads/reports/programme';
import {
  type Pathway,
  plannedCase,
  referred,
  seedOffices,
  somebody,
  startPathway,
  STIR,
} from '../../test/support/pathway';

let pathway: Pathway;
const today = () => pathway.time.now.toISOString().slice(0, 10);
const auditor = () => pathway.as(somebody.auditor);
const employer = () => pathway.as(somebody.employer);

/** One hired and kept for six months, one rejected and found justified, one met with silence, one in training. */
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway, { places: 100 });
  const hired = await referred(pathway);
  const rejected = await referred(pathway);
  await referred(pathway);
  await pathway.sandbox.script({ yammt: { hires: { pinfl: hired.person.pinfl, stir: STIR, on: today() } } });
  await employer().post(`/referrals/${hired.referral}/decision`, { decision: 'accept', startOn: today() });
  await pathway.settled();
  await employer().post(`/referrals/${hired.referral}/contract`, { contract: 'K-1' });
  const { body } = await employer().post(`/referrals/${rejected.referral}/decision`, {
    decision: 'reject',
    code: 'other',
    grounds: 'no',
  });
  await pathway.pass('3d');
  await pathway.as(somebody.labour_inspector).post(`/inspections/${body.inspections[0].id}/resolution`, {
    resolution: 'justified',
    grounds: 'closed',
  });
  const trained = await plannedCase(pathway);
  await pathway.as(somebody.case_manager).put(`/cases/${trained.id}/plan`, {
    measures: [{ kind: 'training' }, { kind: 'job' }],
    services: [],
  });
  // Begun by hand, before a training had a row.
  await pathway.db.measure.update({
    where: { caseId_n: { caseId: trained.id, n: 1 } },
    data: { startedOn: today(), region: '1703' },
  });
  await pathway.pass('9d');
});
afterAll(() => pathway.close());

const year = 'from=2026-01-01&to=2026-12-31';

test('the programme: one count per person and measure on the day of hire or entry, all 14 regions', async () => {
  const { status, body } = await auditor().get(`/reports/programme?${year}`);
  expect(status).toBe(200);
  expect(body.regions).toHaveLength(14);
  expect(body.regions.find(({ soato }: { soato: string }) => soato === '1703')).toEqual({
    soato: '1703',
    region: 'Andijon viloyati',
    total: 2,
    permanent_job: 1,
    training: 1,
    public_works: 0,
    subsidised_job: 0,
    self_employment: 0,
  });
  expect(body.republic).toMatchObject({ total: 2 });
  const before = await auditor().get('/reports/programme?from=2026-01-01&to=2026-03-01');
  expect(before.body.republic).toMatchObject({ total: 0 });
  const day = await auditor().get('/reports/programme?from=2026-03-02&to=2026-03-02');
  expect(day.body.republic).toMatchObject({ total: 1, permanent_job: 1 });
});

const hire = () => pathway.db.employment.findFirstOrThrow({ where: { caseId: { not: null } } });
const subsidy = (
  { id: employmentId, employerId, personId }: Awaited<ReturnType<typeof hire>>,
  id: string,
  date: string,
) => ({
  id,
  programme: 'hire_pwd',
  employerId,
  personId,
  employmentId,
  area: '1703202',
  appliedOn: '2026-03-02',
  appliedAt: pathway.time.now,
  policyId: 'PV-2019',
  state: 'ended',
  open: false,
  since: pathway.time.now,
  application: {},
  order: { number: id, date },
  correlationId: 'test',
});

test('an order moves the hire to subsidised_job on its own day, and a span with the order alone is one less', async () => {
  const report = async (days: string) =>
    (await auditor().get(`/reports/programme?${days}`)).body.regions.find(
      ({ soato }: { soato: string }) => soato === '1703',
    );
  const employment = await hire();
  const employmentId = employment.id;
  await pathway.db.subsidy.createMany({
    data: [subsidy(employment, 'S-900001', '2026-04-10'), subsidy(employment, 'S-900002', '2026-05-11')],
  });
  expect(await report('from=2026-03-01&to=2026-03-31')).toMatchObject({
    permanent_job: 1,
    subsidised_job: 0,
  });
  expect(await report('from=2026-04-01&to=2026-04-30')).toMatchObject({
    total: 0,
    permanent_job: -1,
    subsidised_job: 1,
  });
  expect(await report('from=2026-05-01&to=2026-05-31')).toMatchObject({
    permanent_job: 0,
    subsidised_job: 0,
  });
  expect(await report(year)).toMatchObject({ total: 2, permanent_job: 0, subsidised_job: 1 });
  const { body } = await auditor().get(`/reports/programme?${year}`);
  expect(body.notes.join(' ')).toContain('may be negative');
  await pathway.db.subsidy.deleteMany({ where: { employmentId } });
});

test('an order counts in the region of its own hire, also after a later hire in another region', async () => {
  const employment = await hire();
  const { id, caseId, measure } = employment;
  const later = { caseId: caseId ?? '', n: 2, kind: 'job', region: '1726', startedOn: '2026-06-01' };
  await pathway.db.measure.create({ data: later });
  await pathway.db.subsidy.create({ data: subsidy(employment, 'S-900003', '2026-07-01') });
  const orders = async () => {
    const counts = await readProgramme(pathway.db, { from: '2026-07-01', to: '2026-07-31' });
    return [...counts].flatMap(([place, each]) => (each.subsidised_job > 0 ? place : []));
  };
  const inItsRegion = expect.arrayContaining(['', '1703']);
  expect([measure, await orders()]).toEqual([1, inItsRegion]);
  await pathway.db.employment.update({ where: { id }, data: { measure: null } });
  expect(await orders()).toEqual(inItsRegion);
  await pathway.db.employment.update({ where: { id }, data: { measure } });
  await pathway.db.subsidy.deleteMany({ where: { employmentId: id } });
  await pathway.db.measure.delete({ where: { caseId_n: { caseId: later.caseId, n: 2 } } });
});

test('by district, for the supervisor of a district and for a region', async () => {
  const supervisor = pathway.as(somebody.supervisor);
  const own = await supervisor.get(`/reports/programme?${year}&area=1703202`);
  expect(own.body).toEqual({
    from: '2026-01-01',
    to: '2026-12-31',
    area: '1703202',
    districts: [expect.objectContaining({ soato: '1703202', district: expect.any(String), total: 2 })],
    whole: expect.objectContaining({ total: 2, permanent_job: 1, training: 1 }),
    notes: expect.any(Array),
  });
  const { body } = await supervisor.get(`/reports/pathway?${year}&area=1703202`);
  expect(body.districts).toEqual([expect.objectContaining({ referrals_5_days: 3, inspections: 2 })]);
  const region = await auditor().get(`/reports/pathway?${year}&area=1703`);
  const counts = region.body.districts.map((row: { inspections: number }) => row.inspections);
  expect(counts.reduce((sum: number, n: number) => sum + n, 0)).toBe(2);
  const csv = await supervisor.get(`/reports/pathway?${year}&area=1703202&format=csv`);
  expect(csv.text).toMatch(/^soato,district,participants_28_days.*\n1703202,/);
});

test('refuses districts outside the caller’s area, and places that are not recorded', async () => {
  const status = async (who: keyof typeof somebody, area: string) =>
    (await pathway.as(somebody[who]).get(`/reports/programme?${year}&area=${area}`)).status;
  expect(await status('supervisor', '1703')).toBe(403);
  expect(await status('far_supervisor', '1703202')).toBe(403);
  expect(await status('case_manager', '1703202')).toBe(403);
  expect(await status('auditor', '17')).toBe(400);
  expect(await status('auditor', '9999')).toBe(404);
});

test('as CSV, asked for by Accept or format', async () => {
  const byFormat = await auditor().get(`/reports/programme?${year}&format=csv`);
  const byAccept = await auditor().get(`/reports/programme?${year}`, { Accept: 'text/csv' });
  expect(byFormat.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(byAccept.text).toBe(byFormat.text);
  const lines = byFormat.text.trim().split('\n');
  expect(lines[0]).toBe(
    'soato,region,total,permanent_job,training,public_works,subsidised_job,self_employment',
  );
  expect(lines).toHaveLength(15);
  expect(lines).toContain('1703,Andijon viloyati,2,1,1,0,0,0');
  const other = await auditor().get(`/reports/pathway?${year}&format=csv`);
  expect(other.text.split('\n')[0]).toContain('in_work_28_days_share');
});

test('the pathway, before and after their time has passed', async () => {
  const early = await auditor().get(`/reports/pathway?${year}`);
  expect(early.body.regions).toHaveLength(14);
  expect(early.body.republic).toMatchObject({
    participants_28_days: 0,
    in_work_28_days_share: null,
    referrals_5_days: 3,
    answered_in_time: 2,
    accepted_in_time: 1,
    rejected_in_time: 1,
    silent: 1,
    inspections: 2,
    justified: 1,
    unresolved: 1,
    days_to_resolution_median: 3,
    breaches: 0,
  });
  await pathway.pass('7mo');
  const late = await auditor().get(`/reports/pathway?${year}`);
  expect(late.body.republic).toMatchObject({
    participants_28_days: 3,
    in_work_28_days: 1,
    in_work_28_days_share: 0.3333,
    participants_6_months: 3,
    retained_participants: 1,
    hires_6_months: 1,
    retained_hires: 1,
    retained_hires_share: 1,
  });
  expect(late.body.regions.find(({ soato }: { soato: string }) => soato === '1703')).toMatchObject({
    retained_participants: 1,
  });
});

test('refuses other roles, impossible days and unknown fields', async () => {
  for (const report of ['programme', 'pathway', 'subsidies'])
    expect([200, 400]).toContain(
      (await auditor().get(`/reports/${report}?from=2026-01-01&to=9999-12-31`)).status,
    );
  expect((await employer().get(`/reports/programme?${year}`)).status).toBe(403);
  expect((await auditor().get('/reports/programme?from=2026-02-30&to=2026-03-01')).status).toBe(400);
  expect((await auditor().get('/reports/pathway?from=2026-03-02&to=2026-03-01')).status).toBe(400);
  expect((await auditor().get('/reports/pathway?from=2026-03-02')).status).toBe(400);
  expect((await auditor().get(`/reports/pathway?${year}&colour=red`)).status).toBe(400);
});
