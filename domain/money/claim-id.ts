import type { Month } from './months';

/** The number of a month's claim. It is a business key, so that a month has one claim [money §4]. */
export const claimId = (subsidyId: string, month: Month): string => `${subsidyId}-${month}`;

/** The number of the one payment of costs. */
export const paymentOf = (subsidyId: string): string => `${subsidyId}-pay`;

/** The number of the month's own claim, from the number of any of its payables. Costs have no month: their payment keeps its number. */
export const monthsClaim = ({
  id,
  subsidyId,
  month,
}: {
  id: string;
  subsidyId: string;
  month: string;
}): string => (month === '' ? id : claimId(subsidyId, month));
