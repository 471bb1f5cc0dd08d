import { stages } from './stages';

/** A month's attendance is also entered and corrected after the last day. Where the centre does not, the case manager brings evidence. */
const papers = {
  training_month: 'evidenceOfMonth',
  training_month_evidence: 'stays',
  training_low: 'stays',
} as const;

/** From the last day on the registers are asked whether the graduate works, whatever state the training is in. */
const lookBacks = {
  training_look_back: 'lookBack',
  training_look_back_answer: 'evidenceOfLookBack',
  training_look_back_evidence: 'lookBackUnknown',
} as const;

/** After a hire or a withdrawal from the service the person is asked whether the admission or the course goes on. */
const question = { training_goes_on: 'stays' } as const;

/** On the last day the measure ends, also while it is interrupted or the person is heard. Completion is owed from then on. */
const course = {
  training_end: 'lastDay',
  training_interruption: 'stays',
  training_resumption: 'goesOn',
  training_completion: 'stays',
  ...question,
  ...papers,
  ...lookBacks,
} as const;

/** The acts that are owed of a training that is over. */
const over = { ...papers, ...lookBacks } as const;

/** Training, from the referral to a centre to the third look-back [measures §2, S steps 4 and 5]. */
export const trainingStages = stages('training', {
  /** The centre decides. Its silence passes to its head, then to the employment department, then it is a refusal. */
  referred: { training_decision: 'silence' },
  /** A free place is offered to the first in order. Before the first day the person is asked about the centre's next course. */
  waiting_list: { training_list: 'listAsks', training_next_course: 'listEnds' },
  /** The person answers. A place from the waiting list passes on. No place is kept beyond the first day. */
  offered: {
    training_answer: 'stays',
    training_list_answer: 'offerPasses',
    training_place: 'offerEnds',
  },
  /** The person is reminded of the first day, on which the study begins. */
  admitted: { training_reminder: 'remind', training_begin: 'begins', ...question },
  /** The centre's word about the person is a claim. The person is heard, and the head decides where they do not agree. */
  hearing: { training_hearing: 'unheard', training_claim: 'stays', ...course },
  studying: course,
  /** Ill, or caring for somebody: the course goes on at the day named. */
  interrupted: course,
  /** The centre helps into work or business. */
  completed: { training_help: 'helpEnds', ...over },
  followed: over,
  /** *Not accessible*: the centre's head answers what will be adapted. */
  refused: { training_adaptation: 'stays' },
  withdrawn: over,
  ended: over,
  dropped_out: over,
  /** The centre's head names another course, or says that there is none. */
  cancelled: { training_replacement: 'stays', ...over },
});
