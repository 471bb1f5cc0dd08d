import { z } from 'zod';
import { inspectionGrounds, inspectionPathway } from '../../domain/pathways/inspection';
import { commandRoute, commandRoutes } from '../http/command-route';
import { idOf, instant } from '../http/fields';
import { instants, is } from '../http/filters';
import { itemOf, listRoute, ofEmployer, overdue, withoutCase } from '../http/lists';
import { jobReaders } from '../http/readers';
import { shownPerson } from './referral-shape';
import { oneRoute, rowPath, stateful } from '../http/stateful';
import { approvalShape } from '../money/approvals';

const states = [...inspectionPathway.open, ...inspectionPathway.closed] as const;

const summary = {
  referralId: z.string().nullable(),
  employmentId: z.string().nullable(),
  caseId: z.string().nullable().optional().meta({ description: 'Not for employers.' }),
  personId: z.string(),
  employerId: z.string(),
  ground: z.enum(inspectionGrounds),
  jobKind: z.enum(['vacant', 'reserved']),
  area: z.string(),
  openedAt: instant,
  findingOnly: z.string().nullable(),
  resolvedAt: instant.nullable(),
  breachedAt: instant.nullable(),
  endedAt: instant.nullable(),
};
export const inspectionShape = stateful('Inspection', {
  ...summary,
  person: shownPerson.nullable().meta({
    description:
      'The inspector sees the contact, the skills and the needed conditions. It never holds the disability group or a diagnosis.',
  }),
  heard: z.looseObject({}).nullable().optional().meta({
    description: 'What the person said about the employer’s word. Not for employers.',
  }),
  earlier: z
    .array(z.looseObject({ id: z.string(), ground: z.string(), openedAt: instant }))
    .optional()
    .meta({
      description:
        'Earlier inspections of this employer, the newest first, at most 20. For the inspectorate.',
    }),
  facts: z
    .looseObject({})
    .optional()
    .meta({ description: 'The dates, the employer’s reasons and the proof of delivery.' }),
  lateDecision: z.looseObject({}).nullable(),
  resolution: z.looseObject({ resolution: z.string() }).nullable(),
  startOn: z.string().nullable(),
  steps: z.array(z.looseObject({ kind: z.string(), at: instant })).meta({
    description: 'What the inspector did while examining. The employer sees what it was asked to explain.',
  }),
  earlierResolutions: z
    .array(z.looseObject({ resolution: z.looseObject({}), at: instant, withdrawnOn: z.string() }))
    .meta({ description: 'Resolutions that were withdrawn as mistakes, the oldest first.' }),
  measure: z.looseObject({}).nullable(),
  measuredAt: instant.nullable(),
});

const item = itemOf(summary);

const list = listRoute({
  kind: 'inspection',
  summary: 'Inspections of the region, of the caller’s cases, or of the caller’s enterprise',
  who: jobReaders,
  filters: {
    state: is('state', z.enum(states)),
    ground: is('ground', z.enum(inspectionGrounds)),
    employer: ofEmployer,
    referral: is('referralId', idOf('R').meta({ description: 'Only inspections of this referral.' })),
    overdue,
    ...instants('openedAt', 'Opened'),
  },
  item: stateful('InspectionItem', summary),
  read: (db, find) => db.inspection.findMany(find),
  shown: (row, actor) => withoutCase(item(row), actor),
});

const one = oneRoute({
  kind: 'inspection',
  summary: 'One inspection',
  who: jobReaders,
  shape: inspectionShape,
});

const commands = commandRoutes('inspection', inspectionShape, {
  resolution: {
    previews: true,
    summary: 'Resolve the inspection as settled, directed, justified or unjustified',
    description:
      'A directive is possible for reserved jobs, and for vacant ones referred before 2025-09-01. Only where it is not possible, `unjustified` takes the code `vacant_job_no_liability` (409 `liability`).',
  },
  step: {
    summary: 'Record a step of the examination: a question to the employer, a visit, a call, a document',
    description:
      'It does not stop the clock. The employer has 5 working days to explain, and is reminded one day before. Its answer or its silence stands in `steps`.',
  },
  explanation: {
    summary: 'Explain to the inspector, as the employer',
    description:
      'One answer to each question of the inspector, while the inspection is examined. An explanation that comes after its time is kept as well. Without an open question: 409 `nothing_asked`.',
  },
  contract: {
    summary:
      'Tell the contract that a settlement or a directive asks for; the labour register is asked at once',
    description: 'POST /referrals/{id}/contract does the same where a referral led to the inspection.',
  },
  extension: { summary: 'Extend the inspection once, by working days, with a reason' },
  hearing: {
    summary: 'Record the person’s answer to the employer’s claim that they did not come, or declined',
    description:
      'For a claim that came within the 5 days and was entered after silence. The inspection waits up to 3 working days for this answer.',
  },
  measure: { summary: 'Enter the measure that was taken after a breach, or why none was' },
  evidence: {
    summary: 'Enter a document in place of the labour register’s answer',
    description:
      'It says whether the contract is in force. On the ground `conditions`, after the time of a directive, it says whether the person works and is paid.',
  },
});

const resolutionWithdrawal = commandRoute({
  kind: 'inspection',
  name: 'resolutionWithdrawal',
  path: rowPath('inspection', '/resolution-withdrawal'),
  summary: 'Propose to withdraw a resolution that was entered by mistake',
  description:
    'For the chief inspector, until the day `withdrawableUntil` of the resolution, while no contract and no measure has followed. Another inspector decides (POST /approvals/{id}/decision). Then the inspection is examined again, with the time that was left.',
  answers: { 201: approvalShape },
});

const personDeclines = commandRoute({
  kind: 'inspection',
  name: 'personDeclines',
  path: rowPath('inspection', '/person-declines'),
  summary: 'Record that the person declines the job that a settlement or a directive brings',
  description:
    'It costs the person nothing. While the inspection is examined, it goes on to its finding. POST /referrals/{id}/withdrawal does the same where a referral led to the inspection.',
  answers: { 200: inspectionShape },
});

export const inspectionRoutes = [list, one, ...commands, resolutionWithdrawal, personDeclines];
