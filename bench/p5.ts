import { monitorEventLoopDelay } from 'node:perf_hooks';
import { testApi } from '../test/support/api';
import { watchStatements } from '../test/support/statements';
import { exact, type Measure, quantile, type Row, type Setting, spread } from './frame';
import { type Planned, planner } from './plans';
import { named, readingRequests, type Request, type Send } from './requests';
import { seedRepublic } from './seed';

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

async function republic(cases: number, progress: Setting['progress']): Promise<{ api: Api; send: Send }> {
  const api = await testApi();
  api.time.now = NOW;
  await seedRepublic(api.url, cases, progress);
  return { api, send: senderTo(api) };
}

/** The longest time in which the event loop did nothing else, in milliseconds, while a request was answered. */
async function blockedBy(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

export const p5: Measure = {
  id: 'P5',
  title: 'Reading at a million cases',
  baseline: 'the same requests at 10,000 cases',
  async run({ rounds, large: cases, progress }) {
    const watch = watchStatements();
    const small = await republic(SMALL, progress);
    const large = await republic(cases, progress);
    const plans = await planner(large.api.url);
    const { requests } = await readingRequests(large.send);
    const { requests: inSmall } = await readingRequests(small.send);
    const theirs = new Map(inSmall.map((request) => [nameOfKind(request), request]));

    const rows: Row[] = [];
    const notes: string[] = [];
    for (const [index, request] of requests.entries()) {
      const name = named(request);
      const inTheSmall = theirs.get(nameOfKind(request)) ?? request;
      let status = 0;
      const first = performance.now();
      let blocked = 0;
      const statements = await watch.of(async () => {
        blocked = await blockedBy(async () => ({ status } = await large.send(request)));
      });
      const firstMs = performance.now() - first;
      if (status !== 200) notes.push(`${name}: ${status} after ${Math.round(firstMs)} ms`);
      const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
      const count = firstMs > SLOW_MS ? 1 : AT_ONCE;
      for (let round = 0; round < rounds; round++) {
        const sides = [
          () => medianOf(count, () => large.send(request)).then((ms) => times.ours.push(ms)),
          () => medianOf(count, () => small.send(inTheSmall)).then((ms) => times.theirs.push(ms)),
        ];
        for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
      }
      const isReport = request.to.startsWith('/v1/reports/');
      const row: Row = {
        what: name,
        unit: 'ms',
        product: spread(times.ours),
        baseline: spread(times.theirs),
        ratio: spread(times.ours.map((ms, round) => ms / (times.theirs[round] ?? NaN))),
        target: isReport ? { orAtMost: 2000 } : { atMost: 1.3, orAtMost: 20 },
      };
      rows.push(row);
      progress(
        `${index + 1} of ${requests.length}: ${name} ${Math.round(row.product.median)} ms, ${Math.round(row.baseline?.median ?? 0)} at ${SMALL}`,
      );
      if (isReport)
        rows.push({
          what: `${name}, event loop`,
          unit: 'ms',
          product: exact(blocked),
          target: { atMost: 50 },
        });
      const planned = await plans.of(statements).catch(() => [] as Planned[]);
      const slow = planned.filter(({ ms, scanned }) => ms > IN_DATABASE || scanned.length > 0);
      for (const { ms, rows: read, lines, sql } of slow)
        notes.push(
          `${name}: ${ms.toFixed(1)} ms, ${read} rows read: ${lines.join('; ')} — ${sql.replaceAll(/\s+/g, ' ').slice(0, 160)}`,
        );
    }
    await plans.close();
    watch.stop();
    await small.api.close();
    await large.api.close();
    return { rows, notes };
  },
};

/** A request without the number of its row: the two databases have different ones. */
const nameOfKind = (request: Request): string => named(request).replaceAll(/\/[A-Z]{1,2}-\d[\w-]*/g, '/{id}');

async function medianOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return quantile(times, 0.5);
}
