import { type Day, dayOf, daysBetween } from './day';
import type { EventType } from './words/words';

/** The part of an event that the closure form reads. */
export interface Happened {
  at: Date;
  type: string;
  subject: string;
  params: Readonly<Record<string, unknown>>;
}

/** One step of a row: its beginning, its end (null where it never ended), and its length in calendar days. */
export interface FormStep {
  step: string;
  of: string;
  from: Day;
  until: Day | null;
  days: number | null;
}

/** The steps of a case and their lengths, in calendar days of Tashkent. */
export interface ClosureForm {
  openedOn: Day;
  closedOn: Day;
  /** The days on which the case was open. The days between a closure and a reopening do not count. */
  daysOpen: number;
  done: Record<string, number>;
  steps: FormStep[];
}

type Span = { step: string; of: string; from: readonly EventType[]; until: readonly EventType[] };

/** The steps in the order of the pathway. `of` is the kind of row that a step belongs to. */
const spans: readonly Span[] = [
  { step: 'assessment', of: 'case', from: ['case_opened'], until: ['assessed'] },
  { step: 'plan', of: 'case', from: ['assessed'], until: ['planned'] },
  { step: 'first_referral', of: 'case', from: ['planned'], until: ['referral_issued'] },
  { step: 'measure', of: 'measure', from: ['measure_started'], until: ['measure_ended'] },
  {
    step: 'service',
    of: 'service',
    from: ['service_added'],
    until: ['service_ended', 'service_dropped', 'service_open_at_closure'],
  },
  { step: 'delivery', of: 'referral', from: ['referral_issued'], until: ['referral_delivered'] },
  {
    step: 'employers_answer',
    of: 'referral',
    from: ['referral_issued'],
    until: [
      'referral_accepted',
      'referral_rejected',
      'claim_about_person',
      'referral_silent',
      'contract_registered',
    ],
  },
  { step: 'contract', of: 'referral', from: ['referral_accepted'], until: ['hired', 'no_contract'] },
  {
    step: 'inspection',
    of: 'inspection',
    from: ['inspection_opened'],
    until: [
      'inspection_settled',
      'inspection_directed',
      'inspection_justified',
      'inspection_unjustified',
      'inspection_ended',
    ],
  },
  {
    step: 'employment',
    of: 'retention',
    from: ['hired'],
    until: ['retained', 'employment_ended', 'monitoring_stopped'],
  },
];

const counted: Readonly<Record<string, EventType>> = {
  assessments: 'assessed',
  plans: 'planned',
  referrals: 'referral_issued',
  inspections: 'inspection_opened',
  hires: 'hired',
  checksPassed: 'check_passed',
  conversations: 'conversation',
  measures: 'measure_started',
  services: 'service_added',
  servicesWithoutOutcome: 'service_open_at_closure',
  reopenings: 'case_reopened',
};

/**
 * The form that closes a case: its steps and their lengths [pathway §3, closure].
 *
 * @param events all events of the case, oldest first, from its opening to its last closure
 */
export function closureForm(events: readonly Happened[]): ClosureForm {
  const periods = openPeriods(events);
  return {
    openedOn: periods[0]?.from ?? '',
    closedOn: periods.at(-1)?.until ?? '',
    daysOpen: periods.reduce((days, { from, until }) => days + daysBetween(from, until), 0),
    done: Object.fromEntries(
      Object.entries(counted).map(([name, type]) => [
        name,
        events.filter((event) => event.type === type).length,
      ]),
    ),
    steps: spans.flatMap((span) => stepsOf(span, events)),
  };
}

function openPeriods(events: readonly Happened[]): { from: Day; until: Day }[] {
  const ends = events.filter(({ type }) => type === 'case_closed');
  return events
    .filter(({ type }) => type === 'case_opened' || type === 'case_reopened')
    .map((opening, i) => ({ from: dayOf(opening.at), until: dayOf((ends[i] ?? opening).at) }));
}

/** A step begins with its row's first beginning event, and ends with the first ending event after it. */
function stepsOf({ step, of, from, until }: Span, events: readonly Happened[]): FormStep[] {
  const is = (types: readonly string[]) => (event: Happened) => types.includes(event.type);
  const rows = new Set(events.filter(is(from)).map((event) => rowOf(event, of)));
  return [...rows].map((row) => {
    const own = events.filter((event) => rowOf(event, of) === row);
    const first = own.findIndex(is(from));
    const begun = happenedOn(own[first]);
    const end = own.slice(first).find(is(until));
    const ended = end ? happenedOn(end) : null;
    return {
      step,
      of: row,
      from: begun,
      until: ended,
      days: ended === null ? null : daysBetween(begun, ended),
    };
  });
}

/** The row of a kind that an event belongs to. Its parameters name the row; otherwise it is the row it was recorded under. */
function rowOf({ subject, params }: Happened, of: string): string {
  if (of === 'case') return 'case';
  const named = params[of === 'measure' ? 'n' : of];
  return typeof named === 'string' || typeof named === 'number' ? `${of}/${named}` : subject;
}

/** People record measures for a day that they name. All other events happened when they were recorded. */
const happenedOn = (event: Happened | undefined): Day => {
  if (!event) return '';
  const { type, params, at } = event;
  return type.startsWith('measure_') && typeof params['on'] === 'string' ? params['on'] : dayOf(at);
};
