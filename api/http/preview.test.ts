import { notify } from '../../records/kernel/notices';
import { previewOf } from '../../records/reads/preview';
import { orderedSubsidy, payers, startPaidPathway } from '../../test/support/paid-pathway';
import { type Pathway, plannedCase, referred, somebody } from '../../test/support/pathway';
import { testSettings } from '../../test/support/settings';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);

/** Everything that a command may write. */
async function written() {
  const { db } = pathway;
  await pathway.settled();
  return {
    cases: await db.case.findMany({ orderBy: { id: 'asc' } }),
    referrals: await db.referral.findMany({ orderBy: { id: 'asc' } }),
    officials: await db.official.findMany({ orderBy: { id: 'asc' } }),
    tasks: await db.task.findMany({ orderBy: { id: 'asc' } }),
    events: await db.event.count(),
    notices: await db.notice.count(),
    commands: await db.command.count(),
    outbox: await db.outbox.count(),
  };
}

interface Preview {
  rows: { subject: { kind: string; id: string }; from: string; to: string; words: string }[];
  ends: { subject: { kind: string; id: string }; what: string; words: string }[];
  begins: { what: string }[];
  events: { type: string; words: string }[];
  told: { recipient: string; name: string | null; channels: string[] }[];
}

/** Previews a command, and checks that nothing was written. */
async function previewed(by: ReturnType<typeof manager>, url: string, body: object): Promise<Preview> {
  const before = await written();
  const answer = await by.post(`${url}?preview=true`, body, { 'Idempotency-Key': 'key-of-a-preview' });
  expect(answer.status).toBe(200);
  expect(answer.body.preview).toBe(true);
  expect(answer.headers).not.toHaveProperty('idempotency-key');
  expect(await written()).toEqual(before);
  return answer.body as Preview;
}

test('a withdrawal: which rows would end, who would be told, and the same key still gives the command', async () => {
  const { caseId: id, referral } = await referred(pathway);
  const body = { reason: 'she wants to rest' };
  const preview = await previewed(manager(), `/cases/${id}/withdrawal`, body);
  expect(preview.rows).toEqual(
    expect.arrayContaining([
      {
        subject: { kind: 'case', id },
        from: 'referred',
        to: 'closed',
        words: expect.stringMatching(/^\w[\w ]*, then \w[\w ]*$/),
      },
      {
        subject: { kind: 'referral', id: referral },
        from: 'delivered',
        to: 'withdrawn',
        words: expect.any(String),
      },
    ]),
  );
  expect(preview.ends).toContainEqual({
    subject: { kind: 'referral', id: referral },
    what: 'decision',
    words: expect.stringMatching(/^[A-Z].*\.$/),
  });
  expect(preview.told.map(({ recipient }) => recipient)).toContain('employer');
  expect(preview.events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['withdrawn', 'referral_withdrawn', 'case_closed']),
  );

  const before = await pathway.db.event.count();
  const key = { 'Idempotency-Key': 'key-of-a-preview' };
  expect((await manager().post(`/cases/${id}/withdrawal`, body, key)).body).toMatchObject({
    state: 'closed',
  });
  await pathway.settled();
  const types = (
    await pathway.db.event.findMany({ orderBy: { id: 'asc' }, skip: before, select: { type: true } })
  ).map(({ type }) => type);
  expect(preview.events.map(({ type }) => type)).toEqual(types.slice(0, preview.events.length));
});

test('a closure and a transfer', async () => {
  const { id } = await plannedCase(pathway);
  const worklist = await manager().get(`/tasks?case=${id}`);
  const owed = (worklist.body.items as { kind: string; what: string }[]).map(({ kind, what }) => ({
    what: kind,
    words: what,
  }));
  const closure = { outcome: 'other', summary: 'none', personAgrees: true };
  const closed = await previewed(manager(), `/cases/${id}/closure`, closure);
  expect(closed.ends.map(({ what, words }) => ({ what, words }))).toEqual(expect.arrayContaining(owed));
  expect(closed.rows).toMatchObject([{ subject: { kind: 'case', id }, to: 'closed' }]);
  const moved = await previewed(manager(), `/cases/${id}/transfer`, { to: '1703202002', reason: 'moved' });
  expect(moved).toMatchObject({ rows: [], begins: [{ what: 'transfer' }] });
});

test('an official leaves: their work goes on elsewhere', async () => {
  await plannedCase(pathway);
  const admin = pathway.as(somebody.administrator);
  const preview = await previewed(admin, '/officials/O-1/leaving', { on: '2024-03-04' });
  expect(preview.events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['reassigned', 'official_left']),
  );
});

test('a supervisor gives away the work of an official who leaves', async () => {
  const { id } = await plannedCase(pathway);
  const body = { from: 'O-1', to: 'office', leaves: '2024-03-04' };
  const preview = await previewed(pathway.as(somebody.supervisor), '/assignments', body);
  expect(preview.events).toContainEqual({
    subject: { kind: 'case', id },
    type: 'reassigned',
    words: expect.any(String),
  });
  expect(preview.events.map(({ type }) => type)).toContain('official_left');
});

test('an official moves to another office', async () => {
  await plannedCase(pathway);
  const admin = pathway.as(somebody.administrator);
  const preview = await previewed(admin, '/officials/O-1/move', { area: '1703202002' });
  expect(preview.events.map(({ type }) => type)).toContain('reassigned');
});

test('a referral is withdrawn', async () => {
  const { referral } = await referred(pathway);
  const preview = await previewed(manager(), `/referrals/${referral}/withdrawal`, {
    reason: 'other',
    words: 'x',
  });
  expect(preview.rows).toContainEqual({
    subject: { kind: 'referral', id: referral },
    from: 'delivered',
    to: 'withdrawn',
    words: expect.any(String),
  });
  expect(preview.told.map(({ recipient }) => recipient)).toContain('employer');
});

describe('a subsidy is stopped', () => {
  const waiver = { from: '2024-04-01', code: 'waived', words: 'No longer needed.' };

  test('an officer reads the events, an employer none', async () => {
    const id = await orderedSubsidy(pathway, '2024-02-01');
    const url = `/subsidies/${id}/stop`;
    const told = [{ recipient: 'employer', name: 'Nur Tikuv MChJ', channels: ['email', 'sms'] }];
    const officers = await previewed(pathway.as(payers.employment_officer), url, {
      ...waiver,
      code: 'other',
    });
    expect(officers.events.map(({ type }) => type)).toContain('subsidy_stopped');
    expect(officers.told).toMatchObject(told);
    const employers = await previewed(pathway.as(payers.employer), url, waiver);
    expect(employers).toMatchObject({ rows: [], events: [], told });
    expect(JSON.stringify(employers)).not.toContain('Official');
  });

  test('an employer reads no names of the officials who would be told', async () => {
    const { db, time } = pathway;
    await db.official.update({ where: { id: 'O-4' }, data: { phone: '+998901112233' } });
    const records = { db, clock: { now: () => Promise.resolve(time.now) }, settings: testSettings };
    const toldTo = async (role: 'employer' | 'employment_officer') => {
      const actor = { id: 'S-1', role, rank: 'officer', area: '', employerId: 'E-900001' } as const;
      const cause = { actor, subject: 'subsidy/S-000001', correlationId: 'test' };
      const { told } = await previewOf(records, cause, (transaction) =>
        notify(transaction, {
          type: 'case_offered',
          to: { kind: 'official', id: 'O-4' },
          params: {},
          occasion: 'test',
        }),
      );
      return told.map(({ recipient, name }) => [recipient, name]);
    };
    expect(await toldTo('employer')).toEqual([['official', null]]);
    expect(await toldTo('employment_officer')).toEqual([['official', 'Official O-4']]);
  });
});

test('a refusal is the command’s own, and nothing is written', async () => {
  const { id } = await plannedCase(pathway);
  const before = await written();
  const taken = await manager().post(`/cases/${id}/transfer?preview=true`, { takeOver: true });
  expect(taken).toMatchObject({
    status: 409,
    body: { code: 'nothing_to_take_over', state: 'planning', allowedActions: expect.any(Array) },
  });
  const far = pathway.as(somebody.far_manager);
  expect((await far.post(`/cases/${id}/withdrawal?preview=true`, { reason: 'x' })).status).toBe(404);
  expect((await manager().post(`/cases/${id}/withdrawal?preview=true`, {})).status).toBe(422);
  expect((await manager().post(`/cases/${id}/withdrawal?preview=perhaps`, { reason: 'x' })).status).toBe(400);
  expect(await written()).toEqual(before);
});

test('other commands take no preview', async () => {
  const { id } = await plannedCase(pathway);
  expect((await manager().post(`/cases/${id}/reopening?preview=true`, { reason: 'x' })).status).toBe(400);
});
