import type { Month } from './months';

/** The number of a month's claim: a business key, so that a month has one [money §4]. */
export const claimId = (subsidyId: string, month: Month): string => `${subsidyId}-${month}`;

/** The number of the month's own claim, whichever of its payables is named; an adaptation, which has no month, is its own. */
export const monthsClaim = ({
  id,
  subsidyId,
  month,
}: {
  id: string;
  subsidyId: string;
  month: string;
}): string => (month === '' ? id : claimId(subsidyId, month));
