import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Records } from '../../records/kernel/transaction';
import { statusOf } from './body';

export interface Metrics {
  observe: RequestHandler;
  /** The text Prometheus reads. */
  scrape(): Promise<string>;
  contentType: string;
}

const COUNT_WITHIN_MS = 10;

/** The durations of requests by route template and status, and the number of open waits, counted at each scrape. */
export function createMetrics(records: Records): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route template and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  const open = new Gauge({
    name: 'open_tasks',
    help: 'Open waits by kind and by the role that owes.',
    labelNames: ['kind', 'role'],
    registers: [register],
  });
  const overdue = new Gauge({
    name: 'overdue_tasks',
    help: 'Open waits past their due instant, by kind and by the role that owes.',
    labelNames: ['kind', 'role'],
    registers: [register],
  });

  const outgoing = new Gauge({
    name: 'undone',
    help: 'Recorded work that is not done yet: messages to send, workflows to wake, commands without an answer.',
    labelNames: ['what'],
    registers: [register],
  });

  const defects = new Counter({
    name: 'defects_total',
    help: 'Steps, commands, questions and messages that a fault of the service stopped, since the first.',
    registers: [register],
  });

  async function countUndone(): Promise<void> {
    const { notice, outbox, command } = records.db;
    outgoing.set({ what: 'messages' }, await notice.count({ where: { state: 'queued' } }));
    const waiting = await outbox.count({ where: { canWait: true } });
    outgoing.set({ what: 'wakes' }, Math.max(0, (await outbox.count()) - waiting));
    outgoing.set({ what: 'wakes after a burst' }, waiting);
    outgoing.set({ what: 'commands' }, await command.count({ where: { state: 'pending' } }));
    outgoing.set({ what: 'failed commands' }, await command.count({ where: { state: 'failed' } }));
    defects.reset();
    defects.inc(await records.db.event.count({ where: { type: 'defect' } }));
  }

  async function countTasks(): Promise<void> {
    const now = await records.clock.now();
    const rows = await records.db.$queryRaw<{ kind: string; role: string; all: number; late: number }[]>`
      SELECT kind, role, count(*)::int AS all, count(*) FILTER (WHERE due < ${now})::int AS late
      FROM tasks WHERE closed_at IS NULL GROUP BY kind, role`;
    open.reset();
    overdue.reset();
    for (const { kind, role, all, late } of rows) {
      open.set({ kind, role }, all);
      if (late > 0) overdue.set({ kind, role }, late);
    }
    counted = true;
  }

  let counted = false;
  let counting: Promise<void> | undefined;

  /** Among very many open waits a count takes longer than a scrape waits. The figures are then those of the count before. */
  async function recountTasks(): Promise<void> {
    counting ??= countTasks().finally(() => (counting = undefined));
    await (counted ? Promise.race([counting, sleep(COUNT_WITHIN_MS)]) : counting);
  }

  return {
    contentType: register.contentType,
    observe(req, res, next) {
      const stop = durations.startTimer();
      res.on('close', () => {
        const route = (res.locals['template'] as string | undefined) ?? 'other';
        stop({ method: req.method, route, status: statusOf(res) });
      });
      next();
    },
    async scrape() {
      try {
        await Promise.all([recountTasks(), countUndone()]);
      } catch {
        // Without the database the other figures are still answered.
        counted = false;
        open.reset();
        overdue.reset();
        outgoing.reset();
      }
      return register.metrics();
    },
  };
}
