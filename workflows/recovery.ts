import { stages } from './stages';

/** The chief finance officer extends once, hands it to a court or writes it off. */
const repaid = { repayment: 'stays' } as const;

/** An overpayment that could not be set off is repaid [money §6]. */
export const recoveryStages = stages('recovery', { demanded: repaid, partly_repaid: repaid });
