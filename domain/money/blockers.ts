import type { Day } from '../day';
import { lastDay, type Month } from './months';

/** The possible blockers of an approval, in the order of the answer [money §4]. */
export const blockers = [
  'check_not_passed',
  'end_unconfirmed',
  'no_commitment',
  'account_unconfirmed',
  'disputed',
] as const;
export type Blocker = (typeof blockers)[number];

/** The facts about a claim's own month that decide on its approval. */
export interface ClaimFacts {
  /** Absent for an adaptation's payment. */
  month?: Month | undefined;
  /** Whole so'm. */
  amount: bigint;
  /** The claim's own check: by the register, or by evidence in its place. A retention check does not count here. */
  checkPassed: boolean;
  /** The job's last day, as reported and not yet confirmed or taken back. */
  endReportedOn?: Day | undefined;
  /** The sum reserved for this payable, in whole so'm. */
  committed: bigint;
  /** The first instant of payment to the employer's confirmed account, after its rest. Absent: no account is confirmed. */
  accountUsableFrom?: Date | undefined;
  disputed: boolean;
  now: Date;
}

/** The blockers of a claim's approval. They are computed and never stored. Without a blocker the claim may be approved. */
export const blockersOf = (facts: ClaimFacts): Blocker[] => blockers.filter((each) => STANDS[each](facts));

const STANDS: Record<Blocker, (facts: ClaimFacts) => boolean> = {
  check_not_passed: ({ checkPassed }) => !checkPassed,
  /** A reported end holds up its own month and later months. The person worked the months before it in any case. */
  end_unconfirmed: ({ month, endReportedOn }) =>
    endReportedOn !== undefined && month !== undefined && endReportedOn <= lastDay(month),
  /** A claim that the reserved sum does not cover is not paid in part. */
  no_commitment: ({ amount, committed }) => committed < amount,
  account_unconfirmed: ({ accountUsableFrom, now }) =>
    accountUsableFrom === undefined || now < accountUsableFrom,
  disputed: ({ disputed }) => disputed,
};
