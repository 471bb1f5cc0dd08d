import { addWorkingDays, type Calendar } from '../calendar';
import type { Day } from '../day';
import type { ClaimState } from '../pathways/claim';
import { lastWorkingDay } from './claim-due';
import { type Month, nextMonth } from './months';

/** What an employer's question "when is it paid?" is answered from. */
export interface Awaited {
  state: ClaimState;
  /** Empty for an adaptation. */
  month: Month;
  /** When it is decided at the latest, where that is known. */
  decidedBy?: Day | undefined;
  approvedOn?: Day | undefined;
  sentOn?: Day | undefined;
  settledOn?: Day | undefined;
  today: Day;
  /** How many working days sending takes, and the treasury's answer. */
  sending: number;
  treasury: number;
}

/**
 * The day by which a claim is paid if everybody keeps their time and nothing is found to stand in the way; the day on which it
 * was paid when it is. Our default, told to employers so that nobody has to ask [issue 4 §1: never have to ask].
 *
 * @returns undefined where nobody can tell: a returned or disputed payment, or nothing to pay
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
