import type { ReferralState } from '../domain/pathways/referral';
import { follow, type Stage } from './follow';

type Open = Extract<
  ReferralState,
  'issued' | 'undelivered' | 'delivered' | 'hearing' | 'accepted' | 'confirming'
>;

/** A referral from issue to hire or inspection: within 5 days the employer hires or rejects with reasons [S step 6]. */
const stages: Readonly<Record<Open, Stage>> = {
  /** Told to the employer on every channel; one of them arrives by the end of the next working day. */
  issued: {
    asks: ['employer', 'register'],
    until: ['decision', 'delivery'],
    then: 'the case manager delivers it by hand',
  },
  /** No channel arrived: by phone or in person; the 5 days run from that delivery. */
  undelivered: {
    asks: ['case_manager', 'employment_officer'],
    until: ['deliver_by_hand', 'correct_contact'],
    then: 'it ends as undeliverable: no silence, no inspection',
  },
  /** The employer accepts with a start date or rejects with a code and grounds; reminders 2 days and 1 day before. */
  delivered: {
    asks: 'employer',
    until: 'decision',
    then: 'silence goes to the inspectorate as a rejection without reasons',
  },
  /** The employer says that the person did not come or declined: the person is heard first. */
  hearing: { asks: 'case_manager', until: 'hearing', then: 'unheard, it goes to the inspectorate' },
  /** Accepted: the contract is registered in 5 working days or on the start date. */
  accepted: { asks: 'employer', until: 'contract', then: 'the labour register is asked' },
  /** The labour register says yes: hired; no: to the inspectorate; nothing for 10 days: evidence of a person. */
  confirming: {
    asks: ['register', 'case_manager'],
    until: ['contract_answer', 'contract_evidence'],
    then: 'hired, or to the inspectorate as accepted without a contract',
  },
};

const commands = ['delivery', 'decision', 'hearing', 'contract', 'evidence', 'withdrawal'];

/** @param subject `referral/<number>` */
export const referral = (subject: string): Promise<string> => follow(subject, commands, stages);
