import type { Json, Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';

/** An event as it is written. */
export interface EventRow {
  at: Date;
  type: string;
  params: Json;
  grounds: string | null;
  actorId: string;
  actorRole: string;
  subject: string;
  caseId: string | null;
  personId: string | null;
  employerId: string | null;
  policyId: string;
  correlationId: string;
}

/** A version of an assessment or a plan as it is written. Its number follows from the versions before it. */
export interface VersionRow {
  caseId: string;
  of: 'assessment' | 'plan';
  body: object;
  at: Date;
  byId: string;
}

/** A workflow that is woken after the commit, and the row whose workflow wakes it. */
export interface WakeRow {
  subject: string;
  target: string;
  at: Date;
  /** The waking may wait for decisions and deadlines. */
  canWait: boolean;
}

/** The entries that a transaction only adds. They are written together, at the end or before somebody reads them. */
export interface Entries {
  events: EventRow[];
  versions: VersionRow[];
  wakes: WakeRow[];
}

/** A transaction that adds entries. */
interface Adding {
  tx: Tx;
  entries: Entries;
}

export const noEntries = (): Entries => ({ events: [], versions: [], wakes: [] });

/** Writes the entries so far. Code that reads events, versions or the outbox in the transaction that adds them calls it first. */
export async function writeEntries({ tx, entries }: Adding): Promise<void> {
  const insert = insertOf(entries);
  if (insert) await tx.$executeRaw`WITH ${insert} SELECT`;
}

/** The events, with those that this transaction has added. */
export async function eventsWithin(transaction: Adding): Promise<Tx['event']> {
  await writeEntries(transaction);
  return transaction.tx.event;
}

/**
 * The entries so far as parts of a statement, which must be executed: they count as written.
 *
 * @returns undefined when there are none
 */
export function insertOf(entries: Entries): Prisma.Sql | undefined {
  if (entries.events.length + entries.versions.length + entries.wakes.length === 0) return undefined;
  const events = JSON.stringify(entries.events.splice(0));
  const versions = JSON.stringify(entries.versions.splice(0));
  const wakes = JSON.stringify(entries.wakes.splice(0));
  return Prisma.sql`
    told AS (
      INSERT INTO events (at, type, params, grounds, actor_id, actor_role, subject, case_id, person_id, employer_id,
        policy_id, correlation_id)
      SELECT at, type, params, grounds, "actorId", "actorRole", subject, "caseId", "personId", "employerId", "policyId",
        "correlationId"
      FROM jsonb_to_recordset(${events}::jsonb) AS event(at timestamptz, type text, params jsonb, grounds text,
        "actorId" text, "actorRole" text, subject text, "caseId" text, "personId" text, "employerId" text,
        "policyId" text, "correlationId" text)),
    kept AS (
      INSERT INTO case_versions (case_id, of, n, body, at, by_id)
      SELECT "caseId", of,
        (SELECT count(*) FROM case_versions AS before WHERE before.case_id = "caseId" AND before.of = version.of)
          + row_number() OVER (PARTITION BY "caseId", of ORDER BY nth), body, at, "byId"
      FROM ROWS FROM (jsonb_to_recordset(${versions}::jsonb) AS ("caseId" text, of text, body jsonb, at timestamptz,
        "byId" text)) WITH ORDINALITY AS version("caseId", of, body, at, "byId", nth)),
    woken AS (
      INSERT INTO outbox (subject, target, at, can_wait)
      SELECT subject, target, at, "canWait"
      FROM jsonb_to_recordset(${wakes}::jsonb) AS wake(subject text, target text, at timestamptz, "canWait" boolean))`;
}
