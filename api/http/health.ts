import type { Express } from 'express';
import type { Deps } from './deps';
import type { Metrics } from './metrics';

const WITHIN_MS = 3000;

/**
 * `/healthz` tells that the process runs, and `/readyz` whether requests may come: database and Temporal answer, and the process does not
 * end. `/metrics` is for Prometheus.
 */
export function serveHealth(app: Express, { records, workflows, ending }: Deps, metrics: Metrics): void {
  const needed = {
    database: () => records.db.$queryRaw`SELECT 1`,
    temporal: () => workflows.reach(),
  };

  app.get('/healthz', (_req, res) => {
    res.json({ ok: true });
  });

  app.get('/readyz', async (_req, res) => {
    if (ending?.aborted) {
      res.status(503).json({ ready: false, process: 'ending' });
      return;
    }
    const found = await Promise.all(
      Object.entries(needed).map(async ([name, reach]) => [name, await answers(reach)] as const),
    );
    const ready = found.every(([, up]) => up);
    if (!ready) res.set('Retry-After', '5');
    const said = Object.fromEntries(found.map(([name, up]) => [name, up ? 'up' : 'missing']));
    res.status(ready ? 200 : 503).json({ ready, ...said });
  });

  app.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.scrape());
  });
}

async function answers(reach: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), WITHIN_MS);
  });
  const reached = reach().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([reached, late]);
  } finally {
    clearTimeout(timer);
  }
}
