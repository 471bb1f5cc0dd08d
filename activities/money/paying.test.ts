import { Prisma } from '../../prisma/generated/client';
import {
  accounts,
  approve,
  financeOfficer,
  type MoneyBench,
  ordered,
  startMoneyBench,
} from '../../test/support/money';

let bench: MoneyBench;
afterEach(() => bench.close());

const orders = async () =>
  (await (await fetch(`${bench.sandbox.url}/orders`)).json()) as {
    key: string;
    seen: number;
    executed: number;
    state: string;
  }[];

/** Hired on 15.03.2024. The claim of March is ready on 2 April. */
async function ready(): Promise<{ subsidy: string; claim: string }> {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const subsidy = await ordered(bench, '2024-03-15');
  await bench.pass('15d');
  return { subsidy, claim: `${subsidy}-2024-03` };
}

test('a change between approval and sending makes the approval fall, and nothing is sent', async () => {
  const { subsidy: id, claim } = await ready();
  const subsidy = (data: Prisma.SubsidyUpdateInput) => bench.db.subsidy.update({ where: { id }, data });
  const month = (data: Prisma.ClaimUpdateInput) => bench.db.claim.update({ where: { id: claim }, data });
  const { order } = await bench.db.subsidy.findUniqueOrThrow({ where: { id } });
  const changes: { why: string; change: () => Promise<unknown>; undo: () => Promise<unknown> }[] = [
    {
      why: 'account_unconfirmed',
      change: () => bench.db.account.updateMany({ data: { state: 'replaced' } }),
      undo: () => bench.db.account.updateMany({ data: { state: 'confirmed' } }),
    },
    {
      why: 'end_unconfirmed',
      change: () => subsidy({ endReported: { on: '2024-03-20' } }),
      undo: () => subsidy({ endReported: Prisma.DbNull }),
    },
    {
      why: 'took_part',
      change: async () =>
        bench.db.participation.create({
          data: {
            subject: `subsidy/${id}`,
            person: financeOfficer.id,
            act: 'proposed_stop',
            at: await bench.clock.now(),
          },
        }),
      undo: () => bench.db.participation.deleteMany({ where: { person: financeOfficer.id } }),
    },
    { why: 'changed', change: () => month({ revision: 2 }), undo: () => month({ revision: 1 }) },
    {
      why: 'no_order',
      change: () => subsidy({ order: Prisma.DbNull }),
      undo: () => subsidy({ order: order as Prisma.InputJsonObject }),
    },
    {
      why: 'check_not_passed',
      change: () => month({ checkPassed: false }),
      undo: () => month({ checkPassed: true }),
    },
  ];
  for (const { change, undo } of changes) {
    const approval = { revision: 1, amount: 279_677 };
    const given = await bench.record(`claim/${claim}`, 'approval', approval, financeOfficer);
    await bench.activities.carryOut(given);
    expect((await bench.answerOf(given)).body).toMatchObject({ state: 'approved' });
    await change();
    await bench.settle();
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
      state: 'ready',
      approval: {},
      attempt: 0,
    });
    expect(await accounts(bench, 'hire_pwd-1726-2024')).toEqual({
      free: 1e9 - 3_059_999,
      committed: 3_059_999,
    });
    await undo();
  }
  const fallen = await bench.db.event.findMany({
    where: { subject: `claim/${claim}`, type: 'approval_fell' },
    orderBy: { id: 'asc' },
  });
  expect(fallen.map(({ params }) => (params as { why: string }).why)).toEqual(changes.map(({ why }) => why));
  expect(await bench.db.payment.count()).toBe(0);
  expect(await orders()).toEqual([]);
});

describe('the same key again', () => {
  const payments = () =>
    bench.db.payment.findMany({ select: { key: true, attempt: true, state: true }, orderBy: { key: 'asc' } });

  test('after the treasury was down at the sending of the order', async () => {
    const { claim } = await ready();
    await bench.sandbox.script({ treasury: { down: { for: '3h' } } });
    await approve(bench, claim);
    expect(await payments()).toEqual([{ key: `${claim}/1`, attempt: 1, state: 'sending' }]);
    expect(await orders()).toEqual([]);
    await bench.pass('2d');
    expect(await payments()).toEqual([{ key: `${claim}/1`, attempt: 1, state: 'settled' }]);
    expect(await orders()).toMatchObject([{ key: `${claim}/1`, executed: 1 }]);
  });

  test('after the treasury accepted the order and then does not know it', async () => {
    const { claim } = await ready();
    await bench.sandbox.script({ treasury: { treats: { times: 1, settles: 'never' } } });
    await approve(bench, claim);
    await bench.pass('1h');
    expect(await orders()).toMatchObject([{ key: `${claim}/1`, seen: 1, state: 'accepted' }]);
    const asked = { subject: `claim/${claim}`, type: 'register_asked' };
    const [last] = await bench.db.event.findMany({ where: asked, orderBy: { id: 'desc' }, take: 1 });
    expect(last?.params).toMatchObject({ register: 'treasury', answer: 'accepted' });
    await bench.sandbox.script({ treasury: { forgets: { key: `${claim}/1` } } });
    expect(await orders()).toEqual([]);
    await bench.pass('2d');
    expect(await orders()).toMatchObject([{ key: `${claim}/1`, seen: 1, executed: 1, state: 'settled' }]);
    expect(await payments()).toEqual([{ key: `${claim}/1`, attempt: 1, state: 'settled' }]);
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
      state: 'settled',
      attempt: 1,
    });
  });
});
