/** How long a kind of data is kept, in days. */
interface Period {
  /** The default of the setting. */
  days: number;
  /** The least number of days that the setting may name. */
  least: number;
  /** The event after which the days run. */
  from: string;
  /** Rows that stay in spite of it. */
  stays: string;
}

interface Stored {
  /** What its rows hold. */
  what: string;
  /** Absent: it stays as long as the record. */
  goes?: Period;
  source: string;
}

/**
 * Every table of the record: its content, how long it stays, and why. `docs/operations.md` shows it. The source is an act, a part of
 * the rules, or [default]: the act names no number, and the ministry sets one (`keepDays` of the settings).
 *
 * Law ZRU-547 on personal data keeps them no longer than their purpose needs. Three years are the general limitation period of the
 * Civil Code (Article 150): until then somebody may ask a court who was told, asked or late.
 */
export const stored = {
  tasks: {
    what: 'Waits. Here: closed ones, of rows that are closed',
    goes: {
      days: 1096,
      least: 366,
      from: 'the wait and its row were closed',
      stays:
        'waits for a decision (the report shows how late it was), a resolution (it may be withdrawn) or a difference of a statement; all waits of a row with a failed command',
    },
    source: 'Civil Code, Article 150 [default]',
  },
  notices: {
    what: 'Messages: type, parameters, recipient, outcome',
    goes: {
      days: 1096,
      least: 366,
      from: 'the message was written and its row was closed',
      stays: 'messages that brought a referral: they prove its delivery',
    },
    source: 'Civil Code, Article 150 [default]',
  },
  commands: {
    what: 'Commands. Here: their bodies, and their answers but for the number of the row or the code of the refusal',
    goes: {
      days: 90,
      least: 30,
      from: 'the answer was given',
      stays:
        'bodies of commands that failed, were given on paper, or made a person a participant; id, caller, instant, route, key, hash and status of every command',
    },
    source: '[default]',
  },
  register_answers: {
    what: 'Questions to registers, with their raw answers',
    goes: {
      days: 1096,
      least: 366,
      from: 'the answer came and its row was closed',
      stays:
        'answers about subsidies, claims and their corrections, and about jobs and referrals with a subsidy: they are the evidence for a payment',
    },
    source: 'ZRU-547 [default]; money §9',
  },
  news: {
    what: 'News and receipts that registers pushed',
    goes: {
      days: 1096,
      least: 366,
      from: 'the news was done with',
      stays:
        'news of the treasury and the tax office, and news about workers and employers with a subsidy: it is the evidence for a payment',
    },
    source: 'ZRU-547 [default]; money §9',
  },
  outbox: { what: 'Workflows to wake. A row goes once its workflow is woken', source: 'design' },
  events: {
    what: 'Acts, in order, with their actors. Nobody can change or delete them',
    source: 'pathway §3; money §9',
  },
  ledger_entries: { what: 'Postings of money. Nobody can change or delete them', source: 'money §8' },
  hands: { what: 'Participations, for four eyes', source: 'money §7' },
  revisions: { what: 'The names of changed fields, by revision', source: 'design' },
  people: { what: 'Persons with contacts and recommendation', source: 'ZRU-547 [default]' },
  doubles: { what: 'Pairs of records that may be of one person', source: 'ZRU-547 [default]' },
  visits: { what: 'Visits to people without work', source: 'pathway §2' },
  cases: { what: 'Cases', source: 'pathway §3' },
  case_versions: { what: 'Versions of assessments and plans', source: 'pathway §3' },
  measures: { what: 'Measures of plans', source: 'pathway §3' },
  participations: { what: 'Participations as the pathway report counts them', source: 'pathway §8' },
  services: { what: 'Accompanying services of plans', source: 'pathway §3' },
  referrals: { what: 'Referrals with the employers’ decisions', source: 'pathway §5' },
  inspections: { what: 'Inspections with their resolutions', source: 'pathway §6' },
  employments: { what: 'Employments of participants', source: 'pathway §7' },
  checks: { what: 'Monthly checks of employments', source: 'pathway §7' },
  public_works: { what: 'Public works with timesheets and pay', source: 'measures §5' },
  trainings: { what: 'Trainings with attendance and certificates', source: 'measures §2' },
  businesses: { what: 'Own businesses of participants', source: 'measures §3' },
  business_checks: { what: 'Monthly checks of own businesses', source: 'measures §3' },
  marks: { what: 'Marks of hand-made goods', source: 'measures §3' },
  employers: { what: 'Employers with contacts', source: 'pathway §5' },
  vacancies: { what: 'Jobs', source: 'pathway §5' },
  centres: { what: 'Centres of vocational training with contacts', source: 'measures §2' },
  courses: { what: 'Courses of the centres', source: 'measures §2' },
  subsidies: { what: 'Subsidies from application to end', source: 'money §3' },
  commitments: { what: 'Reserved months', source: 'money §8' },
  entitlements: { what: 'Amounts of months', source: 'money §2' },
  claims: { what: 'Payables with their calculations', source: 'money §4' },
  set_offs: { what: 'Set-offs of overpayments', source: 'money §6' },
  payments: { what: 'Attempts to pay', source: 'money §5' },
  accounts: { what: 'Accounts of employers and persons', source: 'money §5' },
  approvals: { what: 'Proposals that two persons decide', source: 'money §7' },
  recoveries: { what: 'Demands of overpayments', source: 'money §6' },
  budget_lines: { what: 'Money by programme, region and year', source: 'money §8' },
  line_balances: { what: 'Balances of the lines’ accounts, kept with each posting', source: 'money §8' },
  statements: { what: 'Statements of the treasury', source: 'money §8' },
  statement_entries: { what: 'Movements in statements', source: 'money §8' },
  adapted_workplaces: { what: 'Adapted workplaces, each counted once', source: 'money §3' },
  used_documents: { what: 'Papers that prove costs, each counted once', source: 'money §3' },
  policy_versions: { what: 'Versions of the policy', source: 'money §1' },
  dated_amounts: { what: 'BHM and minimum wage by day', source: 'money §1' },
  policy_changes: { what: 'Changes of law that were carried out', source: 'money §1' },
  calendar: { what: 'Days off and extra days', source: 'design' },
  calendar_changes: { what: 'Changes of the calendar', source: 'design' },
  territories: { what: 'Regions, districts and mahallas', source: 'design' },
  officials: { what: 'Officials with contacts and offices', source: 'design' },
  vocabulary_terms: { what: 'Kinds of work, conditions and skills', source: 'design' },
  prunings: { what: 'Runs of this removal, with their counts', source: 'design' },
  clock_offset: { what: 'The clock of tests. Empty in production', source: 'design' },
} as const satisfies Record<string, Stored>;

type Table = keyof typeof stored;

/** The tables with rows whose storage period ends. */
export type Going = { [T in Table]: (typeof stored)[T] extends { goes: Period } ? T : never }[Table];

const goesIn = (table: Table): Period | undefined => (stored[table] as Stored).goes;

export const going = (Object.keys(stored) as Table[]).filter(
  (table): table is Going => goesIn(table) !== undefined,
);

export const periodOf = (table: Going): Period => stored[table].goes;

/** The days for which each kind of data is kept; null: it stays as long as the record. */
export type KeepDays = Readonly<Record<Going, number | null>>;

export const defaultKeepDays = Object.fromEntries(
  going.map((table) => [table, periodOf(table).days]),
) as KeepDays;

/** Waits that stay when they are closed, because a report or a later act reads them. */
export const keptWaits = ['decision', 'resolution', 'difference'] as const;

/** The rows whose registers' answers are the evidence for a payment [money §9]. */
export const evidenceOfPayments = [
  'subsidy',
  'adaptation',
  'stipend',
  'start-subsidy',
  'claim',
  'approval',
] as const;

/** The registers whose news is evidence for a payment [money §9]. */
export const newsOfMoney = ['treasury', 'tax'] as const;
/** The news about an employer that is evidence where the employer has a subsidy [money §9]. */
export const newsOfEmployers = ['employer_liquidated', 'employer_reorganised'] as const;

/** The parts of a body that say that a paper was handed in. An official entered it: the paper is elsewhere. */
export const saysPaper = ['received', 'receivedOn'] as const;

/** The table for people: a line for each table of the record. */
export function storageTable(): string[][] {
  return (Object.keys(stored) as Table[]).map((table) => {
    const { what, goes, source }: Stored = stored[table];
    const kept = goes
      ? `${goes.days} days after ${goes.from}. Stays: ${goes.stays}`
      : 'as long as the record';
    return [`\`${table}\``, what, kept, source, goes ? 'no: deletes in batches' : 'no'];
  });
}
