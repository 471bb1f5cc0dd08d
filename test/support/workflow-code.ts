import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type BundleOptions,
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
} from '@temporalio/worker';
import { bundling } from '../../activities/worker';
import { kept, root } from './kept';

const FILE = 'workflows.js';

/** The workflows' code for a worker (bundling takes 1 to 2 s). */
export async function workflowCode(): Promise<{ codePath: string }> {
  quietTemporal();
  const folder = await kept('workflows', ['workflows', 'domain', 'activities/worker.ts'], async (draft) => {
    const { code } = await bundle(bundling(path.join(root, 'workflows')));
    writeFileSync(path.join(draft, FILE), code);
  });
  return { codePath: path.join(folder, FILE) };
}

/** Bundles workflows. */
export function bundle(options: BundleOptions): Promise<{ code: string }> {
  quietTemporal();
  return bundleWorkflowCode({ ...options, logger: new DefaultLogger('ERROR') });
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
