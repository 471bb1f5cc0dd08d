import { employerActor, seed, supervisor } from '../support/bench';
import { eachOnItsPathway } from './each';

const here = eachOnItsPathway();

const HOUR_MS = 3_600_000;
/** The pauses between two questions grow to twelve hours. */
const GROWING = 6;
/** By default the test waits until two new executions have begun. `LONG_YEARS=6 npm test -- long.test` waits for six years. */
const YEARS = Number(process.env['LONG_YEARS'] ?? 0);

test('a register is silent for more than a year: the row’s workflow begins anew when its history is long, and loses or repeats nothing', async () => {
  const world = await seed(here());
  const { referralId } = await here().referred(world);
  const subject = `referral/${referralId}`;
  const accept = { decision: 'accept', startOn: '2023-03-10' };
  await here().give(subject, 'decision', accept, employerActor(world.employerId));
  await here().sandbox.script({ yammt: { down: {} } });
  for (let days = 0; here().executions(subject) < 3 || days < YEARS * 365; days += 10)
    await here().pass('10d');
  await here().pass('10d');

  const lengths = (await here().allRuns())
    .filter(({ workflowId }) => workflowId === subject)
    .map(({ history }) => history.events?.length ?? 0);
  expect(Math.max(...lengths)).toBeLessThan(4100);
  const asked = await here().db.registerAnswer.findMany({ where: { subject }, orderBy: { askedAt: 'asc' } });
  const hours = asked
    .slice(1)
    .map(({ askedAt }, i) => (askedAt.getTime() - (asked[i]?.askedAt.getTime() ?? 0)) / HOUR_MS)
    .slice(GROWING);
  expect(hours.length).toBeGreaterThan(680);
  expect([Math.floor(Math.min(...hours)), Math.ceil(Math.max(...hours)) <= 24]).toEqual([12, true]);

  expect(await here().waits(subject)).toEqual(['contract_answer: register', 'contract_evidence: supervisor']);
  const document = { number: 'B-12', date: '2023-03-10', issuer: 'Nur Tikuv' };
  const evidence = { inForce: true, since: '2023-03-10', document };
  expect((await here().give(subject, 'evidence', evidence, supervisor)).status).toBe(200);
  expect(await here().isRunning(subject)).toBe(false);
}, 1_800_000);
