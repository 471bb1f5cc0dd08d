import { addDays, type Day } from '../day';
import { firstDay, type Month } from './months';

/** The reported last day of a job, until it is confirmed or taken back. */
export type ReportedEnd = {
  on: Day;
  /** A register told the person's death. An answer that the contract is in force does not take it back [money §3]. */
  because?: 'died';
};

/** Joins two reports. A death stays a death, and of two days the earlier counts. */
export const reportedTogether = (known: ReportedEnd | null, told: ReportedEnd): ReportedEnd => {
  if (!known || (known.because ?? told.because) === undefined) return told;
  return { on: known.on < told.on ? known.on : told.on, because: 'died' };
};

/** The labour register's answer about a contract. */
export interface ContractSaid {
  contract: string;
  since: Day;
  /** Its last day, if it has ended. */
  until?: Day | undefined;
}

/** The contract that a subsidy is paid for. */
export interface DrawnFor {
  /** Its number; null where the number is unknown. */
  contract: string | null;
  hiredOn: Day;
  /** The first day with the employer's successor, who continues the contract under another number. */
  takenOverOn?: Day | undefined;
}

/**
 * Whether the register's answer is about another contract than the subsidy's. The days of another contract do not count for the
 * subsidy [money §4]. A number that the register does not know comes from a paper. Then the day of hire decides.
 */
export const isAnotherContract = (
  said: ContractSaid,
  { contract, hiredOn, takenOverOn }: DrawnFor,
): boolean =>
  said.contract !== contract &&
  said.since > hiredOn &&
  (takenOverOn === undefined || said.since > takenOverOn);

/**
 * The last day of a job whose end was reported, by the register's present answer. If the same contract is in force without a
 * gap, the end was a mistake. After a new contract, or a day without a contract, the end counts [money §6]. Nobody works after
 * their death.
 *
 * @param said undefined: the register knows no contract
 * @returns undefined when the job continues
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
 * Whether, by the register, the contract was not in force yet on paid days of a month. A successor's contract continues the old
 * contract. A contract that began after the job's end does not count for the days before [money §4, §6].
 *
 * @param since the first day of the register's contract
 * @param worked the month, and the last paid day, if there is one
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
