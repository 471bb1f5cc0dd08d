import { addDays, type Day } from '../day';

/** What is known of a wage subsidy's days: the hire, and once it is ordered the last day of its period. */
export interface Drawn {
  hiredOn: Day;
  periodTo: Day | null;
}

/**
 * Whether a subsidy may be stopped from a day: not before the hire, and not later than the day after its period, from which on
 * nothing is paid anyway [money §6].
 */
export const mayStopFrom = (from: Day, drawn: Drawn): boolean => {
  const { first, last } = stopDays(drawn);
  return from >= first && (last === null || from <= last);
};

/** The first and the last day from which a subsidy may be stopped; without an order there is no last one. */
export const stopDays = ({ hiredOn, periodTo }: Drawn): { first: Day; last: Day | null } => ({
  first: hiredOn,
  last: periodTo === null ? null : addDays(periodTo, 1),
});
