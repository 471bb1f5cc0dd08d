import { orderedSubsidy, payers, startPaidPathway } from '../../test/support/paid-pathway';
import { type Pathway, plannedCase, referred, somebody } from '../../test/support/pathway';
import type { Claims } from './auth';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

interface Message {
  type: string;
  text: string | null;
  words: string;
  about: { kind: string; id: string };
  to: { kind: string; id: string | null; name: string | null };
  channel: string;
  language: string | null;
  state: string;
  why: string | null;
}

async function read(who: Claims, path: string): Promise<Message[]> {
  const { status, body } = await pathway.as(who).get(path);
  expect([path, status]).toEqual([path, 200]);
  return (body as { items: Message[] }).items;
}

/** A referral whose person reads Uzbek. */
async function referredInUzbek() {
  const { id, person } = await plannedCase(pathway);
  await pathway.db.person.update({ where: { id: person.id }, data: { language: 'uz-Latn' } });
  const made = await pathway
    .as(somebody.case_manager)
    .post(`/cases/${id}/referrals`, { vacancy: 'V-900001' });
  await pathway.settled();
  return { caseId: id, person, referral: (made.body as { id: string }).id };
}

test('a case manager reads who was told what, in which language, and whether it arrived', async () => {
  const { caseId, person, referral } = await referredInUzbek();
  const about = { kind: 'referral', id: referral };
  const name = (await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } })).name;
  const messages = await read(somebody.case_manager, `/cases/${caseId}/messages`);
  expect(messages).toContainEqual(
    expect.objectContaining({
      type: 'person_referred',
      text: expect.stringMatching(/"Tailor".*Yo'llanma: /),
      words: 'Delivered by SMS on 4 March, in Uzbek.',
      about,
      to: { kind: 'person', id: person.id, name },
      channel: 'sms',
      language: 'uz-Latn',
      state: 'delivered',
    }),
  );
  expect(messages.filter(({ type }) => type === 'referral_issued')).toMatchObject([
    { to: { kind: 'employer', name: 'Nur Tikuv MChJ' }, channel: 'email', language: 'en' },
    { to: { kind: 'employer', name: 'Nur Tikuv MChJ' }, channel: 'sms', text: expect.stringContaining(name) },
  ]);
  const { phone } = await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } });
  expect(JSON.stringify(messages)).not.toContain(phone);

  const toPerson = await read(somebody.supervisor, `/cases/${caseId}/messages?recipient=person`);
  expect(toPerson.map(({ to }) => to.id)).toEqual([person.id]);
  expect(await read(somebody.auditor, `/referrals/${referral}/messages?channel=email`)).toMatchObject([
    { type: 'referral_issued', about },
  ]);
});

test('an employer reads the messages to itself, others are not told of the row', async () => {
  const { caseId, referral } = await referred(pathway);
  const messages = await read(somebody.employer, `/referrals/${referral}/messages`);
  expect(messages.map(({ to }) => to.kind)).toEqual(['employer', 'employer']);
  const url = `/referrals/${referral}/messages`;
  const statusFor = async (who: Claims, path: string) => (await pathway.as(who).get(path)).status;
  expect(await statusFor(somebody.other_employer, url)).toBe(404);
  expect(await statusFor(somebody.far_manager, url)).toBe(404);
  expect(await statusFor(somebody.labour_inspector, url)).toBe(404);
  expect(await statusFor(somebody.employer, `/cases/${caseId}/messages`)).toBe(403);

  await pathway
    .as(somebody.employer)
    .post(`/referrals/${referral}/decision`, { decision: 'reject', code: 'other', grounds: 'No.' });
  await pathway.settled();
  const { body } = await pathway.as(somebody.employer).get(`/referrals/${referral}`);
  const [inspection] = (body as { inspections: { id: string }[] }).inspections;
  for (const who of [somebody.employer, somebody.labour_inspector])
    expect(await read(who, `/inspections/${inspection?.id}/messages`)).toMatchObject([
      { type: 'inspection_opened', state: 'delivered' },
      { type: 'inspection_opened', state: 'delivered' },
    ]);
  const types = (await read(somebody.case_manager, `/cases/${caseId}/messages`)).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['person_referred', 'person_refused', 'inspection_opened']));

  // Once nothing is asked about the person any more, the employer does not read the name again.
  await pathway
    .as(somebody.labour_inspector)
    .post(`/inspections/${inspection?.id}/resolution`, { resolution: 'justified', grounds: 'Right.' });
  await pathway.settled();
  const later = await read(somebody.employer, url);
  expect(later.map(({ type, text }) => [type, text])).toEqual([
    ['referral_issued', null],
    ['referral_issued', null],
  ]);
});

test('a finance officer reads the messages of a subsidy, with those of its claims', async () => {
  const id = await orderedSubsidy(pathway, '2024-02-01');
  const url = `/subsidies/${id}/messages`;
  const ordered = expect.objectContaining({
    type: 'subsidy_ordered',
    text: expect.stringContaining(`B-${id}`),
    to: { kind: 'employer', id: 'E-900001', name: 'Nur Tikuv MChJ' },
  });
  for (const who of [payers.finance_officer, payers.employment_officer, somebody.auditor, payers.employer])
    expect(await read(who, url)).toContainEqual(ordered);
  expect((await pathway.as(somebody.case_manager).get(url)).status).toBe(403);
});

test('a message that could not be delivered, or has no contact, says so', async () => {
  const to = '+998711234567';
  await pathway.sandbox.script({
    notifications: { undeliverable: { to, permanent: true, why: 'switched off' } },
  });
  const { referral } = await referred(pathway);
  await pathway.sandbox.script({ notifications: { delivers: {} } });
  const url = `/referrals/${referral}/messages?channel=sms&recipient=employer`;
  expect(await read(somebody.case_manager, url)).toMatchObject([
    { state: 'failed', why: 'switched off', words: 'Not delivered by SMS: tried on 4 March, in English.' },
  ]);
});

test('the pages of a list, and a cursor of another', async () => {
  const { caseId } = await referred(pathway);
  const url = `/cases/${caseId}/messages`;
  const all = await read(somebody.case_manager, url);
  const paged: Message[] = [];
  for (let cursor = ''; ;) {
    const { body } = await pathway.as(somebody.case_manager).get(`${url}?limit=1${cursor}`);
    const { items, next, total } = body as { items: Message[]; next: string | null; total: number };
    expect(total).toBe(all.length);
    paged.push(...items);
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(all.length).toBeGreaterThan(2);
  expect(paged).toEqual(all);
  const wrong = await pathway.as(somebody.case_manager).get(`${url}?cursor=Qy0wMDAwMDE`);
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'cursor' }] } });
});
