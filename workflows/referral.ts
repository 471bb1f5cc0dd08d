import { stages } from './stages';

/** A referral, from its issue to the hire or to the inspectorate [S step 6, pathway §5]. */
export const referralStages = stages('referral', {
  /** It is sent on every channel. The employer's time runs from the day of issue. */
  issued: { delivery: 'undelivered', decision: 'silence', extension_answer: 'stays' },
  /** No channel delivered it. The case manager does, or the office corrects the contact. The employer's time does not run. */
  undelivered: { deliver_by_hand: 'contactWrong', correct_contact: 'stays' },
  /** The employer accepts or rejects. Silence goes to the inspectorate. The supervisor may give more time. */
  delivered: { decision: 'silence', extension_answer: 'stays' },
  /** The employer says that the person did not come or declined. The person is heard first. */
  hearing: { hearing: 'unheard' },
  /** The employer registers the contract. When that time is over the labour register is asked. The start day
   * moves if the person agrees. */
  accepted: { contract: 'contractFallsDue', start_answer: 'startStays' },
  /** The labour register is asked. While it is silent the case manager brings evidence. */
  confirming: { contract: 'contractFallsDue', contract_evidence: 'stays' },
  /** The contract is older than the referral: over for the person. The employment officer closes it with a finding. */
  worked_there_already: { worked_there_finding: 'stays' },
  /** News of a contract may come at any stage, and the labour register is asked. */
  anyStage: { contract_answer: 'evidenceOfContract' },
});
