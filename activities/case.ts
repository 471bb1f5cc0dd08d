import { askTransfer, transfer } from './case/moving';
import { assessment } from './case/assessment';
import { closure, reopening, withdrawal } from './case/closing';
import { certificate, eligibility, eligibilityQuestion, recommendationEnds } from './case/eligibility';
import { evidenceOfFoundAlone, foundAlone, foundAloneQuestion } from './case/found-alone';
import { plan } from './case/plan';
import { presentWorkQuestion, presentWorkUnknown } from './case/present-work';
import { referral } from './case/referral';
import { service } from './case/services';
import { fromElsewhere, hasCase } from '../domain/pathways/case';
import { Refusal } from '../records/kernel/refusal';
import { readCase } from './case/read';
import type { RowHandlers } from './row-handlers';

/** The case: its commands, the steps after passed deadlines, and the questions to TIEK and YAMMT [pathway §3]. */
export const caseHandlers: RowHandlers<'case'> = {
  kind: 'case',
  commands: {
    assessment,
    plan,
    service,
    eligibility,
    referral,
    foundAlone,
    transfer,
    askTransfer,
    withdrawal,
    closure,
    reopening,
  },
  /** Another area may ask for a case or take it over. Every other command is for officials who have the case. */
  async admit(transaction, id, command) {
    const row = await readCase(transaction, id);
    if (fromElsewhere.includes(command) || hasCase(row, transaction.actor)) return;
    throw new Refusal(403, 'not_taken_over', 'The case is offered to your area: take it over first.');
  },
  steps: { certificate, recommendationEnds, presentWorkUnknown, evidenceOfFoundAlone },
  questions: {
    eligibility: eligibilityQuestion,
    present_work: presentWorkQuestion,
    found_alone: foundAloneQuestion,
  },
};
