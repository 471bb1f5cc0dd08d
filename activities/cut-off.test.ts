import { Client, type Connection } from 'pg';
import type { Bench } from '../test/support/bench';
import { decisionNames, given, onRecord, statusOf } from '../test/support/decisions';
import { eventually } from '../test/support/eventually';

let bench: Bench;
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

test.each(decisionNames)(
  '%s, cut off between any two statements, is all done or not begun, and the same command ends it',
  async (which) => {
    const { subject, activity, command, ...on } = await given(which);
    bench = on.bench;
    const carryOut = async () => bench.activities.named[activity]?.(subject, command);
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
    expect(await carryOut()).toMatchObject({ status: statusOf(which) });
    expect(await onRecord(bench)).toEqual(after);
  },
);
