import { makePinfl } from '../../domain/pinfl';
import type { Actor } from '../../domain/roles';
import { defaultSettings } from '../../domain/settings';
import { openDb } from '../../prisma/db';
import { wake } from '../../records/kernel/wake';
import { answerCommand } from '../../records/kernel/commands';
import { freshDatabase } from '../../test/support/database';
import { asCommand } from './commands';
import { give } from './giving';
import { emptied } from './outbox';
import { Problem, Unavailable } from './problem';
import type { Ctx } from './route';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: ReturnType<typeof openDb>;
const now = new Date('2026-03-02T09:00:00+05:00');
const manager: Actor = { id: 'O-1', role: 'case_manager', rank: 'officer', area: '1703202001' };

beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.url, 5);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

let serial = 0;
/** A case in a state; closed unless it is to be open, which needs its task. */
async function newCase(state = 'planning'): Promise<string> {
  const n = String(++serial).padStart(6, '0');
  const personId = `P-${n}`;
  const id = `C-${n}`;
  const area = '1703202001';
  await db.person.create({
    data: {
      id: personId,
      pinfl: makePinfl('1990-01-01', 'male', n),
      name: 'A',
      birth: '1990-01-01',
      sex: 'male',
      mahalla: area,
      createdAt: now,
    },
  });
  const open = state !== 'closed';
  await db.$transaction([
    db.task.create({
      data: {
        subject: `case/${id}`,
        kind: 'next_step',
        role: 'case_manager',
        area,
        caseId: id,
        since: now,
        nextAt: now,
      },
    }),
    db.case.create({
      data: {
        id,
        personId,
        area,
        state,
        open,
        since: now,
        openedAt: now,
        consent: {},
        eligibility: 'yes',
        correlationId: 'test',
      },
    }),
  ]);
  return id;
}

type Carry = Ctx['workflows']['carryOut'];

/** A workflow that carries the command out. */
const carries: Carry = async (subject, _name, id) => {
  await answerCommand(
    db,
    id,
    { status: 200, body: { id: subject.split('/')[1] ?? '', state: 'closed' } },
    now,
  );
  return 'done';
};

function ctxOf(id: string, carryOut: Carry, more: Partial<Ctx> = {}): Ctx {
  return {
    actor: manager,
    records: { db, clock: { now: () => Promise.resolve(now) }, settings: defaultSettings },
    workflows: { carryOut, refresh: () => Promise.resolve(), reach: () => Promise.resolve() },
    tryOut: () => Promise.reject(new Error('nothing is previewed')),
    lookAtWoken: () => Promise.resolve(),
    preview: false,
    now,
    correlationId: 'test',
    route: `POST /v1/cases/${id}/withdrawal`,
    path: '/cases/{id}/withdrawal',
    key: `key-${id}`,
    params: {},
    query: {},
    body: {},
    bytes: Buffer.alloc(0),
    pieces: process.stdin,
    disconnected: new AbortController().signal,
    header: () => undefined,
    read: () => Promise.resolve(undefined),
    webhookSecret: '',
    ...more,
  };
}

const order = (id: string, body = { reason: 'wish' }) =>
  ({ kind: 'case', id, name: 'withdrawal', body }) as const;
const refused = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof Problem)) throw new Error('it was not refused by a problem', { cause: error });
  return error;
};

test('of an answer past its storage period a caller who does not see the row any more gets the number', async () => {
  const id = await newCase();
  await give(ctxOf(id, carries), order(id));
  await db.$executeRaw`UPDATE commands SET body = NULL, answer = jsonb_build_object('id', ${id}::text) WHERE key = ${`key-${id}`}`;
  const asked: string[] = [];
  const read = (path: string, of: object) =>
    Promise.resolve(void asked.push(`${path} ${JSON.stringify(of)}`));
  expect(await give(ctxOf(id, carries, { read }), order(id))).toMatchObject({ status: 200, body: { id } });
  expect(asked).toEqual([`/cases/{id} {"id":"${id}"}`]);
});

test('recorded, handed to the workflow, answered; the same key again asks no workflow', async () => {
  const id = await newCase();
  let sent = 0;
  const counting: Carry = (...args) => {
    sent += 1;
    return carries(...args);
  };
  const first = await give(ctxOf(id, counting), order(id));
  expect(first).toMatchObject({ status: 200, body: { id, state: 'closed' } });
  const again = await give(ctxOf(id, counting), order(id));
  expect(again).toMatchObject({ ...first, headers: { 'Idempotent-Replayed': 'true' } });
  expect(sent).toBe(1);
  const other = await refused(give(ctxOf(id, counting), order(id, { reason: 'other' })));
  expect([other.status, other.code]).toEqual([409, 'key_reused']);
});

test('the workflow gets only an id: the body lies in the record', async () => {
  const id = await newCase();
  const got: unknown[] = [];
  await give(
    ctxOf(id, async (...args) => {
      got.push(...args);
      return carries(...args);
    }),
    order(id),
  );
  expect(got).toEqual([`case/${id}`, 'withdrawal', expect.stringMatching(/^[0-9a-f]{32}$/)]);
  const row = await db.command.findUniqueOrThrow({ where: { id: String(got[2]) } });
  expect(row).toMatchObject({
    body: { reason: 'wish' },
    actor: { id: 'O-1' },
    key: `key-${id}`,
    state: 'done',
  });
});

test('a refusal of the transaction is the answer, with state and allowed actions', async () => {
  const id = await newCase();
  const refusing: Carry = async (_subject, _name, command) => {
    const body = {
      code: 'too_late',
      detail: 'After the resolution.',
      state: 'closed',
      allowedActions: ['reopening'],
    };
    await answerCommand(db, command, { status: 409, body }, now);
    return 'done';
  };
  const problem = await refused(give(ctxOf(id, refusing), order(id)));
  expect(problem.body('c')).toMatchObject({
    status: 409,
    code: 'too_late',
    state: 'closed',
    allowedActions: ['reopening'],
  });
});

test('outside the area 404, not theirs 403: nothing is recorded', async () => {
  const id = await newCase();
  const far = await refused(
    give(ctxOf(id, carries, { actor: { ...manager, area: '1706204001', id: 'O-2' } }), order(id)),
  );
  expect([far.status, far.code]).toEqual([404, 'not_found']);
  const officer: Actor = { id: 'O-4', role: 'employment_officer', rank: 'officer', area: '1703202' };
  const theirs = await refused(give(ctxOf(id, carries, { actor: officer }), order(id)));
  expect([theirs.status, theirs.code]).toEqual([403, 'not_yours']);
  expect(await db.command.count({ where: { subject: `case/${id}` } })).toBe(0);
});

test('not in this state: 409 with the possible commands, and the same again', async () => {
  const id = await newCase('closed');
  for (let time = 1; time <= 2; time++) {
    const problem = await refused(give(ctxOf(id, carries), order(id)));
    expect(problem.body('c')).toMatchObject({
      status: 409,
      code: 'not_in_this_state',
      state: 'closed',
      allowedActions: ['reopening'],
    });
  }
});

test('Temporal away: 503; the same key later is carried out once', async () => {
  const id = await newCase();
  const away: Carry = () => Promise.reject(new Unavailable('away'));
  await expect(give(ctxOf(id, away), order(id))).rejects.toBeInstanceOf(Unavailable);
  expect(await db.command.findFirst({ where: { subject: `case/${id}` } })).toMatchObject({
    state: 'pending',
  });
  expect(await give(ctxOf(id, carries), order(id))).toMatchObject({ status: 200 });
  expect(await db.command.count({ where: { subject: `case/${id}` } })).toBe(1);
});

test('an answer that was lost on the way is found in the record', async () => {
  const id = await newCase();
  const lost: Carry = async (...args) => {
    await carries(...args);
    throw new Unavailable('the answer was lost');
  };
  expect(await give(ctxOf(id, lost), order(id))).toMatchObject({ status: 200 });
});

test('a workflow that closes is tried again; then the row answers', async () => {
  const id = await newCase();
  let times = 0;
  const closing: Carry = async (...args) => ((times += 1) === 1 ? 'closing' : carries(...args));
  expect(await give(ctxOf(id, closing), order(id))).toMatchObject({ status: 200 });

  const other = await newCase();
  const alwaysClosing: Carry = async () => {
    await db.case.update({ where: { id: other }, data: { state: 'closed', open: false } });
    return 'closing';
  };
  const problem = await refused(give(ctxOf(other, alwaysClosing), order(other)));
  expect(problem.body('c')).toMatchObject({ status: 409, state: 'closed', allowedActions: ['reopening'] });
});

test('a command without a workflow rolls back whole when it is refused', async () => {
  const ctx = ctxOf('X', carries, { route: 'POST /v1/test', key: 'roll-back' });
  const work = asCommand(ctx, { name: 'test', subject: 'test/1', body: {} }, async (transaction) => {
    await transaction.tx.territory.create({ data: { code: '1799', kind: 'region', nameLatn: 'X' } });
    throw new Problem(403, 'not_yours', 'No.');
  });
  expect((await refused(work)).code).toBe('not_yours');
  expect(await db.territory.count()).toBe(0);
  expect(await db.command.count({ where: { key: 'roll-back' } })).toBe(0);
});

describe('a command without a workflow that makes a row', () => {
  const refreshed: unknown[] = [];
  const making = (key: string, more: Partial<Ctx['records']> = {}) => {
    const ctx = ctxOf('X', carries, { route: 'POST /v1/test', key });
    const refresh = (...asked: unknown[]) => Promise.resolve(void refreshed.push(asked));
    return asCommand(
      { ...ctx, workflows: { ...ctx.workflows, refresh }, records: { ...ctx.records, ...more } },
      { name: 'test', body: {} },
      (transaction) => {
        transaction.subject = 'case/C-999999';
        wake(transaction, 'referral/R-999999');
        wake(transaction, transaction.subject);
        return Promise.resolve({ status: 201, body: {} });
      },
    );
  };
  const left = () => db.outbox.findMany({ select: { target: true }, orderBy: { id: 'asc' } });
  beforeEach(() => void refreshed.splice(0));

  test('begins its workflow, wakes the others, and then takes them from the outbox', async () => {
    expect(await making('making')).toMatchObject({ status: 201 });
    expect(refreshed).toEqual([
      ['referral/R-999999', false],
      ['case/C-999999', true],
    ]);
    await emptied();
    expect(await left()).toEqual([]);
  });

  test('is answered although its wakes stay in the outbox', async () => {
    const $executeRaw = () => Promise.reject(new Error('the connection is lost'));
    const faulty = new Proxy(db, {
      get: (target, part) => (part === '$executeRaw' ? $executeRaw : (Reflect.get(target, part) as unknown)),
    });
    expect(await making('not-emptied', { db: faulty })).toMatchObject({ status: 201 });
    await emptied();
    expect(await left()).toEqual([{ target: 'referral/R-999999' }, { target: 'case/C-999999' }]);
    await db.outbox.deleteMany();
  });
});
