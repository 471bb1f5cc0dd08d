import { stages } from './stages';

const repaid = {
  /** The employer repays. After that it is the chief finance officer's: extended once, handed to a court or written off. */
  repayment: 'stays',
  /** A person repays in monthly parts, and is reminded of each. After two that were missed it is the chief's [measures §4]. */
  instalment_reminder: 'remindInstalment',
  instalment: 'instalmentOver',
  instalments_missed: 'stays',
  /** What a person does not owe is written off by the chief. */
  write_off: 'stays',
} as const;

/** An overpayment that could not be set off is repaid [money §6]. */
export const recoveryStages = stages('recovery', { demanded: repaid, partly_repaid: repaid });
