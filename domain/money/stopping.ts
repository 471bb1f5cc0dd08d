import { addDays, type Day } from '../day';

/** The known days of a wage subsidy: the hire, and after the order the last day of its period. */
export interface Drawn {
  hiredOn: Day;
  periodTo: Day | null;
}

/**
 * Whether a subsidy may be stopped from a day [money §6]. The day is not before the hire, and not later than the day after its
 * period: from then on nothing is paid anyway.
 */
export const mayStopFrom = (from: Day, drawn: Drawn): boolean => {
  const { first, last } = stopDays(drawn);
  return from >= first && (last === null || from <= last);
};

/** The first and the last day from which a subsidy may be stopped. Without an order there is no last day. */
export const stopDays = ({ hiredOn, periodTo }: Drawn): { first: Day; last: Day | null } => ({
  first: hiredOn,
  last: periodTo === null ? null : addDays(periodTo, 1),
});
