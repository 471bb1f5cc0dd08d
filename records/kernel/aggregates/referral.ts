import {
  type Employer,
  type Notice,
  Prisma,
  type Referral,
  type Task,
  type Vacancy,
  type VocabularyTerm,
} from '../../../prisma/generated/client';
import { bringsReferral } from '../../../domain/pathways/referral';
import { instant, objectOf } from '../columns';
import type { AggregateQuery, InJson } from './aggregate-query';

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

const vacancyFields = { instants: ['filledAt'], lists: ['conditions', 'skills'] };

type ReadReferral = Omit<AroundReferral, 'vacancy' | 'delivery' | 'decision'> & {
  vacancy: Omit<InJson<Vacancy, 'filledAt'>, 'wage'> & { wage: number };
  delivery: InJson<AroundReferral['delivery'][number], 'settledAt'>[];
  decision: InJson<NonNullable<AroundReferral['decision']>, 'due'> | null;
};

export const referralQuery: AggregateQuery<Referral, AroundReferral> = {
  fields: Prisma.ReferralScalarFieldEnum,
  around: Prisma.sql`json_build_object(
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
  waits: Prisma.sql`subject = 'referral/' || it.id`,
  revived(read) {
    const { vacancy, delivery, decision, ...rest } = read as ReadReferral;
    return {
      ...rest,
      vacancy: { ...vacancy, wage: BigInt(vacancy.wage), filledAt: instant(vacancy.filledAt) },
      delivery: delivery.map((notice) => ({ ...notice, settledAt: instant(notice.settledAt) })),
      decision: decision && { ...decision, due: instant(decision.due) },
    };
  },
};
