import type { RecoveryState } from '../domain/pathways/recovery';
import { follow, type Stage } from './follow';

type Open = Extract<RecoveryState, 'demanded' | 'partly_repaid'>;

const repaid: Stage = {
  asks: 'employer',
  until: 'repayment',
  then: 'the chief finance officer extends once, hands it to a court or writes it off',
};

/** An overpayment that could not be set off: repaid within 30 days [money §6]. */
const stages: Readonly<Record<Open, Stage>> = { demanded: repaid, partly_repaid: repaid };

/** @param subject `recovery/<number>` */
export const recovery = (subject: string): Promise<string> => follow(subject, ['decision'], stages);
