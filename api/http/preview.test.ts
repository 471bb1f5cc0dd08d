import { notify } from '../../records/kernel/notices';
import { previewOf } from '../../records/reads/preview';
import { eventually } from '../../test/support/eventually';
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
  opens: { kind: string; about: string; words: string }[];
  rows: { subject: { kind: string; id: string }; from: string; to: string; words: string }[];
  ends: { subject: { kind: string; id: string }; what: string; words: string }[];
  begins: {
    subject: { kind: string; id: string | null };
    about: string;
    what: string;
    dueOn: string | null;
  }[];
  events: { type: string; words: string }[];
  told: { about: string; recipient: string; name: string | null; channels: string[] }[];
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
        about: expect.stringMatching(/^Person \d+, C-\d+$/),
        from: 'referred',
        to: 'closed',
        words: expect.stringMatching(/^\w[\w ]*, then \w[\w ]*$/),
      },
      {
        subject: { kind: 'referral', id: referral },
        about: expect.stringContaining('Nur Tikuv MChJ, Tailor'),
        from: 'delivered',
        to: 'withdrawn',
        words: expect.any(String),
      },
    ]),
  );
  expect(preview.ends).toContainEqual({
    subject: { kind: 'referral', id: referral },
    about: expect.stringContaining(referral),
    what: 'decision',
    dueOn: '2024-03-11',
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
    about: expect.stringContaining(id),
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
    about: expect.stringContaining(referral),
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
    const told = [
      {
        about: expect.stringContaining(id),
        recipient: 'employer',
        name: 'Nur Tikuv MChJ',
        channels: ['email', 'sms'],
      },
    ];
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
      const { told } = await previewOf(
        records,
        cause,
        (transaction) =>
          notify(transaction, {
            type: 'case_offered',
            to: { kind: 'official', id: 'O-4' },
            params: {},
            occasion: 'test',
          }),
        (_tx, subjects) => Promise.resolve(new Set(subjects)),
      );
      return told.map(({ recipient, name }) => [recipient, name]);
    };
    expect(await toldTo('employer')).toEqual([['official', null]]);
    expect(await toldTo('employment_officer')).toEqual([['official', 'Official O-4']]);
  });
});

describe('a job is closed', () => {
  const officer = () => pathway.as(somebody.employment_officer);
  const close = (state: string) => officer().patch('/vacancies/V-900001', { state });
  const wordsOf = async (subject: string) => {
    const events = await manager().get(`/cases/${subject}/timeline?limit=200`);
    return (events.body as { items: { words: string }[] }).items.map(({ words }) => words);
  };
  const textsTo = async (caseId: string, recipient: string) => {
    const { body } = await manager().get(`/cases/${caseId}/messages?recipient=${recipient}`);
    return (body as { items: { text: string }[] }).items.map(({ text }) => text);
  };
  /** The workflow of the row has looked at the job. */
  async function becomes(url: string, state: string): Promise<void> {
    await eventually(async () => {
      const { body } = await manager().get(url);
      if ((body as { state: string }).state === state) return true;
      throw new Error(`${url} is ${(body as { state: string }).state}`);
    });
    await pathway.settled();
  }
  async function previewOfClosing(by: ReturnType<typeof manager>): Promise<Preview> {
    const before = await written();
    const { status, body } = await by.patch('/vacancies/V-900001?preview=true', { state: 'withdrawn' });
    expect(status).toBe(200);
    expect(await written()).toEqual(before);
    return body as Preview;
  }

  test('the preview names the referrals, the inspections and the people who would be told', async () => {
    const { person, referral } = await referred(pathway);
    const { name } = await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } });
    const row = { subject: { kind: 'referral', id: referral }, from: 'delivered', to: 'rejected' };
    const shown = await previewOfClosing(officer());
    expect(shown.rows).toContainEqual({
      ...row,
      about: `${name}, Nur Tikuv MChJ, Tailor, ${referral}`,
      words: expect.any(String),
    });
    expect(shown.opens).toContainEqual({
      kind: 'inspection',
      state: 'examining',
      about: `${name}, Nur Tikuv MChJ, Tailor`,
      words: expect.any(String),
    });
    expect(shown.ends).toContainEqual(
      expect.objectContaining({ what: 'decision', dueOn: '2024-03-11', words: expect.any(String) }),
    );
    expect(shown.events.map(({ words }) => words)).toContain(
      'Inspection (new) opened: the job was closed while the person was referred to it.',
    );
    expect(shown.told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ recipient: 'person', name }),
        expect.objectContaining({ recipient: 'employer', name: 'Nur Tikuv MChJ' }),
      ]),
    );
    // The employer reads the same of its own rows, without events and without the names of others.
    const theirs = await previewOfClosing(pathway.as(somebody.employer));
    expect(theirs).toMatchObject({ events: [], opens: shown.opens.map(({ kind }) => ({ kind })) });
    expect(theirs.rows).toContainEqual(expect.objectContaining(row));
    expect(theirs.told).toContainEqual(expect.objectContaining({ recipient: 'person', name: null }));
    await manager().post(`/referrals/${referral}/withdrawal`, { reason: 'other', words: 'x' });
  });

  test('the words name the officer who closed it; open again in time, the rejection is taken back', async () => {
    const { caseId, referral } = await referred(pathway);
    const due = async () =>
      (
        await pathway.db.task.findFirst({
          where: { subject: `referral/${referral}`, kind: 'decision', closedAt: null },
        })
      )?.due;
    const before = await due();
    expect((await close('filled')).body).toMatchObject({ filledBy: 'O-4' });
    const job = (await manager().get('/vacancies/V-900001')).body;
    expect(job).toMatchObject({ filledByName: 'Official O-4', filledByRole: 'employment_officer' });
    expect((await pathway.as(somebody.employer).get('/vacancies/V-900001')).body).toMatchObject({
      filledBy: null,
    });
    await becomes(`/referrals/${referral}`, 'rejected');
    expect(await wordsOf(caseId)).toContain(
      'The employment officer Official O-4 recorded the job as filled on 4 March. The referral ends as rejected: the job is no longer vacant.',
    );
    expect((await textsTo(caseId, 'person')).join('\n')).toContain(
      'The employment office recorded it as filled on 4 March. The labour inspectorate looks at it.',
    );
    expect((await textsTo(caseId, 'employer')).join('\n')).toMatch(
      /The employment office recorded your job "Tailor" as filled on 4 March\. Person \d+ was referred/,
    );
    const inspector = pathway.as(somebody.labour_inspector);
    const tasks = (await inspector.get('/tasks?kind=resolution')).body as { items: { what: string }[] };
    expect(tasks.items.map(({ what }) => what)).toContain(
      'Examine why the job was closed while the person was referred to it, and decide.',
    );

    await close('open');
    await becomes(`/referrals/${referral}`, 'delivered');
    const back = (await manager().get(`/referrals/${referral}`)).body;
    expect(back).toMatchObject({
      state: 'delivered',
      decision: null,
      inspections: [{ state: 'ended' }],
      earlierDecisions: [
        { decision: { code: 'no_longer_vacant', jobClosed: { byRole: 'employment_officer' } } },
      ],
    });
    expect(await due()).toEqual(before);
    expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'referred' });
    expect((await textsTo(caseId, 'person')).join('\n')).toMatch(
      /The job "Tailor" at Nur Tikuv MChJ is open again.*by 11 March/,
    );
    expect((await textsTo(caseId, 'employer')).join('\n')).toContain(
      'is open again, so the inspection about',
    );

    // Closed a second time, everybody is told again.
    const told = (await textsTo(caseId, 'person')).length;
    await close('withdrawn');
    await becomes(`/referrals/${referral}`, 'rejected');
    expect((await textsTo(caseId, 'person')).length).toBe(told + 1);

    // The inspector has begun: the rejection stands, and the inspection goes on.
    const { body } = await manager().get(`/referrals/${referral}`);
    const inspection = (body as { inspections: { id: string; state: string }[] }).inspections.find(
      ({ state }) => state === 'examining',
    );
    await inspector.post(`/inspections/${inspection?.id}/step`, {
      kind: 'call',
      on: '2024-03-04',
      words: 'Asked.',
    });
    await close('open');
    await pathway.settled();
    expect((await manager().get(`/referrals/${referral}`)).body).toMatchObject({ state: 'rejected' });
    expect((await inspector.get(`/inspections/${inspection?.id}`)).body).toMatchObject({
      state: 'examining',
    });
  });
});

test('a resolution: the preview names the employer’s act and its day, and who is told', async () => {
  const { referral } = await referred(pathway, 'V-900002');
  const rejected = await pathway
    .as(somebody.employer)
    .post(`/referrals/${referral}/decision`, { decision: 'reject', code: 'other', grounds: 'No.' });
  const [inspection] = (rejected.body as { inspections: { id: string }[] }).inspections;
  await pathway.settled();
  const body = { resolution: 'settled', startOn: '2024-03-11' };
  const url = `/inspections/${inspection?.id}/resolution`;
  const preview = await previewed(pathway.as(somebody.labour_inspector), url, body);
  expect(preview.rows).toMatchObject([{ to: 'settled', about: expect.stringContaining('Nur Tikuv MChJ') }]);
  expect(preview.begins).toMatchObject([{ what: 'compliance', dueOn: expect.stringMatching(/^2024-03-/) }]);
  expect(preview.told).toContainEqual(expect.objectContaining({ recipient: 'person' }));
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
