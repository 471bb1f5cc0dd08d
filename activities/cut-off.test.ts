import { Client, type Connection } from 'pg';
import {
  type Bench,
  caseManager,
  employerActor,
  pathwayHandlers,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../test/support/bench';
import { eventually } from '../test/support/eventually';
import { findings, jobPlan, openedCase } from '../test/support/cases';
import type { Actor } from '../domain/roles';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
});
afterEach(() => bench.close());

const plain = Client.prototype.query;

/**
 * Does some work while the connection is cut off as the end of the process does it: in place of the nth statement, or once a COMMIT
 * is answered.
 *
 * @returns the statement at which the connection was cut off; undefined where the work ended before
 */
async function cutOff(
  at: number | 'after COMMIT',
  work: () => Promise<unknown>,
): Promise<string | undefined> {
  let sent = 0;
  let last: string | undefined;
  Client.prototype.query = async function query(
    this: Client & { connection: Connection },
    ...args: unknown[]
  ) {
    const [asked] = args as [string | { text: string }];
    const sql = typeof asked === 'string' ? asked : asked.text;
    sent += 1;
    const isLast = at === 'after COMMIT' ? sql === 'COMMIT' : sent === at;
    if (at === 'after COMMIT' || !isLast) {
      const answer: unknown = await Reflect.apply(plain, this, args);
      if (!isLast) return answer;
    }
    last = sql;
    this.connection.stream.destroy();
    throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
  } as typeof plain;
  try {
    await work().catch((error: unknown) => {
      if (last === undefined) throw error;
    });
    return last;
  } finally {
    Client.prototype.query = plain;
  }
}

/** Everything that a decision may write. */
async function onRecord({ db }: Bench): Promise<unknown[]> {
  const byId = { orderBy: { id: 'asc' } } as const;
  return [
    await db.case.findMany(byId),
    await db.referral.findMany(byId),
    await db.inspection.findMany(byId),
    await db.measure.findMany(),
    await db.caseVersion.findMany(),
    await db.task.findMany(byId),
    await db.event.findMany(byId),
    await db.notice.findMany({ orderBy: { key: 'asc' } }),
    await db.outbox.findMany(byId),
    await db.command.findMany(byId),
  ];
}

/** The decisions, each on a row that is ready for it. */
const decisions: Record<
  string,
  () => Promise<{ subject: string; name: string; body: object; actor: Actor }>
> = {
  async assessment() {
    const id = await openedCase(bench, world.personId);
    return { subject: `case/${id}`, name: 'assessment', body: findings, actor: caseManager };
  },
  async plan() {
    const id = await openedCase(bench, world.personId);
    await bench.give(`case/${id}`, 'assessment', findings, caseManager);
    return { subject: `case/${id}`, name: 'plan', body: jobPlan, actor: caseManager };
  },
  async 'the referral'() {
    const id = await plannedCase(bench, world.personId);
    return { subject: `case/${id}`, name: 'referral', body: { vacancy: world.vacant }, actor: caseManager };
  },
  async 'an acceptance'() {
    const id = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
    const body = { decision: 'accept', startOn: '2023-03-06' };
    const actor = employerActor(world.employerId);
    return { subject: `referral/${id}`, name: 'decision', body, actor };
  },
};

test.each(Object.keys(decisions))(
  '%s, cut off between any two statements, is all done or not begun, and the same command ends it',
  async (which) => {
    const { subject, name, body, actor } = (await decisions[which]?.()) ?? {
      subject: '',
      name: '',
      body: {},
      actor: caseManager,
    };
    const command = await bench.record(subject, name, body, actor);
    const [kind] = subject.split('/');
    const carryOut = async () => bench.activities.named[`${kind}.${name}`]?.(subject, command);
    const before = await onRecord(bench);
    let last: string | undefined;
    for (let n = 1; last !== 'COMMIT'; n++) {
      last = await cutOff(n, carryOut);
      expect(last).toBeDefined();
      expect(await eventually(() => onRecord(bench))).toEqual(before);
    }
    expect(await cutOff('after COMMIT', carryOut)).toBe('COMMIT');
    const after = await eventually(() => onRecord(bench)); // the pool may have the dead connection yet
    expect(after).not.toEqual(before);
    expect(await carryOut()).toMatchObject({ status: name === 'referral' ? 201 : 200 });
    expect(await onRecord(bench)).toEqual(after);
  },
);
