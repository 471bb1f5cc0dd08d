import fc from 'fast-check';
import { runs, sequences, timeFor } from '../../test/support/model';
import {
  acting,
  type MoneyAct,
  type MoneyWorld,
  offers,
  startMoneyWorld,
} from '../../test/support/money-acts';
import { differencesAtRest, faults } from '../../test/support/money-oracles';
import { applyFor, headOfEmployment, reviewer } from '../../test/support/money';

/*
 * Applications, reviews, approvals, ends, returns, corrections and losses come in any order. These rules always hold: the
 * ledger balances, each month is paid at most once and never above its amount, and nothing is paid beyond the budget. Nobody
 * approves their own work. A day has one stipend, and no month of a stipend lapses. A person has
 * one start subsidy. An order, a passed check and an approval explain every payment. Somebody owes a step of every open
 * row. The handlers and the database are real, the registers are sandboxes.
 */

const weights: Readonly<Record<MoneyAct, number>> = {
  command: 8,
  offices: 6,
  approvals: 5,
  time: 6,
  treasury: 4,
  register: 3,
  correct: 3,
  account: 2,
  repay: 2,
  applies: 2,
  budget: 2,
  again: 1,
  studies: 4,
  starts: 3,
};

/**
 * A story that is always tried, so that the checks always have something to judge. It begins on 16.09.2024. Each act has the
 * number of its choice, and a comment names its effect.
 */
const story: [MoneyAct, number][] = [
  ['applies', 0],
  ['offices', 0], // awaiting_funds: the second person's months are not covered
  ['time', 1],
  ['treasury', 1],
  ['approvals', 0],
  ['time', 2], // payment_returned: of August
  ['account', 1],
  ['offices', 0], // account_confirmed, approval_fell
  ['time', 2],
  ['approvals', 1], // by the chief, because the officer confirmed the account
  ['time', 2], // payment_settled: August and September
  ['correct', 9],
  ['time', 3],
  ['time', 1],
  ['offices', 0], // corrected: ten days fewer in September
  ['approvals', 0], // set_off against October
  ['time', 1],
  ['correct', 19],
  ['time', 3],
  ['offices', 0], // recovery_demanded: nothing was worked in October
  ['repay', 1],
  ['time', 2], // recovery_repaid: one half
  ['correct', 20],
  ['offices', 0], // recovery_withdrawn: October was worked after all, and there is a further payable
  ['approvals', 0],
  ['treasury', 87],
  ['time', 2], // payment_disputed: the treasury names another amount
  ['offices', 0],
  ['time', 4], // year_ended
  ['starts', 0],
  ['starts', 1], // start_entered
  ['offices', 0],
  ['starts', 5], // start_doubted
  ['offices', 0],
  ['time', 1],
  ['approvals', 0],
  ['time', 1], // payment_settled: the costs
  ['starts', 1], // refused: one for a person
  ['studies', 0], // stipend_proposed
  ['offices', 0],
  ['studies', 1],
  ['studies', 6],
  ['time', 4],
  ['studies', 3],
  ['approvals', 1],
  ['time', 1], // payment_settled: the first month of study
  ['studies', 2],
  ['time', 4],
  ['studies', 4], // claim_zero: a month below the threshold
  ['studies', 0], // a second course beside the first
  ['offices', 0],
  ['time', 4],
];

/** The events that must happen at least once in all trials. */
const happenings = [
  'awaiting_funds',
  'payment_settled',
  'payment_returned',
  'account_confirmed',
  'approval_fell',
  'corrected',
  'set_off',
  'recovery_demanded',
  'recovery_repaid',
  'recovery_withdrawn',
  'payment_disputed',
  'year_ended',
  'stipend_proposed',
  'claim_zero',
  'start_entered',
  'start_doubted',
];

/** The first subsidy runs when a sequence begins. 0 is the ordinary choice of every act. */
async function firstOrdered({ bench, workers }: MoneyWorld): Promise<void> {
  const id = await applyFor(bench, workers[0] ?? '', { hiredOn: '2024-08-15' });
  const review = await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  const order = await bench.give(
    `subsidy/${id}`,
    'order',
    { number: 'B-1', date: '2024-09-16' },
    headOfEmployment,
  );
  expect([review.status, order.status, order.body['state']]).toEqual([200, 200, 'running']);
}

async function tried(steps: readonly [MoneyAct, number][], happened: Set<string>): Promise<void> {
  const world = await startMoneyWorld();
  const { bench } = world;
  try {
    await firstOrdered(world);
    for (const [name, pick] of steps) {
      await acting[name](world, pick);
      expect([...(await faults(world)), ...(await offers(world, pick))]).toEqual([]);
    }
    for (const register of ['yammt', 'tax', 'treasury'] as const)
      await bench.sandbox.script({ [register]: { up: {} } });
    await bench.pass('6d');
    expect([...(await faults(world)), ...(await differencesAtRest(world))]).toEqual([]);
    for (const { type } of await bench.db.event.findMany({ distinct: ['type'] })) happened.add(type);
  } finally {
    await bench.close();
  }
}

/** The first trial is the story. Each other trial begins with some of its acts. */
const trials = runs(2);

test(
  'whatever happens, in whatever order, every so’m is explained and no month is paid twice',
  async () => {
    const happened = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: story.length }),
        sequences(weights, { minLength: 5, maxLength: 12 }),
        (told, steps) => tried([...story.slice(0, told), ...steps], happened),
      ),
      { ...trials, examples: [[story.length, []]] },
    );
    expect(happenings.filter((type) => !happened.has(type))).toEqual([]);
  },
  timeFor(trials),
);
