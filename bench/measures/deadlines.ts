import { setTimeout as sleep } from 'node:timers/promises';
import { refreshOf } from '../../records/kernel/walking';
import { eventually } from '../../test/support/eventually';
import { officials } from '../../test/support/small-world';
import { exact, load, type Measure, quantile } from '../frame';
import { must } from '../http';
import { type Live, startLive } from '../live';
import { copied } from '../many';
import { findings, plan } from './decisions';

const DUE = 1000;
/** From the last preparation to the instant at which the deadlines end. */
const AHEAD_MS = 120_000;
const SWEEP_MS = 60_000;
const DECISIONS = 60;
const BETWEEN_DECISIONS_MS = 250;
/** A decision that waits for nothing takes less. */
const AT_REST_MS = 300;

/** A referral that waits for its employer, and copies of it for other people. */
async function waitingReferrals(live: Live, count: number): Promise<string[]> {
  const { apiUrl, tokenOf, world } = live.stack;
  const manager = await tokenOf(officials.caseManager);
  const [person = ''] = await live.people(1, 'recommended');
  const { id } = await must('POST', `${apiUrl}/v1/cases`, manager, { person, consent: { by: 'person' } });
  const theCase = String(id);
  await must('PUT', `${apiUrl}/v1/cases/${theCase}/assessment`, manager, findings);
  await must('PUT', `${apiUrl}/v1/cases/${theCase}/plan`, manager, plan);
  await live.rest();
  const made = await must('POST', `${apiUrl}/v1/cases/${theCase}/referrals`, manager, {
    vacancy: world.vacant,
  });
  const referral = String(made['id']);
  await eventually(
    async () => {
      const { rows } = await live.pool.query<{ state: string }>('SELECT state FROM referrals WHERE id = $1', [
        referral,
      ]);
      return rows[0]?.state === 'delivered';
    },
    { seconds: 120 },
  );
  const number = (letter: string): string => `'${letter}-' || 500000 + nth`;
  const whose = { person_id: number('P'), case_id: number('C') };
  const copy = (table: string, which: string, other: Record<string, string>): Promise<void> =>
    copied(live.pool, table, which, count, other);
  await copy('people', `it.id = '${person}'`, { id: number('P'), pinfl: `(30000000000000 + nth)::text` });
  await copy('cases', `it.id = '${theCase}'`, { id: number('C'), person_id: number('P') });
  await copy('measures', `it.case_id = '${theCase}'`, { case_id: number('C') });
  await copy('referrals', `it.id = '${referral}'`, { id: number('R'), ...whose });
  await copy('tasks', `it.subject = 'referral/${referral}' AND it.closed_at IS NULL`, {
    subject: `'referral/' || ${number('R')}`,
    ...whose,
  });
  await copy('tasks', `it.subject = 'case/${theCase}' AND it.closed_at IS NULL`, {
    subject: `'case/' || ${number('C')}`,
    ...whose,
  });
  const copies = Array.from({ length: count }, (_, n) => `referral/R-${500001 + n}`);
  await load(16, count, (n) => live.client.workflow.signalWithStart(...refreshOf(copies[n] ?? '')));
  return copies;
}

/** People decide a few times a second. Returns the 95th percentile of their times, in milliseconds. */
async function decisions(
  live: Live,
  cases: readonly string[],
  isOver: (decided: number) => boolean,
): Promise<number> {
  const manager = await live.stack.tokenOf(officials.caseManager);
  const times: number[] = [];
  while (!isOver(times.length)) {
    const url = `${live.stack.apiUrl}/v1/cases/${cases[times.length % cases.length]}/assessment`;
    const from = performance.now();
    await must('PUT', url, manager, findings);
    times.push(performance.now() - from);
    await sleep(BETWEEN_DECISIONS_MS);
  }
  return quantile(times, 0.95);
}

/** How late a sweep each minute is, as others do it: it reads what is due, and writes it row by row. */
async function sweep({ pool }: Live): Promise<{ first: number; last: number }> {
  await pool.query('CREATE TABLE swept (id int PRIMARY KEY, due timestamptz NOT NULL, done timestamptz)');
  await pool.query(
    `INSERT INTO swept SELECT n, now() + interval '10 seconds' FROM generate_series(1, ${DUE}) AS n`,
  );
  await pool.query('CREATE INDEX ON swept (due) WHERE done IS NULL');
  // The sweep knows nothing of the deadline, so it comes within the minute after it: here half a minute after.
  await sleep(10_000 + SWEEP_MS / 2);
  const { rows } = await pool.query<{ id: number }>(
    'SELECT id FROM swept WHERE done IS NULL AND due <= now() ORDER BY due',
  );
  for (const { id } of rows)
    await pool.query('UPDATE swept SET done = clock_timestamp() WHERE id = $1', [id]);
  const late = await pool.query<{ first: number; last: number }>(
    'SELECT min(extract(epoch FROM done - due))::float8 AS first, max(extract(epoch FROM done - due))::float8 AS last FROM swept',
  );
  return late.rows[0] ?? { first: NaN, last: NaN };
}

export const deadlines: Measure = {
  id: 'P7',
  title: 'A thousand deadlines at the same instant',
  baseline:
    'a sweep each minute, half a minute after the deadline: one statement a row. It only notes that the row is over',
  async run({ many, server, progress }) {
    const live = await startLive({ server });
    try {
      const swept = await sweep(live);
      progress(`the sweep: ${swept.first.toFixed(1)} to ${swept.last.toFixed(1)} s late`);
      const referrals = await waitingReferrals(live, many);
      progress(`${many} referrals wait`);
      const people = await live.people(20);
      const manager = await live.stack.tokenOf(officials.caseManager);
      const cases: string[] = [];
      for (const person of people) {
        const { id } = await must('POST', `${live.stack.apiUrl}/v1/cases`, manager, {
          person,
          consent: { by: 'person' },
        });
        cases.push(String(id));
      }
      await live.rest();
      // Thousands of workflows have just been begun. While the worker still looks at their rows, a decision waits for them.
      await eventually(async () => (await decisions(live, cases, (decided) => decided >= 5)) < AT_REST_MS);
      const before = await decisions(live, cases, (decided) => decided >= DECISIONS);

      const due = referrals.slice(0, DUE);
      const {
        rows: [instant],
      } = await live.pool.query<{ at: Date }>(
        `UPDATE tasks SET due = at - interval '1 second', next_at = at, rung = 2 FROM (SELECT date_trunc('second', now()) + $2 * interval '1 ms' AS at) AS instant
         WHERE subject = ANY($1) AND kind = 'decision' RETURNING at`,
        [due, AHEAD_MS],
      );
      await load(16, due.length, (n) => live.client.workflow.signalWithStart(...refreshOf(due[n] ?? '')));
      const left = async (): Promise<number> => {
        const { rows } = await live.pool.query<{ left: number }>(
          "SELECT count(*)::int AS left FROM tasks WHERE subject = ANY($1) AND kind = 'decision' AND closed_at IS NULL",
          [due],
        );
        return rows[0]?.left ?? 0;
      };
      if ((await left()) < due.length)
        throw new Error('deadlines passed before their instant: prepare fewer');
      let over = false;
      const ended = eventually(async () => (await left()) === 0, { seconds: 900, everyMs: 500 }).finally(
        () => (over = true),
      );
      await eventually(async () => (await left()) < due.length, { seconds: 300, everyMs: 250 });
      const meanwhile = await decisions(live, cases, () => over);
      await ended;
      let woken = false;
      const rest = eventually(
        async () => {
          const { rows } = await live.pool.query<{ left: number }>(
            'SELECT count(*)::int AS left FROM outbox WHERE can_wait',
          );
          return rows[0]?.left === 0;
        },
        { seconds: 900, everyMs: 500 },
      ).finally(() => (woken = true));
      const afterwards = await decisions(live, cases, () => woken);
      await rest;
      const {
        rows: [inspections],
      } = await live.pool.query<{ late: number }>('SELECT extract(epoch FROM now() - $1)::float8 AS late', [
        instant?.at,
      ]);
      const { rows } = await live.pool.query<{ first: number; last: number }>(
        `SELECT min(extract(epoch FROM closed_at - $2))::float8 AS first, max(extract(epoch FROM closed_at - $2))::float8 AS last
         FROM tasks WHERE subject = ANY($1) AND kind = 'decision'`,
        [due, instant?.at],
      );
      const { first, last } = rows[0] ?? { first: NaN, last: NaN };
      return {
        rows: [
          {
            what: `the first of ${DUE}, while ${many} wait: late`,
            unit: 's',
            product: exact(first),
            baseline: exact(swept.first),
            target: { orAtMost: 2 },
          },
          {
            what: `the last of ${DUE}: late`,
            unit: 's',
            product: exact(last),
            baseline: exact(swept.last),
            target: { orAtMost: 60 },
          },
          {
            what: 'decisions meanwhile, p95, beside those before',
            unit: 'ms',
            product: exact(meanwhile),
            baseline: exact(before),
            ratio: exact(meanwhile / before),
            target: { atMost: 2 },
          },
          {
            what: 'the last inspection begins: late',
            unit: 's',
            product: exact(inspections?.late ?? NaN),
          },
          {
            what: 'decisions while the inspections begin, p95, beside those before',
            unit: 'ms',
            product: exact(afterwards),
            baseline: exact(before),
            ratio: exact(afterwards / before),
          },
        ],
      };
    } finally {
      await live.close();
    }
  },
};
