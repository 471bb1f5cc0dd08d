import { type Case, Prisma } from '../../../prisma/generated/client';
import type { MeasureRow } from '../../../domain/measure-rows';
import { recordsOfSql } from '../joined';
import { measureRowsWhere } from '../measure-rows';
import type { AggregateQuery } from './aggregate-query';

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
  /** The rows that carry out its measures. */
  measureRows: MeasureRow[];
  /** The open ones of other cases of the person, under any of their records. */
  measureRowsElsewhere: Pick<MeasureRow, 'kind' | 'id' | 'state' | 'lastOn'>[];
  revision: number;
  person: { name: string; mahalla: string; diedOn: string | null; recommendedUntil: string | null };
}

export const caseQuery: AggregateQuery<Case, AroundCase> = {
  fields: Prisma.CaseScalarFieldEnum,
  around: Prisma.sql`json_build_object(
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
    'measureRows', (SELECT coalesce(json_agg(json_build_object('kind', one.kind, 'id', one.id, 'state', one.state,
        'measure', measure, 'firstOn', first_on, 'lastOn', last_on, 'startedOn', started_on) ORDER BY one.id), '[]')
      FROM (${measureRowsWhere(Prisma.sql`case_id = it.id`)}) AS one),
    'measureRowsElsewhere', (SELECT coalesce(json_agg(json_build_object('kind', one.kind, 'id', one.id, 'state', one.state,
        'lastOn', last_on) ORDER BY one.id), '[]')
      FROM (${measureRowsWhere(Prisma.sql`open AND case_id <> it.id AND person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})`)}) AS one),
    'revision', (SELECT coalesce(max(n), 0) FROM revisions WHERE subject = 'case/' || it.id),
    'person', (SELECT json_build_object('name', name, 'mahalla', mahalla, 'diedOn', died_on, 'recommendedUntil', recommended_until)
      FROM people WHERE id = it.person_id))`,
  waits: Prisma.sql`(subject = 'case/' || it.id OR case_id = it.id)`,
  revived: (read) => read as AroundCase,
};
