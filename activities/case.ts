import { askTransfer, transfer } from './case/moving';
import { assessment } from './case/assessment';
import { closure, reopening, withdrawal } from './case/closing';
import { certificate, eligibility, eligibilityQuestion, recommendationEnds } from './case/eligibility';
import { evidenceOfFoundAlone, foundAlone, foundAloneQuestion } from './case/found-alone';
import { plan } from './case/plan';
import { presentWorkQuestion, presentWorkUnknown } from './case/present-work';
import { business } from './case/business';
import { publicWorks } from './case/public-works';
import { training } from './case/training';
import { referral } from './case/referral';
import { service } from './case/services';
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
    publicWorks,
    training,
    business,
    foundAlone,
    transfer,
    askTransfer,
    withdrawal,
    closure,
    reopening,
  },
  steps: { certificate, recommendationEnds, presentWorkUnknown, evidenceOfFoundAlone },
  questions: {
    eligibility: eligibilityQuestion,
    present_work: presentWorkQuestion,
    found_alone: foundAloneQuestion,
  },
};
