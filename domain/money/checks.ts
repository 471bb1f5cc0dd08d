import type { Programme } from '../policy';

/**
 * What a month of a payable is checked by [measures §4]. `days`: the labour register says on which days the contract was in force.
 * `attendance`: the days of the course, as the centre enters them or evidence shows them. `register`: the register of the business says that it is registered. `wages`: the employer declares the wages, and the tax authority confirms them.
 */
export type Check = 'days' | 'wages' | 'attendance' | 'register';

const checks: Readonly<Record<Programme, readonly Check[]>> = {
  hire_pwd: ['days'],
  above_quota: ['days', 'wages'],
  workplace_adaptation: [],
  training_stipend: ['attendance'],
  self_employment_start: ['register'],
};

/** Whether a check belongs to a programme. */
export const isCheckedBy = (check: Check, { programme }: { programme: string }): boolean =>
  checks[programme as Programme].includes(check);
