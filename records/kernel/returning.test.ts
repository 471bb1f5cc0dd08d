import { setTimeout as pause } from 'node:timers/promises';
import { caseHandlers } from '../../activities/case';
import { inspectionHandlers } from '../../activities/inspection';
import { referralHandlers } from '../../activities/referral';
import { obligation, type ObligationKind } from '../../domain/obligations';
import { pathwayOf } from '../../domain/pathways';
import type { Role } from '../../domain/roles';
import { waits } from '../../domain/waits';
import {
  administrator,
  type Bench,
  caseManager,
  chiefInspector,
  DISTRICT,
  employerActor,
  employmentOfficer,
  inspector,
  MAHALLA,
  plannedCase,
  refer,
  seed,
  startBench,
  supervisor,
} from '../../test/support/bench';
import { caseWithPlan, openedCase, person, rowOf } from '../../test/support/cases';
import { lightRows } from '../../test/support/light-rows';
import { assign } from '../assignments';
import { fillGap } from './gaps';
import { rowKinds } from './kinds';
import { openTask } from './tasks';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, inspectionHandlers]);
  world = await seed(bench);
});
afterEach(() => bench.close());

const leaves = (id: string) =>
  bench.write('assignments', (transaction) =>
    assign(transaction, { from: id, to: 'office', leaves: '2023-03-01' }),
  );

async function appointed(role: Role, area: string, rank: 'officer' | 'head' = 'officer'): Promise<void> {
  const id = `${role}-${rank}-${area}-new`;
  await bench.db.official.create({ data: { id, name: id, role, rank, area, email: `${id}@example.uz` } });
  await bench.write(`official/${id}`, (transaction) => fillGap(transaction, { role, rank, area }));
}

/** An inspection of the region, in a state that has the wait. */
const inspection = (id: string, state: string, kind: 'resolution' | 'measure') =>
  bench.write(`inspection/${id}`, async (transaction) => {
    const { personId, employerId } = world;
    const row = {
      id,
      personId,
      employerId,
      state,
      ground: 'silence',
      jobKind: 'vacant',
      area: '1726',
      facts: {},
    };
    const { now } = transaction;
    await transaction.tx.inspection.create({
      data: { ...row, since: now, openedAt: now, correlationId: 'test' },
    });
    await openTask(transaction, { kind, area: '1726' });
  });

const gaps = async () =>
  (
    await bench.db.task.findMany({ where: { kind: 'office_gap', closedAt: null }, orderBy: { id: 'asc' } })
  ).map(({ subject }) => subject);
const wait = (kind: string) => bench.db.task.findFirstOrThrow({ where: { kind, closedAt: null } });
const returned = () => bench.db.event.findMany({ where: { type: 'returned_to_office' } });

describe('an office is staffed again', () => {
  let caseId: string;

  beforeEach(async () => {
    caseId = await caseWithPlan(bench, world.personId);
    await bench.write('assignments', (transaction) =>
      assign(transaction, { from: caseManager.id, to: 'office' }),
    );
    await appointed('supervisor', '');
    await leaves(supervisor.id);
  });

  test('its gap is closed and its work comes back: no deadline changes, and nobody gets a message', async () => {
    const before = await wait('first_referral');
    expect(before.area).toBe('');
    expect(await gaps()).toEqual([`office/supervisor/${DISTRICT}`, 'office/supervisor/1726']);
    await bench.settle();
    const told = await bench.db.notice.count();
    await appointed('supervisor', DISTRICT);
    expect(await gaps()).toEqual(['office/supervisor/1726']);
    expect(await wait('first_referral')).toEqual({ ...before, area: DISTRICT });
    expect(await returned()).toMatchObject([
      { subject: `case/${caseId}`, caseId, params: { kind: 'first_referral', area: DISTRICT } },
    ]);
    expect(await bench.db.notice.count()).toBe(told);
  });

  test('the work comes to the next level, while the office itself still has nobody', async () => {
    await appointed('supervisor', '1726');
    expect(await wait('first_referral')).toMatchObject({ area: '1726' });
    await appointed('supervisor', '1726269');
    expect(await wait('first_referral')).toMatchObject({ area: '1726' });
  });

  test('an escalated wait, and one offered to another district, do not come back', async () => {
    await bench.write(`case/${caseId}`, async (transaction) => {
      await openTask(transaction, { kind: 'transfer', area: '1727220001', caseId });
      await openTask(transaction, { kind: 'closure', area: MAHALLA, caseId });
    });
    await bench.db.case.update({ where: { id: caseId }, data: { movesTo: '1727220001' } });
    await bench.db.task.updateMany({ where: { kind: 'closure' }, data: { escalated: 1 } });
    await appointed('supervisor', DISTRICT);
    expect(await wait('closure')).toMatchObject({ area: '' });
    expect(await wait('transfer')).toMatchObject({ area: '' });
    await appointed('supervisor', '1727220');
    expect(await wait('transfer')).toMatchObject({ area: '1727220' });
  });
});

test('an inspector’s wait returns to the inspectorate of the employer’s region, and a head’s wait to its head', async () => {
  await appointed('labour_inspector', '', 'head');
  await leaves(inspector.id);
  await leaves(chiefInspector.id);
  const referral = await refer(bench, await plannedCase(bench, world.personId), world.reserved);
  const rejected = { decision: 'reject', code: 'other', grounds: 'We are full.' };
  await bench.give(`referral/${referral}`, 'decision', rejected, employerActor(world.employerId));
  await inspection('I-000098', 'breached', 'measure');
  expect(await wait('resolution')).toMatchObject({ area: '' });
  await appointed('labour_inspector', '1727', 'head');
  expect(await wait('resolution')).toMatchObject({ area: '' });
  await appointed('labour_inspector', '1726');
  expect(await wait('resolution')).toMatchObject({ area: '1726' });
  expect(await wait('measure')).toMatchObject({ area: '', rank: 'head' });
  expect(await gaps()).toEqual(['office/labour_inspector-head/1726']);
  await appointed('labour_inspector', '1726', 'head');
  expect(await wait('measure')).toMatchObject({ area: '1726', rank: 'head' });
  expect(await gaps()).toEqual([]);
});

test('a head is appointed to an empty office: it lacks neither an officer nor a head', async () => {
  await leaves(inspector.id);
  await leaves(chiefInspector.id);
  await inspection('I-000098', 'examining', 'resolution');
  await inspection('I-000099', 'breached', 'measure');
  const [office, head] = ['office/labour_inspector/1726', 'office/labour_inspector-head/1726'];
  expect(await gaps()).toEqual(expect.arrayContaining([office, head]));
  await appointed('labour_inspector', '1726', 'head');
  expect(await gaps()).not.toEqual(expect.arrayContaining([office]));
  expect(await gaps()).not.toEqual(expect.arrayContaining([head]));
});

test('work that arises while its office is being staffed waits for the appointment: no gap stays open', async () => {
  await leaves(employmentOfficer.id);
  const post = { role: 'employment_officer', rank: 'officer', area: DISTRICT } as const;
  const opening: Promise<void>[] = [];
  await bench.write('official/new', async (transaction) => {
    await transaction.tx.official.create({ data: { id: 'new', name: 'new', ...post } });
    await fillGap(transaction, post);
    opening.push(
      bench.write('referral/R-000099', (other) =>
        openTask(other, { kind: 'correct_contact', area: DISTRICT }),
      ),
    );
    await Promise.race([...opening, pause(500)]);
  });
  await Promise.all(opening);
  expect(await gaps()).toEqual([]);
  expect(await wait('correct_contact')).toMatchObject({ area: DISTRICT });
});

test('a wait returns to the employment office of the employer’s district', async () => {
  await appointed('employment_officer', '1726');
  await leaves(employmentOfficer.id);
  const referral = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
  await bench.db.referral.update({ where: { id: referral }, data: { state: 'undelivered' } });
  await bench.write(`referral/${referral}`, (transaction) =>
    openTask(transaction, { kind: 'correct_contact', area: DISTRICT }),
  );
  expect(await wait('correct_contact')).toMatchObject({ area: '1726' });
  await appointed('employment_officer', DISTRICT);
  expect(await wait('correct_contact')).toMatchObject({ area: DISTRICT });
});

describe('a mahalla without a case manager', () => {
  const gap = `office/case_manager/${MAHALLA}`;

  test('work arises there: the supervisor has it, and the administrators are told once', async () => {
    await bench.db.official.update({ where: { id: caseManager.id }, data: { leftOn: '2023-02-01' } });
    expect(await gaps()).toEqual([]);
    await openedCase(bench, world.personId, { managerId: null });
    await openedCase(bench, await person(bench), { managerId: null });
    expect(await wait('assessment')).toMatchObject({ role: 'supervisor', area: DISTRICT });
    expect(await gaps()).toEqual([gap]);
    const told = await bench.db.notice.findMany({ where: { recipientId: administrator.id } });
    expect(told).toMatchObject([{ type: 'office_empty', state: 'delivered' }]);
    await appointed('case_manager', MAHALLA);
    expect(await gaps()).toEqual([]);
  });

  test('its last case manager leaves cases behind', async () => {
    const id = await caseWithPlan(bench, world.personId);
    await leaves(caseManager.id);
    expect(await rowOf(bench, id)).toMatchObject({ managerId: null });
    expect(await gaps()).toEqual([gap]);
    await bench.settle();
    const told = await bench.db.notice.findMany({ where: { recipientId: administrator.id } });
    expect(told).toMatchObject([{ subject: `case/${id}`, state: 'delivered' }]);
  });

  test('without work, or with another case manager, there is no gap', async () => {
    await openedCase(bench, world.personId);
    await bench.db.official.create({
      data: { id: 'colleague', name: 'Nodira', role: 'case_manager', area: MAHALLA },
    });
    await leaves(caseManager.id);
    expect(await gaps()).toEqual([]);
  });
});

describe('in every kind of row', () => {
  const offices = {
    supervisor: '1727220',
    employment_officer: '1727220',
    labour_inspector: '1727',
    finance_officer: '1727',
  } as const;
  const roles = Object.keys(offices) as (keyof typeof offices)[];
  const isOfOffice = (wait: ObligationKind) => {
    const [{ owner }] = obligation(wait).duties;
    return owner === 'case_manager' || owner in offices;
  };
  const ofOffices = rowKinds
    .map((kind) => ({ kind, kinds: waits[kind].filter(isOfOffice) }))
    .filter(({ kinds }) => kinds.length > 0);

  test.each(ofOffices)('$kind: each wait of an office comes back', async ({ kind, kinds }) => {
    const id = kind === 'adaptation' ? 'A-000001' : 'X-000001';
    const subject = `${kind}/${id}`;
    const appointAll = async (areaOf: (role: keyof typeof offices) => string) => {
      for (const role of roles)
        for (const rank of ['officer', 'head'] as const) await appointed(role, areaOf(role), rank);
    };
    await appointAll(() => '');
    await bench.write(subject, async (transaction) => {
      for (const wait of kinds) await openTask(transaction, { kind: wait, area: '1727220001' });
    });
    const areas = async () =>
      (await bench.db.task.findMany({ where: { subject }, orderBy: { id: 'asc' } })).map(({ role, area }) => [
        role,
        area,
      ]);
    const above = await areas();
    expect(above.map(([, area]) => area)).toEqual(kinds.map(() => ''));
    await lightRows(bench.db, kind, [id], pathwayOf(kind).open[0] ?? '');
    // A recovery is about a claim.
    const claim = 'S-000001-2023-03';
    if (kind === 'recovery') await lightRows(bench.db, 'claim', [claim], 'settled');
    await bench.db.recovery.updateMany({ data: { claimId: claim } });
    await appointAll((role) => offices[role]);
    expect(await areas()).toEqual(above.map(([role]) => [role, offices[role as keyof typeof offices]]));
  });
});
