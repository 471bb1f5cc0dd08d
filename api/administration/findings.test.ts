import { system } from '../../domain/roles';
import { defaultSettings } from '../../domain/settings';
import { change } from '../../records/kernel/change';
import { reportDefect } from '../../records/kernel/defects';
import { people as by, testApi } from '../../test/support/api';

/* Tasks for defects of work that nothing tries again: an administrator ends them with a finding. */

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());
beforeEach(() => api.db.task.deleteMany());

const clock = { now: () => Promise.resolve(new Date('2026-03-02T09:00:00+05:00')) };
const subject = 'subsidy/S-000001';
const words = { words: 'The rule is mended; the subsidy was calculated again by hand.' };

/** A defect on record. @returns the path of its finding */
async function reported(of: string): Promise<string> {
  await change(
    { db: api.db, clock, settings: defaultSettings },
    { actor: system, subject, correlationId: 'test' },
    (transaction) => reportDefect(transaction, of, new RangeError('a rule failed')),
  );
  const { id } = await api.db.task.findFirstOrThrow({ where: { kind: 'defect', ref: of, closedAt: null } });
  return `/tasks/${id}/finding`;
}

const listed = async () =>
  ((await api.as(by.administrator).get('/tasks')).body.items as { allowedActions: string[] }[]).map(
    ({ allowedActions }) => allowedActions,
  );

test('the administrator ends the task for a message that cannot be put into words with a finding', async () => {
  const path = await reported('notice');
  expect(await listed()).toEqual([['finding']]);
  const answer = await api.as(by.administrator).post(path, words);
  expect(answer).toMatchObject({ status: 200, body: { kind: 'defect', allowedActions: [] } });
  expect(await listed()).toEqual([]);
  expect(await api.db.task.findFirst({ where: { kind: 'defect' } })).toMatchObject({ closedHow: 'found' });
  expect(
    await api.db.event.findFirst({ where: { type: 'defect_found' }, orderBy: { id: 'desc' } }),
  ).toMatchObject({ subject, params: { of: 'notice' }, grounds: words.words, actorRole: 'administrator' });
});

describe('a finding is refused', () => {
  test.each(['look', 'decision', 'check_answer/2', 'command/decision', 'recalculation'])(
    'for a defect of %s, which is tried again',
    async (of) => {
      const path = await reported(of);
      expect(await listed()).toEqual([[]]);
      const answer = await api.as(by.administrator).post(path, words);
      expect(answer.body).toMatchObject({ status: 409, code: 'tried_again' });
      expect(await api.db.task.count({ where: { kind: 'defect', closedAt: null } })).toBe(1);
    },
  );

  test('a second time', async () => {
    const path = await reported('notice');
    await api.as(by.administrator).post(path, words);
    expect((await api.as(by.administrator).post(path, words)).body).toMatchObject({
      status: 409,
      code: 'closed_already',
    });
  });

  test('without words', async () => {
    const path = await reported('notice');
    expect((await api.as(by.administrator).post(path, {})).status).toBe(422);
  });

  test('to everybody but administrators', async () => {
    const path = await reported('notice');
    for (const who of [by.case_manager, by.supervisor, by.finance_officer])
      expect((await api.as(who).post(path, words)).body).toMatchObject({ status: 404 });
    expect((await api.as(by.auditor).post(path, words)).status).toBe(403);
    expect(await api.db.task.count({ where: { kind: 'defect', closedAt: null } })).toBe(1);
  });
});
