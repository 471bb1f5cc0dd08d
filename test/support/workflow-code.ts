import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { kept, root } from './kept';

const FILE = 'workflows.js';

/** The workflows' code as a worker loads it (1 to 2 s when it is bundled). */
export async function workflowCode(): Promise<{ codePath: string }> {
  quietTemporal();
  const folder = await kept('workflows', ['workflows', 'domain'], async (draft) => {
    const { code } = await bundle(path.join(root, 'workflows'));
    writeFileSync(path.join(draft, FILE), code);
  });
  return { codePath: path.join(folder, FILE) };
}

/** Bundles other workflows than the product's own. */
export function bundle(workflowsPath: string): Promise<{ code: string }> {
  quietTemporal();
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
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
