import type { RowHandlers } from './row-handlers';
import { answer, notReached } from './training/answer';
import { attendance, attendanceEvidence, attendanceHearing, evidenceOfMonth } from './training/attendance';
import { begins, remind } from './training/beginning';
import { replacement } from './training/cancelled';
import { claimDecision, hearing, unheard, word } from './training/claim';
import { certificate, completion } from './training/completion';
import { decision, silence } from './training/decision';
import { absence, goesOn, interruption } from './training/interruption';
import { lastDay } from './training/last-day';
import { goingOn } from './training/life';
import {
  evidenceOfLookBack,
  lookBack,
  lookBackAnswer,
  lookBackEvidence,
  lookBackUnknown,
} from './training/look-backs';
import { helpEnds, placement } from './training/placement';
import { adaptation } from './training/refusal';
import { reconsider } from './training/reconsider';
import { listAsks, listEnds, nextCourse, offerEnds, offerPasses } from './training/waiting';
import { withdrawal } from './training/withdrawal';

/** Training, from the referral to a centre to the third look-back at the graduate's work [measures §2]. */
export const trainingHandlers: RowHandlers<'training'> = {
  kind: 'training',
  commands: {
    decision,
    answer,
    notReached,
    nextCourse,
    word,
    hearing,
    claimDecision,
    goingOn,
    attendance,
    attendanceEvidence,
    attendanceHearing,
    absence,
    interruption,
    completion,
    certificate,
    placement,
    lookBackEvidence,
    withdrawal,
    adaptation,
    replacement,
  },
  steps: {
    silence,
    listAsks,
    listEnds,
    offerPasses,
    offerEnds,
    unheard,
    remind,
    begins,
    lastDay,
    goesOn,
    evidenceOfMonth,
    helpEnds,
    lookBack,
    evidenceOfLookBack,
    lookBackUnknown,
  },
  questions: { training_look_back_answer: lookBackAnswer },
  reconsider,
};
