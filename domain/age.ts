import type { Day } from './day';

/** A younger person is a minor. A parent or guardian consents, and the person's own wish is recorded too. */
const ADULT_AGE = 18;

/**
 * Age in full years on a day; negative before the birth. A person born on 29 February is a year older on 1 March of a common
 * year.
 */
export const ageOn = (birth: Day, on: Day): number => {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) >= birth.slice(5) ? years : years - 1;
};

/** Whether a case may be opened for a person on a day. `leastAge` in years: the policy's number `leastAge`. */
export const isOldEnough = (birth: Day, on: Day, leastAge: number): boolean => ageOn(birth, on) >= leastAge;

export const isMinor = (birth: Day, on: Day): boolean => ageOn(birth, on) < ADULT_AGE;
