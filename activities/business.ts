import { registerSilent, registration } from './business/answers';
import { conversation } from './business/conversation';
import { ending, hearing, unheard } from './business/deregistration';
import { evidence } from './business/evidence';
import { preparation, withdrawal } from './business/preparing';
import { mark, markRevocation } from './business/marks';
import { markFallsDue } from './business/mark-checks';
import { notRegistered } from './business/registering';
import { startSubsidy } from './business/start-subsidy';
import type { RowHandlers } from './row-handlers';
import { businessMonitoring } from './steps/business';

const { checkFallsDue, unconfirmed, notDone } = businessMonitoring.steps;

/** A person's own business, from its preparation to its last monthly check [measures §3]. */
export const businessHandlers: RowHandlers<'business'> = {
  kind: 'business',
  commands: {
    preparation,
    withdrawal,
    evidence,
    conversation,
    hearing,
    mark,
    markRevocation,
    startSubsidy,
    ending,
  },
  steps: { registerSilent, notRegistered, checkFallsDue, unconfirmed, notDone, unheard, markFallsDue },
  questions: {
    self_employed_answer: registration('self_employed'),
    entrepreneur_answer: registration('entrepreneur'),
    farm_answer: registration('farm'),
  },
};
