import { checkAnswer, endConfirmation } from './employment/answers';
import { conversation } from './employment/conversation';
import { evidence, evidenceOfEnd } from './employment/evidence';
import { hearing, unheardOfEnd } from './employment/hearing';
import { reconsider } from './employment/reconsider';
import { separation } from './employment/separation';
import type { RowHandlers } from './row-handlers';
import { monitoring } from './steps/checks';

/** The employment and its monthly checks [pathway §7, S step 8]. */
export const employmentHandlers: RowHandlers<'retention'> = {
  kind: 'retention',
  commands: { evidence, conversation, hearing, separation },
  steps: { ...monitoring.steps, unheardOfEnd, evidenceOfEnd },
  questions: { check_answer: checkAnswer, end_confirmation: endConfirmation },
  reconsider,
};
