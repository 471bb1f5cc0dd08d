import { z } from 'zod';
import { centreRefusalCodes, interruptionCodes, wordCodes } from '../domain/pathways/training';
import type { Contracts } from './contract';
import { day, document, idOf, line, text } from './fields';

/** The centre decides on the referral. */
const decision = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('offer'),
    firstOn: z.exactOptional(day).meta({
      description:
        'The person’s own first day. A rolling course needs it, and so does a course that has begun. Any other begins on its first day.',
    }),
  }),
  z.strictObject({ decision: z.literal('waiting_list') }),
  z.strictObject({
    decision: z.literal('refuse'),
    code: z.enum(centreRefusalCodes),
    grounds: text,
  }),
]);

const own = text.meta({ description: 'The person’s own words.' });
const answer = z.strictObject({ yes: z.boolean(), words: own });
const notReached = z.strictObject({ words: text.meta({ description: 'When and how you tried.' }) });
const goesOn = z.strictObject({ goesOn: z.boolean(), words: own });
const withdrawal = z.strictObject({ words: own });

const word = z.strictObject({
  code: z.enum(wordCodes),
  on: z
    .exactOptional(day)
    .meta({ description: 'Of *dropped out*: the last day of study; today unless given.' }),
  words: text,
});
const hearing = z.strictObject({ confirmed: z.boolean(), words: own });
const claimDecision = z.strictObject({ stands: z.boolean(), grounds: text });

const adaptation = z.strictObject({
  words: text.meta({ description: 'What will be adapted, or why nothing can be.' }),
  until: z.exactOptional(day).meta({ description: 'The day on which the adaptation is ready.' }),
});
const replacement = z.strictObject({
  course: z.exactOptional(idOf('CO')).meta({ description: 'Another course. Leave it out if there is none.' }),
  words: text,
});

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM');
const days = z.int().min(0).max(31);
const attended = {
  month,
  attended: days.meta({ description: 'The days on which the person was there.' }),
  excused: days.meta({ description: 'The days of absence that are excused, such as illness.' }),
};
const attendance = z.strictObject(attended);
const attendanceEvidence = z.strictObject({ ...attended, words: own, document });
const attendanceHearing = z.strictObject({ month, words: own });

const absent = {
  code: z.enum(interruptionCodes),
  from: day.meta({ description: 'The first day of the absence.' }),
  until: day.meta({ description: 'The last day of the absence.' }),
};
const absence = z.strictObject({ ...absent, words: text });
const interruption = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('interrupt'), ...absent, words: text }),
  z.strictObject({ decision: z.literal('decline'), grounds: text }),
]);

const completion = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('certificate'),
    number: z.exactOptional(line).meta({ description: 'The number of the certificate. It may follow.' }),
  }),
  z.strictObject({ outcome: z.literal('attended') }),
]);
const certificate = z.strictObject({ number: line });

const placement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('vacancy'), vacancy: idOf('V'), words: z.exactOptional(text) }),
  z.strictObject({ kind: z.literal('business'), words: text }),
  z.strictObject({ kind: z.literal('job_found'), employer: line, since: day, words: z.exactOptional(text) }),
]);

const lookBackEvidence = z.strictObject({
  n: z.int().min(1).max(3).meta({ description: 'The first, second or third look-back.' }),
  inWork: z.boolean(),
  document,
});

export type TrainingDecision = z.output<typeof decision>;
export type TrainingAnswer = z.output<typeof answer>;
export type NotReached = z.output<typeof notReached>;
export type GoesOn = z.output<typeof goesOn>;
export type TrainingWithdrawal = z.output<typeof withdrawal>;
export type Word = z.output<typeof word>;
export type TrainingHearing = z.output<typeof hearing>;
export type TrainingClaimDecision = z.output<typeof claimDecision>;
export type Adaptation = z.output<typeof adaptation>;
export type Replacement = z.output<typeof replacement>;
export type Attendance = z.output<typeof attendance>;
export type AttendanceEvidence = z.output<typeof attendanceEvidence>;
export type AttendanceHearing = z.output<typeof attendanceHearing>;
export type Absence = z.output<typeof absence>;
export type Interruption = z.output<typeof interruption>;
export type Completion = z.output<typeof completion>;
export type Certificate = z.output<typeof certificate>;
export type Placement = z.output<typeof placement>;
export type LookBackEvidence = z.output<typeof lookBackEvidence>;

export const trainingContracts = {
  decision: { name: 'Decide on the referral', body: decision },
  answer: { name: 'Record the person’s answer to the offer', body: answer },
  notReached: { name: 'Record that the person was not reached', body: notReached },
  nextCourse: { name: 'Record whether the person waits for the next course', body: goesOn },
  word: { name: 'Say that the person did not come, declined or dropped out', body: word },
  hearing: { name: 'Hear the person', body: hearing },
  claimDecision: { name: 'Decide on the centre’s word', body: claimDecision },
  goingOn: { name: 'Record whether the training goes on', body: goesOn },
  withdrawal: { name: 'Record that the person withdraws', body: withdrawal },
  adaptation: { name: 'Say what will be adapted', body: adaptation },
  replacement: { name: 'Name another course', body: replacement },
  attendance: { name: 'Enter a month’s attendance', body: attendance },
  attendanceEvidence: { name: 'Bring evidence of a month’s attendance', body: attendanceEvidence },
  attendanceHearing: { name: 'Hear the person about attendance', body: attendanceHearing },
  absence: { name: 'Report that the person is absent', body: absence },
  interruption: { name: 'Decide whether the course is interrupted', body: interruption },
  completion: { name: 'Enter the completion', body: completion },
  certificate: { name: 'Enter the number of the certificate', body: certificate },
  placement: { name: 'Help into work or business', body: placement },
  lookBackEvidence: { name: 'Bring evidence of the graduate’s work', body: lookBackEvidence },
} satisfies Contracts<'training'>;
