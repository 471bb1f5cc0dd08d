import { z } from 'zod';
import { caseOutcomes, casePathway } from '../../domain/pathways/case';
import { instant, revision } from '../http/fields';
import { stateful } from '../http/stateful';

export const tag = 'cases';
export const states = [...casePathway.open, ...casePathway.closed] as const;

export const summary = {
  personId: z.string(),
  area: z.string(),
  managerId: z.string().nullable(),
  openedAt: instant,
  eligibility: z.enum(['asking', 'yes', 'no', 'unknown', 'evidence']),
  outcome: z.enum(caseOutcomes).nullable(),
  closedAt: instant.nullable(),
};
export const caseItem = stateful('CaseItem', summary);
export const caseShape = stateful('Case', {
  ...summary,
  consent: z.looseObject({ by: z.string(), on: z.string() }),
  personsWish: z.string().nullable(),
  assessment: z.looseObject({}).nullable(),
  plan: z
    .looseObject({ measures: z.array(z.looseObject({})), services: z.array(z.looseObject({})) })
    .nullable(),
  referrals: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  employments: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  businesses: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  publicWorks: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  trainings: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  evidence: z.looseObject({ number: z.string(), validUntil: z.string() }).nullable().meta({
    description: 'The certificate of the work recommendation that was entered in place of TIEK’s answer.',
  }),
  closure: z.looseObject({}).nullable(),
  revision: revision.meta({
    description: 'The number of edits of the assessment and the plan. It is also the answer’s ETag.',
  }),
});
