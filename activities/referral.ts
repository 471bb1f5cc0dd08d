import {
  contract,
  contractAnswer,
  contractFallsDue,
  evidence,
  evidenceOfReferral,
} from './referral/contract';
import { decision, silence } from './referral/decision';
import { contactWrong, delivery, undelivered } from './referral/delivery';
import { reconsider, withdrawal } from './referral/ending';
import { extension, extensionRequest } from './referral/extending';
import { hearing, unheard } from './referral/hearing';
import { start, startAnswer, startStays } from './referral/start-day';
import { finding } from './referral/worked-there';
import type { RowHandlers } from './row-handlers';

/** The referral, from its issue to the hire or to the inspectorate [pathway §5]. */
export const referralHandlers: RowHandlers<'referral'> = {
  kind: 'referral',
  commands: {
    delivery,
    decision,
    extensionRequest,
    extension,
    start,
    startAnswer,
    hearing,
    contract,
    evidence,
    finding,
    withdrawal,
  },
  steps: {
    undelivered,
    contactWrong,
    silence,
    unheard,
    contractFallsDue,
    startStays,
    evidenceOfContract: evidenceOfReferral,
  },
  questions: { contract_answer: contractAnswer },
  reconsider,
};
