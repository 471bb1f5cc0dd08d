import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../../bench/frame';
import { officials } from './small-world';
import type { Stack, Call, Running } from './stack';
import { commands, newWalk } from './walk';

/** The longest time for an answer. A caller waits as long. */
const ANSWERED_WITHIN_MS = 15_000;
/** The decisions of a case after it is opened. */
const ASSESSMENTS = 3;
/** The time of work between two restarts. */
const BETWEEN_MS = 2000;

/** What became of one process's restart. */
export interface Restarted {
  name: string;
  /** The seconds from the signal to its end, and from its start until it is ready. */
  drain: number;
  start: number;
  /** The slowest answer to a person meanwhile, in milliseconds. */
  slowest: number;
}

export interface Rolled {
  restarts: Restarted[];
  /** The number of decisions and reads that were answered. */
  decisions: number;
  reads: number;
  /** The median and the 95th percentile of a decision, in milliseconds. */
  p50: number;
  p95: number;
  /** A line for each request that failed. */
  failed: string[];
}

/**
 * Restarts each worker and each API of a stack, one after another, while people decide and read.
 *
 * @param clients the people at work
 */
export async function rollingRestart(
  stack: Stack,
  clients: number,
  progress: (restarted: Restarted) => void = () => undefined,
): Promise<Rolled> {
  const answers: { what: 'decision' | 'read'; ms: number }[] = [];
  const failed: string[] = [];
  const over = new AbortController();

  /** @returns the body of a good answer */
  async function ask(what: 'decision' | 'read', request: Call): Promise<any> {
    const { status, body, ms } = await stack.call(request, ANSWERED_WITHIN_MS);
    answers.push({ what, ms });
    const isGood = status >= 200 && status < 300;
    if (!isGood)
      failed.push(
        `${request.method ?? 'GET'} ${request.to}: ${status} after ${ms} ms: ${JSON.stringify(body)}`,
      );
    return isGood ? body : undefined;
  }

  /** A case manager opens case after case. Each case is assessed and read, and so is the list of cases. */
  async function work(): Promise<void> {
    while (!over.signal.aborted) {
      const walk = await newWalk(stack);
      const opened = await ask('decision', commands.opening(walk));
      if (!opened) continue;
      walk.case = opened.id;
      await ask('read', { as: officials.caseManager, to: `/cases/${walk.case}` });
      for (let n = 0; n < ASSESSMENTS; n++) await ask('decision', commands.assessment(walk));
      await ask('read', { as: officials.caseManager, to: `/cases/${walk.case}/timeline` });
      await ask('read', { as: officials.supervisor, to: '/cases' });
    }
  }

  async function restarted(name: string, process: Running): Promise<Restarted> {
    const before = answers.length;
    const drain = await secondsOf(process.halt());
    const start = await secondsOf(process.restart());
    await pause(BETWEEN_MS);
    const slowest = Math.max(...answers.slice(before).map(({ ms }) => ms));
    const result = { name, drain, start, slowest };
    progress(result);
    return result;
  }

  const working = Promise.all(Array.from({ length: clients }, work));
  await pause(BETWEEN_MS);
  const restarts: Restarted[] = [];
  for (const [kind, processes] of Object.entries({ worker: stack.workers, API: stack.apis }))
    for (const [i, process] of processes.entries())
      restarts.push(await restarted(`${kind} ${i + 1}`, process));
  over.abort();
  await working;
  const times = (what: 'decision' | 'read'): number[] =>
    answers.flatMap((answer) => (answer.what === what ? answer.ms : []));
  const decisions = times('decision');
  return {
    restarts,
    decisions: decisions.length,
    reads: times('read').length,
    p50: quantile(decisions, 0.5),
    p95: quantile(decisions, 0.95),
    failed,
  };
}

export const inWords = ({ name, drain, start, slowest }: Restarted): string =>
  `${name}: ended in ${drain.toFixed(1)} s, ready again in ${start.toFixed(1)} s; slowest answer meanwhile ${slowest} ms`;

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return (performance.now() - began) / 1000;
}
