import { addDays, type Day } from '../day';
import { firstDay, type Month } from './months';

/** The last day of a job as it was reported, until it is confirmed or taken back. */
export type ReportedEnd = {
  on: Day;
  /** A register told of the person's death: another's word that the contract is in force takes nothing back [money §3]. */
  because?: 'died';
};

/** What is reported when one report follows another: a death stays one, and of two days the earlier holds. */
export const reportedTogether = (known: ReportedEnd | null, told: ReportedEnd): ReportedEnd => {
  if (!known || (known.because ?? told.because) === undefined) return told;
  return { on: known.on < told.on ? known.on : told.on, because: 'died' };
};

/** What the labour register says of a contract. */
export interface ContractSaid {
  contract: string;
  since: Day;
  /** Its last day, if it has ended. */
  until?: Day | undefined;
}

/** The contract that a subsidy is drawn for. */
export interface DrawnFor {
  /** Its number; null where nobody knows it. */
  contract: string | null;
  hiredOn: Day;
  /** From when an employer's successor goes on with it, under a number of its own. */
  takenOverOn?: Day | undefined;
}

/**
 * Whether the register speaks of another contract than the one that a subsidy is drawn for: its days are none of the subsidy's
 * [money §4]. A number that the register does not know is a paper's: then the day of hire tells.
 */
export const isAnotherContract = (
  said: ContractSaid,
  { contract, hiredOn, takenOverOn }: DrawnFor,
): boolean =>
  said.contract !== contract &&
  said.since > hiredOn &&
  (takenOverOn === undefined || said.since > takenOverOn);

/**
 * The last day of a job whose end was reported, by what the register says now. In force again under the same contract without a
 * gap, the end was a mistake; a new contract, or a day without one in between, lets it stand [money §6]. Nobody works after
 * their death.
 *
 * @param said undefined: the register knows of no contract
 * @returns undefined when the job goes on
 */
export const lastDayOfJob = (
  { on: reported, because }: ReportedEnd,
  said: ContractSaid | undefined,
  drawnFor: DrawnFor,
): Day | undefined => {
  if (!said || isAnotherContract(said, drawnFor) || said.since > addDays(reported, 1)) return reported;
  return because === 'died' && said.until !== undefined && said.until > reported ? reported : said.until;
};

/**
 * Whether by the register the contract was not in force yet on days of a month that would be paid for. A contract taken over by
 * the employer's successor goes on, and one that began after the job's end takes none of the days before it [money §4, §6].
 *
 * @param since the first day of the contract that the register speaks of
 * @param worked the month, and the last day that is paid for, if there is one
 */
export const beganLater = (
  since: Day,
  { month, lastDay }: { month: Month; lastDay: Day | null },
  { hiredOn, takenOverOn }: DrawnFor,
): boolean =>
  since > hiredOn &&
  since > firstDay(month) &&
  (takenOverOn === undefined || since > takenOverOn) &&
  (lastDay === null || since <= lastDay);
