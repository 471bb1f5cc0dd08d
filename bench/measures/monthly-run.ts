import { randomUUID } from 'node:crypto';
import { defaultQuestions } from '../../domain/registers';
import type { Settings } from '../../domain/settings';
import { refreshOf } from '../../records/kernel/walking';
import { applied, furnish, order, worksSince } from '../../test/support/budget';
import { eventually } from '../../test/support/eventually';
import { officials } from '../../test/support/small-world';
import { BY_HAND } from '../by-hand/activities';
import { exact, load, type Measure, type Setting } from '../frame';
import { must } from '../http';
import { type Live, startLive } from '../live';
import { copied } from '../many';

/** Months of the law that sets amounts, each with the morning on which everything about it is due. */
export const BEGINS = '2024-10-20T09:00:00+05:00';
const HIRED = '2024-10-01';
export const FIRST = { month: '2024-10', at: '2024-11-06T09:00:00+05:00' };
const SECOND = { month: '2024-11', at: '2024-12-06T09:00:00+05:00' };
const BATCH = 200;
/** The share of the subsidies that runs with the bound of questions, too. */
const BOUND_SHARE = 0.1;

/** No register is asked fewer questions than the worker can ask. */
export const LIFTED: Partial<Settings> = {
  questions: { ...defaultQuestions, yammt: { atOnce: 100, aMinute: 100_000 } },
};
/** Children of one workflow written by hand: its history stays short enough. */
const TOGETHER = 500;

/** An ordered subsidy, and copies of it for other people. The labour register knows each of them. */
export async function runningSubsidies(live: Live, count: number, { progress }: Setting): Promise<string[]> {
  const { stack, pool } = live;
  await furnish(stack, 2024);
  const { id } = await applied(stack, HIRED);
  await order(stack, id);
  await stack.quiet();
  const people = await live.people(count);
  const { rows } = await pool.query<{ pinfl: string }>('SELECT pinfl FROM people WHERE id = ANY($1)', [
    people,
  ]);
  progress(`the labour register learns of ${count} people`);
  await load(16, count, (n) => stack.register(worksSince(rows[n]?.pinfl ?? '', HIRED)));
  const first = Number(people[0]?.slice('P-'.length));
  const number = `'S-' || 500000 + nth`;
  const copy = (table: string, which: string, other: Record<string, string>): Promise<void> =>
    copied(pool, table, which, count, other);
  await copy('subsidies', `it.id = '${id}'`, {
    id: number,
    person_id: `'P-' || lpad((${first - 1} + nth)::text, 6, '0')`,
    order_number: number,
  });
  await copy('tasks', `it.subject = 'subsidy/${id}' AND it.closed_at IS NULL`, {
    subject: `'subsidy/' || ${number}`,
  });
  await copy('hands', `it.subject = 'subsidy/${id}'`, { subject: `'subsidy/' || ${number}` });
  await copy('commitments', `it.subsidy_id = '${id}'`, { subsidy_id: number });
  await copy('ledger_entries', `it.subsidy_id = '${id}' OR it.act = '${id}'`, {
    posting: `it.posting || nth`,
    subsidy_id: `CASE it.subsidy_id WHEN '' THEN '' ELSE ${number} END`,
    act: number,
  });
  const subjects = Array.from({ length: count }, (_, n) => `subsidy/S-${500001 + n}`);
  progress(`${count} subsidies begin`);
  await load(16, count, (n) => live.client.workflow.signalWithStart(...refreshOf(subjects[n] ?? '')));
  await live.rest();
  return subjects;
}

/** The seconds until the claims of a month are opened, asked about and ready. */
export async function monthlyRun(
  live: Live,
  subjects: readonly string[],
  { month, at }: typeof FIRST,
): Promise<number> {
  await live.stack.setClock(new Date(at));
  const from = performance.now();
  const signalled = load(16, subjects.length, (n) =>
    live.client.workflow.signalWithStart(...refreshOf(subjects[n] ?? '')),
  );
  await eventually(
    async () => {
      const { rows } = await live.pool.query<{ ready: number }>(
        "SELECT count(*)::int AS ready FROM claims WHERE state = 'ready' AND month = $1 AND subsidy_id > 'S-5'",
        [month],
      );
      return (rows[0]?.ready ?? 0) >= subjects.length;
    },
    { seconds: 3600, everyMs: 250 },
  );
  const seconds = (performance.now() - from) / 1000;
  await signalled;
  return seconds;
}

async function byHand(live: Live, count: number): Promise<number> {
  await live.startByHand();
  const sizes = Array.from({ length: Math.ceil(count / TOGETHER) }, (_, n) =>
    Math.min(TOGETHER, count - n * TOGETHER),
  );
  const from = performance.now();
  await Promise.all(
    sizes.map((size) => {
      const workflowId = randomUUID();
      return live.client.workflow.execute('bareMonth', {
        workflowId,
        args: [workflowId, size],
        taskQueue: BY_HAND,
      });
    }),
  );
  return (performance.now() - from) / 1000;
}

/** The seconds until a batch of ready claims is approved. The same key goes on with those that were not tried in time. */
async function batch(live: Live): Promise<number> {
  const { rows } = await live.pool.query<{ claim: string; revision: number; amount: number }>(
    "SELECT id AS claim, revision, amount::int AS amount FROM claims WHERE state = 'ready' AND subsidy_id > 'S-5' ORDER BY id LIMIT $1",
    [BATCH],
  );
  const token = await live.stack.tokenOf(officials.financeOfficer);
  const key = randomUUID();
  const from = performance.now();
  for (;;) {
    const answer = await must(
      'POST',
      `${live.stack.apiUrl}/v1/claims/approvals`,
      token,
      { items: rows },
      key,
    );
    const results = answer['results'] as { result: string }[];
    const refused = results.find(({ result }) => result !== 'approved' && result !== 'not_tried');
    if (refused) throw new Error(`the batch: ${JSON.stringify(refused)}`);
    if (results.every(({ result }) => result === 'approved')) return (performance.now() - from) / 1000;
  }
}

export const monthlyRuns: Measure = {
  id: 'P8',
  title: 'The monthly run of claims',
  baseline:
    'bare child workflows with as many activities. A product’s claim asks a register over HTTP besides',
  async run(setting) {
    const count = Math.ceil(setting.many / 2);
    const live = await startLive({ begins: BEGINS, settings: LIFTED });
    try {
      const theirs = await byHand(live, count);
      setting.progress(`${count} bare children: ${theirs.toFixed(1)} s`);
      const subjects = await runningSubsidies(live, count, setting);
      const ours = await monthlyRun(live, subjects, FIRST);
      setting.progress(`${count} claims ready: ${ours.toFixed(1)} s`);
      const approved = await batch(live);
      await live.stack.workWith({});
      const some = subjects.slice(0, Math.ceil(count * BOUND_SHARE));
      const bounded = await monthlyRun(live, some, SECOND);
      return {
        rows: [
          {
            what: `claims opened, asked about and ready, of ${count} subsidies`,
            unit: 'a second',
            product: exact(count / ours),
            baseline: exact(count / theirs),
            ratio: exact(theirs / ours),
            target: { atLeast: 0.8 },
          },
          {
            what: `the same of ${some.length} subsidies, with the bound of ${defaultQuestions.yammt.aMinute} questions a minute`,
            unit: 'a second',
            product: exact(some.length / bounded),
          },
          {
            what: `a batch of ${BATCH} approved`,
            unit: 's',
            product: exact(approved),
            target: { atMost: 10 },
          },
        ],
      };
    } finally {
      await live.close();
    }
  },
};
