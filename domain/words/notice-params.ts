import type { NoticeType } from './words';

/**
 * What each message is told when it is queued: codes, days, sums, numbers to quote. Names are read when it is sent
 * (`readWhenSent`), because personal data is not kept in a message.
 */
export const noticeParams = {
  referral_issued: ['referral', 'due'],
  referral_sent_again: ['referral'],
  referral_withdrawn: ['referral'],
  inspection_opened: ['inspection', 'ground', 'closed', 'by', 'on'],
  inspection_taken_back: ['inspection'],
  early_end_taken_back: ['inspection'],
  inspection_of_replaced: ['inspection'],
  inspection_of_reopened: ['inspection'],
  extension_granted: ['referral', 'due'],
  extension_declined: ['referral', 'due'],
  start_agreed: ['referral', 'startOn'],
  start_stays: ['referral', 'startOn'],
  explanation_asked: ['inspection', 'due'],
  resolution_withdrawn: ['inspection'],
  resolution_lapsed: ['inspection', 'resolution'],
  acceptance_replaced: [],
  person_extension: ['due'],
  person_resolution_withdrawn: [],
  decision_replaced_told: ['decision'],
  directive: ['inspection', 'ground', 'number', 'due'],
  breach: ['inspection', 'ground'],
  application_returned: ['subsidy', 'missing'],
  application_refused: [
    'subsidy',
    'reason',
    'next',
    'code',
    'until',
    'others',
    'possible',
    'below',
    'floor',
    'months',
    'from',
    'last',
  ],
  awaiting_law: ['subsidy'],
  objection_dismissed: ['subsidy', 'reason'],
  awaiting_funds: ['subsidy'],
  subsidy_ordered: ['subsidy', 'number', 'date', 'from', 'to'],
  subsidy_stopped: ['subsidy', 'lastDay', 'reason'],
  claim_settled: ['claim', 'month', 'amount', 'on', 'desk'],
  claim_zero: ['claim', 'month', 'because'],
  claim_lapsed: ['claim', 'month'],
  payment_came_back: ['claim'],
  account_proposed: ['ending'],
  account_confirmed: ['ending', 'from'],
  persons_account_missing: ['amount'],
  persons_account_proposed: ['ending'],
  persons_account_confirmed: ['ending', 'from'],
  correction_announced: ['claim', 'month', 'amount', 'reason', 'due'],
  corrected: ['claim', 'month', 'before', 'after', 'reason'],
  correction_dropped: ['claim', 'month'],
  recovery_demanded: ['recovery', 'claim', 'month', 'reason', 'amount', 'due', 'holder', 'number', 'mfo'],
  recovery_extended: ['recovery', 'amount', 'due'],
  recovery_set_off: ['recovery', 'claim', 'setOff', 'amount'],
  person_referred: ['due'],
  accepted: ['startOn'],
  person_hired: ['employer', 'on'],
  person_start_moved: ['startOn'],
  person_refused: [],
  person_job_closed: ['closed', 'by', 'on'],
  person_job_open_again: ['due'],
  person_silent: [],
  person_no_contract: [],
  person_settled: ['ground', 'startOn'],
  person_directed: ['ground', 'due'],
  person_justified: ['ground', 'grounds'],
  person_unjustified: ['ground', 'grounds'],
  person_job_ended: ['employer', 'on'],
  person_measure_began: ['kind', 'on'],
  person_measure_ended: ['kind', 'on'],
  person_works_proposed: [],
  person_works_agreed: ['on', 'until', 'amount'],
  person_no_works: [],
  no_works: [],
  person_training_referred: [],
  person_training_listed: [],
  person_training_offered: ['on', 'until', 'stipend'],
  person_training_admitted: ['on', 'stipend'],
  person_training_reminder: ['on'],
  person_training_next_course: ['on'],
  person_training_refused: ['code'],
  person_training_cancelled: [],
  training_refused: ['code'],
  training_cancelled: [],
  training_replacement: ['course'],
  training_adaptation: ['until'],
  training_not_reached: [],
  resolution: ['inspection', 'resolution', 'grounds'],
  breach_told: ['inspection', 'ground'],
  measure_told: ['inspection', 'none'],
  end_reported: ['on'],
  end_claimed: ['on'],
  conversation_not_done: ['n'],
  end_unconfirmed: ['person', 'employer'],
  end_correction_unconfirmed: ['person', 'employer'],
  end_stands: ['person', 'employer'],
  job_ended: ['on'],
  another_contract: [],
  recommendation_ends: ['until'],
  case_offered: [],
  places_taken: ['referral'],
  worked_there: ['referral'],
  office_empty: ['role', 'rank', 'area', 'fund'],
  employer_confirmed: ['proposed'],
  employer_declined: ['proposed', 'grounds'],
  supervisors_no: ['what'],
  reminder: ['kind', 'due', 'person', 'employer'],
  asked: ['kind', 'due', 'person', 'employer'],
  overdue: ['kind', 'due', 'person', 'employer'],
  escalated: ['kind', 'due', 'person', 'employer'],
} as const satisfies Readonly<Record<NoticeType, readonly string[]>>;

/** What a message may name beside, as the record has it when the message is sent. `recipient` is the kind of its recipient. */
export const readWhenSent = [
  'person',
  'employer',
  'job',
  'centre',
  'phone',
  'applied',
  'about',
  'recipient',
] as const;

/** The parameters of a message, each of them; one that is not known is null. */
export type NoticeParams<T extends NoticeType> = Readonly<
  Record<(typeof noticeParams)[T][number], string | number | null>
>;

/** A message of one of these types with its parameters. */
export type Saying<T extends NoticeType = NoticeType> = T extends NoticeType
  ? { type: T; params: NoticeParams<T> }
  : never;

/** The kind of a message's recipient. The contacts of a proposal are those of the payee at the time of the proposal. */
export const recipientKind = ({ type, recipient }: { type: string; recipient: string }): string => {
  if (recipient !== 'proposal') return recipient;
  return type.startsWith('persons_') ? 'person' : 'employer';
};
