/**
 * The names of all lengths of time that a policy sets, with their sources. A length without a source is our default. The values
 * are data of a policy's version (`rules.lengths`). The code holds no number.
 */
export const lengthNames = [
  // The pathway [pathway §3-7]
  /** The employer hires within 5 days or rejects with reasons [S step 6]; calendar days [D]. */
  'employerDecision',
  /** A channel must have delivered by the end of the next working day. */
  'delivery',
  'deliveryByHand',
  'contactCorrection',
  'hearing',
  /** The employer registers the contract after accepting [domain §3]. */
  'contract',
  /** The employment officer's finding where the person worked for the employer already [pathway §5]. */
  'workedThereFinding',
  /** The person's answer to another start day [pathway §5]. */
  'startAnswer',
  /** The supervisor's answer to the employer who asks for more time. */
  'extensionAnswer',
  /** The employer's explanation, while its inspection is examined [pathway §6]. */
  'explanation',
  /** A resolution entered by mistake can be withdrawn in this time [pathway §6]. */
  'resolutionWithdrawal',
  /** After this silence of a register a person is asked for evidence. */
  'registerSilence',
  'evidence',
  /** Inspector's resolution, then the chief inspector's [domain §3]. */
  'resolution',
  'resolutionByHead',
  'directive',
  'measureAfterBreach',
  'assessment',
  'plan',
  'firstReferral',
  'nextStep',
  'notEligible',
  'newExamination',
  'monthlyLook',
  'transfer',
  'supervisorsYes',
  'closure',
  'conversation',
  'askAgainAfterEnd',
  /** An end of the job so soon after the hire is examined: after any hire, and after one that the inspectorate brought about. */
  'earlyEnd',
  'earlyEndAfterInspection',
  'officeGap',
  'measureProgress',
  // Public works [measures §5]
  /** The employment officer finds a place, then the head. After that nobody has found one. */
  'worksPlace',
  'worksPlaceByHead',
  /** The first day is entered, counted from the agreed first day. */
  'worksBegin',
  /** A month's timesheet and pay are entered by the 5th of the next month. */
  'worksMonth',
  /** The head decides on the organiser's word about the person. */
  'worksClaim',
  /** The case's next step is due this long before the last day. */
  'worksNextStep',
  // Training [measures §2]
  /** The centre decides in the employer's time, then its head, then the head of the employment department. */
  'trainingDecision',
  'trainingDecisionByHead',
  'trainingDecisionByDepartment',
  /** This long before the first day the people on the waiting list are asked about the centre's next course. */
  'trainingListAsks',
  /** The same of a rolling course, counted from the day on which the person began to wait. */
  'trainingListRolling',
  'trainingNextCourse',
  /** The person's answer to the offer of a place. */
  'trainingAnswer',
  /** The same of a place from the waiting list, twice where the person was not reached. */
  'trainingListAnswer',
  /** A rolling course begins for a person from the waiting list this long after the offer. */
  'trainingRollingStart',
  /** The person is reminded of the first day. */
  'trainingReminder',
  /** The head decides on the centre's word about the person. */
  'trainingClaim',
  /** After a hire or a withdrawal the person is asked whether the course goes on. */
  'trainingGoesOn',
  /** The answer to *not accessible*. */
  'trainingAdaptation',
  /** Another course in place of a cancelled one. */
  'trainingReplacement',
  /** A month's attendance is entered by the 5th of the next, then by the centre's head until the 15th. */
  'trainingMonth',
  'trainingMonthByHead',
  /** The person is heard about attendance below the threshold. */
  'trainingLow',
  'trainingInterruption',
  /** Completion is entered after the last day, then by the centre's head. */
  'trainingCompletion',
  'trainingCompletionByHead',
  /** The centre helps into work or business [S], then its head. */
  'trainingHelp',
  'trainingHelpByHead',
  // An own business [measures §3]
  /** Form, trade and help are agreed with the person. */
  'businessPreparation',
  /** A business that is not registered in this time is withdrawn. */
  'businessRegistration',
  /** The register is asked again after a no. */
  'businessAskAgain',
  // The money [money §3-7]
  /** An application returned to the employer for completion. */
  'completion',
  /** The employer's one objection to a refused review, and the head's decision on it. */
  'objection',
  'objectionDecision',
  /** The head signs the order. */
  'signing',
  /** The employer declares by the 20th of the month after. A late declaration has three more months. */
  'declarationBy',
  'declarationLate',
  /** The employment officer resolves a difference between a register and a declaration. */
  'mismatch',
  /** A claim is decided in the month after the month worked [S]. The officer has at least this time. */
  'claimDecision',
  'sending',
  'treasurySilence',
  'accountCorrection',
  'dispute',
  /** The time between the confirmation of an account and the first payment to it. */
  'accountRest',
  /** The employer objects to a correction downwards. */
  'correctionObjection',
  /** A person objects to a decision about their own word, before it is a debt [measures §4]. */
  'personsObjection',
  /** The time for a notary's document that names who is paid in a dead person's place [measures §4]. */
  'heirWithin',
  /** The chief writes off what a person was overpaid and does not owe. */
  'writingOff',
  /** The second person of four eyes decides. */
  'secondPerson',
  /** An overpayment is repaid [domain §3]. */
  'repayment',
  /** The finance officer explains a difference between ledger and statement. */
  'difference',
  /** A reported end of the job is confirmed or taken back. */
  'endConfirmation',
] as const;
export type LengthName = (typeof lengthNames)[number];
