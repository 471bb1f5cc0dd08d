import * as wf from '@temporalio/workflow';

/** The least workflow: its bundle is the SDK alone. */
export async function empty(): Promise<void> {
  await wf.condition(() => false);
}
