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
  months: z
    .array(
      z.looseObject({
        month: z.string(),
        attended: z.int(),
        excused: z.int(),
        enteredOn: z.string(),
        evidence: z.looseObject({ on: z.string() }).optional().meta({
          description: 'The case manager’s evidence in place of the centre’s entry.',
        }),
        heard: z.looseObject({ on: z.string() }).optional().meta({
          description: 'The person was heard about low attendance.',
        }),
      }),
    )
    .meta({ description: 'Attendance by month.' }),
  absence: z
    .looseObject({ code: z.string(), from: z.string(), until: z.string(), saidOn: z.string() })
    .nullable()
    .meta({ description: 'A long absence on which the centre decides.' }),
  absences: z
    .array(z.looseObject({ code: z.string(), from: z.string(), until: z.string(), saidOn: z.string() }))
    .meta({
      description:
        'All absences because of illness or care. The centre sees the days and the code, not the words.',
    }),
  interruptions: z
    .array(z.looseObject({ from: z.string(), to: z.string(), since: z.string(), code: z.string() }))
    .meta({ description: 'Times without study. `since` is the first day of the absence.' }),
  completion: z
    .looseObject({ outcome: z.string(), number: z.string().optional(), on: z.string() })
    .nullable()
    .meta({ description: '`outcome` is certificate or attended.' }),
  placements: z
    .array(z.looseObject({ kind: z.string(), on: z.string() }))
    .meta({ description: 'The centre’s help: vacancy, business or job_found.' }),
  lookBacks: z.array(z.looseObject({ n: z.int(), on: z.string(), state: z.string() })).meta({
    description:
      'Whether the graduate works 28 days, 3 and 6 months after the last day: `state` is ahead, asking, evidence, in_work, not_in_work or unknown.',
  }),
  refusal: z.looseObject({ by: z.string(), code: z.string() }).nullable(),
  adaptation: z.looseObject({ words: z.string() }).nullable().meta({
    description: 'The answer to *not accessible*: what will be adapted, until when.',
  }),
  replacement: z.looseObject({ words: z.string() }).nullable().meta({
    description: 'Another course in place of a cancelled one, or the words that there is none.',
  }),
  ending: z.looseObject({ by: z.string(), code: z.string() }).nullable().meta({
    description: 'The person, office or event that ended it before the course did, and the reason.',
  }),
});
