import { addWorkingDays, type Calendar } from '../calendar';
import type { Day } from '../day';
import type { ClaimState } from '../pathways/claim';
import { lastWorkingDay } from './claim-due';
import { type Month, nextMonth } from './months';

/** The facts that answer an employer's question "when is it paid?". */
export interface Awaited {
  state: ClaimState;
  /** Empty for an adaptation. */
  month: Month;
  /** The last day of the decision, where it is known. */
  decidedBy?: Day | undefined;
  approvedOn?: Day | undefined;
  sentOn?: Day | undefined;
  settledOn?: Day | undefined;
  today: Day;
  /** The number of working days for sending and for the treasury's answer. */
  sending: number;
  treasury: number;
}

/**
 * The day by which a claim is paid, if everybody acts in time and no fault is found. For a paid claim it is the day of payment.
 * Our default: employers see the day, so that they do not have to ask.
 *
 * @returns undefined where the day is unknown: a returned or disputed payment, or nothing to pay
 */
export function paidByDay(it: Awaited, calendar: Calendar): Day | undefined {
  const after = (day: Day, n: number): Day => addWorkingDays(calendar, day, n);
  if (it.settledOn !== undefined) return it.settledOn;
  if (it.state === 'sent') return after(it.sentOn ?? it.today, it.treasury);
  if (it.state === 'approved') return after(it.approvedOn ?? it.today, it.sending + it.treasury);
  if (!UNDECIDED.includes(it.state)) return undefined;
  const planned = it.month === '' ? it.today : lastWorkingDay(nextMonth(it.month), calendar);
  const decided = it.decidedBy ?? planned;
  return after(decided < it.today ? it.today : decided, it.sending + it.treasury);
}

const UNDECIDED: readonly ClaimState[] = [
  'checking',
  'awaiting_register',
  'awaiting_declaration',
  'to_review',
  'ready',
];
