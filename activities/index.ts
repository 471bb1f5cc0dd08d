import type { Client } from '@temporalio/client';
import type { Records } from '../records/kernel/transaction';
import type { Registers } from '../registers/registers';
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
import { newsHandlers } from './news';
import { createOutgoingActivities } from './outgoing';
import { createCalendarActivities } from './calendar';
import { referralHandlers } from './referral';
import { createRowActivities } from './row-activities';

export interface Outside {
  records: Records;
  registers: Registers;
  /** To begin and wake workflows. */
  client: Client;
}

/** What each kind of row does. */
export const rowHandlers = [
  caseHandlers,
  referralHandlers,
  inspectionHandlers,
  employmentHandlers,
  subsidyHandlers,
  adaptationHandlers,
  claimHandlers,
  approvalHandlers,
  lineHandlers,
  statementHandlers,
  recoveryHandlers,
  newsHandlers,
] as const;

/** Everything the workflows do outside themselves, joined in one place. */
export const createActivities = ({ records, registers, client }: Outside) => {
  const { view, named, ...rows } = createRowActivities(records, rowHandlers, registers);
  return {
    ...named,
    ...rows,
    ...createOutgoingActivities(records, registers, client, view),
    ...createCalendarActivities(records),
    ...createPolicyActivities(records),
  };
};

export type Activities = ReturnType<typeof createActivities>;
