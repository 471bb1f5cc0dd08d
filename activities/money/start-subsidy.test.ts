import { textOf } from '../../records/reads/notice';
import { caseManager, supervisor } from '../../test/support/bench';
import { accounts, applyToAdapt, approve, claimsOf, type MoneyBench } from '../../test/support/money';
import {
  enter,
  LINE,
  orderStart,
  protectionOfficer,
  registeredBusiness,
  review,
  setCap,
  startCost,
  startStartBench,
  supervisorOfRegion,
} from '../../test/support/starts';
import { personsAccount } from '../../test/support/studies';

/* The start subsidy of an own business: entered, reviewed, ordered, and paid while the business is registered [measures §3, §4]. */

let bench: MoneyBench;
let business: string;
afterEach(() => bench.close());

/** On 26 February 2024 the person is registered, and has an account. */
async function begin(how: Parameters<typeof startStartBench>[0] = {}) {
  bench = await startStartBench(how);
  business = await registeredBusiness(bench);
  await personsAccount(bench);
}

const SS = 'SS-000001';
const PAY = `${SS}-pay`;
const row = (id = SS) => bench.db.subsidy.findUniqueOrThrow({ where: { id } });
const stateOf = async (id = SS) => (await row(id)).state;
const waits = async (subject: string) =>
  (await bench.waits(subject)).map(({ kind, role, due }) => [kind, role, due]);
const told = async (recipient: string) => {
  const notices = await bench.db.notice.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } });
  return Promise.all(notices.map((notice) => textOf(bench.db, notice, 'en', '1140')));
};
const farm = async (action: 'ends' | 'registers') => {
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: bench.personId } });
  await bench.sandbox.script({
    farm:
      action === 'ends' ? { ends: { pinfl } } : { registers: { pinfl, number: 'F-17', on: '2024-02-26' } },
  });
};

/** Entered with costs of 1 500 000.50 so'm, reviewed and ordered. */
async function ordered() {
  await begin();
  await enter(bench, business, [startCost(100_000_050), startCost(50_000_000)]);
  await review(bench, SS);
  return orderStart(bench, SS);
}

test('entered by the case manager, reviewed by the district, ordered by the region, paid by the fund', async () => {
  await begin();
  const { status, body } = await enter(bench, business, [startCost(100_000_050), startCost(50_000_000)]);
  expect([status, body['id'], body['state']]).toEqual([201, SS, 'review']);
  expect(await row()).toMatchObject({
    fund: 'social_protection',
    area: '1726',
    payee: `person/${bench.personId}`,
  });
  expect(await waits(`start-subsidy/${SS}`)).toEqual([['start_review', 'supervisor', '2024-02-29T23:59']]);
  expect((await review(bench, SS)).status).toBe(200);
  expect(await waits(`start-subsidy/${SS}`)).toEqual([['start_signing', 'supervisor', '2024-02-27T23:59']]);
  expect(await accounts(bench, LINE)).toEqual({ free: 18_500_000, committed: 1_500_000 });
  expect((await orderStart(bench, SS)).status).toBe(200);
  expect(await claimsOf(bench, SS)).toEqual([['', 'ready', 1_500_000]]);
  expect((await approve(bench, PAY, protectionOfficer)).status).toBe(200);
  const order = bench.sandbox.world.treasury.orders.get(`${PAY}/1`);
  expect(order).toMatchObject({
    amount: 1_500_000,
    executed: 1,
    purpose: `Start subsidy ${PAY.slice(0, 9)}`,
  });
  await bench.pass('1d');
  expect(await stateOf()).toBe('ended');
  expect((await told('person')).at(-1)).toContain(
    "We paid 1 500 000 so'm to you on 27 February (SS-000001-pay)",
  );
});

test('costs are accepted in part, and capped', async () => {
  await begin();
  await enter(bench, business, [startCost(100_000_000), startCost(900_000_000)]);
  const accepted = [50_000_000, 900_000_000];
  expect((await review(bench, SS, { outcome: 'propose', accepted: [50_000_001_00] })).body['code']).toBe(
    'wrong_number',
  );
  expect((await review(bench, SS, { outcome: 'propose', accepted: [200_000_000, 0] })).body['code']).toBe(
    'too_much',
  );
  expect((await review(bench, SS, { outcome: 'propose', accepted: [0, 0] })).body['code']).toBe(
    'nothing_accepted',
  );
  await review(bench, SS, { outcome: 'propose', accepted });
  await orderStart(bench, SS);
  expect(await claimsOf(bench, SS)).toEqual([['', 'ready', 3_400_000]]);
  const claim = await bench.db.claim.findUniqueOrThrow({ where: { id: PAY } });
  expect(claim.calculation).toMatchObject({
    costs: { accepted: 9_500_000, amount: 3_400_000, capped: true },
  });
});

test('four eyes: who entered does not review, who reviewed does not order, and the district orders nothing', async () => {
  await begin();
  const signed = { signedOn: '2024-02-26', costs: [startCost(1_000_000_00)] };
  await bench.give(`business/${business}`, 'startSubsidy', signed, supervisor);
  expect((await review(bench, SS)).body).toMatchObject({ code: 'took_part' });
  expect((await review(bench, SS, undefined, supervisorOfRegion)).status).toBe(200);
  expect((await orderStart(bench, SS)).body).toMatchObject({ code: 'took_part' });
  expect((await orderStart(bench, SS, supervisor)).body).toMatchObject({ code: 'not_yours' });
  expect((await orderStart(bench, SS, caseManager)).status).toBe(403);
});

test('one for a person, and one use of a document, also against an adaptation', async () => {
  await begin();
  await applyToAdapt(bench, '2024-02-26', { W1: 1000 });
  const used = startCost(100, ' f-w1 ');
  expect((await enter(bench, business, [used])).body).toMatchObject({ code: 'document_used' });
  const twice = [startCost(100, 'D-0'), startCost(100, 'd-0')];
  expect((await enter(bench, business, twice)).body).toMatchObject({ code: 'document_used' });
  expect((await enter(bench, business, [startCost(100_00, 'D-0')])).status).toBe(201);
  expect((await enter(bench, business, [startCost(100_00)])).body).toMatchObject({
    code: 'start_subsidy_had',
  });
  await review(bench, SS, { outcome: 'refuse', grounds: 'The receipt is not readable.' });
  expect(await stateOf()).toBe('refused');
  expect((await told('person')).at(-1)).toContain('The receipt is not readable.');
  expect((await told('official')).at(-1)).toContain('is refused');
  // A refused one bars no other, and its document may be named again.
  expect((await enter(bench, business, [startCost(100_00, 'D-0')])).body).toMatchObject({ id: 'SS-000002' });
});

test('signed within three months of the registration, and not before it', async () => {
  await begin();
  expect((await enter(bench, business, [startCost(100)], '2024-02-25')).body['code']).toBe('impossible_day');
  expect((await enter(bench, business, [startCost(100)], '2024-02-27')).body['code']).toBe('impossible_day');
  await bench.pass('100d');
  expect((await enter(bench, business, [startCost(100)], '2024-05-27')).body['code']).toBe('too_late');
  expect((await enter(bench, business, [startCost(100)], '2024-05-26')).status).toBe(201);
});

test('without a cap it waits for the law, and without money for the line; the person is told', async () => {
  await begin({ cap: null, onLine: 0n });
  await enter(bench, business, [startCost(100_000_00)]);
  expect(await waits(`start-subsidy/${SS}`)).toEqual([['law', 'administrator', expect.any(String)]]);
  expect((await told('person')).at(-1)).toContain(
    'Your start subsidy (SS-000001) waits: the law does not say yet',
  );
  const policyId = await setCap(bench, 1000);
  await bench.db.subsidy.update({ where: { id: SS }, data: { policyId } });
  await bench.pass('40d');
  expect(await stateOf()).toBe('review');
  await review(bench, SS);
  expect(await stateOf()).toBe('awaiting_funds');
  expect((await told('person')).at(-1)).toContain(
    'Your start subsidy (SS-000001) is approved and waits for money',
  );
});

test('no longer registered: the register is asked again a day later, and then nothing is paid', async () => {
  await begin();
  await enter(bench, business, [startCost(100_000_00, 'D-0')]);
  await review(bench, SS);
  await farm('ends');
  await orderStart(bench, SS);
  expect(await claimsOf(bench, SS)).toEqual([['', 'checking', 100_000]]);
  await bench.pass('2d');
  expect(await claimsOf(bench, SS)).toEqual([['', 'stopped', 100_000]]);
  expect(await stateOf()).toBe('stopped');
  expect(await accounts(bench, LINE)).toEqual({ free: 20_000_000 });
  expect((await told('person')).at(-1)).toContain('the register says that you are no longer registered');
  expect((await told('official')).at(-1)).toContain('is not paid: the register says');
  expect(await bench.db.usedDocument.count()).toBe(0);
});

test('a first no that the register takes back delays the payment by a day', async () => {
  await begin();
  await enter(bench, business, [startCost(100_000_00)]);
  await review(bench, SS);
  await farm('ends');
  await orderStart(bench, SS);
  await farm('registers');
  await bench.pass('2d');
  expect(await claimsOf(bench, SS)).toEqual([['', 'ready', 100_000]]);
});

test('the business ends between the check and the payment: nothing is sent; before the review it is closed', async () => {
  await ordered();
  expect(await claimsOf(bench, SS)).toEqual([['', 'ready', 1_500_000]]);
  await bench.give(`business/${business}`, 'ending', { on: '2024-02-26', words: 'I stop' }, caseManager);
  expect(await stateOf()).toBe('stopped');
  expect((await enter(bench, business, [startCost(100)])).body['code']).toBe('business_ended');
});

test('the register stays silent: an extract of the case manager stands in for it', async () => {
  await begin();
  await enter(bench, business, [startCost(100_000_00)]);
  await review(bench, SS);
  await bench.sandbox.script({ farm: { down: { for: '30d' } } });
  await orderStart(bench, SS);
  await bench.pass('11d');
  expect((await waits(`claim/${PAY}`)).map(([kind]) => kind)).toContain('registration_evidence');
  const document = { number: '7', date: '2024-03-08', issuer: 'State services' };
  const extract = { registered: true, since: '2024-02-26', document };
  expect((await bench.give(`business/${business}`, 'evidence', extract, caseManager)).status).toBe(200);
  expect(await claimsOf(bench, SS)).toEqual([['', 'ready', 100_000]]);
});
