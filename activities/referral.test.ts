import {
  type Bench,
  caseManager,
  employerActor,
  employmentOfficer,
  inspector,
  pathwayHandlers,
  PINFL,
  plannedCase,
  refer,
  seed,
  startBench,
  STIR,
} from '../test/support/bench';
import type { Params } from '../domain/words/values';
import { eventInWords } from '../domain/words/words';
import { textOf } from '../records/reads/notice';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
});
afterEach(() => bench.close());

const stateOf = async (id: string) => (await bench.db.referral.findUniqueOrThrow({ where: { id } })).state;
const delivered = async (id: string) => {
  const { deliveredHow, deliveredAt } = await bench.db.referral.findUniqueOrThrow({ where: { id } });
  return [deliveredHow, deliveredAt?.toISOString()];
};
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const inspections = () => bench.db.inspection.findMany({ orderBy: { id: 'asc' } });
const employer = () => employerActor(world.employerId);
const accept = { decision: 'accept', startOn: '2023-03-10' };
const rejectAs = (code: string) => ({ decision: 'reject', code, grounds: 'as we said' });

describe('delivery', () => {
  test('by the first channel that arrives; the 5 days run from the day of issue', async () => {
    const id = await refer(bench, caseId, world.vacant);
    expect(await stateOf(id)).toBe('delivered');
    expect(await bench.waits(`referral/${id}`)).toEqual([
      { kind: 'decision', role: 'employer', rank: null, due: '2023-03-06T23:59' },
    ]);
  });

  test('no channel by the end of the next working day: the case manager delivers, and the 5 days run from that delivery', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    expect(await bench.events(`referral/${id}`)).not.toContain('referral_accepted');
    await bench.pass('2d');
    expect(await stateOf(id)).toBe('undelivered');
    expect((await bench.waits(`referral/${id}`))[0]).toMatchObject({
      kind: 'deliver_by_hand',
      role: 'case_manager',
    });
    const { status } = await bench.give(
      `referral/${id}`,
      'delivery',
      { manner: 'phone', on: '2023-03-03', to: 'the director' },
      caseManager,
    );
    expect(status).toBe(200);
    expect(await bench.waits(`referral/${id}`)).toMatchObject([
      { kind: 'decision', due: '2023-03-09T23:59' },
    ]);
  });

  test('by hand: the day of delivery counts, not of the entry, and the recipient is on record', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('3d');
    const byHand = { manner: 'in_person', on: '2023-03-03', to: 'the director' };
    await bench.give(`referral/${id}`, 'delivery', byHand, caseManager);
    expect(await delivered(id)).toEqual(['in_person', '2023-03-03T18:59:59.000Z']);
    const subject = `referral/${id}`;
    expect(await bench.db.event.findFirst({ where: { subject, type: 'referral_delivered' } })).toMatchObject({
      params: { how: 'in_person', on: '2023-03-03' },
      grounds: 'the director',
    });
  });

  test('entered after the 5 days: they run from the day of the entry, and nobody counts as silent', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('9d');
    const byHand = { manner: 'phone', on: '2023-03-03', to: 'the director' };
    await bench.give(`referral/${id}`, 'delivery', byHand, caseManager);
    expect([await stateOf(id), await bench.waits(`referral/${id}`)]).toMatchObject([
      'delivered',
      [{ kind: 'decision', due: '2023-03-15T23:59' }],
    ]);
  });

  test('a message to a corrected contact names no last day while the 5 days do not run', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    const correct = (phone: string) =>
      bench.give(`referral/${id}`, 'delivery', { correctedContact: { phone } }, employmentOfficer);
    await bench.pass('1d');
    await correct('+998712223344');
    await bench.pass('12d');
    await correct('+998712223355');
    const sent = await bench.db.notice.findMany({
      where: { subject: `referral/${id}`, channel: 'sms', recipient: 'employer' },
      orderBy: { createdAt: 'asc' },
    });
    expect(sent.map(({ type }) => type)).toEqual([
      'referral_issued',
      'referral_issued',
      'referral_sent_again',
    ]);
    const texts = await Promise.all(sent.map((notice) => textOf(bench.db, notice, 'en', '1140')));
    expect(texts).toEqual([
      expect.stringContaining('by 6 March.'),
      expect.stringContaining('by 6 March.'),
      expect.stringContaining('from the day on which this message reaches you'),
    ]);
    expect(await stateOf(id)).toBe('undelivered');
  });

  test('undelivered for 5 working days: the employment officer corrects the contact, and the message is sent again', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('13d');
    expect(await bench.waits(`referral/${id}`)).toMatchObject([
      { kind: 'correct_contact', role: 'employment_officer' },
    ]);
    bench.undelivered.clear();
    await bench.give(
      `referral/${id}`,
      'delivery',
      { correctedContact: { phone: '+998712223344' } },
      employmentOfficer,
    );
    expect(await stateOf(id)).toBe('delivered');
    expect(await bench.waits(`referral/${id}`)).toMatchObject([{ due: '2023-03-20T23:59' }]);
  });

  test('the employment officer ends it as undeliverable: no silence, no inspection, the case back in planning', async () => {
    bench.undelivered.add(world.employerId);
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('3d');
    const gone = { undeliverable: true, reason: 'moved away' };
    expect((await bench.give(`referral/${id}`, 'delivery', gone, employmentOfficer)).body['code']).toBe(
      'still_on_its_way',
    );
    await bench.pass('10d');
    const byManager = await bench.give(
      `referral/${id}`,
      'delivery',
      { undeliverable: true, reason: 'moved away' },
      caseManager,
    );
    expect(byManager.status).toBe(403);
    await bench.give(
      `referral/${id}`,
      'delivery',
      { undeliverable: true, reason: 'moved away' },
      employmentOfficer,
    );
    expect([await stateOf(id), await caseState(), (await inspections()).length]).toEqual([
      'undeliverable',
      'planning',
      0,
    ]);
  });
});

describe('decision', () => {
  test('a contract before any decision accepts: it names the first day, and the time line and the person learn it', async () => {
    const id = await refer(bench, caseId, world.vacant);
    const tell = (more: object) =>
      bench.give(`referral/${id}`, 'contract', { contract: 'M-1', ...more }, employer());
    expect(await tell({})).toMatchObject({ status: 422, body: { errors: [{ field: 'since' }] } });
    expect(await bench.events(`referral/${id}`)).not.toContain('referral_accepted');
    expect((await tell({ since: '2023-03-06' })).status).toBe(200);
    const accepted = await bench.db.event.findFirstOrThrow({ where: { type: 'referral_accepted' } });
    expect(accepted.params).toMatchObject({ startOn: '2023-03-06' });
    expect(await bench.db.notice.count({ where: { type: 'accepted', recipient: 'person' } })).toBe(1);
  });

  test('the time line says how and when an answer came that an official entered', async () => {
    const received = { manner: 'phone', on: '2023-03-01' };
    const reject = { decision: 'reject', code: 'other', grounds: 'no' };
    for (const [answer, type] of [
      [accept, 'referral_accepted'],
      [reject, 'referral_rejected'],
      [{ ...reject, code: 'declined' }, 'claim_about_person'],
    ] as const) {
      const id = await refer(bench, caseId, world.vacant);
      await bench.give(`referral/${id}`, 'decision', { ...answer, received }, caseManager);
      const { params } = await bench.db.event.findFirstOrThrow({ where: { type } });
      expect(params).toMatchObject({ manner: 'phone', received: '2023-03-01' });
      const words = eventInWords({ language: 'en', today: '2023-03-02' }, type, params as Params);
      expect(words).toContain(' Received on 1 March, by phone.');
      await bench.give(
        `referral/${id}`,
        'withdrawal',
        { reason: 'issued_by_mistake', words: 'w' },
        caseManager,
      );
    }
  });

  test('accepted, contract confirmed by the register: hired, six checks ahead, the place taken', async () => {
    const id = await refer(bench, caseId, world.vacant);
    expect((await bench.give(`referral/${id}`, 'decision', accept, employer())).status).toBe(200);
    expect(await bench.waits(`referral/${id}`)).toMatchObject([
      { kind: 'contract', role: 'employer', due: '2023-03-10T23:59' },
    ]);
    await bench.sandbox.script({
      yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-10', contract: 'M-1' } },
    });
    await bench.give(`referral/${id}`, 'contract', { contract: 'M-1', since: '2023-03-10' }, employer());
    expect([await stateOf(id), await caseState()]).toEqual(['hired', 'employed']);
    const [employment] = await bench.db.employment.findMany({ include: { checks: true } });
    expect(employment).toMatchObject({ hiredOn: '2023-03-10', proof: 'yammt', state: 'in_force' });
    expect(employment?.checks.map((check) => check.on)).toEqual([
      '2023-04-10',
      '2023-05-10',
      '2023-06-10',
      '2023-07-10',
      '2023-08-10',
      '2023-09-10',
    ]);
    expect(await bench.db.vacancy.findUnique({ where: { id: world.vacant } })).toMatchObject({
      taken: 1,
      state: 'filled',
      filledHow: 'referral',
    });
    const subject = `vacancy/${world.vacant}`;
    expect(await bench.db.event.findFirst({ where: { subject } })).toMatchObject({
      type: 'vacancy_changed',
      params: { values: { state: { before: 'open', after: 'filled' } } },
    });
  });

  test('accepted by phone and entered later: the 5 working days for the contract run from the day of the call', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('5d');
    const received = { manner: 'phone', on: '2023-03-02' };
    const byPhone = { decision: 'accept', startOn: '2023-03-03', received };
    expect((await bench.give(`referral/${id}`, 'decision', byPhone, caseManager)).status).toBe(200);
    expect(await bench.waits(`referral/${id}`)).toMatchObject([
      { kind: 'contract', role: 'employer', due: '2023-03-10T23:59' },
    ]);
  });

  test('a start more than 30 days ahead or in the past is refused and nothing is changed', async () => {
    const id = await refer(bench, caseId, world.vacant);
    for (const startOn of ['2023-04-01', '2023-02-28']) {
      const { status, body } = await bench.give(
        `referral/${id}`,
        'decision',
        { decision: 'accept', startOn },
        employer(),
      );
      expect([status, body['code']]).toEqual([422, 'start_out_of_range']);
    }
    expect(await stateOf(id)).toBe('delivered');
  });

  test('rejected: to the inspectorate of the region with the proof of delivery, and the case back in planning at once', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', rejectAs('qualification'), employer());
    expect([await stateOf(id), await caseState()]).toEqual(['rejected', 'planning']);
    const [inspection] = await inspections();
    expect(inspection).toMatchObject({
      area: '1726',
      ground: 'rejection',
      state: 'examining',
      jobKind: 'vacant',
    });
    expect(inspection?.facts).toMatchObject({ code: 'qualification', deliveredHow: expect.any(String) });
    expect(await bench.waits(`inspection/${inspection?.id}`)).toMatchObject([
      { role: 'labour_inspector', due: '2023-03-24T23:59' },
    ]);
  });

  test('silence: reminders 2 days and 1 day before, then a rejection without reasons goes to the inspectorate', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('6d');
    expect([await stateOf(id), await caseState()]).toEqual(['silent', 'planning']);
    expect(await inspections()).toMatchObject([{ ground: 'silence', state: 'examining' }]);
    const reminders = await bench.db.notice.findMany({
      where: { type: 'reminder', recipient: 'employer', channel: 'sms' },
    });
    expect(reminders.map((reminder) => reminder.createdAt.toISOString())).toEqual([
      '2023-03-04T04:00:00.000Z',
      '2023-03-05T04:00:00.000Z',
    ]);
  });

  test('twice: after the time the second decision is refused with the state and changes nothing', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', rejectAs('other'), employer());
    await bench.pass('6d');
    const second = await bench.give(`referral/${id}`, 'decision', accept, employer());
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'already_decided', state: 'rejected', allowedActions: [] },
    });
    expect(await stateOf(id)).toBe('rejected');
  });

  test('by the employer itself: only as a decision of now', async () => {
    const id = await refer(bench, caseId, world.vacant);
    const received = { manner: 'paper', on: '2023-03-01' };
    for (const answer of [accept, rejectAs('other')])
      expect(
        await bench.give(`referral/${id}`, 'decision', { ...answer, received }, employer()),
      ).toMatchObject({ status: 422, body: { code: 'officials_only', errors: [{ field: 'received' }] } });
    expect(await stateOf(id)).toBe('delivered');
  });

  test('by an official: only as received on paper or by phone', async () => {
    const id = await refer(bench, caseId, world.vacant);
    expect((await bench.give(`referral/${id}`, 'decision', accept, caseManager)).body['code']).toBe(
      'missing',
    );
    const received = { manner: 'paper', on: '2023-03-01' };
    expect(
      (await bench.give(`referral/${id}`, 'decision', { ...accept, received }, caseManager)).status,
    ).toBe(200);
    expect(
      (await bench.give(`referral/${id}`, 'withdrawal', { reason: 'other', words: '' }, inspector)).status,
    ).toBe(403);
  });
});

describe("the employer's word about the person", () => {
  test('confirmed by the person: the referral ends by the person’s words, without an inspection', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', rejectAs('declined'), employer());
    expect([await stateOf(id), (await inspections()).length]).toEqual(['hearing', 0]);
    await bench.give(
      `referral/${id}`,
      'hearing',
      { confirmed: true, words: 'too far from home' },
      caseManager,
    );
    expect([await stateOf(id), await caseState(), (await inspections()).length]).toEqual([
      'person_declined',
      'planning',
      0,
    ]);
  });

  test('contradicted: an inspection that says so', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', rejectAs('did_not_come'), employer());
    await bench.give(
      `referral/${id}`,
      'hearing',
      { confirmed: false, words: 'I was there at nine' },
      caseManager,
    );
    expect((await inspections())[0]?.facts).toMatchObject({ code: 'did_not_come', claim: 'contradicted' });
  });

  test('unheard in 3 working days: an inspection that says so', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', rejectAs('declined'), employer());
    await bench.pass('6d');
    expect((await inspections())[0]?.facts).toMatchObject({ claim: 'unheard' });
  });
});

describe('contract', () => {
  test('not in the register at the end of its time: an inspection of an acceptance without a contract', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    await bench.pass('11d');
    expect([await stateOf(id), await caseState()]).toEqual(['no_contract', 'planning']);
    expect(await inspections()).toMatchObject([{ ground: 'no_contract' }]);
  });

  test('ended already when the register is first asked: a hire that ended early, the case in planning', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    const pair = { pinfl: PINFL, stir: STIR };
    await bench.sandbox.script({ yammt: { hires: { ...pair, on: '2023-03-06', contract: 'M-1' } } });
    await bench.sandbox.script({ yammt: { ends: { ...pair, on: '2023-03-09', reason: 'resigned' } } });
    await bench.pass('13d');
    expect([await stateOf(id), await caseState()]).toEqual(['hired', 'planning']);
    expect(await inspections()).toMatchObject([{ ground: 'ended_early', state: 'hearing' }]);
    expect(await bench.db.employment.findMany()).toMatchObject([
      { state: 'ended', hiredOn: '2023-03-06', endedOn: '2023-03-09', endReason: 'resigned' },
    ]);
  });

  test('ended before the referral: no contract follows from it', async () => {
    const pair = { pinfl: PINFL, stir: STIR };
    await bench.sandbox.script({ yammt: { hires: { ...pair, on: '2023-02-01', contract: 'M-0' } } });
    await bench.sandbox.script({ yammt: { ends: { ...pair, on: '2023-02-20', reason: 'resigned' } } });
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    await bench.pass('11d');
    expect([await stateOf(id), await inspections()]).toMatchObject(['no_contract', [{}]]);
  });

  describe('older than the referral', () => {
    const pair = { pinfl: PINFL, stir: STIR };
    const accepted = async (hiredOn: string) => {
      await bench.sandbox.script({ yammt: { hires: { ...pair, on: hiredOn, contract: 'M-0' } } });
      const id = await refer(bench, caseId, world.vacant);
      await bench.give(`referral/${id}`, 'decision', accept, employer());
      await bench.give(`referral/${id}`, 'contract', { contract: 'M-0', since: hiredOn }, employer());
      return id;
    };
    const close = (id: string, actor: typeof caseManager) =>
      bench.give(`referral/${id}`, 'finding', { words: 'The same job.' }, actor);

    test('by more than 5 days: no hire, no inspection, the case in planning; the employment officer closes it', async () => {
      const id = await accepted('2023-02-23');
      expect([await stateOf(id), await caseState(), (await inspections()).length]).toEqual([
        'worked_there_already',
        'planning',
        0,
      ]);
      expect(await bench.db.employment.count()).toBe(0);
      expect(await bench.waits(`referral/${id}`)).toEqual([
        { kind: 'worked_there_finding', role: 'employment_officer', rank: null, due: '2023-03-06T23:59' },
      ]);
      expect((await close(id, caseManager)).status).toBe(403);
      expect((await close(id, employmentOfficer)).body).toMatchObject({
        state: 'no_hire',
        outcome: 'no_hire',
        finding: { since: '2023-02-23', contract: 'M-0', words: 'The same job.' },
      });
      expect((await close(id, employmentOfficer)).body['code']).toBe('not_in_this_state');
      expect(await bench.events(`referral/${id}`)).toContain('referral_finding');
    });

    test('by 5 days: a hire', async () => {
      const id = await accepted('2023-02-24');
      expect(await stateOf(id)).toBe('hired');
      expect(await bench.db.employment.findMany()).toMatchObject([{ hiredOn: '2023-02-24' }]);
    });

    test('frees person and place at once: neither employer, place, withdrawal nor the end of the case change it', async () => {
      const id = await accepted('2022-10-22');
      const again = await refer(bench, caseId, world.vacant);
      expect(await stateOf(again)).toBe('delivered');
      const withdraw = { reason: 'other', words: 'so' };
      expect((await bench.give(`referral/${id}`, 'withdrawal', withdraw, caseManager)).status).toBe(409);
      await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'other', words: 'no' }, caseManager);
      await bench.db.employer.update({
        where: { id: world.employerId },
        data: { state: 'liquidated', endedOn: '2023-03-01' },
      });
      await bench.pass('8d');
      expect([await stateOf(again), await stateOf(id)]).toEqual(['withdrawn', 'worked_there_already']);
      expect(await bench.waits(`referral/${id}`)).toMatchObject([
        { kind: 'worked_there_finding', role: 'employment_officer', rank: 'head' },
      ]);
    });

    test('by a document during the register’s silence: the same', async () => {
      const id = await refer(bench, caseId, world.vacant);
      await bench.give(`referral/${id}`, 'decision', accept, employer());
      await bench.sandbox.script({ yammt: { down: { for: '40d' } } });
      await bench.pass('23d');
      const document = { number: '7', date: '2023-03-10', issuer: 'Nur Tikuv' };
      const old = { inForce: true, since: '2022-10-22', document };
      await bench.give(`referral/${id}`, 'evidence', old, caseManager);
      expect([await stateOf(id), await bench.db.employment.count()]).toEqual(['worked_there_already', 0]);
    });
  });

  test('said to be registered but not yet known to the register: the employer keeps its time', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    await bench.give(`referral/${id}`, 'contract', { contract: 'M-1' }, employer());
    expect(await stateOf(id)).toBe('accepted');
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-09' } } });
    await bench.pass('11d');
    expect(await stateOf(id)).toBe('hired');
  });

  test('register silent for 10 days: evidence is asked, the employer is not blamed', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    await bench.sandbox.script({ yammt: { down: { for: '40d' } } });
    await bench.pass('23d');
    expect(await stateOf(id)).toBe('confirming');
    expect(await bench.waits(`referral/${id}`)).toMatchObject([
      { kind: 'contract_answer', due: null },
      { kind: 'contract_evidence', role: 'case_manager' },
    ]);
    expect(await inspections()).toHaveLength(0);
    const document = { number: '7', date: '2023-03-10', issuer: 'Nur Tikuv' };
    await bench.give(
      `referral/${id}`,
      'evidence',
      { inForce: true, since: '2023-03-10', document },
      caseManager,
    );
    expect(await bench.db.employment.findMany()).toMatchObject([{ proof: 'evidence', state: 'in_force' }]);
  });

  test('until it is registered the person may decline without a disadvantage', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    await bench.give(
      `referral/${id}`,
      'withdrawal',
      { reason: 'person_declined', words: 'found it too hard' },
      caseManager,
    );
    expect([await stateOf(id), await caseState(), (await inspections()).length]).toEqual([
      'person_declined',
      'planning',
      0,
    ]);
  });

  test('the register answers after evidence was asked for: its answer counts', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.give(`referral/${id}`, 'decision', accept, employer());
    await bench.sandbox.script({ yammt: { down: { for: '24d' } } });
    await bench.pass('23d');
    await bench.sandbox.script({ yammt: { up: {} } });
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-10' } } });
    await bench.pass('1d');
    expect([await stateOf(id), await caseState()]).toEqual(['hired', 'employed']);
  });

  test('a contract that begins before the referral or more than 30 days ahead is refused', async () => {
    const id = await refer(bench, caseId, world.vacant);
    for (const since of ['2023-02-01', '2099-01-01']) {
      const { status, body } = await bench.give(
        `referral/${id}`,
        'contract',
        { contract: 'M-1', since },
        employer(),
      );
      expect([status, body['code']]).toEqual([422, 'start_out_of_range']);
    }
    expect(await stateOf(id)).toBe('delivered');
  });

  test('an answer on paper counts from the day of its receipt', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.pass('3d');
    const received = { manner: 'paper', on: '2023-03-02' };
    await bench.give(
      `referral/${id}`,
      'decision',
      { decision: 'accept', startOn: '2023-03-03', received },
      caseManager,
    );
    const { decidedAt, state } = await bench.db.referral.findUniqueOrThrow({ where: { id } });
    expect([state, decidedAt?.toISOString()]).toEqual(['accepted', '2023-03-02T18:59:59.000Z']);
  });
});

describe('places', () => {
  test('a hire withdraws the unanswered referrals of the same case and tells each employer', async () => {
    const first = await refer(bench, caseId, world.vacant);
    const second = await refer(bench, caseId, world.reserved);
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-02' } } });
    await bench.give(`referral/${first}`, 'contract', { contract: 'M-1', since: '2023-03-02' }, employer());
    expect([await stateOf(first), await stateOf(second)]).toEqual(['hired', 'withdrawn']);
    expect(
      await bench.db.notice.count({ where: { subject: `referral/${second}`, type: 'referral_withdrawn' } }),
    ).toBe(2);
  });

  test('the job withdrawn by the employer while a referral is open counts as no longer vacant', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.db.vacancy.update({ where: { id: world.vacant }, data: { state: 'withdrawn' } });
    await bench.activities.advance(`referral/${id}`);
    expect([await stateOf(id), await caseState()]).toEqual(['rejected', 'planning']);
    expect((await inspections())[0]?.facts).toMatchObject({
      code: 'no_longer_vacant',
      job: { state: 'withdrawn' },
    });
  });

  test('the employer liquidated: the referral ends with that reason', async () => {
    const id = await refer(bench, caseId, world.vacant);
    await bench.db.employer.update({ where: { id: world.employerId }, data: { state: 'liquidated' } });
    await bench.activities.advance(`referral/${id}`);
    expect([await stateOf(id), await caseState(), (await inspections()).length]).toEqual([
      'employer_gone',
      'planning',
      0,
    ]);
  });
});
