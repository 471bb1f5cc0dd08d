import { monitorEventLoopDelay } from 'node:perf_hooks';
import { testApi } from '../../test/support/api';
import { watchStatements } from '../../test/support/statements';
import {
  exact,
  interleaved,
  inWords,
  type Measure,
  quantile,
  type Result,
  type Row,
  rowOf,
  type Setting,
} from '../frame';
import { planner } from '../plans';
import { named, readingRequests, type Request, type Send } from '../requests';
import { seedRepublic } from '../seed';

type Api = Awaited<ReturnType<typeof testApi>>;

/** The instant of the seeded record. */
export const NOW = new Date('2026-11-30T09:00:00+05:00');

const SMALL = 10_000;
/** Requests of a round. A request that takes longer than this is sent once. */
const AT_ONCE = 3;
const SLOW_MS = 1500;
/** The bounds of a list's plans at any size, in milliseconds. */
const IN_DATABASE = 25;

/** Sends requests as they are: comparing each answer with the document would take longer than the answer. */
export function senderTo(api: Api): Send {
  const tokens = new Map<string, Promise<string>>();
  return async ({ as, method, to, body }) => {
    const token = tokens.get(as.sub) ?? api.token(as, 600);
    tokens.set(as.sub, token);
    const answer = await fetch(`${api.base}${to}`, {
      method,
      headers: {
        Authorization: `Bearer ${await token}`,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  };
}

async function republic(cases: number, progress: Setting['progress']): Promise<Side> {
  const api = await testApi();
  api.time.now = NOW;
  await seedRepublic(api.url, cases, { progress });
  return { api, url: api.url, send: senderTo(api) };
}

/** The longest time in which the event loop did nothing else, in milliseconds, while a request was answered. */
async function blockedBy(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

/** One side: an API on a seeded record. */
interface Side {
  api: Api;
  url: string;
  send: Send;
}

/** Each request on both sides in turn, with its plans on the large one. */
async function readOnBoth({ rounds, progress }: Setting, large: Side, small: Side): Promise<Result> {
  const watch = watchStatements();
  const plans = await planner(large.url);
  const { requests, without } = await readingRequests(large.send);
  const theirs = new Map(
    (await readingRequests(small.send)).requests.map((request) => [nameOfKind(request), request]),
  );
  const rows: Row[] = [];
  const notes = without.length > 0 ? [`The seeded record has no row for ${without.join(', ')}`] : [];
  for (const [index, request] of requests.entries()) {
    const name = named(request);
    const isReport = request.to.startsWith('/v1/reports/');
    const inSmall = theirs.get(nameOfKind(request)) ?? request;
    let status = 0;
    let blocked = 0;
    const from = performance.now();
    const statements = await watch.of(async () => {
      blocked = await blockedBy(async () => ({ status } = await large.send(request)));
    });
    const firstMs = performance.now() - from;
    if (status !== 200) notes.push(`${name}: ${status} after ${Math.round(firstMs)} ms`);
    const count = firstMs > SLOW_MS ? 1 : AT_ONCE;
    const measured = await interleaved({ rounds, progress: () => undefined }, name, {
      product: () => medianOf(count, () => large.send(request)),
      baseline: () => medianOf(count, () => small.send(inSmall)),
    });
    const row = rowOf(measured, 'ms', {
      what: name,
      unit: 'ms',
      target: isReport ? { orAtMost: 2000 } : { atMost: 1.3, orAtMost: 20 },
    });
    rows.push(row);
    if (isReport)
      rows.push({
        what: `${name}, event loop`,
        unit: 'ms',
        product: exact(blocked),
        target: { orAtMost: 50 },
      });
    const at = `${index + 1} of ${requests.length}`;
    progress(
      `${at}: ${name} ${inWords(row.product)} ms, at ${SMALL} cases ${inWords(row.baseline ?? exact(0))}`,
    );
    for (const { ms, rows: read, lines, sql, scanned } of await plans.of(statements))
      if (ms > IN_DATABASE || (scanned.length > 0 && read > 0))
        notes.push(
          `${name}: ${ms.toFixed(1)} ms, ${read} rows read: ${lines.join('; ')} — ${sql.replaceAll(/\s+/g, ' ').slice(0, 160)}`,
        );
  }
  await plans.close();
  watch.stop();
  return { rows, notes };
}

export const reading: Measure = {
  id: 'P5',
  title: 'Reading at a million cases',
  baseline: `the same requests at ${SMALL} cases`,
  async run(setting) {
    const small = await republic(SMALL, setting.progress);
    const large = await republic(setting.large, setting.progress);
    try {
      return await readOnBoth(setting, large, small);
    } finally {
      await small.api.close();
      await large.api.close();
    }
  },
};

/** A request without the number of its row: the two databases have different ones. */
const nameOfKind = (request: Request): string => named(request).replaceAll(/\/[A-Z]{1,2}-\d[\w-]*/g, '/{id}');

async function medianOf(count: number, work: () => Promise<unknown>): Promise<{ ms: number }> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return { ms: quantile(times, 0.5) };
}
