/** What is said when a person stands on record under another personal number, too, as far as name, birth and mahalla tell. */
export const doubleInWords = (id: string): string =>
  `${id} has the same name, day of birth and mahalla. If this is the same person, a supervisor can join the two records.`;
