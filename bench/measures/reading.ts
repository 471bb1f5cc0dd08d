import { monitorEventLoopDelay } from 'node:perf_hooks';
import { testApi } from '../../test/support/api';
import { watchStatements } from '../../test/support/statements';
import {
  exact,
  type Measure,
  quantile,
  type Result,
  type Rounds,
  type Row,
  rowOf,
  type Setting,
  spread,
} from '../frame';
import { keptRepublic } from '../kept';
import { type Planned, planner } from '../plans';
import { named, readingRequests, type Request, type Send } from '../requests';
import { seedRepublic } from '../seed';

type Api = Awaited<ReturnType<typeof testApi>>;

/** The instant of the seeded record. */
export const NOW = new Date('2026-11-30T09:00:00+05:00');

const SMALL = 10_000;
/** Requests of a round on each side, and runs of a statement. */
const AT_ONCE = 3;
/** The bounds of a statement at any size, in milliseconds: of a list's page, and of a total or of a filter on computed facts. */
const OF_A_PAGE = 5;
const OF_A_TOTAL = 25;
const SIFTED = /[?&](overdue|waitingFor|blocked|case)=|\/matches$/;

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

async function republic(cases: number, { keeps, progress }: Setting): Promise<Side> {
  const api = await testApi({}, keeps ? { open: () => keptRepublic(cases, progress) } : {});
  api.time.now = NOW;
  if (!keeps) await seedRepublic(api.url, cases, { progress });
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

/** A request on both sides, and its figures so far. */
interface Asked extends Rounds<'ms'> {
  name: string;
  isReport: boolean;
  ofLarge(): Promise<void>;
  ofSmall(): Promise<unknown>;
  blocked: number[];
  plans: readonly Planned[];
}

/**
 * Each request on both sides in turn, with its plans on the large one. A round asks all requests, so that the rounds of each lie apart:
 * some busy minutes of the machine are one round of many requests, not all rounds of one.
 */
async function readOnBoth({ rounds, progress }: Setting, large: Side, small: Side): Promise<Result> {
  const watch = watchStatements();
  const plans = await planner(large.url, '', AT_ONCE);
  const { requests, without } = await readingRequests(large.send);
  const theirs = new Map(
    (await readingRequests(small.send)).requests.map((request) => [nameOfKind(request), request]),
  );
  const failed = new Set<string>();
  const asked = requests.map((request): Asked => {
    const name = named(request);
    return {
      name,
      isReport: request.to.startsWith('/v1/reports/'),
      async ofLarge() {
        const { status } = await large.send(request);
        if (status !== 200) failed.add(`${name}: ${status}`);
      },
      ofSmall: () => small.send(theirs.get(nameOfKind(request)) ?? request),
      product: [],
      baseline: [],
      blocked: [],
      plans: [],
    };
  });
  for (const [index, one] of asked.entries()) {
    one.plans = await plans.of(await watch.of(one.ofLarge));
    progress(`plans, ${index + 1} of ${asked.length}: ${one.name}`);
  }
  await plans.close();
  watch.stop();
  for (let round = 0; round < rounds; round++)
    for (const [index, one] of asked.entries()) {
      await inTurn(one, round % 2 === 0);
      progress(`round ${round + 1} of ${rounds}, ${index + 1} of ${asked.length}: ${one.name}`);
    }
  const notes = asked.flatMap(({ name, plans: its }) =>
    its
      .filter((plan) => plan.ms > boundOf(name, plan) || (plan.scanned.length > 0 && plan.rows > 0))
      .map((plan) => `${name}: ${inOneLine(plan)}`),
  );
  const lacking = without.length > 0 ? [`The seeded record has no row for ${without.join(', ')}`] : [];
  return {
    rows: asked.flatMap((one) => [
      rowOf(one, 'ms', {
        what: one.name,
        unit: 'ms',
        target: one.isReport ? { orAtMost: 2000 } : { atMost: 1.3, orAtMost: 20 },
      }),
      ...(one.isReport ? [eventLoop(one)] : inDatabase(one)),
    ]),
    notes: [...failed, ...lacking, ...notes],
  };
}

/** The median of some requests on each side. A report is long, and is asked for once. */
async function inTurn(one: Asked, isLargeFirst: boolean): Promise<void> {
  const ofLarge = async (): Promise<void> => {
    const ms = await medianOf(one.isReport ? 1 : AT_ONCE, async () => {
      if (one.isReport) one.blocked.push(await blockedBy(one.ofLarge));
      else await one.ofLarge();
    });
    one.product.push(ms);
  };
  const ofSmall = async (): Promise<void> => void one.baseline.push(await medianOf(AT_ONCE, one.ofSmall));
  for (const side of isLargeFirst ? [ofLarge, ofSmall] : [ofSmall, ofLarge]) await side();
}

const eventLoop = ({ name, blocked }: Asked): Row => ({
  what: `${name}, event loop`,
  unit: 'ms',
  product: spread(blocked),
  target: { orAtMost: 50 },
});

/** A statement that counts or sifts may take longer than one that reads a page. */
const boundOf = (request: string, { sql }: Planned): number =>
  /^\s*SELECT\s+count\(/i.test(sql) || SIFTED.test(request) ? OF_A_TOTAL : OF_A_PAGE;

/** The slowest statement of those that have the same bound. The scrape does not wait for the count of the metrics. */
function inDatabase({ name, plans }: Asked): Row[] {
  if (name.endsWith('/metrics')) return [];
  return [OF_A_PAGE, OF_A_TOTAL].flatMap((bound) => {
    const times = plans.filter((plan) => boundOf(name, plan) === bound).map(({ ms }) => ms);
    if (times.length === 0) return [];
    const what = `${name}, in the database${bound === OF_A_TOTAL ? ', total' : ''}`;
    return [{ what, unit: 'ms', product: exact(Math.max(...times)), target: { orAtMost: bound } }];
  });
}

const inOneLine = ({ ms, rows, lines, sql }: Planned): string =>
  `${ms.toFixed(1)} ms, ${rows} rows read: ${lines.join('; ')} — ${sql.replaceAll(/\s+/g, ' ').slice(0, 160)}`;

export const reading: Measure = {
  id: 'P5',
  title: 'Reading at a million cases',
  baseline: `the same requests at ${SMALL} cases`,
  async run(setting) {
    const small = await republic(SMALL, setting);
    const large = await republic(setting.large, setting);
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

/** The first of several is not counted: the requests before it have filled the caches with other rows. */
async function medianOf(count: number, work: () => Promise<unknown>): Promise<{ ms: number }> {
  const times: number[] = [];
  if (count > 1) await work();
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return { ms: quantile(times, 0.5) };
}
