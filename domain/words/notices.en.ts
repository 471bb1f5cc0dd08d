import { fill, type Params } from './fill';
import { type Refused, refusalInWords } from './refusals.en';

/** The texts of messages. They hold no group, no diagnosis and no PINFL. The service shows the rest. */
export const notices = {
  referral_issued:
    'Referral {referral}: a person is referred to your job "{title}". Please accept or reject with reasons by {due}.',
  referral_sent_again:
    'Referral {referral}: a person is referred to your job "{title}". Please accept or reject with reasons: your time runs from the day this message reaches you; the service shows its last day.',
  referral_withdrawn: 'Referral {referral} is withdrawn. Nothing more is asked of you.',
  referral_ended: 'Referral {referral} has ended: {outcome}.',
  accepted: 'Good news: the employer accepts you for "{title}" from {startOn}.',
  inspection_opened: 'The labour inspectorate examines referral {referral} ({inspection}).',
  inspection_taken_back:
    'Inspection {inspection} has ended: the answer to referral {referral} had come in time.',
  resolution: 'Inspection {inspection} is resolved: {resolution}.',
  finding: 'Inspection {inspection} found the refusal {resolution}: {grounds}',
  directive: 'Inspection {inspection}: comply with directive {number} by {due}.',
  breach: 'Inspection {inspection}: the labour register has no contract; the breach is recorded.',
  end_reported: 'The labour register says that employment {employment} ended on {on}; it is being confirmed.',
  application_returned: 'Application {subsidy}: please complete it. {missing}',
  application_refused: 'Application {subsidy} is refused. {why} {next}',
  objection_dismissed:
    'The objection about application {subsidy} is dismissed: {reason}. The refusal stands.',
  awaiting_law:
    'Application {subsidy} is received and waits: the law does not say yet how much is paid. You need not do anything. It goes on by itself; we look every month and tell you.',
  awaiting_funds:
    'Application {subsidy} is approved and waits for money; you need not do anything. We look every month and tell you.',
  subsidy_ordered: 'Order {number}: subsidy {subsidy} is paid from {from} to {to}.',
  subsidy_stopped: 'Subsidy {subsidy} is stopped after {lastDay}: {reason}.',
  claim_settled: "{amount} so'm for {month} were paid on {on} (claim {claim}).",
  claim_zero: 'Nothing is due for {month} (claim {claim}): {reason}.',
  claim_lapsed: 'The claim for {month} has lapsed (claim {claim}): {reason}.',
  payment_came_back: 'The payment for claim {claim} came back ({code}): please correct your account.',
  account_proposed:
    'An account was proposed for you, ending in {ending}. If it was not you, tell us at once.',
  account_confirmed:
    'The account ending in {ending} was confirmed; payments go there from {from}. If it is not yours, tell us at once.',
  correction_announced:
    "The month {month} (claim {claim}) is to be corrected downwards by {amount} so'm: {reason}. You may object until {due}.",
  corrected:
    "The month {month} (claim {claim}) is corrected from {before} to {after} so'm: {reason}. The claim shows the sums to be set off, repaid or paid.",
  correction_dropped: 'The month {month} (claim {claim}) is not corrected after all.',
  recovery_demanded:
    "{amount} so'm were overpaid for {month} (claim {claim}): {reason}. Please repay them until {due} to account {number}, bank {mfo}, of {holder}, naming {recovery}. Until then what we owe you is set off against it.",
  recovery_extended: "You may repay the {amount} so'm of {recovery} until {due}.",
  recovery_set_off:
    "{setOff} so'm of your claim for {month} ({claim}) are set off against {recovery}: {amount} so'm are left to be repaid.",
  reminder: 'Reminder: {subject} waits for you ({kind}) until {due}.',
  asked: 'Asked of you: {subject} needs your decision ({kind}) until {due}.',
  supervisors_no: '{subject}: the supervisor said no ({what}); the service shows the reason.',
  overdue: 'Overdue: {subject} waits for you ({kind}) since {due}.',
  escalated: '{subject} ({kind}) was not done in time and is yours now.',
  told: '{subject}: {what}.',
} as const;

export type NoticeType = keyof typeof notices;

/** A message in words. */
export const noticeText = (type: string, params: Params): string =>
  type in notices ? fill(notices[type as NoticeType], { ...params, ...saidOf(type, params) }) : type;

/** What a message says by the code that it was queued with. */
const saidOf = (type: string, params: Params): Params =>
  type === 'application_refused' ? refusalInWords(params as Refused) : {};
