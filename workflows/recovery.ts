import { stages } from './stages';

/** The employer repays. After that it is the chief finance officer's: extended once, handed to a court or written off. */
const repaid = { repayment: 'stays' } as const;

/** An overpayment that could not be set off is repaid [money §6]. */
export const recoveryStages = stages('recovery', { demanded: repaid, partly_repaid: repaid });
