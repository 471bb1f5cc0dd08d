import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { kept, root } from './kept';

const FILE = 'workflows.js';

/** The workflows' code for a worker (bundling takes 1 to 2 s). */
export async function workflowCode(): Promise<{ codePath: string }> {
  quietTemporal();
  const folder = await kept('workflows', ['workflows', 'domain'], async (draft) => {
    const { code } = await bundle(path.join(root, 'workflows'));
    writeFileSync(path.join(draft, FILE), code);
  });
  return { codePath: path.join(folder, FILE) };
}

/** Bundles workflows that are not the product's own. */
export function bundle(workflowsPath: string): Promise<{ code: string }> {
  quietTemporal();
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}

/**
 * Hides the workers' messages, because tests make faults on purpose. TEMPORAL_LOG_LEVEL=WARN shows them. Call this function before any
 * other use of Temporal.
 */
export function quietTemporal(): void {
  const level = process.env['TEMPORAL_LOG_LEVEL'] === 'WARN' ? 'WARN' : 'ERROR';
  try {
    Runtime.install({
      logger: new DefaultLogger(level),
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: level, other: level }) } },
    });
  } catch {
    // the runtime already runs
  }
}
