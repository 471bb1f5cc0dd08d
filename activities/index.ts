import type { Client } from '@temporalio/client';
import type { Records } from '../records/kernel/transaction';
import type { Registers } from '../registers/registers';
import { caseFile } from './case';
import { employmentFile } from './employment';
import { inspectionFile } from './inspection';
import { approvalFile } from './money/approval';
import { claimFile } from './money/claim';
import { lineFile } from './money/line';
import { recoveryFile } from './money/recovery';
import { statementFile } from './money/statement';
import { createPolicyActivities } from './money/policy-change';
import { adaptationFile, subsidyFile } from './money/subsidy';
import { newsFile } from './news';
import { createPostActivities } from './outgoing';
import { createCalendarActivities } from './calendar';
import { referralFile } from './referral';
import { createRowActivities } from './row-activities';

export interface Outside {
  records: Records;
  registers: Registers;
  /** To begin and wake workflows. */
  client: Client;
}

/** What each kind of row does. */
export const rowFiles = [
  caseFile,
  referralFile,
  inspectionFile,
  employmentFile,
  subsidyFile,
  adaptationFile,
  claimFile,
  approvalFile,
  lineFile,
  statementFile,
  recoveryFile,
  newsFile,
] as const;

/** Everything the workflows do outside themselves, joined in one place. */
export const createActivities = ({ records, registers, client }: Outside) => {
  const { view, named, ...rows } = createRowActivities(records, rowFiles, registers);
  return {
    ...named,
    ...rows,
    ...createPostActivities(records, registers, client, view),
    ...createCalendarActivities(records),
    ...createPolicyActivities(records),
  };
};

export type Activities = ReturnType<typeof createActivities>;
