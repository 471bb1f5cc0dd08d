import { employmentPathway } from '../../domain/pathways/employment';
import {
  type Bench,
  caseManager,
  chiefInspector,
  employerActor,
  inspector,
  MAHALLA,
  pathwayHandlers,
  PINFL,
  plannedCase,
  refer,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../../test/support/bench';
import { openTask } from '../../records/kernel/tasks';
import { newsHandlers } from '../news';
import { endCase } from '../steps/end-case';
import { hire, type Hire } from '../steps/hire';
import { reportEnd } from '../steps/ending';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;
let subject: string;

/** Wednesday: three working days for the hearing end on Monday, 3 April. */
const TODAY = '2023-03-29';

async function begin(how: Hire['how'] = 'referral', referredTo?: 'vacant' | 'reserved', monitored = true) {
  bench = await startBench([...pathwayHandlers, newsHandlers], `${TODAY}T10:00:00+05:00`);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  const referralId = referredTo && (await refer(bench, caseId, world[referredTo]));
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'K-1' } } });
  const place = { caseId, personId: world.personId, area: MAHALLA, assigneeId: caseManager.id };
  if (!monitored)
    await bench.write(`case/${caseId}`, (transaction) =>
      openTask(transaction, {
        ...place,
        kind: 'recommendation_watch',
        firesAt: new Date('2024-01-01T09:00:00+05:00'),
      }),
    );
  id = await bench.write(`case/${caseId}`, (transaction) =>
    hire(transaction, {
      caseId,
      personId: world.personId,
      employerId: world.employerId,
      ...(referralId !== undefined && { referralId, measure: 1 }),
      contract: 'K-1',
      since: TODAY,
      how,
      proof: 'yammt',
      monitored,
    }),
  );
  subject = `retention/${id}`;
  await bench.settle();
}
afterEach(() => bench.close());

const job = () => bench.db.employment.findUniqueOrThrow({ where: { id } });
const checks = async () =>
  (await bench.db.check.findMany({ where: { employmentId: id }, orderBy: { n: 'asc' } })).map(
    ({ state }) => state,
  );
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const waits = async (of = subject) => (await bench.waits(of)).map(({ kind }) => kind);
const inspections = () => bench.db.inspection.findMany({ orderBy: { id: 'asc' } });
const employer = () => employerActor(world.employerId);
const give = (name: string, body: object, by = caseManager) => bench.give(subject, name, body, by);
const claims = (on = TODAY) => give('separation', { on, reason: 'resigned' }, employer());
const until = async (instant: string) => {
  const hours = Math.round((Date.parse(instant) - (await bench.clock.now()).getTime()) / 3_600_000);
  await bench.pass(`${hours}h`);
};
const registerSays = (on = TODAY) =>
  bench.sandbox.script({ yammt: { ends: { pinfl: PINFL, stir: STIR, on, reason: 'resigned' } } });
const down = () => bench.sandbox.script({ yammt: { down: {} } });
const said = (confirmed: boolean, wished?: boolean) => ({
  confirmed,
  ...(wished !== undefined && { wished }),
  words: confirmed ? 'It has ended.' : 'I work there.',
});
const document = { number: 'D-1', date: TODAY, issuer: 'the employer' };

describe('the employer’s word about the end', () => {
  beforeEach(() => begin());

  test('is only a claim: nothing ends, no check is dropped, the person is heard and the register is asked', async () => {
    expect((await claims()).body).toMatchObject({ state: 'ending', endedOn: null });
    expect(await checks()).toEqual(Array<string>(6).fill('ahead'));
    expect(await caseState()).toBe('employed');
    expect(await bench.waits(subject)).toMatchObject([
      { kind: 'check' },
      { kind: 'end_confirmation', role: 'register' },
      { kind: 'end_hearing', role: 'case_manager', due: '2023-04-03T23:59' },
    ]);
    const [told] = await bench.db.notice.findMany({ where: { subject, recipientId: caseManager.id } });
    expect(told?.type).toBe('end_claimed');
    expect(await bench.events(subject)).not.toContain('employment_ended');
  });

  test('changes nothing if the register contradicts: the end is taken back', async () => {
    await claims();
    await until('2023-03-30T12:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'in_force', ending: null });
    expect(await waits()).toEqual(['check']);
  });

  test('is not confirmed by a missing hearing; after a silent register evidence is asked for', async () => {
    await down();
    await claims();
    await until('2023-04-04T12:00:00+05:00');
    expect(await job()).toMatchObject({ state: 'ending', ending: { claim: 'unheard' } });
    await until('2023-04-12T12:00:00+05:00');
    expect((await job()).state).toBe('ending');
    expect(await waits()).toContain('end_evidence');
    await give('evidence', { inForce: true, document });
    expect((await job()).state).toBe('in_force');
  });

  test.each([
    [{ words: 'he says so' }, 'words'],
    [{ wished: true }, 'wished'],
  ])('does not hold what the person says: %j', async (more, field) => {
    const body = { on: TODAY, reason: 'resigned', ...more };
    expect(await give('separation', body, employer())).toMatchObject({
      status: 422,
      body: { code: 'officials_only', errors: [{ field }] },
    });
  });

  test('is given once; the employer may take it back while nobody else has reported the end', async () => {
    await claims();
    expect(await claims()).toMatchObject({ status: 409, body: { code: 'end_reported' } });
    const takenBack = { takenBack: true, words: 'a mistake' };
    expect((await give('separation', takenBack, employer())).status).toBe(200);
    expect((await job()).state).toBe('in_force');
  });

  test('does not take back an end that the register reported', async () => {
    await claims();
    await bench.write(subject, (transaction) =>
      reportEnd(transaction, id, { on: TODAY, reason: 'dismissed', source: 'news' }),
    );
    expect(await job()).toMatchObject({
      state: 'ending',
      ending: { source: 'news', reason: 'dismissed', claim: 'to_be_heard' },
    });
    expect(await waits()).toEqual(['check', 'end_confirmation', 'end_hearing']);
    const refused = await give('separation', { takenBack: true, words: 'no' }, employer());
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_your_word' } });
  });

  test('ends nothing about a job that nobody monitors, either', async () => {
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    expect((await claims()).status).toBe(200);
    expect(await job()).toMatchObject({ state: 'unmonitored', endedOn: null });
    expect(await bench.events(subject)).toContain('end_reported');
  });
});

describe.each(['retained', 'unmonitored'] as const)('a job that is %s ends', (state) => {
  let on: string;
  beforeEach(async () => {
    await begin('inspection', undefined, state === 'retained');
    on = state === 'retained' ? '2023-09-29' : TODAY;
    if (state === 'retained') await until('2023-09-29T12:00:00+05:00');
  });
  const caseIs = state === 'retained' ? 'retained' : 'employed';
  const ends = (wished: boolean) =>
    give('separation', { on, reason: 'dismissed', wished, words: 'They let me go.' });
  const caseWaits = () => waits(`case/${caseId}`);

  test('by the person’s word: the case is in planning, the person is told, an early end is examined', async () => {
    expect((await ends(false)).status).toBe(200);
    expect(await job()).toMatchObject({ state, endedOn: on });
    expect(await caseState()).toBe('planning');
    expect(await caseWaits()).toContain('next_step');
    expect(await caseWaits()).not.toContain('closure');
    expect(await bench.db.notice.count({ where: { type: 'person_job_ended' } })).toBe(1);
    const [measure] = await bench.db.measure.findMany({ where: { caseId, kind: 'job' } });
    expect(measure).toMatchObject({ endedOn: on, outcome: 'ended' });
    expect(await inspections()).toMatchObject([
      { ground: 'ended_early', facts: { claim: 'contradicted', words: 'They let me go.' } },
    ]);
  });

  test('as the person wished: no inspection', async () => {
    await ends(true);
    expect(await inspections()).toEqual([]);
    expect(await caseState()).toBe('planning');
  });

  test('taken back: the job and the case go on as before', async () => {
    await ends(false);
    expect((await give('separation', { takenBack: true, words: 'They took me back.' })).status).toBe(200);
    expect(await job()).toMatchObject({ state, endedOn: null, ending: null });
    expect(await caseState()).toBe(caseIs);
    expect((await caseWaits()).includes('closure')).toBe(state === 'retained');
    expect(await inspections()).toMatchObject([{ state: 'ended', findingOnly: 'end_taken_back' }]);
  });

  test('by the employer’s word alone: a claim, which the person contradicts and the register takes back', async () => {
    expect((await claims(on)).body).toMatchObject({ state: 'ending', endedOn: null });
    expect(await waits()).toEqual(expect.arrayContaining(['end_confirmation', 'end_hearing']));
    expect(await claims(on)).toMatchObject({ status: 409, body: { code: 'end_reported' } });
    expect(await caseState()).toBe(caseIs);
    expect((await give('hearing', said(false))).status).toBe(200);
    await bench.pass('26h');
    expect(await job()).toMatchObject({ state, ending: null });
    expect(await caseState()).toBe(caseIs);
  });

  test('by the employer’s word that the person confirms', async () => {
    await claims(on);
    expect((await give('hearing', said(true, false))).body).toMatchObject({ state: 'ended', endedOn: on });
    expect(await caseState()).toBe('planning');
    expect(await inspections()).toMatchObject([{ ground: 'ended_early' }]);
    expect((await give('separation', { takenBack: true, words: 'A mistake.' })).status).toBe(200);
    expect(await job()).toMatchObject({ state, endedOn: null });
    expect(await caseState()).toBe(caseIs);
  });
});

describe('the person, heard about the end', () => {
  beforeEach(() => begin());

  test('confirms it: it has ended, and the case is in planning', async () => {
    await claims();
    expect((await give('hearing', said(true, true))).body).toMatchObject({ state: 'ended', endedOn: TODAY });
    expect(await caseState()).toBe('planning');
    expect(await waits()).toEqual([]);
    expect(await inspections()).toEqual([]);
  });

  test('contradicts it: it stays provisional until the register settles it', async () => {
    await claims();
    expect((await give('hearing', said(false), supervisor)).body).toMatchObject({ state: 'ending' });
    expect(await waits()).toEqual(['check', 'end_confirmation']);
    await until('2023-03-30T12:00:00+05:00');
    expect((await job()).state).toBe('in_force');
  });

  test('the employer neither reads the person’s words nor hears the person', async () => {
    await claims();
    expect((await give('hearing', said(true, true), employer())).status).toBe(403);
    await give('hearing', said(false));
    const shown = await give('conversation', { check: 1, reached: true }, employer());
    expect(shown.status).toBe(403);
    const again = await claims();
    expect(JSON.stringify(again.body)).not.toContain('I work there');
  });

  test('confirms nothing about a future day before the day has come', async () => {
    await bench.write(subject, (transaction) =>
      reportEnd(transaction, id, { on: '2023-04-10', reason: 'resigned', source: 'news' }),
    );
    await give('hearing', said(true, true));
    expect(await job()).toMatchObject({ state: 'ending', ending: { claim: 'confirmed', wished: true } });
  });

  test.each([
    [{ on: TODAY, reason: 'resigned' }, 'words'],
    [{ on: TODAY, reason: 'resigned', words: 'I left.' }, 'wished'],
  ])('an official enters an end with the person’s words: without them %j', async (body, field) => {
    expect(await give('separation', body)).toMatchObject({
      status: 422,
      body: { code: 'missing', errors: [{ field }] },
    });
    expect((await job()).state).toBe('in_force');
  });

  test('tells of an end before anybody else: it has ended', async () => {
    const body = { on: TODAY, reason: 'dismissed', wished: true, words: 'I left.' };
    expect((await give('separation', body)).body).toMatchObject({ state: 'ended' });
    expect(await job()).toMatchObject({ ending: { source: 'person', claim: 'confirmed', words: 'I left.' } });
  });
});

describe('an end within 30 days of the hire', () => {
  beforeEach(() => begin());

  test('that the person did not wish is examined', async () => {
    await claims();
    await give('hearing', said(true, false));
    expect(await inspections()).toMatchObject([
      {
        ground: 'ended_early',
        state: 'examining',
        employmentId: id,
        facts: { claim: 'contradicted', words: 'It has ended.', endedOn: TODAY },
      },
    ]);
    const [row] = await inspections();
    expect(await waits(`inspection/${row?.id}`)).toEqual(['resolution']);
    const told = await bench.db.notice.findMany({ where: { type: 'inspection_opened' } });
    expect(told.map(({ recipientId }) => recipientId)).toContain(world.employerId);
  });

  test('that the register confirms first waits for the person’s word; a wished end opens no inspection', async () => {
    await registerSays();
    await claims();
    await until('2023-03-30T12:00:00+05:00');
    expect((await job()).state).toBe('ended');
    expect(await caseState()).toBe('planning');
    const [row] = await inspections();
    expect(row).toMatchObject({ state: 'hearing', ground: 'ended_early' });
    const of = `inspection/${row?.id}`;
    expect(await bench.waits(of)).toMatchObject([{ kind: 'end_hearing', due: '2023-04-03T23:59' }]);
    expect(await bench.events(of)).not.toContain('inspection_opened');
    expect(await bench.db.notice.count({ where: { type: 'inspection_opened' } })).toBe(0);
    expect((await bench.give(of, 'hearing', said(true), inspector)).status).toBe(403);
    expect((await bench.give(of, 'hearing', said(true), caseManager)).status).toBe(200);
    expect(await inspections()).toMatchObject([{ state: 'not_opened', findingOnly: 'person_wished' }]);
    expect(await waits(of)).toEqual([]);
  });

  test('without a hearing in 3 working days: the inspection opens and says so', async () => {
    await registerSays();
    await claims();
    await until('2023-04-04T12:00:00+05:00');
    expect(await inspections()).toMatchObject([{ state: 'examining', facts: { claim: 'unheard' } }]);
    const [row] = await inspections();
    expect(row?.openedAt.toISOString()).toBe('2023-04-03T19:00:00.000Z');
    expect(await bench.events(`inspection/${row?.id}`)).toEqual(['person_unheard', 'inspection_opened']);
  });

  test('without a hearing because the case ended: the inspection opens for the finding only', async () => {
    await registerSays();
    await claims();
    await until('2023-03-30T12:00:00+05:00');
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    expect(await inspections()).toMatchObject([
      { state: 'examining', findingOnly: 'case_ended', facts: { claim: 'unheard' } },
    ]);
  });

  test('of a person who died meanwhile is not examined', async () => {
    await registerSays();
    await claims();
    await until('2023-03-30T12:00:00+05:00');
    await bench.write(`case/${caseId}`, async (transaction) => {
      await transaction.tx.person.update({ where: { id: world.personId }, data: { diedOn: '2023-03-30' } });
      await endCase(transaction, caseId, { outcome: 'died', summary: 'TIEK', personAgrees: false });
    });
    await bench.settle();
    expect(await inspections()).toMatchObject([{ state: 'not_opened', findingOnly: 'person_died' }]);
  });

  test('of an employer that is gone is not examined', async () => {
    await registerSays();
    await claims();
    await until('2023-03-30T12:00:00+05:00');
    await bench.db.employer.update({ where: { id: world.employerId }, data: { state: 'liquidated' } });
    const [row] = await inspections();
    await bench.activities.advance(`inspection/${row?.id}`);
    expect(await inspections()).toMatchObject([{ state: 'not_opened', findingOnly: 'employer_gone' }]);
  });

  test('confirmed by evidence: the person is heard within 3 working days of it', async () => {
    await down();
    await until('2023-05-10T12:00:00+05:00');
    await give('evidence', { inForce: false, on: '2023-04-28', reason: 'dismissed', document });
    const [row] = await inspections();
    expect(row).toMatchObject({ state: 'hearing', facts: { endedOn: '2023-04-28' } });
    expect(await bench.waits(`inspection/${row?.id}`)).toMatchObject([{ due: '2023-05-15T23:59' }]);
  });

  test.each([
    ['2023-04-28', 1],
    ['2023-04-29', 0],
  ])('counts from the day of hire, to the thirtieth day: %s', async (on, opened) => {
    await until('2023-04-29T08:00:00+05:00');
    const body = { on, reason: 'dismissed', wished: false, words: 'They let me go.' };
    expect((await give('separation', body)).status).toBe(200);
    expect(await inspections()).toHaveLength(opened);
  });

  test('taken back: the inspection that nobody has resolved ends with that reason, and the employer is told', async () => {
    await claims();
    await give('hearing', said(true, false));
    await give('separation', { takenBack: true, words: 'They took me back.' });
    expect(await inspections()).toMatchObject([{ state: 'ended', findingOnly: 'end_taken_back' }]);
    expect(await bench.db.notice.count({ where: { type: 'early_end_taken_back' } })).toBeGreaterThan(0);
    expect((await job()).state).toBe('in_force');
  });

  test('taken back before the person was heard: it never opens', async () => {
    await registerSays();
    await claims();
    await until('2023-03-30T12:00:00+05:00');
    await bench.sandbox.script({ yammt: { takes_back: { pinfl: PINFL, stir: STIR } } });
    await give('separation', { takenBack: true, words: 'I work there again.' });
    expect(await inspections()).toMatchObject([{ state: 'not_opened', findingOnly: 'end_taken_back' }]);
    expect(await bench.db.notice.count({ where: { type: 'early_end_taken_back' } })).toBe(0);
  });
});

describe('after a hire that the inspectorate brought about', () => {
  test.each([
    ['inspection', '2023-09-29', 1],
    ['inspection', '2023-09-30', 0],
    ['referral', '2023-09-29', 0],
  ] as const)('by %s, an end on %s: %i', async (how, on, opened) => {
    await begin(how);
    await down();
    await until('2023-09-30T08:00:00+05:00');
    const body = { on, reason: 'dismissed', wished: false, words: 'They let me go.' };
    expect((await give('separation', body)).status).toBe(200);
    expect(await inspections()).toHaveLength(opened);
  });
});

describe('the resolution of an early end', () => {
  const directed = { resolution: 'directed', number: 'D-17', grounds: 'reserved' };
  const settled = { resolution: 'settled', startOn: '2023-04-05' };
  const hires = (on: string) => bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on } } });

  /** The inspection of a job that ended on the day of hire, against the person's wish. */
  async function examined(referredTo?: 'vacant' | 'reserved'): Promise<string> {
    await begin('referral', referredTo);
    await registerSays();
    await claims();
    await give('hearing', said(true, false));
    const [row] = await inspections();
    return row?.id ?? '';
  }
  const resolve = (of: string, body: object) => bench.give(`inspection/${of}`, 'resolution', body, inspector);
  const row = (of: string) => bench.db.inspection.findUniqueOrThrow({ where: { id: of } });

  test('directed is not possible without a referral that led to the hire', async () => {
    const of = await examined();
    expect(await resolve(of, directed)).toMatchObject({
      status: 409,
      body: { code: 'directive_not_possible' },
    });
  });

  test('directed follows the kind of the referral that led to the hire', async () => {
    const of = await examined('reserved');
    expect(await row(of)).toMatchObject({ jobKind: 'reserved', referralId: expect.any(String) });
    expect((await resolve(of, directed)).status).toBe(200);
    expect(await waits(`inspection/${of}`)).toEqual(['compliance']);
  });

  test('settled means a contract that begins after the end: the old contract does not count', async () => {
    const of = await examined();
    expect((await resolve(of, settled)).status).toBe(200);
    await bench.sandbox.script({ yammt: { takes_back: { pinfl: PINFL, stir: STIR } } });
    await until('2023-04-20T12:00:00+05:00');
    expect((await row(of)).state).toBe('breached');
    expect(
      (await bench.give(`inspection/${of}`, 'measure', { none: true, reason: 'r' }, chiefInspector)).status,
    ).toBe(200);
  });

  test('settled and kept: hired again through the inspectorate, with six checks', async () => {
    const of = await examined();
    await resolve(of, settled);
    await hires('2023-04-05');
    await until('2023-04-20T12:00:00+05:00');
    expect((await row(of)).state).toBe('complied');
    const again = await bench.db.employment.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(again).toMatchObject({
      how: 'inspection',
      hiredOn: '2023-04-05',
      state: 'in_force',
      referralId: null,
    });
    expect(await caseState()).toBe('employed');
  });
});

test('a hearing is possible only while an end is provisional', () => {
  expect(employmentPathway.commands.hearing.from).toEqual(['ending']);
});
