import { z } from 'zod';
import { trainingPathway } from '../../domain/pathways/training';
import { instant } from '../http/fields';
import { stateful } from '../http/stateful';

/** A training as the API shows it. */

export const states = [...trainingPathway.open, ...trainingPathway.closed] as const;

const day = (description: string) => z.string().nullable().meta({ description });

export const summary = {
  caseId: z.string().optional().meta({ description: 'Not for the centre.' }),
  personId: z.string(),
  centreId: z.string(),
  courseId: z.string(),
  referredAt: instant.meta({ description: 'The rank on the waiting list: this day, then the number.' }),
  admittedAt: instant.nullable(),
  firstOn: day('The person’s own first day, from the offer on.'),
  lastOn: day('The person’s own last day.'),
  startedOn: day('The first day of study.'),
  endedOn: day('The last day of study, once it has come.'),
  endedAt: instant.nullable(),
};

export const trainingShape = stateful('Training', {
  ...summary,
  measure: z.int().optional().meta({ description: 'The number of the plan’s measure. Not for the centre.' }),
  area: z.string().meta({ description: 'The centre’s district.' }),
  caseArea: z.string().optional().meta({ description: 'Not for the centre.' }),
  course: z.looseObject({
    id: z.string(),
    title: z.string(),
    field: z.string(),
    rolling: z.boolean(),
    firstDay: z.string().nullable(),
    lastDay: z.string().nullable(),
  }),
  wish: z.string().nullable().optional(),
  exception: z.looseObject({ wish: z.string(), adaptation: z.string() }).nullable().optional().meta({
    description: 'The supervisor’s yes to a course that is not known to be suitable.',
  }),
  decision: z.looseObject({ decision: z.string(), on: z.string() }).nullable().meta({
    description: 'The centre’s decision: offer, waiting_list or refuse.',
  }),
  offer: z.looseObject({ kind: z.string(), on: z.string() }).nullable().meta({
    description:
      'The place that is offered. `direct`: it is kept until the first day. `list`: it goes to the next in order after 3 working days; `extended`: the person was not reached, and it is kept for as long again.',
  }),
  answer: z.looseObject({ yes: z.boolean(), on: z.string() }).nullable(),
  cameFrom: z.string().nullable().meta({ description: 'The state from which a hearing came.' }),
  claim: z
    .looseObject({ code: z.string(), words: z.string(), said: z.string(), stage: z.string() })
    .nullable()
    .meta({
      description:
        'The centre’s word about the person: `stage` is hearing, deciding, stands, dismissed or lapsed.',
    }),
  goingOn: z.looseObject({ why: z.string(), askedOn: z.string() }).nullable().optional().meta({
    description: 'The question whether it goes on after a hire, or after the person left the service.',
  }),
  months: z.array(z.looseObject({ month: z.string() })).meta({ description: 'Attendance by month.' }),
  interruptions: z.array(z.looseObject({ from: z.string() })),
  completion: z.looseObject({ outcome: z.string() }).nullable(),
  placements: z.array(z.looseObject({})),
  lookBacks: z.array(z.looseObject({})),
  refusal: z.looseObject({ by: z.string(), code: z.string() }).nullable(),
  adaptation: z.looseObject({ words: z.string() }).nullable().meta({
    description: 'The answer to *not accessible*: what will be adapted, until when.',
  }),
  replacement: z.looseObject({ words: z.string() }).nullable().meta({
    description: 'Another course in place of a cancelled one, or the words that there is none.',
  }),
  ending: z.looseObject({ by: z.string(), code: z.string() }).nullable().meta({
    description: 'By whom and why it ended before the course did.',
  }),
});
