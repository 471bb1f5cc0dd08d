import { administrator, employerActor } from '../support/bench';
import { proposePolicy } from '../../records/money/policies';
import {
  ACCOUNT,
  accounts,
  approve,
  claimsOf,
  financeOfficer,
  type Furnished,
  furnish,
  ordered,
  reviewer,
  secondFinanceOfficer,
} from '../support/money';
import type { Pathway } from '../support/pathway-server';
import { eachOnItsPathway } from './each';

/* The money on the time-skipping server, from two weeks before the year's end on: hired in July, ordered late. */

const here = eachOnItsPathway('2024-12-16T09:00:00+05:00');

const L24 = 'hire_pwd-1726-2024';
const L25 = 'hire_pwd-1726-2025';
const MONTHS_OVER = ['2024-07', '2024-08', '2024-09', '2024-10', '2024-11'];

/** A subsidy for a person hired on 1 July, ordered now. Five months are over and ready for a decision. */
async function late(): Promise<Furnished & Pathway & { id: string; subject: string }> {
  const on = { ...here(), ...(await furnish(here())) };
  const id = await ordered(on, '2024-07-01');
  await on.until('2024-12-17', '12:00');
  return { ...on, id, subject: `subsidy/${id}` };
}

/** Approves months and lets the treasury settle them. */
async function pay(on: Furnished & Pathway & { id: string }, months: readonly string[]): Promise<void> {
  for (const month of months)
    expect(await approve(on, `${on.id}-${month}`)).toMatchObject({
      status: 200,
      body: { state: 'approved' },
    });
  await on.pass('2d');
}

const states = async (on: Furnished & { id: string }): Promise<string[]> =>
  (await claimsOf(on, on.id)).map(([month, state, amount]) => `${month} ${state} ${amount}`);

test('from application to settled payment: five months at once, the sixth when it is over', async () => {
  const on = await late();
  expect(await on.events(on.subject)).toEqual(
    expect.arrayContaining(['subsidy_proposed', 'reserved', 'subsidy_ordered']),
  );
  expect(await states(on)).toEqual([
    '2024-07 ready 510000',
    '2024-08 ready 510000',
    '2024-09 ready 510000',
    '2024-10 ready 562500',
    '2024-11 ready 562500',
  ]);
  expect(await on.isRunning(on.subject)).toBe(true);
  await pay(on, MONTHS_OVER);
  expect((await states(on)).map((each) => each.split(' ')[1])).toEqual(Array(5).fill('settled'));
  expect(await on.isRunning(`claim/${on.id}-2024-07`)).toBe(false);
  await on.until('2025-01-09', '12:00');
  expect((await states(on)).at(-1)).toBe('2024-12 ready 562500');
  await pay(on, ['2024-12']);
  await on.pass('4d');
  expect((await states(on)).at(-1)).toBe('2024-12 settled 562500');
  expect(await on.db.subsidy.findUnique({ where: { id: on.id } })).toMatchObject({ state: 'ended' });
  expect([await on.isRunning(on.subject), on.executions(on.subject)]).toEqual([false, 1]);
});

test('an overpayment: approved by a second person, demanded, and repaid under its number with the day’s statement', async () => {
  const on = await late();
  await pay(on, MONTHS_OVER);
  const august = `claim/${on.id}-2024-08`;
  const proposed = await on.give(
    august,
    'correction',
    {
      reason: 'contract_dates',
      words: 'The contract ended on the 16th.',
      contract: { since: '2024-07-01', until: '2024-08-16' },
      document: { number: '7', date: '2024-12-18', issuer: 'Nur Tikuv MChJ' },
    },
    reviewer,
  );
  expect(proposed).toMatchObject({ status: 201, body: { state: 'preparing' } });
  const approval = `approval/${String(proposed.body['id'])}`;
  expect(await on.isRunning(approval)).toBe(true);
  const words = { words: 'She came until the 20th.' };
  expect(await on.give(approval, 'objection', words, employerActor(on.employerId))).toMatchObject({
    status: 200,
  });
  expect(await on.give(approval, 'decision', { approve: true }, secondFinanceOfficer)).toMatchObject({
    status: 200,
    body: { state: 'approved' },
  });
  expect(await on.isRunning(approval)).toBe(false);
  const { id, left } = await on.db.recovery.findFirstOrThrow();
  const recovery = `recovery/${id}`;
  expect([left, await on.isRunning(recovery)]).toEqual([246_775n, true]);
  expect(await on.waits(recovery)).toEqual(['repayment: employer']);
  await on.sandbox.script({
    treasury: { receives: { reference: id, amount: Number(left), account: ACCOUNT } },
  });
  await on.pass('3d');
  expect(await on.db.recovery.findFirst()).toMatchObject({ state: 'repaid', left: 0n });
  expect([await on.isRunning(recovery), on.executions(recovery)]).toEqual([false, 1]);
  expect((await accounts(on, L24))['recoverable']).toBeUndefined();
});

test('a statement begins the next one; an unknown movement is a task, and its explanation ends the task', async () => {
  const on = await late();
  await on.sandbox.script({ treasury: { receives: { reference: 'GIFT', amount: 5, account: ACCOUNT } } });
  await pay(on, ['2024-07']);
  const open = () => on.db.statement.findFirstOrThrow({ where: { state: 'differing' } });
  const { id } = await open();
  const subject = `statement/${id}`;
  expect(await on.waits(subject)).toEqual(['difference: finance_officer']);
  const { ref } = await on.db.task.findFirstOrThrow({ where: { subject, kind: 'difference' } });
  const explanation = { ref, words: 'somebody else’s money, sent back' };
  const everywhere = { ...financeOfficer, id: 'finance_officer-fund', area: '' };
  expect((await on.give(subject, 'explanation', explanation, everywhere)).status).toBe(200);
  expect(await on.isRunning(subject)).toBe(false);
  const next = await on.db.statement.findFirstOrThrow({ where: { open: true } });
  expect(next.id > id).toBe(true);
  expect(await on.isRunning(`statement/${next.id}`)).toBe(true);
  expect(await on.db.claim.findUnique({ where: { id: `${on.id}-2024-07` } })).toMatchObject({
    state: 'settled',
  });
});

test('the year ends: unpaid sums move to the new line and are paid, and the old line’s workflow ends', async () => {
  const on = await late();
  await pay(on, ['2024-07', '2024-08', '2024-09']);
  const before = await accounts(on, L24);
  await on.until('2025-01-01', '12:00');
  expect(await on.db.budgetLine.findUnique({ where: { id: L24 } })).toMatchObject({ state: 'closed' });
  expect([await on.isRunning(`line/${L24}`), await on.isRunning(`line/${L25}`)]).toEqual([false, true]);
  expect([before['committed'], await accounts(on, L24)]).toEqual([1_125_000, { paid: 1_530_000 }]);
  expect(await accounts(on, L25)).toMatchObject({ committed: 3 * 562_500 });
  await on.until('2025-01-06', '12:00');
  await pay(on, ['2024-10', '2024-11']);
  expect((await accounts(on, L25))['paid']).toBe(1_125_000);
});

test('a BHM of two administrators: its workflow calculates ready claims again, and ends', async () => {
  const on = await late();
  const bhm = { kind: 'amount', name: 'bhm', act: 'UP-1', validFrom: '2024-12-20', amount: 400_000 } as const;
  const { id, approval } = await on.write('api/test', (transaction) => proposePolicy(transaction, bhm));
  await on.settle();
  const another = { ...administrator, id: 'administrator-2' };
  const subject = `approval/${approval}`;
  expect(await on.give(subject, 'decision', { approve: true }, administrator)).toMatchObject({ status: 403 });
  expect(await on.give(subject, 'decision', { approve: true }, another)).toMatchObject({ status: 200 });
  expect(await on.db.policyChange.findUnique({ where: { id } })).toMatchObject({
    state: 'done',
    subsidies: 1,
  });
  expect(await on.isRunning(`policy/${id}`)).toBe(false);
  expect(await on.db.commitment.findFirst({ where: { month: '2024-12' } })).toMatchObject({
    needed: 600_000n,
    amount: 600_000n,
  });
  await on.until('2025-01-09', '12:00');
  expect((await states(on)).at(-1)).toBe('2024-12 ready 600000');
});
