import { checkAnswer, endConfirmation } from './employment/answers';
import { checkFallsDue, evidenceOfCheck, notDone, unconfirmed } from './employment/checking';
import { conversation } from './employment/conversation';
import { evidence, evidenceOfEnd } from './employment/evidence';
import { hearing, unheardOfEnd } from './employment/hearing';
import { reconsider } from './employment/reconsider';
import { separation } from './employment/separation';
import type { RowHandlers } from './row-handlers';

/** The employment and its monthly checks [pathway §7, S step 8]. */
export const employmentHandlers: RowHandlers<'retention'> = {
  kind: 'retention',
  commands: { evidence, conversation, hearing, separation },
  steps: { checkFallsDue, evidenceOfCheck, unconfirmed, notDone, unheardOfEnd, evidenceOfEnd },
  questions: { check_answer: checkAnswer, end_confirmation: endConfirmation },
  reconsider,
};
