/** The hint at a record with the same name, day of birth and mahalla under another personal number. */
export const doubleInWords = (id: string): string =>
  `${id} has the same name, day of birth and mahalla. If this is the same person, a supervisor can join the two records.`;
