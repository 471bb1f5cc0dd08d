import type { Client } from '@temporalio/client';
import type { RowKind } from '../domain/pathways';
import type { Records } from '../records/kernel/transaction';
import type { Registers } from '../registers/registers';
import { businessHandlers } from './business';
import { caseHandlers } from './case';
import { employmentHandlers } from './employment';
import { inspectionHandlers } from './inspection';
import { approvalHandlers } from './money/approval';
import { claimHandlers } from './money/claim';
import { lineHandlers } from './money/line';
import { recoveryHandlers } from './money/recovery';
import { statementHandlers } from './money/statement';
import { createPolicyActivities } from './money/policy-change';
import { adaptationHandlers, subsidyHandlers } from './money/subsidy';
import { startSubsidyHandlers } from './money/start-subsidy';
import { stipendHandlers } from './money/stipend';
import { newsHandlers } from './news';
import { allOf } from './names';
import { createOutgoingActivities } from './outgoing';
import { createCalendarActivities } from './calendar';
import { createPruningActivities } from './pruning';
import { publicWorksHandlers } from './public-works';
import { referralHandlers } from './referral';
import { createRowActivities } from './row-activities';
import type { AnyRowHandlers, RowHandlers } from './row-handlers';
import { trainingHandlers } from './training';
import { createWaking, type Waking } from './waking';

export interface Outside {
  records: Records;
  registers: Registers;
  /** The client that begins and wakes workflows. */
  client: Client;
  /** The waking that the worker goes on with. */
  waking?: Waking;
}

/** The handlers of each kind of row. */
const handlers: { readonly [K in RowKind]: RowHandlers<K> } = {
  case: caseHandlers,
  referral: referralHandlers,
  inspection: inspectionHandlers,
  retention: employmentHandlers,
  'public-works': publicWorksHandlers,
  training: trainingHandlers,
  business: businessHandlers,
  subsidy: subsidyHandlers,
  adaptation: adaptationHandlers,
  stipend: stipendHandlers,
  'start-subsidy': startSubsidyHandlers,
  claim: claimHandlers,
  approval: approvalHandlers,
  recovery: recoveryHandlers,
  line: lineHandlers,
  statement: statementHandlers,
  news: newsHandlers,
};
export const rowHandlers: readonly AnyRowHandlers[] = Object.values(handlers);

/**
 * All activities of the workflows.
 *
 * @throws Error for a name that is registered twice
 */
export const createActivities = ({
  records,
  registers,
  client,
  waking = createWaking(records, client),
}: Outside) => {
  const { view, named, ...generic } = createRowActivities(records, rowHandlers, registers);
  const [steps, rows, outgoing, calendar, policy, pruning] = allOf(
    named,
    generic,
    createOutgoingActivities(records, registers, waking, view),
    createCalendarActivities(records),
    createPolicyActivities(records),
    createPruningActivities(records),
  );
  return { ...steps, ...rows, ...outgoing, ...calendar, ...policy, ...pruning };
};

export type Activities = ReturnType<typeof createActivities>;
