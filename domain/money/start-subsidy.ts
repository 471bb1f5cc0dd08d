import { addMonths, type Day } from '../day';

/** The costs of a registration that the start subsidy pays, by code [measures §3]. */
export const startCosts = [
  'state_duty',
  'electronic_signature',
  'cash_register',
  'certificate',
  'other',
] as const;

/**
 * The last day on which a person signs for a start subsidy [measures §3].
 *
 * @param months after the registration
 */
export const lastDayToSign = (registeredOn: Day, months: number): Day => addMonths(registeredOn, months);

/** States of a start subsidy that came to nothing. Any other one is the person's only one [measures §3]. */
export const cameToNothing = ['refused', 'stopped'] as const;
