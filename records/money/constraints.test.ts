import { meanwhile } from '../../test/support/meanwhile';
import { approve, type MoneyBench, ordered, startMoneyBench } from '../../test/support/money';

/*
 * Raw SQL that bypasses the service cannot break two rules: a month is paid once, and every open row has a task [money §4,
 * §8].
 */

let bench: MoneyBench;
let subsidy: string;
let march: string;
beforeAll(async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  subsidy = await ordered(bench, '2024-03-01');
  march = `${subsidy}-2024-03`;
  await bench.pass('1mo');
  await approve(bench, march);
});
afterAll(() => bench.close());

/** Statements of one transaction, with the checks at its end. It is always rolled back. */
async function sql(...statements: string[]): Promise<void> {
  const undone = new Error('undone');
  const tried = bench.db.$transaction(async (tx) => {
    for (const each of [...statements, 'SET CONSTRAINTS ALL IMMEDIATE']) await tx.$executeRawUnsafe(each);
    throw undone;
  });
  await tried.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
}

/** A second payable of the same month, like a correction in the employer's favour. */
const second = (state: string, amount: number, more: Record<string, string> = {}): string => {
  const changed: Record<string, string> = {
    id: `'${march}-1'`,
    n: '1',
    state: `'${state}'`,
    amount: String(amount),
    open: 'false',
    ...more,
  };
  return `INSERT INTO claims (id, subsidy_id, month, n, entitlement_id, line_id, employer_id, area, state, open, since, opened_at, amount, policy_id, correlation_id)
     SELECT ${changed['id']}, subsidy_id, month, ${changed['n']}, entitlement_id, line_id, employer_id, area, ${changed['state']}, ${changed['open']},
       since, opened_at, ${changed['amount']}, policy_id, correlation_id
     FROM claims WHERE id = '${march}'`;
};

describe('a month is paid once', () => {
  const ONCE = 'a month is paid once';

  test('a payable is not above the month’s amount', async () => {
    await expect(sql(`UPDATE claims SET amount = amount + 1 WHERE id = '${march}'`)).rejects.toThrow(ONCE);
  });

  test.each(['approved', 'sent', 'settled', 'payment_returned', 'disputed'])(
    'nor a second one that is %s beside the first',
    async (state) => {
      await expect(sql(second(state, 1))).rejects.toThrow(ONCE);
    },
  );

  test('a second payable may wait for approval beside the first, and is refused when it is approved', async () => {
    await sql(second('zero', 1));
    const approved = `UPDATE claims SET state = 'approved' WHERE id = '${march}-1'`;
    await expect(sql(second('zero', 1), approved)).rejects.toThrow(ONCE);
  });

  test('the recovered part of a month may be paid again, and no more', async () => {
    const recovered = `UPDATE entitlements SET overpaid = 1000 WHERE month = '2024-03'`;
    await expect(sql(recovered, second('approved', 1001))).rejects.toThrow(ONCE);
    await sql(recovered, second('approved', 1000));
  });

  test('of two approved at the same time one is refused', async () => {
    const overpaid = (sum: number) =>
      bench.db.entitlement.updateMany({ where: { month: '2024-03' }, data: { overpaid: sum } });
    await overpaid(1000);
    const third = { id: `'${march}-2'`, n: '2' };
    await expect(meanwhile(bench.db, second('approved', 1000), second('approved', 1, third))).rejects.toThrow(
      ONCE,
    );
    const { count } = await bench.db.claim.deleteMany({ where: { n: { gt: 0 } } });
    expect(count).toBe(1);
    await overpaid(0);
  });

  test('a month’s amount does not fall below its paid part', async () => {
    await expect(sql(`UPDATE entitlements SET amount = amount - 1 WHERE month = '2024-03'`)).rejects.toThrow(
      ONCE,
    );
  });

  test('a person has one entitlement at an employer for a month and slot, and a payable its number', async () => {
    await expect(
      sql(
        `INSERT INTO entitlements (person_id, employer_id, month, slot, amount) SELECT person_id, employer_id, month, slot, 1 FROM entitlements LIMIT 1`,
      ),
    ).rejects.toThrow(/unique/i);
    await expect(sql(second('zero', 1, { n: '0' }))).rejects.toThrow(/unique/i);
  });

  test('an attempt has one key', async () => {
    const again = (key: string) =>
      sql(
        `INSERT INTO payments (key, claim_id, attempt, amount, account_id, state, created_at)
         SELECT '${key}', claim_id, attempt, amount, account_id, state, created_at FROM payments`,
      );
    await expect(again(`${march}/1`)).rejects.toThrow(/unique/i);
    await expect(again(`${march}/one`)).rejects.toThrow(/unique/i);
  });
});

describe('amounts', () => {
  test.each([
    ['claims', 'amount', 'claims_amounts'],
    ['entitlements', 'amount', 'entitlements_amounts'],
    ['entitlements', 'overpaid', 'entitlements_amounts'],
    ['commitments', 'amount', 'commitments_amount'],
    ['commitments', 'needed', 'commitments_amount'],
    ['payments', 'amount', 'payments_amount'],
  ])('%s: %s is not negative', async (table, column, constraint) => {
    await expect(sql(`UPDATE ${table} SET ${column} = -1`)).rejects.toThrow(constraint);
  });

  test('no more than the amount of a claim is set off', async () => {
    await expect(sql(`UPDATE claims SET set_off = amount + 1 WHERE id = '${march}'`)).rejects.toThrow(
      'claims_amounts',
    );
    await expect(sql(`UPDATE claims SET set_off_done = 1 WHERE id = '${march}'`)).rejects.toThrow(
      'claims_amounts',
    );
  });
});

describe('an open row has a task', () => {
  const WAITS = 'waits without a name';
  const columns = 'id, state, since, correlation_id';
  const said = "'asking', '2024-03-01T09:00:00+05:00', 'test'";

  test.each(['subsidy', 'claim', 'line'] as const)(
    'a %s that lost its last one is refused at its next step',
    async (kind) => {
      const table = { subsidy: 'subsidies', claim: 'claims', line: 'budget_lines' }[kind];
      const id = { subsidy, claim: march, line: 'hire_pwd-1726-2024' }[kind];
      const step = `UPDATE ${table} SET rev = rev + 1 WHERE id = '${id}'`;
      await sql(step);
      const lost = `UPDATE tasks SET closed_at = since WHERE subject = '${kind}/${id}'`;
      await expect(sql(lost, step)).rejects.toThrow(WAITS);
    },
  );

  test.each([
    ['a statement', `INSERT INTO statements (${columns}) VALUES ('2024-03-05', ${said})`],
    [
      'a line',
      `INSERT INTO budget_lines (${columns}, programme, region, year) VALUES ('hire_pwd-1703-2024', ${said}, 'hire_pwd', '1703', 2024)`,
    ],
    [
      'an approval',
      `INSERT INTO approvals (${columns}, kind, about, area, body) VALUES ('AP-000001', ${said}, 'line', 'line/x', '1703', '{}')`,
    ],
    [
      'a recovery',
      `INSERT INTO recoveries (${columns}, claim_id, subsidy_id, employer_id, line_id, area, amount, "left", demanded_at)
       VALUES ('RC-000001', ${said}, 'S', 'S', 'E', 'L', '1703', 5, 5, '2024-03-01T09:00:00+05:00')`,
    ],
    [
      'an adaptation',
      `INSERT INTO subsidies (${columns}, programme, employer_id, area, applied_on, applied_at, application, policy_id)
       VALUES ('A-000001', ${said}, 'workplace_adaptation', 'E', '1703', '2024-03-01', '2024-03-01T09:00:00+05:00', '{}', 'PV-2019')`,
    ],
    [
      'a wage subsidy',
      `INSERT INTO subsidies (${columns}, programme, employer_id, area, applied_on, applied_at, application, policy_id)
       VALUES ('S-000009', ${said}, 'hire_pwd', 'E', '1703', '2024-03-01', '2024-03-01T09:00:00+05:00', '{}', 'PV-2019')`,
    ],
  ])('%s does not begin without one', async (_what, statement) => {
    await expect(sql(statement)).rejects.toThrow(WAITS);
  });

  test('a claim does not begin without a task, and closed rows need none', async () => {
    await expect(sql(second('ready', 1, { open: 'true' }))).rejects.toThrow(WAITS);
    await sql(second('zero', 0));
  });
});
