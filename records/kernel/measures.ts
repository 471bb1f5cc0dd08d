import type { Tx } from '../../prisma/db';

/** A measure as a version of the plan has it, from 1. */
export interface MeasureRow {
  n: number;
  kind: string;
  provider?: string | null | undefined;
  dueOn?: string | null | undefined;
  startedOn?: string | null | undefined;
  endedOn?: string | null | undefined;
  outcome?: string | null | undefined;
  region: string | null;
}

/** Replaces the measures of a case by those of a version of its plan, in one statement. */
export async function replaceMeasures(
  tx: Pick<Tx, '$executeRaw'>,
  caseId: string,
  measures: readonly MeasureRow[],
): Promise<void> {
  await tx.$executeRaw`
    WITH dropped AS (DELETE FROM measures WHERE case_id = ${caseId} AND n > ${measures.length})
    INSERT INTO measures (case_id, n, kind, provider, due_on, started_on, ended_on, outcome, region)
    SELECT ${caseId}::text, n, kind, provider, "dueOn", "startedOn", "endedOn", outcome, region
    FROM jsonb_to_recordset(${JSON.stringify(measures)}::jsonb) AS measure(n int, kind text, provider text, "dueOn" text,
      "startedOn" text, "endedOn" text, outcome text, region text)
    ON CONFLICT (case_id, n) DO UPDATE SET kind = excluded.kind, subsidised = excluded.subsidised,
      provider = excluded.provider, due_on = excluded.due_on, started_on = excluded.started_on,
      ended_on = excluded.ended_on, outcome = excluded.outcome, region = excluded.region`;
}
