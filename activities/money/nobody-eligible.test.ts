import { assign } from '../../records/assignments';
import { fillGap } from '../../records/kernel/gaps';
import {
  approve,
  chiefFinance,
  financeOfficer,
  type MoneyBench,
  ordered,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';

let bench: MoneyBench;
let id: string;
/** Hired on 1 March. March is ready. The chief of the republic is the level above the region. */
beforeEach(async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  await appoint('fund-head', { area: '', rank: 'head' });
  id = await ordered(bench, '2024-03-01');
  bench.clock.set(new Date('2024-04-01T19:00:00+05:00'));
  await bench.settle();
});
afterEach(() => bench.close());

const appoint = (name: string, more: { area: string; rank: 'officer' | 'head'; person?: string }) =>
  bench.db.official.create({
    data: { id: name, name, role: 'finance_officer', email: `${name}@example.uz`, ...more },
  });
const wait = (kind: string) => bench.db.task.findFirstOrThrow({ where: { kind, closedAt: null } });

test('a recovery does not wait for the chief who approved the correction', async () => {
  await approve(bench, `${id}-2024-03`);
  await bench.pass('2d');
  const document = { number: '7', date: '2024-04-02', issuer: 'Nur Tikuv MChJ' };
  const nothing = { reason: 'nothing_worked', words: 'Nobody came.', nothingWorked: true, document };
  const { body } = await bench.give(`claim/${id}-2024-03`, 'correction', nothing, reviewer);
  bench.clock.set(new Date('2024-04-20T09:00:00+05:00'));
  await bench.settle();
  await bench.give(`approval/${String(body['id'])}`, 'decision', { approve: true }, chiefFinance);
  expect(await wait('repayment')).toMatchObject({ role: 'employer' });
  bench.clock.set(new Date('2024-05-25T09:00:00+05:00'));
  await bench.settle();
  expect(await wait('repayment')).toMatchObject({ role: 'finance_officer', rank: 'head', area: '' });
});

test('when the last eligible officer leaves, the next level has it, until an eligible officer comes', async () => {
  for (const { id: person } of [financeOfficer, chiefFinance])
    await bench.db.participation.create({
      data: { subject: `subsidy/${id}`, person, act: 'evidence', at: await bench.clock.now() },
    });
  expect(await wait('claim_decision')).toMatchObject({ area: '1726' });
  const leaves = { from: secondFinanceOfficer.id, to: 'office', leaves: '2024-04-01' };
  await bench.write('assignments', (transaction) => assign(transaction, leaves));
  expect(await wait('claim_decision')).toMatchObject({ area: '' });
  const arrives = async (name: string, person: string) => {
    const office = { area: '1726', rank: 'officer' as const };
    await appoint(name, { ...office, person });
    await bench.write(`official/${name}`, (transaction) =>
      fillGap(transaction, { role: 'finance_officer', ...office }),
    );
  };
  await arrives('finance_officer-3', financeOfficer.id);
  expect(await wait('claim_decision')).toMatchObject({ area: '' });
  await arrives('finance_officer-4', 'somebody else');
  expect(await wait('claim_decision')).toMatchObject({ area: '1726' });
});
