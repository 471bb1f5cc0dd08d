import { setTimeout as sleep } from 'node:timers/promises';
import { makePinfl } from '../../domain/pinfl';
import { payers, startPaidPathway } from '../../test/support/paid-pathway';
import { newPerson, type Pathway, STIR } from '../../test/support/pathway';
import { contactsOf } from '../../records/kernel/notices';
import { lockNumber } from '../../records/money/accounts';

/* The accounts of persons: whose they may be, who is told, who decides, and who sees them [measures §4]. */

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const manager = () => pathway.as(payers.case_manager);
const supervisor = () => pathway.as(payers.supervisor);
const finance = () => pathway.as(payers.finance_officer);
const GUARDIAN = makePinfl('1965-02-03', 'male', '770001');
const MFO = '00873';
const document = { number: '7', date: '2024-03-20', issuer: 'Bank' };

let n = 0;
const newAccount = (): string => `202080005009${String(++n).padStart(8, '0')}`;
const holds = (account: string, pinfl: string) =>
  pathway.sandbox.script({ treasury: { holds: { account, mfo: MFO, pinfl } } });

/** A person with an open case: they consented themselves, or their guardian did. */
async function personWithCase(by: 'person' | 'guardian' = 'person') {
  const person = await newPerson(pathway);
  const guardian = { name: 'Karim Olimov', ground: 'Court of Andijan, 12' };
  if (by === 'guardian') await pathway.db.person.update({ where: { id: person.id }, data: { guardian } });
  const consent = by === 'person' ? { by } : { by, ...guardian };
  const wish = by === 'person' ? {} : { personsWish: 'To sew.' };
  const opened = await manager().post('/cases', { person: person.id, consent, ...wish });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  await pathway.settled();
  return person;
}

/** Proposes an account that the treasury knows as the holder's. @returns the proposal's number */
async function proposed(person: { id: string; pinfl: string }, account = newAccount(), holderPinfl?: string) {
  await holds(account, holderPinfl ?? person.pinfl);
  const body = { account, mfo: MFO, ...(holderPinfl && { holderPinfl }) };
  const { status, body: made } = await manager().post(`/people/${person.id}/account`, body);
  if (status !== 201) throw new Error(JSON.stringify(made));
  await pathway.settled();
  return { id: (made as { id: string }).id, account };
}

const spoke = (id: string) =>
  supervisor().post(`/approvals/${id}/conversation`, {
    confirms: true,
    spokenOn: '2024-03-04',
    words: 'She agrees.',
  });

async function confirmed(person: { id: string; pinfl: string }, account?: string, holderPinfl?: string) {
  const proposal = await proposed(person, account, holderPinfl);
  if (holderPinfl !== undefined) await spoke(proposal.id);
  const { status, body } = await finance().post(`/approvals/${proposal.id}/decision`, { approve: true });
  if (status !== 200) throw new Error(JSON.stringify(body));
  await pathway.settled();
  return proposal.account;
}

const messages = async (type: string) => {
  const sent = await pathway.db.notice.findMany({ where: { type }, orderBy: { recipient: 'asc' } });
  return sent.map(({ recipient, channel }) => [recipient, channel]);
};

test("a person's own account: the treasury is asked by PINFL, a finance officer confirms, the person is told", async () => {
  const person = await personWithCase();
  const { id, account } = await proposed(person);
  expect((await finance().get(`/approvals/${id}`)).body).toMatchObject({
    kind: 'persons_account',
    state: 'deciding',
    holder: 'yes',
    account: { account, holder: 'person' },
    person: { id: person.id },
    waitingFor: { what: 'decide_persons_account', role: 'finance_officer' },
  });
  const worklist = (await finance().get('/tasks?kind=decide_persons_account')).body.items;
  expect(worklist[0]).toMatchObject({
    personId: person.id,
    what: "The treasury confirms that the account is the person's: confirm or reject it.",
  });
  expect((await finance().post(`/approvals/${id}/decision`, { approve: true })).status).toBe(200);
  await pathway.settled();
  expect((await finance().get(`/people/${person.id}/account`)).body).toMatchObject({
    confirmed: { account, holder: 'person', state: 'confirmed' },
    proposed: null,
    history: [],
  });
  expect(await messages('persons_account_proposed')).toEqual([['person', 'sms']]);
  expect(await messages('persons_account_confirmed')).toEqual([['person', 'sms']]);
  const again = { account, mfo: MFO };
  expect(await manager().post(`/people/${person.id}/account`, again)).toMatchObject({
    status: 409,
    body: { code: 'account_stands' },
  });
});

test('one account is not confirmed for two people at once', async () => {
  const first = await personWithCase();
  const second = await personWithCase();
  const { account } = await proposed(first);
  const { id } = await proposed(second, account);
  let decided: ReturnType<ReturnType<typeof finance>['post']> | undefined;
  await pathway.db.$transaction(async (tx) => {
    await lockNumber(tx, account);
    await tx.account.updateMany({ where: { personId: first.id }, data: { state: 'confirmed' } });
    decided = finance().post(`/approvals/${id}/decision`, { approve: true });
    await sleep(500);
  });
  expect(await decided).toMatchObject({ status: 422, body: { code: 'anothers_account' } });
});

test("an account that is confirmed for a person is not an employer's, at the proposal and at the confirmation", async () => {
  const account = newAccount();
  const body = { account, mfo: MFO, holderStir: STIR };
  await pathway.sandbox.script({ treasury: { holds: { account, mfo: MFO, stir: STIR } } });
  const url = '/employers/E-900001/account';
  const made = await pathway.as(payers.employer).post(url, body);
  expect(made.status).toBe(201);
  await pathway.settled();
  await confirmed(await personWithCase(), account);
  const refused = { status: 422, body: { code: 'anothers_account' } };
  expect(await finance().post(`/approvals/${made.body.id}/decision`, { approve: true })).toMatchObject(
    refused,
  );
  await finance().post(`/approvals/${made.body.id}/decision`, { approve: false, words: 'Of a person.' });
  expect(await pathway.as(payers.employer).post(url, body)).toMatchObject(refused);
});

test('no employer, no centre and no other office sees a person’s account', async () => {
  const person = await personWithCase();
  const { id, account } = await proposed(person);
  const url = `/people/${person.id}/account`;
  for (const who of [
    payers.employer,
    payers.employment_officer,
    payers.training_officer,
    payers.labour_inspector,
  ]) {
    expect([who.role, (await pathway.as(who).get(url)).status]).toEqual([who.role, 403]);
    expect([who.role, (await pathway.as(who).post(url, { account, mfo: MFO })).status]).toEqual([
      who.role,
      403,
    ]);
  }
  for (const who of [
    payers.employment_officer,
    payers.labour_inspector,
    payers.neighbour,
    payers.far_finance,
  ])
    expect([who.sub, (await pathway.as(who).get(`/approvals/${id}`)).status]).toEqual([who.sub, 404]);
  for (const who of [payers.neighbour, payers.far_supervisor, payers.far_finance])
    expect([who.sub, (await pathway.as(who).get(url)).status]).toEqual([who.sub, 404]);
  const ofManager = (await manager().get(url)).body.proposed;
  expect(ofManager).toMatchObject({ account: `${'*'.repeat(16)}${account.slice(-4)}`, approval: id });
  expect((await supervisor().get(`/approvals?kind=persons_account`)).body.items).toContainEqual(
    expect.objectContaining({ id }),
  );
  expect((await manager().get(`/approvals/${id}`)).status).toBe(200);
});

test('the guardian who consented may hold it, for several people; nobody else may', async () => {
  const person = await personWithCase();
  const other = await newPerson(pathway);
  const ward = await personWithCase('guardian');
  const second = await personWithCase('guardian');
  const propose = (of: string, account: string, holderPinfl?: string) =>
    manager().post(`/people/${of}/account`, { account, mfo: MFO, ...(holderPinfl && { holderPinfl }) });
  const refused = async (answer: ReturnType<typeof propose>) => {
    const { status, body } = await answer;
    return [status, body.errors?.[0]?.field, body.errors?.[0]?.code ?? body.code];
  };
  expect(await refused(propose(person.id, newAccount(), GUARDIAN))).toEqual([
    422,
    'holderPinfl',
    'another_holder',
  ]);
  expect(await refused(propose(other.id, newAccount(), GUARDIAN))).toEqual([
    422,
    'holderPinfl',
    'another_holder',
  ]);
  const account = await confirmed(ward, newAccount(), GUARDIAN);
  expect((await finance().get(`/people/${ward.id}/account`)).body.confirmed).toMatchObject({
    holder: 'guardian',
  });
  expect(await confirmed(second, account, GUARDIAN)).toBe(account);
  expect(await refused(propose(person.id, account))).toEqual([422, 'account', 'anothers_account']);
});

test("an official's account is refused, but not a guardian's own; a PINFL of an official is shown to nobody", async () => {
  const person = await personWithCase();
  const ward = await personWithCase('guardian');
  const admin = pathway.as(payers.administrator);
  const edit = await admin.patch('/officials/O-2', { pinfl: person.pinfl });
  expect([edit.status, JSON.stringify(edit.body)]).toEqual([200, expect.not.stringContaining(person.pinfl)]);
  expect((await admin.patch('/officials/O-24', { pinfl: GUARDIAN })).status).toBe(200);
  expect(JSON.stringify((await admin.get('/officials?limit=90')).body)).not.toContain(person.pinfl);
  const body = { account: newAccount(), mfo: MFO };
  expect(await manager().post(`/people/${person.id}/account`, body)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'account', detail: expect.stringContaining('official') }] },
  });
  expect(await confirmed(ward, newAccount(), GUARDIAN)).toBeDefined();
});

test.each([
  ['proposes', 'O-1'],
  ['supervises', 'O-3'],
  ['decides', 'O-6'],
])('the guardian is the official who %s: the account is refused', async (_, official) => {
  const ward = await personWithCase('guardian');
  const pinfl = makePinfl('1971-04-05', 'female', String(880000 + ++n));
  const edit = await pathway.as(payers.administrator).patch(`/officials/${official}`, { pinfl });
  expect(edit.status).toBe(200);
  const body = { account: newAccount(), mfo: MFO, holderPinfl: pinfl };
  expect(await manager().post(`/people/${ward.id}/account`, body)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'holderPinfl', detail: expect.stringContaining('takes part') }] },
  });
});

test("a guardian's account: the supervisor speaks to the person first, and the finance officer sees whose it is", async () => {
  const ward = await personWithCase('guardian');
  const { id } = await proposed(ward, newAccount(), GUARDIAN);
  expect((await finance().get(`/approvals/${id}`)).body).toMatchObject({
    state: 'preparing',
    holder: 'yes',
    account: { holder: 'guardian' },
    waitingFor: { what: 'account_conversation' },
  });
  expect((await supervisor().get('/tasks?kind=account_conversation')).body.items).toContainEqual(
    expect.objectContaining({
      personId: ward.id,
      what: expect.stringContaining('of their parent or guardian'),
    }),
  );
  expect((await spoke(id)).body).toMatchObject({ state: 'deciding' });
  expect((await finance().get('/tasks?kind=decide_persons_account')).body.items).toContainEqual(
    expect.objectContaining({ personId: ward.id, what: expect.stringContaining("parent's or guardian's") }),
  );
});

test('a new telephone: both numbers are told, and the supervisor speaks to the person first', async () => {
  const person = await personWithCase();
  const before = await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } });
  expect((await manager().patch(`/people/${person.id}`, { phone: '+998909999999' })).status).toBe(200);
  await pathway.db.notice.deleteMany({ where: { type: 'persons_account_proposed' } });
  const { id } = await proposed(person);
  expect(await messages('persons_account_proposed')).toEqual([
    ['person', 'sms'],
    ['proposal', 'sms'],
  ]);
  const numbers = [...pathway.sandbox.world.messages.values()].map(({ to }) => to);
  expect(numbers).toEqual(expect.arrayContaining([before.phone, '+998909999999']));
  const row = (await finance().get(`/approvals/${id}`)).body;
  expect(row).toMatchObject({
    state: 'preparing',
    holder: 'yes',
    waitingFor: { what: 'account_conversation' },
  });
  expect((await finance().post(`/approvals/${id}/decision`, { approve: true })).status).toBe(409);
  const said = { confirms: true, spokenOn: '2024-03-04', words: 'She named the bank and the last digits.' };
  const url = `/approvals/${id}/conversation`;
  expect((await finance().post(url, said)).status).toBe(403);
  expect((await pathway.as(payers.far_supervisor).post(url, said)).status).toBe(404);
  expect(await supervisor().post(url, { ...said, spokenOn: '2030-01-01' })).toMatchObject({ status: 422 });
  expect(await supervisor().post(url, { ...said, spokenOn: '2024-03-03' })).toMatchObject({
    status: 422,
    body: { code: 'before_proposal' },
  });
  expect((await supervisor().post(url, { ...said, words: '' })).status).toBe(422);
  expect((await supervisor().get(`/approvals/${id}`)).body.allowedActions).toEqual(['conversation']);
  expect((await supervisor().post(url, said)).body).toMatchObject({ state: 'deciding' });
  expect((await supervisor().post(url, said)).status).toBe(409);
  await pathway.settled();
  expect((await finance().post(`/approvals/${id}/decision`, { approve: true })).status).toBe(200);
});

test('the only supervisor proposes the account: refused, unless another can speak to the person', async () => {
  const ward = await personWithCase('guardian');
  const account = newAccount();
  await holds(account, GUARDIAN);
  const propose = () =>
    supervisor().post(`/people/${ward.id}/account`, { account, mfo: MFO, holderPinfl: GUARDIAN });
  expect(await propose()).toMatchObject({ status: 409, body: { code: 'nobody_to_speak' } });
  const above = { id: 'O-73', name: 'Official O-73', role: 'supervisor', rank: 'officer', area: '1703' };
  await pathway.db.official.create({ data: above });
  const { status, body } = await propose();
  expect(status).toBe(201);
  await pathway.settled();
  const url = `/approvals/${body.id}/conversation`;
  const said = { confirms: true, spokenOn: '2024-03-04', words: 'She agrees.' };
  expect((await supervisor().post(url, said)).body).toMatchObject({ code: 'took_part' });
  const other = pathway.as({ sub: above.id, role: 'supervisor', area: above.area });
  expect((await other.post(url, said)).body).toMatchObject({ state: 'deciding' });
});

test('two changes of the telephone, one by an import: the number before the first is told, and the newest', async () => {
  const person = await personWithCase();
  const before = await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } });
  expect((await manager().patch(`/people/${person.id}`, { phone: '+998909999911' })).status).toBe(200);
  const csv = `pinfl,name,mahalla,phone\n${person.pinfl},${before.name},${before.mahalla},+998909999922\n`;
  expect(await supervisor().post('/people/import', csv, { 'Content-Type': 'text/csv' })).toMatchObject({
    status: 200,
    body: { changed: 1 },
  });
  await pathway.settled();
  const earlier = pathway.sandbox.world.messages.size;
  await proposed(person);
  const numbers = [...pathway.sandbox.world.messages.values()].slice(earlier).map(({ to }) => to);
  expect(new Set(numbers)).toEqual(new Set([before.phone, '+998909999922']));
  expect(numbers).toHaveLength(2);
});

test('after the case is closed the person is still told about their account, and not after their death', async () => {
  const person = await personWithCase();
  const { id: caseId } = await pathway.db.case.findFirstOrThrow({ where: { personId: person.id } });
  expect((await manager().post(`/cases/${caseId}/withdrawal`, { reason: 'enough' })).status).toBe(200);
  await pathway.settled();
  await pathway.db.notice.deleteMany();
  const { id } = await proposed(person);
  const told = () =>
    pathway.db.notice.findMany({ where: { recipientId: person.id }, select: { state: true, type: true } });
  expect(await told()).toEqual([{ state: 'delivered', type: 'persons_account_proposed' }]);
  await finance().post(`/approvals/${id}/decision`, { approve: false, words: 'Of another.' });
  await pathway.db.person.update({ where: { id: person.id }, data: { diedOn: '2024-03-01' } });
  const contacts = await contactsOf(pathway.db, `approval/${id}`, [{ kind: 'person', id: person.id }]);
  expect([...contacts]).toEqual([]);
});

test('the person says that it is not theirs: the proposal is over', async () => {
  const person = await personWithCase();
  await manager().patch(`/people/${person.id}`, { phone: '+998909999998' });
  const { id } = await proposed(person);
  const said = { confirms: false, spokenOn: '2024-03-04', words: 'She knows nothing of it.' };
  expect((await supervisor().post(`/approvals/${id}/conversation`, said)).body).toMatchObject({
    state: 'rejected',
    waitingFor: null,
  });
  expect((await manager().get(`/people/${person.id}/account`)).body).toMatchObject({
    proposed: null,
    history: [{ state: 'refused' }],
  });
});

test("the treasury's no can only be rejected; its silence needs a document", async () => {
  const person = await personWithCase();
  const account = newAccount();
  await holds(account, GUARDIAN);
  const made = await manager().post(`/people/${person.id}/account`, { account, mfo: MFO });
  await pathway.settled();
  const decide = (body: object) => finance().post(`/approvals/${made.body.id}/decision`, body);
  expect((await finance().get(`/approvals/${made.body.id}`)).body.notAllowed).toEqual([]);
  expect(await decide({ approve: true })).toMatchObject({ status: 409, body: { code: 'not_the_persons' } });
  expect((await decide({ approve: false, words: 'Another holder.' })).status).toBe(200);
  const other = newAccount();
  await pathway.sandbox.script({ treasury: { not_said: { account: other, mfo: MFO } } });
  const unsaid = await manager().post(`/people/${person.id}/account`, { account: other, mfo: MFO });
  await pathway.pass('12d');
  const url = `/approvals/${unsaid.body.id}/decision`;
  expect(await finance().post(url, { approve: true })).toMatchObject({
    status: 422,
    body: { code: 'holder_unknown' },
  });
  expect((await finance().post(url, { approve: true, words: 'Bank letter.', document })).status).toBe(200);
});

test('a person who died gets no account, and none that is proposed already', async () => {
  const person = await personWithCase();
  const { id } = await proposed(person);
  await pathway.db.person.update({ where: { id: person.id }, data: { diedOn: '2024-03-01' } });
  expect(
    await manager().post(`/people/${person.id}/account`, { account: newAccount(), mfo: MFO }),
  ).toMatchObject({
    status: 409,
    body: { code: 'died' },
  });
  expect(await finance().post(`/approvals/${id}/decision`, { approve: true })).toMatchObject({
    status: 409,
    body: { code: 'died' },
  });
});

test('PINFL, number and telephones stand in no event, task, message or number', async () => {
  const accounts = await pathway.db.account.findMany({ where: { personId: { not: null } } });
  const people = await pathway.db.person.findMany();
  const secrets = [
    ...accounts.flatMap(({ number, holderPinfl }) => [number, holderPinfl]),
    ...people.flatMap(({ phone, phoneBefore }) => [phone, phoneBefore]),
  ].filter((secret) => secret !== null);
  expect(secrets.length).toBeGreaterThan(20);
  const { db } = pathway;
  const rows = [
    await db.event.findMany(),
    await db.task.findMany(),
    await db.notice.findMany(),
    await db.outbox.findMany(),
  ];
  const text = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});
