import { z } from 'zod';
import { inspectionPathway } from '../../domain/pathways/inspection';
import type { Inspection } from '../../prisma/generated/client';
import { commandRoute } from '../http/command-route';
import { idOf, instant } from '../http/fields';
import { pageOf, paging } from '../http/paging';
import { type Ctx, route } from '../http/route';
import { employerId, flag, listed, oneRoute, stateful, waitsLike } from '../http/stateful';
import { visibleInspections } from '../http/visible';

const tag = 'inspections';
const readers = [
  'labour_inspector',
  'case_manager',
  'supervisor',
  'employment_officer',
  'employer',
  'auditor',
  'administrator',
] as const;
const grounds = ['rejection', 'silence', 'no_contract', 'conditions'] as const;
const states = [...inspectionPathway.open, ...inspectionPathway.closed] as const;

const summary = {
  referralId: z.string().nullable(),
  employmentId: z.string().nullable(),
  caseId: z.string().nullable().optional().meta({ description: 'Not for employers.' }),
  personId: z.string(),
  employerId: z.string(),
  ground: z.enum(grounds),
  jobKind: z.enum(['vacant', 'reserved']),
  area: z.string(),
  openedAt: instant,
  findingOnly: z.string().nullable(),
  resolvedAt: instant.nullable(),
  breachedAt: instant.nullable(),
  endedAt: instant.nullable(),
};
const inspectionItem = stateful('InspectionItem', summary);
export const inspectionShape = stateful('Inspection', {
  ...summary,
  facts: z
    .looseObject({})
    .optional()
    .meta({ description: 'Dates, the employer’s reasons, the proof of delivery.' }),
  lateDecision: z.looseObject({}).nullable(),
  resolution: z.looseObject({ resolution: z.string() }).nullable(),
  startOn: z.string().nullable(),
  measure: z.looseObject({}).nullable(),
  measuredAt: instant.nullable(),
});

const itemOf = ({ actor }: Ctx, row: Inspection) => ({
  id: row.id,
  state: row.state,
  since: row.since,
  referralId: row.referralId,
  employmentId: row.employmentId,
  ...(actor.role !== 'employer' && { caseId: row.caseId }),
  personId: row.personId,
  employerId: row.employerId,
  ground: row.ground,
  jobKind: row.jobKind,
  area: row.area,
  openedAt: row.openedAt,
  findingOnly: row.findingOnly,
  resolvedAt: row.resolvedAt,
  breachedAt: row.breachedAt,
  endedAt: row.endedAt,
});

const list = route({
  method: 'get',
  path: '/inspections',
  tag,
  summary: 'Inspections of the region, of the caller’s cases, or of own enterprise',
  who: readers,
  query: z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    ground: z.enum(grounds).optional(),
    employer: employerId.optional(),
    referral: idOf('R').optional(),
    overdue: flag.optional(),
  }),
  answers: { 200: pageOf(inspectionItem) },
  handle(ctx) {
    const { state, ground, employer, referral } = ctx.query;
    return listed(ctx, {
      kind: 'inspection',
      waits: waitsLike(ctx.query, ctx.now),
      read: (id, n) =>
        ctx.records.db.inspection.findMany({
          where: {
            AND: [visibleInspections(ctx.actor)],
            id,
            ...(state && { state }),
            ...(ground && { ground }),
            ...(employer !== undefined && { employerId: employer }),
            ...(referral !== undefined && { referralId: referral }),
          },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: (row) => itemOf(ctx, row),
    });
  },
});

const one = oneRoute({
  kind: 'inspection',
  path: '/inspections/{id}',
  tag,
  summary: 'One inspection',
  who: readers,
  shape: inspectionShape,
});

const resolution = commandRoute({
  kind: 'inspection',
  name: 'resolution',
  path: '/inspections/{id}/resolution',
  tag,
  summary: 'Resolve: settled, directed, justified or unjustified',
  description: 'A directive is possible for reserved jobs, and for vacant ones referred before 2025-09-01.',
  answers: { 200: inspectionShape },
});

const extension = commandRoute({
  kind: 'inspection',
  name: 'extension',
  path: '/inspections/{id}/extension',
  tag,
  summary: 'Extend the inspection once, by working days, with a reason',
  answers: { 200: inspectionShape },
});

const hearing = commandRoute({
  kind: 'inspection',
  name: 'hearing',
  path: '/inspections/{id}/hearing',
  tag,
  summary: 'The person is heard about the employer’s word that they did not come or declined',
  description:
    'Where that word came within the 5 days and was entered only after silence. Until then, for 3 working days, the inspection is not resolved.',
  answers: { 200: inspectionShape },
});

const measure = commandRoute({
  kind: 'inspection',
  name: 'measure',
  path: '/inspections/{id}/measure',
  tag,
  summary: 'After a breach the chief inspector enters the measure taken, or why none',
  answers: { 200: inspectionShape },
});

const evidence = commandRoute({
  kind: 'inspection',
  name: 'evidence',
  path: '/inspections/{id}/evidence',
  tag,
  summary: 'A document in place of the labour register’s answer',
  description:
    'Whether the contract is in force; on the ground `conditions`, after the time of a directive, whether the person works and is paid.',
  answers: { 200: inspectionShape },
});

export const inspectionRoutes = [list, one, resolution, extension, hearing, measure, evidence];
