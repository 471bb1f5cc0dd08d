import { z } from 'zod';
import { foundAlone as found, foundAloneTakenBack } from '../../contracts/case';
import { employmentPathway } from '../../domain/pathways/employment';
import type { Employment } from '../../prisma/generated/client';
import { commandRoute, givers } from '../http/command-route';
import { give } from '../http/commands';
import { instant } from '../http/fields';
import { pageOf } from '../http/paging';
import { type Ctx, route } from '../http/route';
import { betweenQuery, betweenWhere, caseId, listed, oneRoute, stateful, waitsLike } from '../http/stateful';
import { visibleEmployments } from '../http/visible';

const tag = 'employments';
const readers = [
  'case_manager',
  'supervisor',
  'employment_officer',
  'labour_inspector',
  'employer',
  'auditor',
  'administrator',
] as const;
const states = [...employmentPathway.open, ...employmentPathway.closed] as const;

const summary = {
  caseId: z.string().nullable().optional().meta({ description: 'Not for employers.' }),
  personId: z.string(),
  employerId: z.string(),
  referralId: z.string().nullable(),
  contract: z.string().nullable(),
  hiredOn: z.string(),
  confirmedAt: instant,
  how: z.enum(['referral', 'inspection', 'alone', 'successor']),
  proof: z.enum(['yammt', 'evidence']),
  endedOn: z.string().nullable(),
  endReason: z.string().nullable(),
};
const employmentItem = stateful('EmploymentItem', summary);
const employmentShape = stateful('Employment', {
  ...summary,
  ending: z.looseObject({}).nullable().meta({ description: 'A reported end, provisional until confirmed.' }),
  checks: z.array(
    z.looseObject({
      n: z.int(),
      on: z.string(),
      state: z.enum(['ahead', 'asking', 'evidence', 'passed', 'unconfirmed', 'ended', 'dropped']),
    }),
  ),
});

const itemOf = ({ actor }: Ctx, row: Employment) => ({
  id: row.id,
  state: row.state,
  since: row.since,
  ...(actor.role !== 'employer' && { caseId: row.caseId }),
  personId: row.personId,
  employerId: row.employerId,
  referralId: row.referralId,
  contract: row.contract,
  hiredOn: row.hiredOn,
  confirmedAt: row.confirmedAt,
  how: row.how,
  proof: row.proof,
  endedOn: row.endedOn,
  endReason: row.endReason,
});

const list = route({
  method: 'get',
  path: '/employments',
  tag,
  summary: 'Employments of the caller’s area, cases, or own enterprise',
  who: readers,
  query: betweenQuery(states),
  answers: { 200: pageOf(employmentItem) },
  handle(ctx) {
    return listed(ctx, {
      kind: 'retention',
      waits: waitsLike(ctx.query, ctx.now),
      read: (id, n) =>
        ctx.records.db.employment.findMany({
          where: { AND: [visibleEmployments(ctx.actor)], id, ...betweenWhere(ctx.actor, ctx.query) },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: (row) => itemOf(ctx, row),
    });
  },
});

const one = oneRoute({
  kind: 'retention',
  path: '/employments/{id}',
  tag,
  summary: 'One employment with its six monthly checks',
  who: readers,
  shape: employmentShape,
});

const foundAlone = route({
  method: 'post',
  path: '/employments',
  tag,
  summary: 'The person found work alone',
  description:
    'The labour register confirms it, or a `document` does at once. The answer is the case. `takenBack`: what was said was a mistake.',
  who: givers('case', 'foundAlone'),
  command: true,
  actions: ['case.foundAlone'],
  body: z.union([
    z.strictObject({ case: caseId, ...found.shape }),
    z.strictObject({ case: caseId, ...foundAloneTakenBack.shape }),
  ]),
  answers: { 200: z.looseObject({ id: z.string(), state: z.string() }) },
  handle(ctx) {
    const { case: id, ...body } = ctx.body;
    return give(ctx, { kind: 'case', id, name: 'foundAlone', body });
  },
});

const evidence = commandRoute({
  kind: 'retention',
  name: 'evidence',
  path: '/employments/{id}/evidence',
  tag,
  summary:
    'A document in place of the labour register’s answer: for checks that wait, or an end to be confirmed',
  answers: { 200: employmentShape },
});

const conversation = commandRoute({
  kind: 'retention',
  name: 'conversation',
  path: '/employments/{id}/conversation',
  tag,
  summary: 'The case manager spoke to the person with a monthly check, or could not reach them',
  description: 'In force, but not working or not paid: an inspection of its own kind is opened.',
  answers: { 200: employmentShape },
});

const separation = commandRoute({
  kind: 'retention',
  name: 'separation',
  path: '/employments/{id}/separation',
  tag,
  summary: 'The employment ended, or its end is taken back',
  answers: { 200: employmentShape },
});

export const employmentRoutes = [list, foundAlone, one, evidence, conversation, separation];
