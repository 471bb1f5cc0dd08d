import type { InspectionState } from '../domain/pathways/inspection';
import { follow, type Stage } from './follow';

type Open = Extract<InspectionState, 'examining' | 'settled' | 'directed' | 'confirming' | 'breached'>;

/** The inspectorate examines a rejected, unanswered or broken referral and resolves it [S step 7]. It never holds the person. */
const stages: Readonly<Record<Open, Stage>> = {
  /**
   * 15 working days, extended once by at most 15; then the chief inspector's for 10, with whom it stays. The employer's word
   * about the person that was entered only after silence is the case manager's first, who hears the person.
   */
  examining: {
    asks: ['labour_inspector', 'case_manager'],
    until: ['resolution', 'hearing'],
    then: 'it is the chief inspector’s',
  },
  /** The employer hires from a day on. */
  settled: { asks: 'employer', until: 'compliance', then: 'the labour register is asked' },
  /** A directive to hire, to be complied with in 10 working days. */
  directed: { asks: 'employer', until: 'compliance', then: 'the labour register is asked' },
  /** The contract stands, or the person works and is paid: complied. If not, the breach is recorded. */
  confirming: {
    asks: ['register', 'case_manager'],
    until: ['contract_answer', 'contract_evidence', 'conditions_evidence'],
    then: 'complied, or breached',
  },
  /** The chief inspector enters within 15 working days the measure taken, or why none. */
  breached: {
    asks: 'labour_inspector',
    until: 'measure',
    then: 'it stays with the chief inspector, reminded weekly',
  },
};

const commands = [
  'resolution',
  'extension',
  'measure',
  'lateDecision',
  'hearing',
  'contract',
  'evidence',
  'personDeclines',
];

/** @param subject `inspection/<number>` */
export const inspection = (subject: string): Promise<string> => follow(subject, commands, stages);
