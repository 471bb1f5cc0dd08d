import {
  Client,
  type ConnectionLike,
  type WorkflowClientInterceptor,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';

const ATTEMPTS = 5;

/**
 * A client of a time-skipping server. That server first looks for a workflow and then signals or starts it. Between the two the
 * workflow may end, or another may start. A real server does both in one step. This client tries again.
 */
export const clientOf = (connection: ConnectionLike): Client =>
  new Client({ connection, interceptors: { workflow: [signalsAgain] } });

const signalsAgain: WorkflowClientInterceptor = {
  async signalWithStart(input, next) {
    for (let attempt = 1; attempt < ATTEMPTS; attempt++)
      try {
        return await next(input);
      } catch (error) {
        if (!hasChangedInBetween(error)) throw error;
      }
    return next(input);
  },
};

const hasChangedInBetween = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError;
