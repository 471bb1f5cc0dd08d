import { addDays, at, type Day } from '../../domain/day';
import { bringsReferral } from '../../domain/pathways/referral';
import {
  evidenceOfPayments,
  type Going,
  keptWaits,
  newsOfEmployers,
  newsOfMoney,
  saysPaper,
} from '../../domain/storage';
import { Prisma } from '../../prisma/generated/client';
import { walked, type WalkedKind, walkedKinds } from '../kernel/kinds';

/** The rows of a table whose storage period is over. Each is `t` in the conditions. */
export interface Over {
  goes: (before: Date) => Prisma.Sql;
  /** The bytes that go with a row. */
  bytes: Prisma.Sql;
  /** Columns that are emptied. Absent: the row is deleted. */
  emptied?: Prisma.Sql;
}

/** A period of days ends with a day in Tashkent. */
export const endsBefore = (today: Day, days: number): Date => at(addDays(today, -days), '00:00');

const { sql, raw, join } = Prisma;

/** Whether the row of `t.subject` was closed before an instant. A subject without a row, such as an office, has none to wait for. */
const isClosed = (before: Date): Prisma.Sql => sql`
  CASE split_part(t.subject, '/', 1) ${join(
    walkedKinds.map((kind) => sql`WHEN ${kind} THEN ${rowIsClosed(kind, before)}`),
    ' ',
  )} ELSE true END`;

const rowIsClosed = (kind: WalkedKind, before: Date): Prisma.Sql => sql`EXISTS (
  SELECT FROM ${raw(walked[kind].table)} r
  WHERE r.id = substr(t.subject, ${kind.length + 2}::int) AND NOT r.open AND r.since < ${before}::timestamptz)`;

/** A command that failed can be tried again, and then reads the waits of its row. */
const hasNoCommandLeft = sql`NOT EXISTS (SELECT FROM commands c WHERE c.subject = t.subject AND c.state = 'failed')
  AND NOT EXISTS (SELECT FROM commands c WHERE c.subject = t.subject AND c.state = 'pending')`;

/** The part of an answer that stays: the code of a refusal, or the number of the row. A repetition shows that row as it stands. */
const answerLeft = sql`CASE WHEN t.status >= 400
  THEN jsonb_strip_nulls(jsonb_build_object('code', t.answer -> 'code'))
  ELSE jsonb_strip_nulls(jsonb_build_object('id', t.answer -> 'id', 'code', t.answer -> 'code')) END`;

/** The workers of an adaptation, which names several. */
const isAmongWorkers = (person: Prisma.Sql): Prisma.Sql =>
  sql`s.person_id = '' AND s.application -> 'workers' @> jsonb_build_array(jsonb_build_object('person', ${person}))`;

/** Whether the job `e` has a subsidy, or its worker is one of an adaptation. */
const isJobWithSubsidy = sql`(EXISTS (SELECT FROM subsidies s WHERE s.employment_id = e.id)
  OR EXISTS (SELECT FROM subsidies s WHERE s.employer_id = e.employer_id AND ${isAmongWorkers(sql`e.person_id`)}))`;

/** Whether the row of `t.subject` is a job with a subsidy, or the referral that brought it. Its answers are evidence for a payment. */
const isSubsidised = sql`CASE split_part(t.subject, '/', 1)
  WHEN 'retention' THEN EXISTS (
    SELECT FROM employments e WHERE e.id = substr(t.subject, length('retention/') + 1) AND ${isJobWithSubsidy})
  WHEN 'referral' THEN EXISTS (
    SELECT FROM referrals r JOIN employments e ON e.case_id = r.case_id AND e.referral_id = r.id
    WHERE r.id = substr(t.subject, length('referral/') + 1) AND ${isJobWithSubsidy})
  ELSE false END`;

/** Whether news is evidence for a payment: of the treasury or the tax office, or about a worker or an employer with a subsidy. */
const isOfMoney = sql`t.register IN (${join([...newsOfMoney])})
  OR EXISTS (
    SELECT FROM people p
    CROSS JOIN LATERAL (
      SELECT coalesce(p.joined_to, p.id) UNION SELECT id FROM people WHERE joined_to = coalesce(p.joined_to, p.id)
    ) AS same (id)
    WHERE p.pinfl = t.body ->> 'pinfl'
      AND (EXISTS (SELECT FROM subsidies s WHERE s.person_id = same.id)
        OR EXISTS (SELECT FROM subsidies s WHERE ${isAmongWorkers(sql`same.id`)})))
  OR t.type IN (${join([...newsOfEmployers])})
    AND EXISTS (SELECT FROM employers e JOIN subsidies s ON s.employer_id = e.id WHERE e.stir = t.body ->> 'stir')`;

const list = (values: readonly string[]): Prisma.Sql => join([...values]);

const wholeRow = sql`pg_column_size(t.*)`;

/** By table (domain/storage.ts). */
export const over: Readonly<Record<Going, Over>> = {
  tasks: {
    goes: (before) => sql`t.closed_at < ${before}::timestamptz AND t.kind NOT IN (${list(keptWaits)})
      AND ${hasNoCommandLeft} AND ${isClosed(before)}`,
    bytes: wholeRow,
  },
  notices: {
    goes: (before) => sql`t.created_at < ${before}::timestamptz AND t.state <> 'queued'
      AND NOT (t.subject LIKE 'referral/%' AND t.type IN (${list(bringsReferral)})) AND ${isClosed(before)}`,
    bytes: wholeRow,
  },
  commands: {
    goes: (before) => sql`t.done_at < ${before}::timestamptz AND t.state = 'done' AND t.body IS NOT NULL
      AND t.retried_at IS NULL AND NOT t.body ?| ARRAY[${list(saysPaper)}]
      AND NOT EXISTS (SELECT FROM hands h WHERE h.at = t.done_at)`,
    bytes: sql`pg_column_size(t.body) + coalesce(pg_column_size(t.answer), 0)`,
    emptied: sql`body = NULL, answer = ${answerLeft}`,
  },
  register_answers: {
    goes: (before) => sql`t.asked_at < ${before}::timestamptz
      AND split_part(t.subject, '/', 1) NOT IN (${list(evidenceOfPayments)}) AND NOT ${isSubsidised}
      AND ${isClosed(before)}`,
    bytes: wholeRow,
  },
  news: {
    goes: (before) => sql`t.since < ${before}::timestamptz AND NOT t.open AND NOT (${isOfMoney})`,
    bytes: wholeRow,
  },
};
