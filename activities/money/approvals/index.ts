import type { ApprovalKind } from '../../../domain/pathways/approval';
import { resolutionWithdrawn } from '../../inspection/withdrawal';
import type { Effect } from './effect';
import { account } from './account';
import { correction } from './correction';
import { employer } from './employer';
import { join, separation } from './joining';
import { line } from './line';
import { policy } from './policy';
import { successor } from './successor';

/** The consequences of each kind of proposal. */
export const approvalEffects: Readonly<Record<ApprovalKind, Effect>> = {
  account,
  correction,
  line,
  policy,
  successor,
  join,
  separation,
  resolution_withdrawal: resolutionWithdrawn,
  employer,
  persons_account: account,
};
