import {
  Client,
  Connection,
  type ConnectionOptions,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { refreshOf, workflowOf } from '../../records/kernel/walking';
import { Unavailable } from './problem';

/** The calls of the API to Temporal. Each ends within its time limit, and throws `Unavailable` when the outcome is not known. */
export interface Workflows {
  /**
   * Begins a row's workflow, or makes it read its row again. It needs no worker.
   *
   * @param isNew the row has just been made: its workflow probably does not run, and beginning it alone is cheaper
   */
  refresh(subject: string, isNew?: boolean): Promise<void>;
  /**
   * Sends a recorded command to the workflow of its row, which is begun if it is missing. Waits until it is carried out.
   *
   * @returns `closing` when the workflow ended meanwhile: then the row tells the outcome
   */
  carryOut(subject: string, name: string, commandId: string): Promise<'done' | 'closing'>;
  /** @throws Unavailable unless the server answers */
  reach(): Promise<void>;
}

const LIMIT_MS = 8500;
const REFRESH_LIMIT_MS = 5000;
const REACH_LIMIT_MS = 2000;

/** The calls to Temporal over a client, which may not be connected yet. */
export function workflowsOf(client: Client): Workflows {
  /** A cancelled call goes on while the client pauses before another attempt, so the end of the call is not awaited. */
  const within = async <T>(ms: number, ask: () => Promise<T>): Promise<T> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ms);
    const over = new Promise<never>((_resolve, reject) => {
      late.signal.addEventListener('abort', () => reject(new Unavailable('Temporal did not answer in time')));
    });
    try {
      return await Promise.race([client.withAbortSignal(late.signal, ask), over]);
    } catch (error) {
      // Whatever Temporal answers in place of an outcome, the command may have been carried out.
      if (isClosing(error) || error instanceof Unavailable) throw error;
      throw new Unavailable('Temporal does not answer', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };

  /** Begins a row's workflow, unless it runs. */
  async function isBegun(subject: string): Promise<boolean> {
    const [type, options] = workflowOf(subject);
    try {
      await client.workflow.start(type, { ...options, workflowIdConflictPolicy: 'FAIL' });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  return {
    async refresh(subject, isNew = false) {
      await within(REFRESH_LIMIT_MS, async () => {
        if (!isNew || !(await isBegun(subject))) await client.workflow.signalWithStart(...refreshOf(subject));
      });
    },

    async carryOut(subject, name, commandId) {
      const [type, options] = workflowOf(subject);
      const send = () =>
        client.workflow.executeUpdateWithStart(name, {
          args: [commandId],
          updateId: commandId,
          startWorkflowOperation: new WithStartWorkflowOperation(type, {
            ...options,
            workflowIdConflictPolicy: 'USE_EXISTING',
          }),
        });
      try {
        await within(LIMIT_MS, send);
        return 'done';
      } catch (error) {
        if (isClosing(error)) return 'closing';
        throw error;
      }
    },

    async reach() {
      await within(REACH_LIMIT_MS, () => client.workflowService.getSystemInfo({}));
    },
  };
}

const isClosing = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError;

/** The pauses before another attempt to connect. The defaults of gRPC grow to two minutes. */
const RECONNECT = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.min_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2000,
};

/** Temporal at an address. The first call connects, so Temporal may be down when the API starts. */
export function temporalAt(
  options: ConnectionOptions,
  namespace: string,
): { workflows: Workflows; close(): Promise<void> } {
  const connection = Connection.lazy({ channelArgs: RECONNECT, ...options });
  return { workflows: workflowsOf(new Client({ connection, namespace })), close: () => connection.close() };
}
