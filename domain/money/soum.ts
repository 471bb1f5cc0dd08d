/** The greatest accepted sum, in whole so'm. Many such sums add up to a number that JSON carries exactly. */
export const MOST_SOUM = 1_000_000_000_000;
