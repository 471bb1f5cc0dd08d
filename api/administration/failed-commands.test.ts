import { type Bench, STIR } from '../../test/support/bench';
import { type RowsApi, startRowsApi } from '../../test/support/rows-api';
import { people as by } from '../../test/support/api';

/*
 * The API over the rows themselves, carried out without Temporal: a fault of the service stops an employer's decision, and an
 * administrator has it tried again after the mend.
 */

let bench: Bench;
let api: RowsApi['api'];
let broken: RowsApi['broken'];
let id: string;

beforeEach(async () => {
  ({ bench, api, broken, referral: id } = await startRowsApi());
});
afterEach(async () => {
  await api.close();
  await bench.close();
});

const administrator = () => api.as(by.administrator);
const employer = { sub: 'S-1', role: 'employer', employer: STIR } as const;
const key = { 'Idempotency-Key': 'our-answer' };
const decide = () =>
  api.as(employer).post(`/referrals/${id}/decision`, { decision: 'accept', startOn: '2026-03-09' }, key);
const failed = async () => {
  const { body } = await administrator().get('/commands?state=failed');
  return body.items as { id: string }[];
};
const retry = (command: string | undefined, who = administrator(), headers?: Record<string, string>) =>
  who.post(`/commands/${String(command)}/retry`, undefined, headers);

/** An employer's decision that a fault of the service stopped. @returns its id */
async function stopped(): Promise<string | undefined> {
  broken['decision'] = true;
  expect((await decide()).body).toMatchObject({ status: 500, code: 'defect' });
  broken['decision'] = false;
  return (await failed())[0]?.id;
}

test('a command that a fault stopped is listed for administrators and auditors, and for nobody else', async () => {
  const command = await stopped();
  const shown = {
    id: command,
    name: 'decision',
    subject: { kind: 'referral', id },
    by: 'S-1',
    retriedAt: null,
  };
  expect(await failed()).toMatchObject([shown]);
  expect((await api.as(by.auditor).get('/commands?state=failed')).body.items).toMatchObject([shown]);
  expect((await api.as(by.case_manager).get('/commands?state=failed')).status).toBe(403);
  expect((await api.as(employer).get('/commands?state=failed')).status).toBe(403);
  expect((await administrator().get('/commands?state=done')).status).toBe(400);
});

test('the metrics count the defect, and the command until it is tried again', async () => {
  const metrics = async () => (await fetch(`${api.base}/metrics`)).text();
  const command = await stopped();
  expect(await metrics()).toMatch(/^defects_total [1-9]/m);
  expect(await metrics()).toContain('undone{what="failed commands"} 1');
  await retry(command);
  expect(await metrics()).toContain('undone{what="failed commands"} 0');
});

test('a retry after silence takes the silence back, and the same key gives the answer of the retry', async () => {
  const command = await stopped();
  await bench.pass('8d');
  expect((await api.as(employer).get(`/referrals/${id}`)).body).toMatchObject({ state: 'silent' });
  const tried = await retry(command);
  expect(tried.status).toBe(202);
  expect(tried.body).toMatchObject({
    id: command,
    state: 'pending',
    failedAt: null,
    retriedAt: expect.any(String),
  });
  const answer = await decide();
  expect([answer.status, answer.headers['idempotent-replayed']]).toEqual([200, 'true']);
  expect(answer.body).toMatchObject({ id, state: 'accepted', waitingFor: { what: 'contract' } });
  expect(await bench.db.inspection.findFirstOrThrow()).toMatchObject({ state: 'ended' });
  expect(await failed()).toEqual([]);
  expect(await bench.db.task.count({ where: { kind: 'defect', closedAt: null } })).toBe(0);
});

test('tried again when the row has moved on: the same key answers the refusal, with its reason', async () => {
  const command = await stopped();
  await bench.db.referral.update({
    where: { id },
    data: { state: 'withdrawn', open: false, since: new Date('2026-03-04T09:00:00+05:00') },
  });
  await bench.db.task.updateMany({ data: { closedAt: await bench.clock.now(), nextAt: null } });
  expect((await retry(command)).status).toBe(202);
  expect((await decide()).body).toMatchObject({
    status: 409,
    code: 'moved_on',
    state: 'withdrawn',
    detail: expect.stringContaining('has moved on without it'),
  });
});

test('one that the fault stops once more can be tried once more', async () => {
  const command = await stopped();
  broken['decision'] = true;
  expect((await retry(command)).status).toBe(202);
  broken['decision'] = false;
  expect(await failed()).toMatchObject([{ id: command, retriedAt: expect.any(String) }]);
  expect((await decide()).status).toBe(500);
  await retry(command);
  expect((await decide()).body).toMatchObject({ state: 'accepted' });
});

describe('it is refused', () => {
  test('to everybody but administrators', async () => {
    const command = await stopped();
    for (const who of [by.auditor, by.case_manager, by.supervisor, employer])
      expect((await retry(command, api.as(who))).status).toBe(403);
    expect((await retry(command, api.as(undefined))).status).toBe(401);
    expect(await failed()).toMatchObject([{ id: command }]);
  });

  test('for a command that is not known', async () => {
    expect((await retry('nothing')).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('for one that did not fail', async () => {
    await decide();
    const { id: command } = await bench.db.command.findFirstOrThrow({ where: { name: 'decision' } });
    expect((await retry(command)).body).toMatchObject({ status: 409, code: 'not_failed' });
  });

  test('twice; the same key answers as before', async () => {
    const command = await stopped();
    const once = { 'Idempotency-Key': 'try-it' };
    const first = await retry(command, administrator(), once);
    const again = await retry(command, administrator(), once);
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect((await retry(command)).body).toMatchObject({ status: 409, code: 'not_failed' });
  });
});
