import { messageOf, wordsIn } from './catalogue';
import { changedFields } from './changed-fields';
import { changedRules } from './changed-rules';
import {
  asIs,
  code,
  codeInWords,
  codes,
  count,
  day,
  month,
  named,
  office,
  type Params,
  place,
  type Reader,
  sentence,
  type Show,
  sum,
  whereEmpty,
  written,
} from './show';

export {
  codeInWords,
  dayInWords,
  fill,
  grouped,
  monthInWords,
  type Params,
  type Reader,
  stateInWords,
  sumInWords,
  type Vocabulary,
} from './show';

/** A wait, as the state of its row describes it where that is known. */
const wait: Show = (value, reader, { owed }) => taskInWords(reader, value, (owed ?? {}) as Params);

/** A budget line, `hire_pwd-1703-2024`: programme, region, year. */
const line: Show = (value, reader, params) => {
  const [programme = '', region = '', year = ''] = value.split('-');
  return [code('programme')(programme, reader, params), place(region, reader, params), year].join(', ');
};

/** A parameter that means another thing in each of these messages. */
type ByMessage = Readonly<Record<string, Show>>;

/** How each parameter is shown, by its name. */
export const parameters: Readonly<Record<string, Show | ByMessage>> = {
  accepted: count,
  acts: codes('part'),
  act: asIs,
  after: sum,
  amount: sum,
  answer: code('answer'),
  answers: count,
  applied: day,
  attended: count,
  area: place,
  before: sum,
  because: asIs,
  bhm: asIs,
  by: asIs,
  channel: code('channel'),
  centre: named,
  claim: asIs,
  code: {
    application_refused: sentence('refusal'),
    business_ended: code('business_end'),
    start_stopped: code('start_end'),
    claim_about_person: code('rejection'),
    claim_returned: code('claim_return'),
    inspection_unjustified: code('unjustified'),
    payment_returned: code('payment_return'),
    public_works_claim: code('works_end'),
    public_works_cut_short: code('works_end'),
    public_works_ended: code('works_end'),
    referral_rejected: code('rejection'),
    subsidy_stopped: code('stop'),
    training_claim: code('training_end'),
    training_ended: code('training_end'),
    training_refused: code('training_end'),
    territory_changed: place,
    territory_recorded: place,
  },
  commands: count,
  condition: named,
  contact: asIs,
  contract: asIs,
  course: named,
  date: day,
  day,
  deadlines: count,
  differences: count,
  demand: sum,
  desk: asIs,
  district: named,
  doubt: code('doubt'),
  due: day,
  employer: named,
  ending: asIs,
  excused: count,
  fields: changedFields,
  form: code('business_form'),
  from: day,
  fund: code('fund'),
  goods: code('goods'),
  grounds: sentence(),
  ground: code('ground'),
  held: count,
  how: code('channel'),
  inspection: asIs,
  into: asIs,
  job: asIs,
  key: asIs,
  kind: {
    asked: wait,
    calendar_changed: codes('calendar_kind'),
    deadline_passed: wait,
    escalated: wait,
    left_to_others: wait,
    measure_added: code('measure'),
    measure_changed: code('measure'),
    measure_dropped: code('measure'),
    measure_ended: code('measure'),
    measure_not_begun: code('measure'),
    measure_started: code('measure'),
    measure_taken: asIs,
    overdue: wait,
    proposal: code('proposal'),
    proposal_approved: code('proposal'),
    proposal_overtaken: code('proposal'),
    proposal_rejected: code('proposal'),
    reminder: wait,
    returned_to_office: wait,
    service_added: code('service'),
    service_changed: code('service'),
    service_dropped: code('service'),
    service_ended: code('service'),
    service_open_at_closure: code('service'),
    service_resumed: code('service'),
    task_taken: wait,
  },
  language: code('language'),
  lapsed: sum,
  ledger: sum,
  lastDay: day,
  manner: code('channel'),
  left: sum,
  line,
  matched: count,
  measure: code('measure'),
  measures: codes('measure'),
  messages: count,
  missing: sentence(),
  month,
  most: count,
  moved: { deadlines_recomputed: count, year_ended: sum },
  multiple: asIs,
  n: count,
  name: asIs,
  news: count,
  number: asIs,
  official: named,
  on: day,
  outcome: { service_ended: asIs, other: code('outcome') },
  person: { people_joined: asIs, people_separated: asIs, other: named },
  part: sum,
  parts: count,
  cause: code('cause'),
  phone: asIs,
  policy: asIs,
  programme: code('programme'),
  proof: code('proof'),
  proposed: asIs,
  provider: asIs,
  reason: {
    application_refused: sentence('refusal'),
    correction_objection: sentence('correction'),
    corrected: sentence('correction'),
    correction_announced: sentence('correction'),
    decide_correction: sentence('correction'),
    recovery_demanded: sentence('correction'),
    eligibility_no: code('no_recommendation'),
    employment_ended: code('end_reason'),
    objection_dismissed: sentence(),
    referral_withdrawn: code('withdrawal'),
    subsidy_stopped: sentence(),
  },
  received: day,
  reckoned: asIs,
  recovery: asIs,
  ref: asIs,
  referral: asIs,
  register: (value, { language }) => codeInWords(language, 'register', value.toLowerCase()),
  resolution: { mismatch_resolved: code('mismatch_resolution'), resolution: code('resolution') },
  role: office,
  rules: changedRules,
  roles: codes('role'),
  said: asIs,
  share: asIs,
  region: place,
  since: day,
  skill: named,
  startOn: day,
  stated: sum,
  state: code('employer_state'),
  subsidy: asIs,
  text: asIs,
  term: asIs,
  title: asIs,
  times: count,
  to: {
    escalated: office,
    hire_corrected: day,
    reassigned: named,
    subsidy_ordered: day,
    task_taken: named,
    transfer_request: place,
  },
  type: code('news'),
  until: day,
  kept: day,
  vacancy: asIs,
  validUntil: day,
  version: asIs,
  wage: sum,
  waits: count,
  was: codes('calendar_kind'),
  what: code('imported'),
  why: {
    approval_fell: code('approval_fall'),
    blocked: codes('approval_fall'),
    claim_to_review: codes('review'),
    dispute: code('payment_dispute'),
    finding_only: code('inspection_end'),
    inspection_ended: code('inspection_end'),
    inspection_not_opened: code('inspection_end'),
    monitoring_stopped: code('outcome'),
    payment_disputed: code('payment_dispute'),
  },
  wish: code('wish'),
  wished: sum,
  which: asIs,
  words: asIs,
  work: named,
  workplace: asIs,
  about: asIs,
  below: count,
  floor: sum,
  heldBy: asIs,
  holder: asIs,
  last: day,
  mfo: asIs,
  next: (_value, reader, params) => say(reader, wordsIn(reader.language).refusals.next, params, 'refusals'),
  others: codes('programme'),
  possible: codes('category'),
  service: code('service'),
  setOff: sum,
};

const NOTHING = '-';
const NONE = 'none';
/**
 * A message with its parameters in words. What is missing is a dash where it is shown, and `none` where it chooses a text.
 *
 * @param type of the message, for the parameters that mean another thing in each
 * @throws Error for a parameter that the table above does not name
 */
export function say(reader: Reader, text: string, params: Params, type = ''): string {
  const message = messageOf(reader.language, text);
  const values: Record<string, string | number> = {};
  for (const [name, uses] of message.uses) {
    const given = written(params[name]) ?? whereEmpty[name];
    if (uses.has('count')) values[name] = Number(given ?? 0);
    else if (!uses.has('shown')) values[name] = given ?? NONE;
    else if (given === undefined) values[name] = uses.has('choice') ? NONE : NOTHING;
    else values[name] = showOf(name, type)(given, reader, params);
  }
  return withSingleStops(message.format(values));
}

/** A sentence whose last parameter ends with a stop has one. */
const withSingleStops = (text: string): string => text.replaceAll(/(?<!\.)(\.\.\.|[.!?])\.(?!\.)/g, '$1');

function showOf(name: string, type: string): Show {
  const known = parameters[name];
  const show = typeof known === 'function' ? known : (known?.[type] ?? known?.['other']);
  if (!show) throw new Error(`the catalogue does not say how to show {${name}} of ${type}`);
  return show;
}

/**
 * A kind of wait in words: the act that is to be done now.
 *
 * @param facts of its row's state, such as the reason of a review
 */
export function taskInWords(reader: Reader, kind: string, facts: Params = {}): string {
  const { owed } = wordsIn(reader.language).waits;
  return kind in owed ? say(reader, owed[kind as keyof typeof owed], facts, kind) : kind;
}
