import { z } from 'zod';
import { referralPathway } from '../../domain/pathways/referral';
import { instant } from '../http/fields';
import { stateful } from '../http/stateful';

export const states = [...referralPathway.open, ...referralPathway.closed] as const;

/** A person as the employer and the inspector see them [pathway §5, §6]. */
export const shownPerson = z.looseObject({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable().optional(),
  email: z.string().nullable().optional(),
  skills: z.array(z.string()).optional(),
  skillNames: z.array(z.string()).optional(),
  conditions: z.array(z.string()).optional(),
  conditionNames: z.array(z.string()).optional(),
});

export const summary = {
  vacancyId: z.string(),
  employerId: z.string(),
  personId: z.string(),
  caseId: z.string().optional().meta({ description: 'Not for employers.' }),
  kind: z.enum(['vacant', 'reserved']),
  issuedAt: instant,
  deliveredAt: instant.nullable(),
  decidedAt: instant.nullable(),
  startOn: z.string().nullable(),
  outcome: z.string().nullable(),
  endedAt: instant.nullable(),
};
export const referralShape = stateful('Referral', {
  ...summary,
  decision: z.looseObject({}).nullable(),
  earlierDecisions: z
    .array(z.looseObject({ decision: z.looseObject({}), at: instant, replacedOn: z.string() }))
    .meta({ description: 'Decisions that the employer replaced, the oldest first.' }),
  extension: z.looseObject({ days: z.number(), reason: z.string() }).nullable().meta({
    description: 'The employer’s request for more time to answer, and the supervisor’s `answer`.',
  }),
  startChange: z.looseObject({ from: z.string(), startOn: z.string() }).nullable().meta({
    description: 'The last proposal of another start day, and the person’s `answer`.',
  }),
  delivery: z.array(z.looseObject({ channel: z.string(), state: z.string() })),
  job: z.looseObject({ id: z.string(), title: z.string(), work: z.string(), district: z.string() }),
  inspections: z.array(z.object({ id: z.string(), state: z.string() })),
  finding: z
    .object({ since: z.string(), contract: z.string().optional(), words: z.string().optional() })
    .loose()
    .nullable()
    .meta({
      description:
        'Set where the person worked for the employer before the referral: since when, by which contract, and the employment officer’s finding.',
    }),
  person: shownPerson.nullable().meta({
    description:
      'The employer and the inspectorate see it while something is asked about the person. It never holds the disability group or a diagnosis.',
  }),
});
