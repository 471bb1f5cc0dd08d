import type { PostingEvent } from '../../domain/money/postings';
import { postings } from '../../domain/money/postings';
import { defaultSettings } from '../../domain/settings';
import { system } from '../../domain/roles';
import { openDb } from '../../prisma/db';
import { freshDatabase } from '../../test/support/database';
import { meanwhile } from '../../test/support/meanwhile';
import { mendKept } from '../kept';
import { change } from './change';
import { accountsOf, balanceOf, post, type Posting } from './ledger';

/* The refusals of the database itself, by raw SQL, and the posting table above it [money §8]. */

const LINE = 'hire_pwd-1726-2024';
const OTHER = 'hire_pwd-1726-2025';
const [A, B] = ['S-000001', 'S-000002'];

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: ReturnType<typeof openDb>;
beforeEach(async () => {
  database = await freshDatabase();
  db = openDb(database.url, 3);
});
afterEach(async () => {
  await db.$disconnect();
  await database.drop();
});

type Row = [posting: string, account: string, amount: number, subsidy?: string, line?: string];

/** Writes entries past the service, in one statement and so in one transaction. */
const insert = (...rows: Row[]) => db.$executeRawUnsafe(inserting(...rows));

const inserting = (...rows: Row[]): string =>
  `INSERT INTO ledger_entries (posting, at, event, line_id, account, amount, subsidy_id, act, actor_id) VALUES ${rows
    .map(
      ([posting, account, amount, subsidy = '', line = LINE]) =>
        `('${posting}', '2024-03-01T09:00:00+05:00', 'by hand', '${line}', '${account}', ${amount}, '${subsidy}', 'test', 'somebody')`,
    )
    .join(', ')}`;

const appropriated = () => insert(['p0', 'appropriation', -1000], ['p0', 'free', 1000]);
const entries = () => db.ledgerEntry.count();

describe('a posting', () => {
  test('that does not sum to 0 is refused: one-sided, or off by one', async () => {
    await expect(insert(['p1', 'free', 1000])).rejects.toThrow('does not sum to 0');
    await expect(insert(['p1', 'appropriation', -1000], ['p1', 'free', 999])).rejects.toThrow(
      'does not sum to 0',
    );
    await appropriated();
    await expect(insert(['p0', 'free', 1])).rejects.toThrow('does not sum to 0');
    expect(await entries()).toBe(2);
  });

  test('sums to 0 on each line: money does not pass from one line to another', async () => {
    await appropriated();
    await expect(insert(['p1', 'free', -10], ['p1', 'free', 10, '', OTHER])).rejects.toThrow(
      'does not sum to 0',
    );
  });

  test('is judged at the end of its transaction', async () => {
    const halves = db.$transaction(async (tx) => {
      const half = (account: string, amount: number) =>
        tx.$executeRaw`INSERT INTO ledger_entries (posting, at, event, line_id, account, amount, act, actor_id)
          VALUES ('p1', '2024-03-01T09:00:00+05:00', 'by hand', ${LINE}, ${account}, ${amount}, 'test', 'somebody')`;
      await half('appropriation', -5);
      await half('free', 5);
    });
    await expect(halves).resolves.toBeUndefined();
    expect(await balanceOf(db, LINE, 'free')).toBe(5n);
  });
});

describe('an account', () => {
  const others = [
    'free',
    'committed',
    'payable',
    'sent',
    'paid',
    'recoverable',
    'surrendered',
    'written_off',
  ];

  test.each(others)('%s never goes below 0', async (account) => {
    await expect(insert(['p1', account, -1, A], ['p1', 'appropriation', 1])).rejects.toThrow(
      `account ${account} of line ${LINE} (${A}) would go below 0`,
    );
  });

  test('appropriation may be below 0: money comes from it', async () => {
    await appropriated();
    expect(await balanceOf(db, LINE, 'appropriation')).toBe(-1000n);
  });

  test('of a subsidy is its own: another subsidy’s money does not cover it', async () => {
    await appropriated();
    await insert(['p1', 'free', -100], ['p1', 'committed', 100, A]);
    await expect(insert(['p2', 'committed', -100, B], ['p2', 'payable', 100, B])).rejects.toThrow(
      `account committed of line ${LINE} (${B}) would go below 0`,
    );
    await expect(insert(['p3', 'committed', -101, A], ['p3', 'payable', 101, A])).rejects.toThrow('below 0');
    await insert(['p4', 'committed', -100, A], ['p4', 'payable', 100, A]);
    expect(await balanceOf(db, LINE, 'payable')).toBe(100n);
  });

  test('is not overdrawn by two postings at the same time', async () => {
    await appropriated();
    const reserve = (posting: string, subsidy: string) =>
      inserting([posting, 'free', -600], [posting, 'committed', 600, subsidy]);
    await expect(meanwhile(db, reserve('p1', A), reserve('p2', B))).rejects.toThrow('below 0');
    expect(await balanceOf(db, LINE, 'free')).toBe(400n);
  });

  test('with an unknown name is refused', async () => {
    await expect(insert(['p1', 'appropriation', -1], ['p1', 'pocket', 1])).rejects.toThrow('ledger_accounts');
  });
});

describe('the kept balances', () => {
  const kept = async (line = LINE) => (await accountsOf(db, [line])).get(line);

  test('are those of the ledger after each posting, refused ones left out', async () => {
    await appropriated();
    await insert(['p1', 'free', -300], ['p1', 'committed', 300, A]);
    await expect(insert(['p2', 'free', -701], ['p2', 'committed', 701, B])).rejects.toThrow('below 0');
    await insert(['p3', 'appropriation', -5, '', OTHER], ['p3', 'free', 5, '', OTHER]);
    expect(await kept()).toEqual({ appropriation: -1000, free: 700, committed: 300 });
    expect(await kept(OTHER)).toEqual({ appropriation: -5, free: 5 });
    expect(await mendKept(db)).toEqual([]);
  });

  test('show a transaction its own postings', async () => {
    await appropriated();
    await db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(inserting(['p1', 'free', -300], ['p1', 'committed', 300, A]));
      expect(await balanceOf(tx, LINE, 'free')).toBe(700n);
      await tx.$executeRawUnsafe(inserting(['p2', 'committed', -100, A], ['p2', 'free', 100]));
      expect(await balanceOf(tx, LINE, 'free')).toBe(800n);
    });
    expect(await kept()).toMatchObject({ free: 800, committed: 200 });
  });

  test('a transaction may give back after it takes: its end counts', async () => {
    await appropriated();
    await insert(
      ['p1', 'free', -1200],
      ['p1', 'committed', 1200, A],
      ['p2', 'committed', -500, A],
      ['p2', 'free', 500],
    );
    expect(await kept()).toMatchObject({ free: 300, committed: 700 });
    const tooMuch: Row[] = [
      ['p3', 'free', -400],
      ['p3', 'committed', 400, B],
    ];
    await expect(insert(...tooMuch)).rejects.toThrow('below 0');
  });

  test('two postings at the same time are both in them', async () => {
    await appropriated();
    const reserve = (posting: string, subsidy: string) =>
      inserting([posting, 'free', -400], [posting, 'committed', 400, subsidy]);
    await meanwhile(db, reserve('p1', A), reserve('p2', B));
    expect(await kept()).toMatchObject({ free: 200, committed: 800 });
  });

  test('are written anew where they differ from the ledger, with words about it', async () => {
    await appropriated();
    await insert(['p1', 'appropriation', -5, '', OTHER], ['p1', 'free', 5, '', OTHER]);
    await db.$executeRaw`UPDATE line_balances SET accounts = accounts || '{"free": 1}' WHERE line_id = ${LINE}`;
    await db.$executeRaw`DELETE FROM line_balances WHERE line_id = ${OTHER}`;
    expect(await mendKept(db)).toEqual([
      expect.stringMatching(
        `^balances of ${LINE}: .*"free": 1[,}].* was kept, the ledger has .*"free": 1000`,
      ),
      expect.stringMatching(`^balances of ${OTHER}: {} was kept, the ledger has .*"free": 5`),
    ]);
    expect(await kept()).toEqual({ appropriation: -1000, free: 1000 });
    expect(await mendKept(db)).toEqual([]);
  });
});

describe('a posted entry', () => {
  beforeEach(appropriated);

  test.each([
    'UPDATE ledger_entries SET amount = amount * 2',
    "UPDATE ledger_entries SET at = '2024-02-01T09:00:00+05:00'",
    "DELETE FROM ledger_entries WHERE posting = 'p0'",
    'TRUNCATE ledger_entries',
    'TRUNCATE ledger_entries, budget_lines CASCADE',
  ])('stays: %s', async (sql) => {
    await expect(db.$executeRawUnsafe(sql)).rejects.toThrow('append-only');
    expect(await entries()).toBe(2);
    expect(await balanceOf(db, LINE, 'free')).toBe(1000n);
  });
});

describe('the posting table', () => {
  const records = () => ({
    db,
    clock: { now: () => Promise.resolve(new Date('2024-03-01T09:00:00+05:00')) },
    settings: defaultSettings,
  });
  const posted = (event: PostingEvent, more: Partial<Posting> = {}) =>
    change(records(), { actor: system, subject: 'line/test', correlationId: 'test' }, (transaction) =>
      post(transaction, event, { lineId: LINE, subsidyId: A, amount: 10n, act: 'test', ...more }),
    );

  test('no event moves money that is not there', async () => {
    const events = Object.keys(postings) as PostingEvent[];
    const within = events.filter((event) => postings[event][0][0] !== 'appropriation');
    expect(events.length - within.length).toBe(3);
    for (const event of within) await expect(posted(event)).rejects.toThrow('below 0');
    expect(await entries()).toBe(0);
  });

  test('a posting that points to no claim, order, correction or act is refused', async () => {
    const pointless = { lineId: LINE, amount: 10n };
    const tried = change(
      records(),
      { actor: system, subject: 'line/test', correlationId: 'test' },
      (transaction) => post(transaction, 'line_raised', pointless),
    );
    await expect(tried).rejects.toThrow('ledger_points');
  });

  test('nothing is posted for 0, and the instant is the clock’s', async () => {
    await posted('line_raised');
    await posted('reserved', { amount: 0n });
    expect(await db.ledgerEntry.findMany({ select: { account: true, amount: true, at: true } })).toEqual([
      { account: 'appropriation', amount: -10n, at: new Date('2024-03-01T04:00:00Z') },
      { account: 'free', amount: 10n, at: new Date('2024-03-01T04:00:00Z') },
    ]);
  });
});
