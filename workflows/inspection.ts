import { stages } from './stages';

/** The inspectorate examines a refused, unanswered or broken referral [S step 7, pathway §6]. It never holds the person. */
export const inspectionStages = stages('inspection', {
  /** The job ended early. The person is heard first: an inspection opens unless they wished the end. */
  hearing: { end_hearing: 'unheard' },
  /**
   * The inspector resolves it, then the chief inspector. The person is heard first where
   * the employer made a claim about them. The employer may be asked to explain.
   */
  examining: { resolution: 'stays', explanation: 'unexplained', hearing: 'unheard' },
  /** The employer hires from a day on. When that time is over the labour register is asked, or the person. */
  settled: { compliance: 'complianceFallsDue' },
  /** A directive to hire. When its time is over the labour register is asked, or the person. */
  directed: { compliance: 'complianceFallsDue' },
  /** The contract stands, or the person works and is paid: complied. If not, the breach is recorded. */
  confirming: {
    compliance: 'complianceFallsDue',
    contract_evidence: 'stays',
    conditions_evidence: 'stays',
  },
  /** The chief inspector enters the measure taken, or why none. */
  breached: { measure: 'stays' },
  /** News of a contract may come at any stage, and the labour register is asked. */
  anyStage: { contract_answer: 'evidenceOfContract' },
});
