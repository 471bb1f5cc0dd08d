import fs from 'node:fs';
import { storeFiles } from '../support/dev-server';
import { employer } from '../support/small-world';
import { besideRows, runningInTheEnd, type DevStack, startStack } from '../support/stack';
import { commands, newWalk, referred, type Walk } from '../support/walk';

let stack: DevStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const copy = (from: string, to: string): void =>
  storeFiles(stack.temporal.databaseFile)
    .filter((file) => fs.existsSync(file + from))
    .forEach((file) => fs.copyFileSync(file + from, file + to));

/** The workflow ids of all rows that wait. */
async function waiting(): Promise<string[]> {
  const { db } = stack;
  const open = { where: { open: true }, select: { id: true } } as const;
  const named = (kind: string, rows: { id: string }[]) => rows.map(({ id }) => `${kind}/${id}`);
  return [
    ...named('case', await db.case.findMany(open)),
    ...named('inspection', await db.inspection.findMany(open)),
    ...named('referral', await db.referral.findMany(open)),
    ...named('retention', await db.employment.findMany(open)),
  ].toSorted();
}

/** All rows of the record. */
async function recorded(): Promise<unknown> {
  const { db } = stack;
  const order = { orderBy: { id: 'asc' } } as const;
  return [
    await db.case.findMany(order),
    await db.referral.findMany(order),
    await db.inspection.findMany(order),
    await db.employment.findMany(order),
    await db.task.findMany(order),
    await db.event.findMany(order),
    await db.notice.findMany({ orderBy: { key: 'asc' } }),
    (await stack.messages()).length,
  ];
}

const stateOf = async ({ referral }: Walk): Promise<string | undefined> =>
  (await stack.db.referral.findUnique({ where: { id: referral } }))?.state;

describe("Temporal's store is lost", () => {
  let walks: Record<'delivered' | 'accepted' | 'rejected' | 'employed' | 'opened', Walk>;
  let before: unknown;

  beforeAll(async () => {
    const opened = await newWalk(stack);
    opened.case = (await stack.done(commands.opening(opened))).id;
    const next = () => referred(stack, stack.world.reserved);
    walks = {
      opened,
      delivered: await next(),
      accepted: await next(),
      rejected: await next(),
      employed: await next(),
    };
    await stack.done(commands.acceptance(walks.accepted, '2023-03-10'));
    await stack.done(commands.rejection(walks.rejected));
    const { pinfl } = walks.employed;
    await stack.register({ yammt: { hires: { pinfl, stir: employer.employer, on: '2023-03-01' } } });
    await stack.done(commands.contract(walks.employed, '2023-03-01'));
    await stack.quiet();
    before = await recorded();
    await stack.temporal.halt();
    stack.temporal.lose();
    await stack.temporal.restart();
  });

  test('reconcile begins the workflow of every row that waits', async () => {
    expect(await stack.running()).toEqual([]);
    const rows = await waiting();
    expect(rows.map((row) => row.split('/')[0])).toEqual([
      ...Array<string>(5).fill('case'),
      'inspection',
      ...Array<string>(2).fill('referral'),
      'retention',
    ]);
    expect(await stack.reconcile()).toContain(`${rows.length + (await besideRows(stack))} begun, 0 woken`);
    await stack.quiet();
    expect(await runningInTheEnd(stack, rows)).toEqual(rows);
  });

  test('reconcile changes no row, and a second run changes none either', async () => {
    expect(await recorded()).toEqual(before);
    const rows = await waiting();
    expect(await stack.reconcile()).toContain(`0 begun, ${rows.length + (await besideRows(stack))} woken`);
    await stack.quiet();
    expect(await recorded()).toEqual(before);
    expect(await runningInTheEnd(stack, rows)).toEqual(rows);
  });

  test('every row continues: commands are carried out, and deadlines fire', async () => {
    const { delivered, accepted, rejected, employed, opened } = walks;
    expect(await stack.done(commands.assessment(opened))).toMatchObject({ state: 'planning' });
    const { pinfl } = accepted;
    await stack.register({ yammt: { hires: { pinfl, stir: employer.employer, on: '2023-03-01' } } });
    await stack.done(commands.contract(accepted, '2023-03-01'));
    await stack.setClock(await stack.stepBefore('check', '1'));
    await stack.quiet();
    expect(await stateOf(delivered)).toBe('silent');
    expect(await stateOf(accepted)).toBe('hired');
    expect(await stateOf(rejected)).toBe('rejected');
    const checks = { employment: { caseId: employed.case }, state: 'passed' };
    expect(await stack.db.check.count({ where: checks })).toBe(1);
  });
});

describe('an older copy of the store is restored', () => {
  const decided: Walk[] = [];
  const undecided: Walk[] = [];
  let issuedAfter: Walk;

  beforeAll(async () => {
    for (let n = 0; n < 4; n++) {
      decided.push(await referred(stack));
      undecided.push(await referred(stack));
    }
    await stack.temporal.halt();
    copy('', '.old');
    await stack.temporal.restart();

    const day = (await stack.clock.now()).toISOString().slice(0, 10);
    for (const [n, walk] of decided.entries())
      await stack.done(n % 2 ? commands.acceptance(walk, day) : commands.rejection(walk));
    issuedAfter = await referred(stack);
    await stack.quiet();

    await stack.temporal.halt();
    stack.temporal.lose();
    copy('.old', '');
    await stack.temporal.restart();
    // A running worker remembers executions that are ahead of the older copy.
    await stack.worker.restart();
    await stack.reconcile();
    await stack.quiet();
  });

  test('every row that waits has its workflow, and no other row', async () => {
    const rows = await waiting();
    await expect(Promise.all(rows.map((row) => stack.refresh(row)))).resolves.toHaveLength(rows.length);
    for (const { referral } of decided.filter((_, n) => n % 2 === 0))
      await stack.ended(`referral/${referral}`);
    expect(await runningInTheEnd(stack, rows)).toEqual(rows);
  });

  test('decided referrals stay decided, the others become silent on their day, and none is wrong', async () => {
    const states = () => Promise.all([...decided, ...undecided, issuedAfter].map(stateOf));
    const kept = ['rejected', 'accepted', 'rejected', 'accepted'];
    expect(await states()).toEqual([...kept, ...Array<string>(5).fill('delivered')]);
    await stack.step('4d');
    expect(await states()).toEqual([...kept, ...Array<string>(5).fill('delivered')]);
    await stack.step('2d');
    expect(await states()).toEqual([...kept, ...Array<string>(5).fill('silent')]);
  });

  test('a decision after that is refused or late, never twice', async () => {
    const [walk] = decided as [Walk];
    expect(await stack.give(commands.rejection(walk))).toMatchObject({ status: 409 });
    const events = await stack.db.event.groupBy({
      by: ['subject', 'type'],
      where: { type: { in: ['referral_accepted', 'referral_rejected', 'referral_silent'] } },
      _count: true,
    });
    expect(events.filter(({ _count }) => _count !== 1)).toEqual([]);
  });

  test('no message was sent twice', async () => {
    const keys = (await stack.messages()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const notices = (await stack.db.notice.findMany()).map(({ key }) => key);
    expect(keys.toSorted()).toEqual(notices.toSorted());
  });
});
