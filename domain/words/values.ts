import { type Day, dayOf } from '../day';
import { type Catalogue, messageOf, wordsIn } from './catalogue';
import type { Language } from './languages';

/** Who reads a text: in which language, on which day, and how ids and codes of places are called. */
export interface Reader {
  language: Language;
  /** Days of its year are said without the year. */
  today: Day;
  /** The name of a person, an employer, an official or a place; undefined where none is known. */
  nameOf?: (id: string) => string | undefined;
}

export type Params = Readonly<Record<string, unknown>>;

/** A list of codes with its words; the states are by the kind of row. */
export type Vocabulary = Exclude<keyof Catalogue['codes'], 'state'>;

/** Puts rendered values into a message. */
export const fill = (language: Language, text: string, values: Readonly<Record<string, string | number>>) =>
  messageOf(language, text).format(values);

/** A day as people say it: `4 December`, with the year where it is not the reader's. */
export function dayInWords({ language, today }: Reader, value: string): string {
  const day = value.length === 10 ? value : dayOf(new Date(value));
  const { calendar } = wordsIn(language);
  const [year = '', month = '', date = ''] = day.split('-');
  const values = { day: String(Number(date)), month: nameOfMonth(language, month), year };
  return fill(language, today.startsWith(year) ? calendar.day : calendar.dayOfYear, values);
}

/** A month with its year: `November 2026`. */
export function monthInWords({ language }: Pick<Reader, 'language'>, value: string): string {
  const [year = '', month = ''] = value.split('-');
  return fill(language, wordsIn(language).calendar.monthOfYear, {
    year,
    month: nameOfMonth(language, month),
  });
}

const nameOfMonth = (language: Language, month: string): string =>
  (wordsIn(language).calendar.months as Readonly<Record<string, string>>)[month] ?? month;

/** A whole number with spaces between the thousands: `469 333`. */
export const grouped = (n: number | bigint | string): string => String(n).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

/** Whole so'm: `469 333 so'm`, in every language. */
export const sumInWords = (amount: number | bigint | string): string => `${grouped(amount)} so'm`;

/** A code of a vocabulary in words. One that has none, as of a register's own list, is shown without its underscores. */
export const codeInWords = (language: Language, vocabulary: Vocabulary, code: string): string =>
  (wordsIn(language).codes[vocabulary] as Readonly<Record<string, string>>)[code] ??
  code.replaceAll('_', ' ');

/** A state of a kind of row in words. */
export const stateInWords = (language: Language, kind: keyof Catalogue['codes']['state'], state: string) =>
  (wordsIn(language).codes.state[kind] as Readonly<Record<string, string>>)[state] ?? state;

/** How the values of a parameter are shown; the other parameters of the message are beside it. */
type Show = (value: string, reader: Reader, params: Params) => string;

const asIs: Show = (value) => value;
const named: Show = (value, { nameOf }) => nameOf?.(value) ?? value;
const day: Show = (value, reader) => dayInWords(reader, value);
const month: Show = (value, reader) => monthInWords(reader, value);
const sum: Show = (value) => sumInWords(value);
const count: Show = (value) => grouped(value);
const code =
  (vocabulary: Vocabulary): Show =>
  (value, { language }) =>
    codeInWords(language, vocabulary, value);
/** Several codes, separated by commas. */
const codes =
  (vocabulary: Vocabulary): Show =>
  (value, { language }) =>
    value
      .split(', ')
      .map((each) => codeInWords(language, vocabulary, each))
      .join(', ');
/** A code in words, or what somebody wrote; it ends with a full stop. */
const sentence =
  (vocabulary?: Vocabulary): Show =>
  (value, { language }) => {
    const said = vocabulary ? codeInWords(language, vocabulary, value).trim() : value.trim();
    return /[.!?]$/.test(said) ? said : `${said}.`;
  };
/** A wait, as the state of its row describes it where that is known. */
const wait: Show = (value, reader, { owed }) => taskInWords(reader, value, (owed ?? {}) as Params);
/** An office: a role, as of its head where the rank says so. */
const office: Show = (value, { language }, { rank }) =>
  codeInWords(
    language,
    'role',
    value.replace('-head', '_head') + (rank === 'head' && !value.endsWith('-head') ? '_head' : ''),
  );
const place: Show = (value, { language, nameOf }) => nameOf?.(value) ?? codeInWords(language, 'place', value);
const yesNo: Show = (value, { language }) => codeInWords(language, 'yes_no', value);
const terms =
  (vocabulary: 'occupation' | 'condition' | 'skill'): Show =>
  (value, { nameOf }) =>
    value
      .split(', ')
      .map((each) => nameOf?.(`${vocabulary}/${each}`) ?? each)
      .join(', ');

/** How the value of a changed field is shown, by the field's name. */
const valueOf: Readonly<Record<string, Show>> = {
  area: place,
  conditions: terms('condition'),
  district: named,
  employees: count,
  endedOn: day,
  filledHow: code('filled_how'),
  hoursPerWeek: count,
  nameCyrl: asIs,
  nameLatn: asIs,
  ownership: code('ownership'),
  places: count,
  rank: code('rank'),
  sharesWork: yesNo,
  skills: terms('skill'),
  state: code('record_state'),
  stateShare: (value) => `${value} %`,
  successorId: named,
  title: asIs,
  wage: sum,
  week: code('week'),
  work: terms('occupation'),
};

/** The changed fields of a record, separated by commas. A field says its value before and after where the event holds them. */
const changedFields: Show = (value, reader, params) =>
  value
    .split(', ')
    .map((field) => fieldInWords(reader, field, params))
    .join(', ');

function fieldInWords(reader: Reader, field: string, params: Params): string {
  const { changes } = wordsIn(reader.language);
  const label = codeInWords(reader.language, 'field', field);
  const show = valueOf[field];
  const change = (params['values'] as Params | undefined)?.[field] as Params | undefined;
  if (!change || !show) return label;
  const said = (value: unknown): string => {
    const text = written(Array.isArray(value) ? value.join(', ') : value) ?? whereEmpty[field];
    return text === undefined ? changes.nothing : show(text, reader, params);
  };
  const [before, after] = [said(change['before']), said(change['after'])];
  return fill(reader.language, changes.value, { field: label, before, after });
}
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
  act: asIs,
  after: sum,
  amount: sum,
  answer: code('answer'),
  applied: day,
  area: place,
  before: sum,
  bhm: asIs,
  by: asIs,
  claim: asIs,
  code: {
    application_refused: sentence('refusal'),
    claim_about_person: code('rejection'),
    claim_returned: code('claim_return'),
    inspection_unjustified: code('unjustified'),
    payment_returned: code('payment_return'),
    referral_rejected: code('rejection'),
    subsidy_stopped: code('stop'),
    territory_changed: place,
    territory_recorded: place,
  },
  condition: named,
  contact: asIs,
  contract: asIs,
  date: day,
  day,
  differences: count,
  district: named,
  doubt: code('doubt'),
  due: day,
  employer: named,
  ending: asIs,
  fields: changedFields,
  from: day,
  grounds: sentence(),
  ground: code('ground'),
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
  lapsed: sum,
  lastDay: day,
  manner: code('channel'),
  left: sum,
  line,
  matched: count,
  measure: code('measure'),
  measures: codes('measure'),
  missing: sentence(),
  month,
  most: count,
  moved: { deadlines_recomputed: count, year_ended: sum },
  multiple: asIs,
  n: count,
  number: asIs,
  official: named,
  on: day,
  outcome: { service_ended: asIs, other: code('outcome') },
  person: { people_joined: asIs, people_separated: asIs, other: named },
  phone: asIs,
  policy: asIs,
  programme: code('programme'),
  proof: code('proof'),
  proposed: asIs,
  provider: asIs,
  reason: {
    application_refused: sentence('refusal'),
    corrected: sentence('correction'),
    correction_announced: sentence('correction'),
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
  roles: codes('role'),
  said: asIs,
  share: asIs,
  since: day,
  skill: named,
  startOn: day,
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
  validUntil: day,
  version: asIs,
  wage: sum,
  was: codes('calendar_kind'),
  what: code('imported'),
  why: {
    approval_fell: code('approval_fall'),
    blocked: codes('approval_fall'),
    claim_to_review: codes('review'),
    finding_only: code('inspection_end'),
    inspection_ended: code('inspection_end'),
    inspection_not_opened: code('inspection_end'),
    monitoring_stopped: code('outcome'),
    payment_disputed: code('payment_dispute'),
  },
  wish: code('wish'),
  wished: sum,
  words: asIs,
  work: named,
  workplace: asIs,
  about: asIs,
  below: count,
  floor: sum,
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
/** Parameters that say something by being empty. */
const whereEmpty: Readonly<Record<string, string>> = { area: 'republic' };

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

/** A value as text; an object is none. */
const written = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
};

/**
 * A kind of wait in words: the act that is to be done now.
 *
 * @param facts of its row's state, such as the reason of a review
 */
export function taskInWords(reader: Reader, kind: string, facts: Params = {}): string {
  const { owed } = wordsIn(reader.language).waits;
  return kind in owed ? say(reader, owed[kind as keyof typeof owed], facts, kind) : kind;
}
