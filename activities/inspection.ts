import { measure } from './inspection/breach';
import {
  contract,
  contractAnswer,
  contractFallsDue,
  evidence,
  evidenceOfInspection,
} from './inspection/contract';
import { personDeclines, reconsider } from './inspection/ending';
import { hearing, unheard } from './inspection/hearing';
import { lateDecision } from './inspection/late-decision';
import { extension, resolution } from './inspection/resolution';
import { explanation, step, unexplained } from './inspection/steps';
import { resolutionWithdrawal } from './inspection/withdrawal';
import type { RowHandlers } from './row-handlers';

/** The inspection of a referral or an employment: its resolution, and the monitoring after a resolution [pathway §6]. */
export const inspectionHandlers: RowHandlers<'inspection'> = {
  kind: 'inspection',
  commands: {
    resolution,
    step,
    explanation,
    resolutionWithdrawal,
    extension,
    measure,
    lateDecision,
    hearing,
    contract,
    evidence,
    personDeclines,
  },
  steps: {
    unheard,
    unexplained,
    complianceFallsDue: contractFallsDue,
    evidenceOfContract: evidenceOfInspection,
  },
  questions: { contract_answer: contractAnswer },
  reconsider,
};
