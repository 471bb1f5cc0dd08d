import type { Actor } from '../../domain/roles';
import { viewOf } from '../../records/kernel/view';
import { possibleWith } from '../../records/reads/actions';
import { proposeAccount } from '../../records/money/accounts';
import { fillGap } from '../../records/kernel/gaps';
import { STIR } from '../../test/support/bench';
import {
  apply,
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
const FROM = '2024-03-18T09:00:00+05:00';
const begin = async (from = FROM) => {
  bench = await startMoneyBench(from);
};
afterEach(() => bench.close());

const another = { account: '20208000500999888777', mfo: '00873', holderStir: STIR };

const holds = (stir = STIR) =>
  bench.sandbox.script({ treasury: { holds: { account: another.account, mfo: another.mfo, stir } } });

/** Proposes an account as the API does. */
async function proposed(actor: Actor = bench.employer, account = another): Promise<string> {
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const id = await bench.write(
    'api/test',
    (transaction) => proposeAccount(transaction, employer, account),
    actor,
  );
  await bench.settle();
  return id;
}
const decide = (id: string, actor: Actor = financeOfficer, body: object = { approve: true }) =>
  bench.give(`approval/${id}`, 'decision', body, actor);
const accounts = async () =>
  (await bench.db.account.findMany({ orderBy: { id: 'asc' } })).map(({ number, state }) => [number, state]);
const standing = '20208000900123456001';
const paper = { number: '7', date: '2024-03-20', issuer: 'Bank' };

describe('an account', () => {
  test('belongs to the employer by the treasury: another person confirms it, and it rests for 3 working days', async () => {
    await begin();
    await holds();
    const id = await proposed();
    expect(await bench.db.approval.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'deciding',
      holder: 'yes',
    });
    expect(await bench.waits(`approval/${id}`)).toEqual([
      { kind: 'decide_account', role: 'finance_officer', rank: null, due: expect.any(String) },
    ]);
    expect(await decide(id)).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await accounts()).toEqual([
      [standing, 'replaced'],
      [another.account, 'confirmed'],
    ]);
    const now = await bench.db.account.findFirstOrThrow({ where: { state: 'confirmed' } });
    // Confirmed on Monday 18.03.; 21.03. is a holiday.
    expect(now).toMatchObject({
      proposedBy: bench.employer.id,
      confirmedBy: financeOfficer.id,
      usableFrom: new Date('2024-03-22T23:59:59+05:00'),
    });
    // It rests to the end of the 22nd: the first whole day of payment is the 23rd.
    expect(await bench.db.event.findFirst({ where: { type: 'account_confirmed' } })).toMatchObject({
      params: { from: '2024-03-23' },
    });
  });

  test('its earlier contacts are told at both moments, even after a change of contacts; they see four digits at most', async () => {
    await begin();
    await holds();
    const id = await proposed();
    const where = { id: bench.employerId };
    await bench.db.employer.update({ where, data: { phone: '+998900000000', email: 'thief@example.uz' } });
    await decide(id);
    const told = await bench.db.notice.findMany({
      where: { recipient: 'proposal' },
      orderBy: { type: 'asc' },
    });
    expect(told.map(({ type, channel, recipientId }) => [type, channel, recipientId])).toEqual([
      ['account_confirmed', 'sms', id],
      ['account_confirmed', 'email', id],
      ['account_proposed', 'sms', id],
      ['account_proposed', 'email', id],
    ]);
    expect(told[0]?.params).toEqual({ ending: '8777', from: '2024-03-23' });
    const { body } = await bench.db.approval.findUniqueOrThrow({ where: { id } });
    expect(body).toMatchObject({ contacts: { phone: '+998711234567', email: 'hr@nurtikuv.uz' } });
    const events = JSON.stringify(await bench.db.event.findMany({ select: { params: true } }));
    expect(events).not.toContain(another.account);
  });

  test('of another holder, or of nobody, is rejected and never approved', async () => {
    await begin();
    await holds('309999999');
    const id = await proposed();
    expect(
      await decide(id, financeOfficer, { approve: true, words: 'known', document: paper }),
    ).toMatchObject({
      status: 409,
      body: { code: 'another_holder' },
    });
    expect(await decide(id, financeOfficer, { approve: false, words: 'not theirs' })).toMatchObject({
      status: 200,
      body: { state: 'rejected' },
    });
    expect(await accounts()).toEqual([
      [standing, 'confirmed'],
      [another.account, 'refused'],
    ]);
    const nobodys = await proposed(bench.employer, { ...another, account: '20208000500111111111' });
    expect(await decide(nobodys)).toMatchObject({ status: 409, body: { code: 'another_holder' } });
    expect(await decide(id)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
  });

  test('needs a document and words where the treasury says nothing for 10 days', async () => {
    await begin();
    await bench.sandbox.script({ treasury: { not_said: { account: another.account, mfo: another.mfo } } });
    const id = await proposed();
    expect(await bench.waits(`approval/${id}`)).toMatchObject([{ kind: 'holder_answer' }]);
    expect(await decide(id)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
    await bench.pass('15d');
    expect(await bench.db.approval.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'deciding',
      holder: 'unknown',
    });
    expect(await decide(id, financeOfficer, { approve: true, words: 'seen' })).toMatchObject({
      status: 422,
      body: { code: 'holder_unknown', errors: [{ field: 'document' }] },
    });
    expect(
      await decide(id, financeOfficer, { approve: true, words: 'a letter of the bank', document: paper }),
    ).toMatchObject({ status: 200, body: { state: 'approved' } });
  });

  test('has a late answer of the treasury that still counts', async () => {
    await begin();
    await bench.sandbox.script({ treasury: { not_said: { account: another.account, mfo: another.mfo } } });
    const id = await proposed();
    await bench.pass('15d');
    await holds('309999999');
    await bench.pass('1d');
    expect(await decide(id, financeOfficer, { approve: true, words: 'seen', document: paper })).toMatchObject(
      {
        status: 409,
        body: { code: 'another_holder' },
      },
    );
  });

  test('is refused with another STIR, when it is the confirmed one, and while another is proposed', async () => {
    await begin();
    await holds();
    await expect(proposed(bench.employer, { ...another, holderStir: '309999999' })).rejects.toMatchObject({
      status: 422,
      code: 'another_holder',
    });
    const stands = { account: standing, mfo: '00014', holderStir: STIR };
    await expect(proposed(bench.employer, stands)).rejects.toMatchObject({
      status: 409,
      code: 'account_stands',
    });
    const id = await proposed();
    await expect(proposed(reviewer)).rejects.toMatchObject({
      status: 409,
      code: 'proposed_already',
      detail: expect.stringContaining(id),
    });
    expect(await bench.db.account.count()).toBe(2);
  });
});

describe('four eyes', () => {
  test('a finance officer does not confirm their own proposal under any account; another role does not confirm at all', async () => {
    await begin();
    await holds();
    const twin: Actor = { ...financeOfficer, id: 'finance_officer-twin' };
    await bench.db.official.create({
      data: {
        id: twin.id,
        name: 'Twin',
        role: 'finance_officer',
        rank: 'officer',
        area: '1726',
        person: 'X',
      },
    });
    await bench.db.official.update({ where: { id: financeOfficer.id }, data: { person: 'X' } });
    const id = await proposed(financeOfficer);
    for (const actor of [financeOfficer, twin])
      expect(await decide(id, actor)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    for (const actor of [reviewer, { ...reviewer, id: 'a', role: 'administrator' } as Actor])
      expect(await decide(id, actor)).toMatchObject({ status: 403, body: { code: 'not_yours' } });
    expect(await decide(id, secondFinanceOfficer)).toMatchObject({ status: 200 });
  });

  test('where everybody of the office took part, the next level has it at once', async () => {
    await begin();
    await holds();
    const others = [secondFinanceOfficer.id, chiefFinance.id];
    await bench.db.official.updateMany({ where: { id: { in: others } }, data: { leftOn: '2024-01-01' } });
    await bench.db.official.create({
      data: { id: 'republic', name: 'R', role: 'finance_officer', rank: 'officer', area: '' },
    });
    const id = await proposed(financeOfficer);
    const task = await bench.db.task.findFirstOrThrow({
      where: { subject: `approval/${id}`, kind: 'decide_account', closedAt: null },
    });
    expect(task.area).toBe('');
  });

  test('nobody decided in time: the head has it', async () => {
    await begin();
    await holds();
    const id = await proposed();
    await bench.pass('20d');
    expect(await bench.waits(`approval/${id}`)).toMatchObject([{ kind: 'decide_account', rank: 'head' }]);
  });

  test('nobody decided in time on a proposal of the head: the head above has it', async () => {
    await begin();
    await holds();
    await bench.db.official.create({
      data: { id: 'republic', name: 'R', role: 'finance_officer', rank: 'head', area: '' },
    });
    const id = await proposed(chiefFinance);
    await bench.pass('20d');
    const where = { subject: `approval/${id}`, closedAt: null };
    expect(await bench.db.task.findFirstOrThrow({ where })).toMatchObject({ rank: 'head', area: '' });
  });

  test('the person who confirmed an account does not approve the first payment to it, but may approve the second', async () => {
    await begin();
    await holds();
    const subsidy = await ordered(bench, '2024-03-01');
    await decide(await proposed(), financeOfficer);
    await bench.pass('1mo');
    expect(await approve(bench, `${subsidy}-2024-03`, financeOfficer)).toMatchObject({
      status: 403,
      body: { code: 'took_part' },
    });
    expect(await approve(bench, `${subsidy}-2024-03`, secondFinanceOfficer)).toMatchObject({ status: 200 });
    await bench.pass('1mo');
    expect(await approve(bench, `${subsidy}-2024-04`, financeOfficer)).toMatchObject({ status: 200 });
  });

  test('where a whole office took part in the account, the next level has its first payment until somebody comes', async () => {
    await begin();
    await holds();
    const fund: Actor = { ...financeOfficer, id: 'finance_officer-fund', area: '' };
    await bench.db.official.create({
      data: { id: fund.id, name: 'fund', role: fund.role, area: '', rank: 'officer' },
    });
    await bench.db.official.update({
      where: { id: secondFinanceOfficer.id },
      data: { leftOn: '2024-03-01' },
    });
    const claim = `${await ordered(bench, '2024-02-01')}-2024-02`;
    const office = async () => {
      const { area } = await bench.db.task.findFirstOrThrow({
        where: { subject: `claim/${claim}`, kind: 'claim_decision', closedAt: null },
      });
      return area;
    };
    const mayApprove = async (actor: Actor) => {
      const view = viewOf(bench.records, actor, await bench.clock.now());
      const { notAllowed = [] } = (await possibleWith(view, 'claim', [claim])).get(claim) ?? {};
      return !notAllowed.some(({ action, code }) => action === 'approval' && code === 'took_part');
    };
    expect([await office(), await mayApprove(financeOfficer)]).toEqual(['1726', true]);
    await decide(await proposed(financeOfficer), chiefFinance);
    expect([await office(), await mayApprove(financeOfficer), await mayApprove(fund)]).toEqual([
      '',
      false,
      true,
    ]);
    expect(await bench.events(`claim/${claim}`)).toContain('left_to_others');

    await bench.db.official.create({
      data: { id: 'finance_officer-new', name: 'new', role: fund.role, area: '1726', rank: 'officer' },
    });
    await bench.write('official/new', (transaction) =>
      fillGap(transaction, { role: 'finance_officer', rank: 'officer', area: '1726' }),
    );
    expect(await office()).toBe('1726');
    await bench.pass('6d');
    for (const actor of [financeOfficer, chiefFinance])
      expect(await approve(bench, claim, actor)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    expect(await approve(bench, claim, fund)).toMatchObject({ status: 200 });
  });
});

test('while a new account rests nothing is approved', async () => {
  await begin();
  await holds();
  const subsidy = await ordered(bench, '2024-03-01');
  await bench.pass('1mo');
  const id = await proposed();
  await decide(id);
  expect(await approve(bench, `${subsidy}-2024-03`, secondFinanceOfficer)).toMatchObject({
    status: 409,
    body: { code: 'blocked', errors: [{ field: 'blockers', detail: 'account_unconfirmed' }] },
  });
  await bench.pass('8d');
  expect(await approve(bench, `${subsidy}-2024-03`, secondFinanceOfficer)).toMatchObject({ status: 200 });
});

test('a payment that came back goes on once the account is corrected; the same one may be proposed again', async () => {
  await begin();
  const subsidy = await ordered(bench, '2024-03-01');
  await bench.pass('1mo');
  await bench.sandbox.script({
    treasury: { treats: { account: standing, times: 2, refuses: 'account_closed' } },
  });
  const claim = `${subsidy}-2024-03`;
  const state = async () => (await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).state;
  await approve(bench, claim, secondFinanceOfficer);
  await bench.pass('1d');
  expect(await state()).toBe('payment_returned');
  await bench.sandbox.script({ treasury: { holds: { account: standing, mfo: '00014', stir: STIR } } });
  await decide(await proposed(bench.employer, { account: standing, mfo: '00014', holderStir: STIR }));
  expect(await state()).toBe('ready');
  await bench.pass('6d');
  await approve(bench, claim, secondFinanceOfficer);
  await bench.pass('1d');
  expect(await state()).toBe('payment_returned');
  await holds();
  await decide(await proposed());
  expect(await state()).toBe('ready');
  await bench.pass('6d');
  await approve(bench, claim, secondFinanceOfficer);
  await bench.pass('3d');
  expect(await state()).toBe('settled');
  const keys = await bench.db.payment.findMany({
    orderBy: { attempt: 'asc' },
    select: { key: true, state: true },
  });
  expect(keys.map((each) => each.state)).toEqual(['refused', 'refused', 'settled']);
});

describe('an application that names an account', () => {
  test('with another account proposes it; the person who named it took part', async () => {
    await begin();
    await holds();
    const id = await apply(bench, '2024-03-15', { account: another });
    expect(await bench.db.approval.findFirstOrThrow()).toMatchObject({
      kind: 'account',
      about: `employer/${bench.employerId}`,
      state: 'deciding',
    });
    const participations = await bench.db.participation.findMany({ where: { subject: `subsidy/${id}` } });
    expect(participations.map(({ act }) => act)).toContain('proposed_account');
  });

  test('with the confirmed or the proposed account proposes nothing', async () => {
    await begin();
    await holds();
    await apply(bench, '2024-03-15', { account: { account: standing, mfo: '00014', holderStir: STIR } });
    expect(await bench.db.approval.count()).toBe(0);
    await proposed();
    await apply(bench, '2024-03-14', { account: another });
    expect(await bench.db.approval.count()).toBe(1);
  });
});
