import { stages } from './stages';

/** The organiser's word about the person is a claim. The person is heard, and the head decides where they do not agree. */
const claims = { works_hearing: 'unheard', works_claim: 'stays' } as const;

/** A month's timesheet and pay are also entered after the last day. */
const papers = { works_month: 'stays' } as const;

/** Paid public works [measures §5]. */
export const publicWorksStages = stages('public-works', {
  /** The employment officer finds a place that fits the recommendation, or says that there is none. */
  proposed: { works_place: 'nobodyFound' },
  /** The first day is entered. On the last day the case is in planning, also without an entry. */
  agreed: { works_begin: 'stays', works_end: 'lastDay', ...claims },
  /** The works end by themselves on their last day. */
  working: { works_end: 'lastDay', ...papers, ...claims },
  completed: papers,
  ended_early: papers,
});
