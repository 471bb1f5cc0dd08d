import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

const root = path.resolve(__dirname, '../..');
const kept = path.join(root, 'node_modules/.cache/yollanma');

/**
 * The workflows' code as a worker loads it (1 to 2 s). It is bundled once for all test files and runs, and kept under the
 * hash of what it is made of.
 */
export async function workflowCode(): Promise<{ codePath: string }> {
  quietTemporal();
  const codePath = path.join(kept, `workflows-${hashOfSources()}.js`);
  if (!existsSync(codePath)) {
    const { code } = await bundle(path.join(root, 'workflows'));
    mkdirSync(kept, { recursive: true });
    const written = `${codePath}.${randomUUID()}`;
    writeFileSync(written, code);
    renameSync(written, codePath);
  }
  return { codePath };
}

/** Bundles other workflows than the product's own. */
export function bundle(workflowsPath: string): Promise<{ code: string }> {
  quietTemporal();
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(require.resolve('@temporalio/workflow/package.json')));
  for (const folder of ['workflows', 'domain'])
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).toSorted())
      if (file.endsWith('.ts') && !file.endsWith('.test.ts'))
        hash.update(`\n${file}\n`).update(readFileSync(path.join(root, folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Faults are made on purpose here; what workers say of them is of interest only with TEMPORAL_LOG_LEVEL=WARN. To be called
 * before anything else of Temporal is begun.
 */
export function quietTemporal(): void {
  const level = process.env['TEMPORAL_LOG_LEVEL'] === 'WARN' ? 'WARN' : 'ERROR';
  try {
    Runtime.install({
      logger: new DefaultLogger(level),
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: level, other: level }) } },
    });
  } catch {
    // it runs already
  }
}
