/** The most that one sum may be that comes in, in whole so'm: many of them add up to a number that JSON carries exactly. */
export const MOST_SOUM = 1_000_000_000_000;
