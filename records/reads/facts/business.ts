import { cameToNothing } from '../../../domain/money/start-subsidy';
import { START } from '../../../domain/policy';
import { businessPathway, type Deregistration } from '../../../domain/pathways/business';
import { isHeld } from '../../../domain/pathways/training';
import type { BusinessFacts } from '../../../domain/preconditions/business';
import { Prisma } from '../../../prisma/generated/client';
import { recordsOfSql } from '../../kernel/joined';
import type { View } from '../../kernel/view';
import { rowsWithWaitingCheck } from './checks';

interface Read {
  id: string;
  state: string;
  startedOn: string | null;
  lastOn: string | null;
  endReason: string | null;
  ending: Deregistration | null;
  hasDied: boolean;
  again: string | null;
  otherMeasure: { n: number; kind: string } | null;
  works: string | null;
  course: string | null;
  hasMark: boolean;
  startSubsidy: string | null;
  paymentWaits: boolean;
  checks: { n: number; state: string }[];
}

/** The facts that the commands of own businesses depend on, by their number. */
export async function businessFacts(view: View, ids: string[]): Promise<Map<string, BusinessFacts>> {
  const rows = await view.tx.$queryRaw<Read[]>`
    SELECT it.id, it.state, it.started_on AS "startedOn", it.last_on AS "lastOn", it.end_reason AS "endReason", it.ending,
      person.died_on IS NOT NULL AS "hasDied",
      (SELECT min(other.id) FROM businesses AS other
       WHERE other.state = ANY(${[...businessPathway.open]}) AND other.id <> it.id
         AND other.person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})) AS again,
      (SELECT min(works.id) FROM public_works AS works
       WHERE works.state IN ('agreed', 'working') AND works.person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})) AS works,
      (SELECT min(other.id) FROM trainings AS other
       WHERE other.state = ANY(${[...isHeld]}) AND other.started_on IS NOT NULL AND other.ended_on IS NULL
         AND other.person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})) AS course,
      (SELECT json_build_object('n', n, 'kind', kind) FROM measures
       WHERE case_id = it.case_id AND (n <> it.measure OR kind <> 'self_employment') AND kind <> 'job' AND measures.started_on IS NOT NULL
         AND measures.ended_on IS NULL ORDER BY n LIMIT 1) AS "otherMeasure",
      (SELECT min(id) FROM subsidies
       WHERE programme = ${START} AND state <> ALL(${[...cameToNothing]})
         AND person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})) AS "startSubsidy",
      EXISTS (SELECT FROM subsidies JOIN tasks ON tasks.subject = 'claim/' || subsidies.id || '-pay'
        WHERE business_id = it.id AND tasks.kind = 'registration_evidence' AND tasks.closed_at IS NULL) AS "paymentWaits",
      EXISTS (SELECT FROM marks WHERE business_id = it.id AND revoked_on IS NULL AND until >= ${view.today}) AS "hasMark",
      (SELECT coalesce(json_agg(json_build_object('n', n, 'state', checks.state)), '[]')
       FROM business_checks AS checks WHERE business_id = it.id) AS checks
    FROM businesses AS it JOIN people AS person ON person.id = it.person_id WHERE it.id = ANY(${ids})`;
  const waiting = await rowsWithWaitingCheck(view, 'business', 'business_check_evidence', rows);
  return new Map(
    rows.map(({ id, ending, checks, ...row }) => [
      id,
      {
        ...row,
        isReported: ending !== null,
        isToBeHeard: ending?.claim === 'to_be_heard',
        checkWaits: waiting.has(id),
        checkHasCome: checks.some((check) => check.state !== 'ahead'),
      },
    ]),
  );
}
