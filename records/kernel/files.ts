import {
  Prisma,
  type Case,
  type Employer,
  type Notice,
  type Referral,
  type Task,
  type Vacancy,
  type VocabularyTerm,
} from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import { columnsOf, objectOf } from './columns';
import type { RowKind } from '../../domain/pathways';
import { bringsReferral } from '../../domain/pathways/referral';
import { kinds } from './kinds';

/**
 * A row with the rows around it that its answer, its preconditions and the names beside it need: one statement reads them all.
 * The kinds on which most decisions are taken have a file.
 */

/** An open wait, as an answer shows it. */
export type Waiting = Pick<
  Task,
  'subject' | 'kind' | 'ref' | 'role' | 'rank' | 'assigneeId' | 'since' | 'due' | 'escalated' | 'policyId'
>;

/** The rows around a case. */
export interface AroundCase {
  measures: {
    n: number;
    kind: string;
    provider: string | null;
    dueOn: string | null;
    startedOn: string | null;
    endedOn: string | null;
    outcome: string | null;
    region: string | null;
  }[];
  services: {
    n: number;
    kind: string;
    provider: string;
    dueOn: string | null;
    addedOn: string;
    endedOn: string | null;
    outcome: string | null;
  }[];
  referrals: { id: string; state: string; vacancyId: string; employerId: string }[];
  employments: { id: string; state: string; employerId: string; hiredOn: string }[];
  revision: number;
  person: { name: string; mahalla: string; diedOn: string | null; recommendedUntil: string | null };
}

/** The rows around a referral. */
export interface AroundReferral {
  /** The case manager. */
  managerId: string | null;
  employer: Employer;
  vacancy: Vacancy;
  person: {
    name: string;
    phone: string | null;
    email: string | null;
    skills: string[];
    recommendation: unknown;
  };
  /** What the case says of the person's work recommendation. */
  certified: { eligibility: string; evidence: unknown };
  /** The words of the person's skills and needed conditions. */
  terms: VocabularyTerm[];
  /** The last one first. */
  inspections: { id: string; state: string; steps: unknown }[];
  /** The messages of the referral to the employer. */
  delivery: Pick<Notice, 'type' | 'channel' | 'state' | 'settledAt' | 'why'>[];
  /** The employer's last time to decide; open while it runs. */
  decision: (Pick<Task, 'rule' | 'extended' | 'escalated'> & { due: Date | null; open: boolean }) | null;
}

/** The row and the rows around it, by kind. */
interface Around {
  case: { row: Case; around: AroundCase };
  referral: { row: Referral; around: AroundReferral };
}

export type FiledKind = keyof Around;
export type File<K extends FiledKind> = Around[K] & { waiting: Waiting[] };

export type AnyFile = { [K in FiledKind]: { kind: K; file: File<K> } }[FiledKind];

export const isFiled = (kind: RowKind): kind is FiledKind => kind in around;

const vacancyFields = { instants: ['filledAt'], lists: ['conditions', 'skills'] };

/** The rows around the row `it`, as SQL. */
const around: { readonly [K in FiledKind]: Prisma.Sql } = {
  case: Prisma.sql`json_build_object(
    'measures', (SELECT coalesce(json_agg(json_build_object('n', n, 'kind', kind, 'provider', provider, 'dueOn', due_on,
        'startedOn', started_on, 'endedOn', ended_on, 'outcome', outcome, 'region', region) ORDER BY n), '[]')
      FROM measures WHERE case_id = it.id),
    'services', (SELECT coalesce(json_agg(json_build_object('n', n, 'kind', kind, 'provider', provider, 'dueOn', due_on,
        'addedOn', added_on, 'endedOn', ended_on, 'outcome', outcome) ORDER BY n), '[]')
      FROM services WHERE case_id = it.id),
    'referrals', (SELECT coalesce(json_agg(json_build_object('id', id, 'state', referrals.state, 'vacancyId', vacancy_id,
        'employerId', employer_id) ORDER BY id), '[]')
      FROM referrals WHERE case_id = it.id),
    'employments', (SELECT coalesce(json_agg(json_build_object('id', id, 'state', employments.state, 'employerId',
        employer_id, 'hiredOn', hired_on) ORDER BY id), '[]')
      FROM employments WHERE case_id = it.id),
    'revision', (SELECT coalesce(max(n), 0) FROM revisions WHERE subject = 'case/' || it.id),
    'person', (SELECT json_build_object('name', name, 'mahalla', mahalla, 'diedOn', died_on, 'recommendedUntil', recommended_until)
      FROM people WHERE id = it.person_id))`,
  referral: Prisma.sql`json_build_object(
    'managerId', (SELECT manager_id FROM cases WHERE id = it.case_id),
    'employer', (SELECT ${objectOf(Prisma.EmployerScalarFieldEnum, 'employer')}
      FROM employers AS employer WHERE employer.id = it.employer_id),
    'vacancy', (SELECT ${objectOf(Prisma.VacancyScalarFieldEnum, 'vacancy', vacancyFields)}
      FROM vacancies AS vacancy WHERE vacancy.id = it.vacancy_id),
    'person', (SELECT json_build_object('name', name, 'phone', phone, 'email', email,
        'skills', coalesce(skills, '{}'), 'recommendation', recommendation)
      FROM people WHERE id = it.person_id),
    'certified', (SELECT json_build_object('eligibility', eligibility, 'evidence', evidence)
      FROM cases WHERE id = it.case_id),
    'terms', (SELECT coalesce(json_agg(${objectOf(Prisma.VocabularyTermScalarFieldEnum, 'term', { lists: ['synonyms'] })}), '[]')
      FROM people, cases, vocabulary_terms AS term
      WHERE people.id = it.person_id AND cases.id = it.case_id
        AND term.id IN (SELECT 'skill/' || unnest(people.skills)
                        UNION ALL
                        SELECT 'condition/' || jsonb_array_elements_text(coalesce(said -> 'conditions', '[]'))
                        FROM (VALUES (people.recommendation), (cases.evidence)) AS recommended (said))),
    'inspections', (SELECT coalesce(json_agg(json_build_object('id', id, 'state', inspections.state, 'steps', steps)
        ORDER BY id DESC), '[]')
      FROM inspections WHERE referral_id = it.id),
    'delivery', (SELECT coalesce(json_agg(json_build_object('type', type, 'channel', channel, 'state', notices.state,
        'settledAt', ms(settled_at), 'why', why)), '[]')
      FROM notices WHERE subject = 'referral/' || it.id AND type = ANY(${[...bringsReferral]})),
    'decision', (SELECT json_build_object('rule', rule, 'extended', extended, 'escalated', escalated,
        'due', CASE WHEN isfinite(due) THEN ms(due) END, 'open', closed_at IS NULL)
      FROM tasks WHERE subject = 'referral/' || it.id AND kind = 'decision' ORDER BY id DESC LIMIT 1))`,
};

/** The open waits of the row `it`; of a case also those of the rows in it. */
const waitsOf: { readonly [K in FiledKind]: Prisma.Sql } = {
  case: Prisma.sql`(subject = 'case/' || it.id OR case_id = it.id)`,
  referral: Prisma.sql`subject = 'referral/' || it.id`,
};

const fields: { readonly [K in FiledKind]: Readonly<Record<string, string>> } = {
  case: Prisma.CaseScalarFieldEnum,
  referral: Prisma.ReferralScalarFieldEnum,
};

/** A row of a kind, the rows around it, and its open waits, as columns of a statement in which the row is named `it`. */
export const fileColumns = (kind: FiledKind): Prisma.Sql => Prisma.sql`
  ${columnsOf(fields[kind], 'it')},
  ${around[kind]} AS around,
  (SELECT coalesce(json_agg(json_build_object('subject', subject, 'kind', kind, 'ref', ref, 'role', role, 'rank', rank,
      'assigneeId', assignee_id, 'since', ms(since), 'due', CASE WHEN isfinite(due) THEN ms(due) END, 'escalated', escalated, 'policyId', policy_id)
      ORDER BY id), '[]')
   FROM tasks WHERE closed_at IS NULL AND ${waitsOf[kind]}) AS waiting`;

/** A file as its columns are read: instants of waits are milliseconds since 1970. */
type Read = { waiting: (Omit<Waiting, 'since' | 'due'> & { since: number; due: number | null })[] };

const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** The rows around a row from their JSON, which has no instants and no large numbers. */
const revived: { readonly [K in FiledKind]: (read: never) => unknown } = {
  case: (read) => read,
  referral({ vacancy, delivery, decision, ...rest }: ReadReferral): AroundReferral {
    return {
      ...rest,
      vacancy: { ...vacancy, wage: BigInt(vacancy.wage), filledAt: instant(vacancy.filledAt) },
      delivery: delivery.map((notice) => ({ ...notice, settledAt: instant(notice.settledAt) })),
      decision: decision && { ...decision, due: instant(decision.due) },
    };
  },
};

type InJson<T, Instants extends keyof T> = Omit<T, Instants> & Record<Instants, number | null>;
type ReadReferral = Omit<AroundReferral, 'vacancy' | 'delivery' | 'decision'> & {
  vacancy: Omit<InJson<Vacancy, 'filledAt'>, 'wage'> & { wage: number };
  delivery: InJson<AroundReferral['delivery'][number], 'settledAt'>[];
  decision: InJson<NonNullable<AroundReferral['decision']>, 'due'> | null;
};

/** A file from what was read of it. */
export function fileOf<K extends FiledKind>(
  kind: K,
  { waiting, around: rows, ...row }: object & Partial<Read> & { around?: unknown },
): File<K> {
  const file: object = {
    row,
    around: revived[kind](rows as never),
    waiting: (waiting ?? []).map(({ since, due, ...rest }) => ({
      ...rest,
      since: new Date(since),
      due: instant(due),
    })),
  };
  return file as File<K>;
}

/**
 * The files of rows of a kind, in one statement.
 *
 * @returns rows that do not exist are left out
 */
export async function readFiles<K extends FiledKind>(
  tx: Pick<Tx, '$queryRaw'>,
  kind: K,
  ids: readonly string[],
): Promise<File<K>[]> {
  const rows = await tx.$queryRaw<object[]>`
    SELECT ${fileColumns(kind)} FROM ${Prisma.raw(kinds[kind].table)} AS it WHERE it.id = ANY(${[...ids]})`;
  return rows.map((row) => fileOf(kind, row));
}

/** The transaction's locked row, as far as files need it. */
type Locking = { tx: Pick<Tx, '$queryRaw'>; locked: { file?: AnyFile } };

/** The file that was read when the row was locked, if nobody has taken it. It stays for others. */
export function lockedFile<K extends FiledKind>(
  { locked }: Locking,
  kind: K,
  id: string,
): File<K> | undefined {
  const { file } = locked;
  return file?.kind === kind && file.file.row.id === id ? (file.file as object as File<K>) : undefined;
}

/** The same, handed on once: who takes it may write next. */
export function handedOn<K extends FiledKind>(
  transaction: Locking,
  kind: K,
  id: string,
): File<K> | undefined {
  const file = lockedFile(transaction, kind, id);
  if (file) delete transaction.locked.file;
  return file;
}

/**
 * The file of a row, handed on or read.
 *
 * @throws Error when there is no such row
 */
export async function takeFile<K extends FiledKind>(
  transaction: Locking,
  kind: K,
  id: string,
): Promise<File<K>> {
  const taken = handedOn(transaction, kind, id);
  if (taken) return taken;
  const [file] = await readFiles(transaction.tx, kind, [id]);
  if (!file) throw new Error(`there is no ${kind} ${id}`);
  return file;
}
