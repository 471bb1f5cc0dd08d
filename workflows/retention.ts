import { stages } from './stages';

/** The monthly checks go on while an end is being confirmed. */
const checks = {
  check: 'checkFallsDue',
  check_answer: 'evidenceOfCheck',
  check_evidence: 'unconfirmed',
  conversation: 'notDone',
} as const;

/** A hired person's work is monitored [S step 8, pathway §7]. */
export const retentionStages = stages('retention', {
  /** On each monthly anniversary the labour register is asked, and the case manager speaks to the person. */
  in_force: checks,
  /**
   * An end was reported, provisionally. The person is heard, and the register is asked again. While it is silent the case
   * manager brings evidence.
   */
  ending: {
    ...checks,
    end_confirmation: 'evidenceOfEnd',
    end_hearing: 'unheardOfEnd',
    end_evidence: 'stays',
  },
});
