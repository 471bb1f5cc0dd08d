import { stages } from './stages';

/** The register of the form is asked. After a long silence a document replaces its answer. */
const questions = {
  self_employed_answer: 'registerSilent',
  entrepreneur_answer: 'registerSilent',
  farm_answer: 'registerSilent',
} as const;
const registers = { ...questions, registration_evidence: 'stays' } as const;

/** The questions about a mark have no end, so no silence ends them: an unknown revokes nothing. */
const mark = { ...questions, mark_check: 'markFallsDue' } as const;

/** A person's own business [measures §3]. */
export const businessStages = stages('business', {
  /** The case manager agrees form, trade and help with the person. */
  preparing: { business_preparation: 'stays' },
  /** The register is asked until it says yes, for three months at most. */
  registering: { ...registers, registration_limit: 'notRegistered' },
  /** Each month the register is asked, and the case manager speaks to the person. A deregistration is provisional at first. */
  active: {
    ...registers,
    business_check: 'checkFallsDue',
    business_check_evidence: 'unconfirmed',
    business_conversation: 'notDone',
    business_hearing: 'unheard',
  },
  /** While a mark is valid, the register is asked every month. */
  sustained: { ...mark, business_conversation: 'notDone' },
  ended: mark,
});
