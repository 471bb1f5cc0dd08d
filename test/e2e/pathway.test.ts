import { employer, officials } from '../support/small-world';
import { type Stack, startStack } from '../support/stack';
import { commands, newWalk, referred } from '../support/walk';

const { caseManager, inspector } = officials;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

test('from the visit to the closure, through all six months', async () => {
  const walk = await newWalk(stack);
  await stack.done(commands.visit(walk, '2023-03-01'));

  const opened = await stack.done(commands.opening(walk));
  walk.case = opened.id;
  expect(opened).toMatchObject({ state: 'assessment', waitingFor: { role: 'case_manager' } });
  await stack.quiet();
  expect(await stack.get(caseManager, `/cases/${walk.case}`)).toMatchObject({ eligibility: 'yes' });

  expect(await stack.done(commands.assessment(walk))).toMatchObject({ state: 'planning' });
  await stack.done(commands.plan(walk));
  const issued = await stack.done(commands.referral(walk, stack.world.vacant));
  walk.referral = issued.id;
  expect(issued).toMatchObject({ state: 'issued' });
  await stack.quiet();
  expect(await stack.get(employer, `/referrals/${walk.referral}`)).toMatchObject({
    state: 'delivered',
    waitingFor: { role: 'employer', due: '2023-03-06T18:59:59.000Z', overdue: false },
  });

  await stack.step('2d');
  expect(await stack.done(commands.acceptance(walk, '2023-03-06'))).toMatchObject({ state: 'accepted' });
  await stack.step('3d');
  await stack.register({
    yammt: { hires: { pinfl: walk.pinfl, stir: employer.employer, on: '2023-03-06' } },
  });
  await stack.done(commands.contract(walk, '2023-03-06'));
  await stack.quiet();
  expect(await stack.get(caseManager, `/referrals/${walk.referral}`)).toMatchObject({ state: 'hired' });

  const employed = await stack.get(caseManager, `/cases/${walk.case}`);
  expect(employed).toMatchObject({ state: 'employed', employments: [{ state: 'in_force' }] });
  walk.employment = employed.employments[0].id;
  for (let check = 1; check <= 6; check++) {
    await stack.setClock(await stack.stepBefore('check', String(check)));
    await stack.quiet();
    const { checks } = await stack.get(caseManager, `/employments/${walk.employment}`);
    expect(checks[check - 1]).toMatchObject({ n: check, on: `2023-0${3 + check}-06`, state: 'passed' });
    await stack.done(commands.conversation(walk, check));
  }
  expect(await stack.get(caseManager, `/employments/${walk.employment}`)).toMatchObject({
    state: 'retained',
  });
  expect(await stack.get(caseManager, `/cases/${walk.case}`)).toMatchObject({
    state: 'retained',
    waitingFor: { what: 'closure', role: 'case_manager' },
  });

  expect(await stack.done(commands.closure(walk))).toMatchObject({ state: 'closed', outcome: 'retained' });
  await stack.quiet();
  const { items } = await stack.get(caseManager, `/cases/${walk.case}/timeline?limit=100`);
  const types = (items as { type: string }[]).map(({ type }) => type);
  expect(types.filter((type) => type === 'check_passed')).toHaveLength(6);
  expect(types.at(-1)).toBe('case_closed');
  expect(await stack.db.task.count({ where: { caseId: walk.case, closedAt: null } })).toBe(0);
  await stack.ended(`case/${walk.case}`);
});

test('rejected, directed, breached, and a measure taken', async () => {
  const walk = await referred(stack, stack.world.reserved);
  expect(await stack.done(commands.rejection(walk))).toMatchObject({ state: 'rejected' });
  expect(await stack.get(caseManager, `/cases/${walk.case}`)).toMatchObject({ state: 'planning' });

  const { items } = await stack.get(inspector, '/inspections?state=examining');
  expect(items).toMatchObject([{ referralId: walk.referral, ground: 'rejection', jobKind: 'reserved' }]);
  walk.inspection = items[0].id;
  expect(await stack.done(commands.directive(walk))).toMatchObject({
    state: 'directed',
    waitingFor: { role: 'employer', what: 'compliance' },
  });

  await stack.setClock(await stack.stepBefore('compliance'));
  await stack.quiet();
  while ((await stack.get(inspector, `/inspections/${walk.inspection}`)).state === 'directed')
    await stack.step('1d');
  expect(await stack.get(inspector, `/inspections/${walk.inspection}`)).toMatchObject({
    state: 'breached',
    waitingFor: { role: 'labour_inspector', rank: 'head', what: 'measure' },
  });
  const on = new Date((await stack.clock.now()).getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
  expect(await stack.give({ ...commands.measure(walk, on), as: inspector })).toMatchObject({ status: 403 });
  expect(await stack.done(commands.measure(walk, on))).toMatchObject({ state: 'measured' });
  await stack.quiet();
  await stack.ended(`inspection/${walk.inspection}`);
  expect(await stack.get(caseManager, `/cases/${walk.case}`)).toMatchObject({ state: 'planning' });
});
