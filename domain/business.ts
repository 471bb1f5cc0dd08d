import { addDays, type Day } from './day';

/** The forms of an own business [measures §3]. Each has its register, of the same name. */
export const businessForms = ['self_employed', 'entrepreneur', 'farm'] as const;
export type BusinessForm = (typeof businessForms)[number];

/** The wait for an answer of a form's register. */
export const questionOf = (form: BusinessForm) => `${form}_answer` as const;

/**
 * Whether a registration counts: it began on or after the first day of the preparation, or a few days before. Who was registered
 * earlier worked for themselves already [measures §3].
 *
 * @param before the days before the preparation
 */
export const isNewRegistration = (since: Day, preparedOn: Day, before: number): boolean =>
  since >= addDays(preparedOn, -before);
