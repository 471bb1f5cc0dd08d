import { type Case, Prisma } from '../../../prisma/generated/client';
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
  publicWorks: {
    id: string;
    state: string;
    measure: number;
    employerId: string | null;
    firstOn: string | null;
    lastOn: string | null;
    startedOn: string | null;
  }[];
  /** The person's public works of other cases, under any of their records. */
  worksElsewhere: { id: string; state: string; lastOn: string | null }[];
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
    'publicWorks', (SELECT coalesce(json_agg(json_build_object('id', id, 'state', public_works.state, 'measure', measure,
        'employerId', employer_id, 'firstOn', first_on, 'lastOn', last_on, 'startedOn', started_on) ORDER BY id), '[]')
      FROM public_works WHERE case_id = it.id),
    'worksElsewhere', (SELECT coalesce(json_agg(json_build_object('id', id, 'state', public_works.state, 'lastOn', last_on)
        ORDER BY id), '[]')
      FROM public_works WHERE open AND case_id <> it.id AND person_id IN (
        SELECT other.id FROM people AS me
        JOIN people AS other ON coalesce(me.joined_to, me.id) IN (other.id, other.joined_to) WHERE me.id = it.person_id)),
    'revision', (SELECT coalesce(max(n), 0) FROM revisions WHERE subject = 'case/' || it.id),
    'person', (SELECT json_build_object('name', name, 'mahalla', mahalla, 'diedOn', died_on, 'recommendedUntil', recommended_until)
      FROM people WHERE id = it.person_id))`,
  waits: Prisma.sql`(subject = 'case/' || it.id OR case_id = it.id)`,
  revived: (read) => read as AroundCase,
};
