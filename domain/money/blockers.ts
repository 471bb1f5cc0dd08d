import type { Day } from '../day';
import { lastDay, type Month } from './months';

/** What stands in the way of an approval, in the order in which it is said [money §4]. */
export const blockers = [
  'check_not_passed',
  'end_unconfirmed',
  'no_commitment',
  'account_unconfirmed',
  'disputed',
] as const;
export type Blocker = (typeof blockers)[number];

/** The facts about a claim's own month that an approval rests on. */
export interface ClaimFacts {
  /** Absent for an adaptation's payment. */
  month?: Month | undefined;
  /** Whole so'm. */
  amount: bigint;
  /** The claim's own check: the register, or evidence in its place. A retention check decides nothing here. */
  checkPassed: boolean;
  /** The last day of the job by a report that nobody has confirmed or taken back. */
  endReportedOn?: Day | undefined;
  /** What is reserved for this payable, whole so'm. */
  committed: bigint;
  /** From when the employer's confirmed account is paid to: the confirmation and its rest. Absent: none is confirmed. */
  accountUsableFrom?: Date | undefined;
  disputed: boolean;
  now: Date;
}

/** What stands in the way of approving a claim: computed, never stored. None when it may be approved. */
export const blockersOf = (facts: ClaimFacts): Blocker[] => blockers.filter((each) => STANDS[each](facts));

const STANDS: Record<Blocker, (facts: ClaimFacts) => boolean> = {
  check_not_passed: ({ checkPassed }) => !checkPassed,
  /** An end holds its own month and later ones; the months before it are worked whatever comes of it. */
  end_unconfirmed: ({ month, endReportedOn }) =>
    endReportedOn !== undefined && month !== undefined && endReportedOn <= lastDay(month),
  /** A claim that is not covered waits whole. */
  no_commitment: ({ amount, committed }) => committed < amount,
  account_unconfirmed: ({ accountUsableFrom, now }) =>
    accountUsableFrom === undefined || now < accountUsableFrom,
  disputed: ({ disputed }) => disputed,
};
