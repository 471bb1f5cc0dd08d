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
} from '../test/support/bench';
import { openTask } from '../records/kernel/tasks';
import { viewOf } from '../records/kernel/view';
import { possibleWith } from '../records/reads/actions';
import { reconsider } from './inspection/ending';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

async function begin(from?: string) {
  bench = await startBench(pathwayHandlers, from);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
}
afterEach(() => bench.close());

const employer = () => employerActor(world.employerId);
const row = async (id: string) => bench.db.inspection.findUniqueOrThrow({ where: { id } });
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const hires = (on: string) => bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on } } });

/** An inspection of a rejection of the job, opened today. */
async function rejected(vacancyId = world.vacant): Promise<string> {
  const referral = await refer(bench, caseId, vacancyId);
  await bench.give(
    `referral/${referral}`,
    'decision',
    { decision: 'reject', code: 'other', grounds: 'no' },
    employer(),
  );
  const { id } = await bench.db.inspection.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return id;
}

/** An inspection of silence. */
async function silent(): Promise<string> {
  await refer(bench, caseId, world.vacant);
  await bench.pass('6d');
  const { id } = await bench.db.inspection.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return id;
}

const resolve = (id: string, body: object, actor = inspector) =>
  bench.give(`inspection/${id}`, 'resolution', body, actor);
const directed = {
  resolution: 'directed',
  number: 'D-17',
  grounds: 'reserved for persons with disabilities',
};

describe('due', () => {
  beforeEach(() => begin());

  test('15 working days, then 10 for the chief inspector, who then keeps it with weekly reminders', async () => {
    const id = await rejected();
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([
      { role: 'labour_inspector', rank: null, due: '2023-03-24T23:59' },
    ]);
    await bench.pass('24d');
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ rank: 'head', due: '2023-04-07T23:59' }]);
    await bench.pass('40d');
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ rank: 'head', due: '2023-04-07T23:59' }]);
    const overdue = await bench.db.notice.findMany({
      where: { subject: `inspection/${id}`, type: 'overdue' },
    });
    expect(overdue.length).toBeGreaterThanOrEqual(3);
  });

  test('extended once, by at most 15 working days, with a reason', async () => {
    const id = await rejected();
    const extend = (days: number) =>
      bench.give(`inspection/${id}`, 'extension', { days, reason: 'a witness is ill' }, inspector);
    expect((await extend(16)).body['code']).toBe('too_long');
    expect((await extend(5)).status).toBe(200);
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ due: '2023-03-31T23:59' }]);
    expect((await extend(5)).body).toMatchObject({
      code: 'extended_before',
      detail: 'The inspection was extended before, and is extended once.',
    });
  });

  test('not extended once the chief inspector has it', async () => {
    const id = await rejected();
    await bench.pass('25d');
    const late = await bench.give(`inspection/${id}`, 'extension', { days: 5, reason: 'r' }, chiefInspector);
    expect(late.body).toMatchObject({
      code: 'too_late',
      detail: "The inspector's time is over, so it is not extended. The chief inspector has the inspection.",
    });
  });
});

describe('resolution', () => {
  beforeEach(() => begin());

  test('settled and kept: complied, hired through the inspection', async () => {
    const id = await rejected();
    await resolve(id, { resolution: 'settled', startOn: '2023-03-06' });
    await hires('2023-03-06');
    await bench.pass('9d');
    expect([(await row(id)).state, await caseState()]).toEqual(['complied', 'employed']);
    expect(await bench.db.employment.findMany()).toMatchObject([
      { how: 'inspection', hiredOn: '2023-03-06' },
    ]);
  });

  test('directed and not kept: the breach is recorded, the chief inspector enters the measure taken', async () => {
    const id = await rejected(world.reserved);
    await resolve(id, directed);
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([
      { kind: 'compliance', role: 'employer', due: '2023-03-16T23:59' },
    ]);
    await bench.pass('17d');
    expect((await row(id)).state).toBe('breached');
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([
      { kind: 'measure', role: 'labour_inspector', rank: 'head' },
    ]);
    const measure = { kind: 'fine', number: 'F-3', on: '2023-03-18' };
    expect((await bench.give(`inspection/${id}`, 'measure', measure, inspector)).status).toBe(403);
    expect((await bench.give(`inspection/${id}`, 'measure', measure, chiefInspector)).status).toBe(200);
    expect(await row(id)).toMatchObject({ state: 'measured', open: false, measure });
  });

  test.each([
    ['settled', { resolution: 'settled', startOn: '2023-03-06' }],
    ['directed', directed],
  ])(
    '%s, and the register knows a contract older than the referral: nothing is met, the finding is on file',
    async (state, resolved) => {
      await hires('2022-10-22');
      const id = await rejected(world.reserved);
      await resolve(id, resolved);
      await bench.give(`inspection/${id}`, 'contract', { contract: 'K-OLD' }, employer());
      expect(await row(id)).toMatchObject({ state, facts: { workedThere: { since: '2022-10-22' } } });
      await bench.pass('17d');
      expect(await row(id)).toMatchObject({ state: 'breached' });
      expect(await bench.db.employment.count()).toBe(0);
      const none = { none: true, reason: 'The person worked there already.' };
      await bench.give(`inspection/${id}`, 'measure', none, chiefInspector);
      expect((await row(id)).state).toBe('measured');
    },
  );

  test('directed, the register silent, and a document of an older contract: a breach', async () => {
    const id = await rejected(world.reserved);
    await resolve(id, directed);
    await bench.sandbox.script({ yammt: { down: {} } });
    await bench.pass('35d');
    expect((await row(id)).state).toBe('confirming');
    const document = { number: '7', date: '2023-03-10', issuer: 'Nur Tikuv' };
    const old = { inForce: true, since: '2022-10-22', document };
    await bench.give(`inspection/${id}`, 'evidence', old, caseManager);
    expect(await row(id)).toMatchObject({
      state: 'breached',
      facts: { workedThere: { since: '2022-10-22' } },
    });
    expect(await bench.db.employment.count()).toBe(0);
  });

  test('justified and unjustified end the inspection, and the person and the case manager are told', async () => {
    const id = await rejected();
    await resolve(id, { resolution: 'justified', grounds: 'the qualification is required by law' });
    expect(await row(id)).toMatchObject({ state: 'justified', open: false });
    const told = await bench.db.notice.findMany({
      where: { type: { in: ['resolution', 'person_justified'] } },
    });
    expect(told.map((notice) => notice.recipient).toSorted()).toEqual(['official', 'person']);
    const again = await resolve(id, directed);
    const withdrawable = 'the chief inspector proposes to withdraw the resolution by 6 March';
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'resolved', detail: expect.stringContaining(withdrawable), state: 'justified' },
    });
    await bench.pass('9d');
    expect((await resolve(id, directed)).body['detail']).toBe(
      'The inspection is resolved, and the resolution stands.',
    );
  });

  test('only by the inspectorate', async () => {
    const id = await rejected();
    expect((await resolve(id, directed, caseManager)).status).toBe(403);
    expect((await row(id)).state).toBe('examining');
  });

  test('no finding of no liability where a directive was possible', async () => {
    const noLiability = { resolution: 'unjustified', code: 'vacant_job_no_liability', grounds: 'g' };
    const refused = await resolve(await rejected(), noLiability);
    expect(refused).toMatchObject({ status: 409, body: { code: 'liability' } });
    expect(refused.body['detail']).toContain(
      'The job was referred on 1 March, when a directive was possible',
    );
    expect((await resolve(await rejected(world.reserved), noLiability)).body['detail']).toContain(
      'The job is reserved',
    );
  });

  test('the employer finds the contract among the actions of a directive', async () => {
    const id = await rejected(world.reserved);
    const possible = async () =>
      (
        await possibleWith(viewOf(bench.records, employer(), await bench.clock.now()), 'inspection', [id])
      ).get(id)?.allowedActions;
    expect(await possible()).toEqual([]);
    await resolve(id, directed);
    expect(await possible()).toEqual(['contract']);
  });

  test('a document about a directive names the first day of work', async () => {
    const id = await rejected(world.reserved);
    await resolve(id, directed);
    await bench.sandbox.script({ yammt: { down: {} } });
    await bench.pass('35d');
    const document = { number: '7', date: '2023-03-10', issuer: 'Nur Tikuv' };
    const give = (more: object) =>
      bench.give(`inspection/${id}`, 'evidence', { inForce: true, document, ...more }, caseManager);
    expect(await give({})).toMatchObject({ status: 422, body: { errors: [{ field: 'since' }] } });
    expect((await give({ since: '2023-03-10' })).status).toBe(200);
  });

  test('the person declines the settlement: the inspection ends, without a disadvantage for the person', async () => {
    const id = await rejected();
    await resolve(id, { resolution: 'settled', startOn: '2023-03-06' });
    await bench.give(`inspection/${id}`, 'personDeclines', {}, caseManager);
    expect([(await row(id)).state, await caseState()]).toEqual(['ended', 'planning']);
  });

  test.each([
    ['the person declines', () => bench.give('inspection/I-000001', 'personDeclines', {}, caseManager)],
    [
      'the case is closed',
      () => bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager),
    ],
  ])('%s after the directive: the employer is told that it lapsed', async (_, ends) => {
    const id = await rejected(world.reserved);
    await resolve(id, directed);
    await ends();
    expect((await row(id)).state).toBe('ended');
    const told = await bench.db.notice.findMany({ where: { type: 'resolution_lapsed' } });
    expect(told.length).toBeGreaterThan(0);
    for (const notice of told)
      expect(notice).toMatchObject({
        recipient: 'employer',
        recipientId: world.employerId,
        params: { inspection: id, resolution: 'directed' },
      });
  });

  test('an employer that is gone is told nothing', async () => {
    const id = await rejected(world.reserved);
    await resolve(id, directed);
    await bench.db.employer.updateMany({ data: { state: 'liquidated' } });
    await bench.write(`inspection/${id}`, (transaction) => reconsider(transaction, id));
    expect((await row(id)).state).toBe('ended');
    expect(await bench.db.notice.count({ where: { type: 'resolution_lapsed' } })).toBe(0);
  });

  test.each([
    ['for the employer now', STIR, 'works_there', 'the person works for this employer now'],
    ['elsewhere', '309999999', 'works_elsewhere', 'the person works elsewhere'],
  ])('the person works %s: only a finding is possible', async (_, stir, why, inWords) => {
    const id = await rejected();
    const other = { id: 'E-000009', stir: '309999999', name: 'Yangi Bino', district: '1726262' };
    await bench.db.employer.create({ data: other });
    const vacancy = await bench.db.vacancy.findUniqueOrThrow({
      where: { id: world.reserved },
      omit: { titleKey: true },
    });
    await bench.db.vacancy.create({ data: { ...vacancy, id: 'V-000009', employerId: other.id } });
    const job = stir === STIR ? world.reserved : 'V-000009';
    const referral = await refer(bench, caseId, job);
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir, on: '2023-03-02' } } });
    await bench.give(
      `referral/${referral}`,
      'contract',
      { contract: 'M-1', since: '2023-03-02' },
      employerActor(stir === STIR ? world.employerId : other.id),
    );
    expect((await row(id)).findingOnly).toBe(why);
    expect((await resolve(id, directed)).body).toMatchObject({
      code: 'finding_only',
      detail: `Only a finding is possible, because ${inWords}. Resolve as justified or unjustified.`,
    });
    expect(
      (
        await resolve(id, {
          resolution: 'unjustified',
          code: 'person_works_elsewhere',
          grounds: 'no reason given',
        })
      ).status,
    ).toBe(200);
  });

  test('the register is silent about a settlement: the employer is not blamed, evidence is asked', async () => {
    const id = await rejected();
    await resolve(id, { resolution: 'settled', startOn: '2023-03-06' });
    await bench.sandbox.script({ yammt: { down: { for: '40d' } } });
    await bench.pass('25d');
    expect((await row(id)).state).toBe('confirming');
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([
      { kind: 'contract_answer', due: null },
      { kind: 'contract_evidence', role: 'case_manager' },
    ]);
    const asked = await bench.db.task.findFirstOrThrow({ where: { kind: 'contract_evidence' } });
    expect(asked).toMatchObject({ personId: world.personId, caseId: null });
  });
});

describe('late answers', () => {
  beforeEach(() => begin());

  test('an acceptance before the resolution settles the inspection', async () => {
    const id = await silent();
    await bench.give(
      `inspection/${id}`,
      'lateDecision',
      { decision: 'accept', startOn: '2023-03-13' },
      employer(),
    );
    expect(await row(id)).toMatchObject({ state: 'settled', startOn: '2023-03-13' });
  });

  test('a rejection adds its reasons; a second answer is refused', async () => {
    const id = await silent();
    const late = { decision: 'reject', code: 'qualification', grounds: 'no certificate' };
    await bench.give(`inspection/${id}`, 'lateDecision', late, employer());
    expect(await row(id)).toMatchObject({ state: 'examining', lateDecision: late });
    const twice = await bench.give(`inspection/${id}`, 'lateDecision', late, employer());
    expect(twice.body).toMatchObject({
      code: 'already_decided',
      state: 'examining',
      allowedActions: ['decision'],
    });
  });

  describe('a claim about the person that is heard by the inspection', () => {
    let id: string;
    beforeEach(async () => {
      id = await silent();
      const facts = { code: 'declined', grounds: 'she does not want to', claim: 'to_be_heard' };
      await bench.db.inspection.update({ where: { id }, data: { ground: 'rejection', facts } });
      const { personId, employerId } = world;
      const about = { area: MAHALLA, assigneeId: caseManager.id, personId, employerId };
      await bench.write(`inspection/${id}`, (transaction) =>
        openTask(transaction, { ...about, kind: 'hearing' }),
      );
    });
    const hear = (confirmed: boolean, actor = caseManager) =>
      bench.give(`inspection/${id}`, 'hearing', { confirmed, words: 'my own words' }, actor);

    test('the case manager hears the person first, within 3 working days; nothing is resolved before', async () => {
      expect(await row(id)).toMatchObject({
        ground: 'rejection',
        facts: { code: 'declined', claim: 'to_be_heard' },
      });
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([
        { kind: 'resolution' },
        { kind: 'hearing', role: 'case_manager', due: '2023-03-13T23:59' },
      ]);
      const asked = await bench.db.task.findFirstOrThrow({ where: { kind: 'hearing' } });
      expect(asked).toMatchObject({ personId: world.personId, caseId: null });
      const { status, body } = await resolve(id, { resolution: 'justified', grounds: 'she declined' });
      expect([status, body['code']]).toEqual([409, 'person_to_be_heard']);
      expect(body['allowedActions']).not.toContain('resolution');
      expect((await hear(true, inspector)).status).toBe(403);
    });

    test('confirmed: it ends as justified by the person’s own words, which the employer does not read', async () => {
      const { body } = await hear(true);
      expect(body).toMatchObject({ state: 'justified', resolution: { by: 'hearing' }, waitingFor: null });
      expect(JSON.stringify(await row(id))).not.toContain('my own words');
      const heard = await bench.db.event.findFirstOrThrow({ where: { type: 'person_heard' } });
      expect(heard).toMatchObject({ caseId, grounds: 'my own words', params: { confirmed: true } });
      expect((await bench.db.referral.findFirstOrThrow()).hearing).toMatchObject({ confirmed: true });
    });

    test('contradicted: it goes on and says so, and nobody is heard twice', async () => {
      await hear(false);
      expect(await row(id)).toMatchObject({ state: 'examining', facts: { claim: 'contradicted' } });
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ kind: 'resolution' }]);
      expect((await hear(true)).body['code']).toBe('nobody_to_hear');
      expect((await resolve(id, { resolution: 'settled', startOn: '2023-03-13' })).status).toBe(200);
    });

    test('unheard: it goes on and says so', async () => {
      await bench.pass('7d');
      expect(await row(id)).toMatchObject({ state: 'examining', facts: { claim: 'unheard' } });
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ kind: 'resolution' }]);
      expect(await bench.events(`inspection/${id}`)).toContain('person_unheard');
    });

    test('the case ends before: nobody is heard any more', async () => {
      await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
      expect(await row(id)).toMatchObject({ facts: { claim: 'unheard' }, findingOnly: 'case_ended' });
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ kind: 'resolution' }]);
    });
  });

  test('the employer itself enters no day of receipt', async () => {
    const id = await silent();
    const received = { manner: 'paper', on: '2023-03-06' };
    const answer = { decision: 'accept', startOn: '2023-03-08', received };
    expect(await bench.give(`inspection/${id}`, 'lateDecision', answer, employer())).toMatchObject({
      status: 422,
      body: { code: 'officials_only', errors: [{ field: 'received' }] },
    });
    expect(await row(id)).toMatchObject({ ground: 'silence', lateDecision: null });
  });

  describe('a late claim about the person', () => {
    const claim = { decision: 'reject', code: 'did_not_come', grounds: 'nobody came' };
    const acceptance = { decision: 'accept', startOn: '2023-03-13' };
    let id: string;
    const late = (body: object) => bench.give(`inspection/${id}`, 'lateDecision', body, employer());
    beforeEach(async () => {
      id = await silent();
    });

    test('leads to a hearing first; without a hearing in 3 working days the file says so', async () => {
      await late(claim);
      expect(await row(id)).toMatchObject({ state: 'examining', facts: { claim: 'to_be_heard' } });
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([
        { kind: 'resolution' },
        { kind: 'hearing', role: 'case_manager' },
      ]);
      const refused = await resolve(id, { resolution: 'justified', grounds: 'nobody came' });
      expect(refused.body['code']).toBe('person_to_be_heard');
      await bench.pass('7d');
      expect(await row(id)).toMatchObject({ state: 'examining', facts: { claim: 'unheard' } });
      expect(await bench.events(`inspection/${id}`)).toContain('person_unheard');
    });

    test('about a person whose case has ended: nobody hears the person', async () => {
      await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
      await late(claim);
      expect(await row(id)).toMatchObject({ facts: { claim: 'unheard' } });
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ kind: 'resolution' }]);
    });

    test('may be followed by an acceptance: the hearing ends', async () => {
      await late(claim);
      await late(acceptance);
      const settled = await row(id);
      expect(settled.state).toBe('settled');
      expect(settled.facts).not.toHaveProperty('claim');
      expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ kind: 'compliance' }]);
    });
  });

  test('a contract after the breach: the hire counts, the breach and its measure stand', async () => {
    const id = await rejected(world.reserved);
    await resolve(id, directed);
    await bench.pass('17d');
    await hires('2023-03-18');
    await bench.write(`inspection/${id}`, (transaction) =>
      openTask(transaction, { kind: 'contract_answer', area: '1726', firesAt: transaction.now }),
    );
    await bench.settle();
    expect([(await row(id)).state, await caseState()]).toEqual(['breached', 'employed']);
    expect(await bench.waits(`inspection/${id}`)).toMatchObject([{ kind: 'measure', rank: 'head' }]);
  });

  test('after the resolution it is refused', async () => {
    const id = await silent();
    await resolve(id, { resolution: 'unjustified', code: 'other', grounds: 'silence' });
    const late = await bench.give(
      `inspection/${id}`,
      'lateDecision',
      { decision: 'accept', startOn: '2023-03-13' },
      employer(),
    );
    expect(late).toMatchObject({ status: 409, body: { state: 'unjustified' } });
  });
});

describe('from 1 September 2025 on', () => {
  beforeEach(() => begin('2025-09-02T09:00:00+05:00'));

  test('a vacant job admits no directive, a reserved one does', async () => {
    const id = await rejected();
    const refused = await resolve(id, directed);
    expect([refused.status, refused.body['code']]).toEqual([409, 'directive_not_possible']);
    expect(refused.body['detail']).toContain('referred on 2 September admits no directive');
    const finding = {
      resolution: 'unjustified',
      code: 'vacant_job_no_liability',
      grounds: 'no ground in law',
    };
    expect((await resolve(id, finding)).status).toBe(200);
    const reserved = await rejected(world.reserved);
    expect((await resolve(reserved, directed)).status).toBe(200);
  });
});
