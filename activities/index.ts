import type { Client } from '@temporalio/client';
import type { Records } from '../records/unit';
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
import { createNewsActivities } from './news';
import { createObligationActivities } from './obligations';
import { createPostActivities } from './posts';
import { createCalendarActivities } from './calendar';
import { referralFile } from './referral';

export interface Outside {
  records: Records;
  registers: Registers;
  /** To begin and wake workflows. */
  client: Client;
}

const rowFiles = [
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
];

/** Everything the workflows do outside themselves, joined in one place. */
export const createActivities = ({ records, registers, client }: Outside) => ({
  ...createObligationActivities(records, rowFiles, registers),
  ...createPostActivities(records, registers, client),
  ...createNewsActivities(records, registers),
  ...createCalendarActivities(records),
  ...createPolicyActivities(records),
});

export type Activities = ReturnType<typeof createActivities>;
