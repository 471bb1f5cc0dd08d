import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import { approvalKinds, approvalPathway } from '../../domain/pathways/approval';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { personBehind } from '../../records/kernel/participations';
import { commandRoute } from '../http/command-route';
import { pageOf, paging } from '../http/paging';
import { route } from '../http/route';
import { flag, listed, oneRoute, stateful, waitsLike } from '../http/stateful';
import { visibleApprovals } from '../http/visible';

const tag = 'approvals';
const readers = [
  'employer',
  'supervisor',
  'employment_officer',
  'finance_officer',
  'auditor',
  'administrator',
] as const;
const states = [...approvalPathway.open, ...approvalPathway.closed] as const;

const summary = {
  kind: z.enum(approvalKinds),
  about: z.string().meta({ description: 'What changes, e.g. `line/hire_pwd-1703-2024`.' }),
  area: z.string(),
  employerId: z.string().nullable(),
  proposedAt: z.coerce.string().nullable(),
};
const approvalItem = stateful('ApprovalItem', summary);
export const approvalShape = stateful('Approval', {
  ...summary,
  body: z.looseObject({}).meta({ description: 'What is proposed.' }),
  grounds: z.string().nullable(),
  proposedBy: z.string().nullable().optional().meta({ description: 'Not for employers.' }),
  holder: z
    .enum(['yes', 'no', 'unknown'])
    .nullable()
    .meta({ description: 'What the treasury says: whether an account is the employer’s.' }),
  objection: z.looseObject({}).nullable(),
  decision: z.looseObject({}).nullable(),
  decidedAt: z.coerce.string().nullable(),
});

const list = route({
  method: 'get',
  path: '/approvals',
  tag,
  summary:
    'What one person proposed and another decides: corrections, accounts, policies, lines, successors, records of one person',
  who: readers,
  query: z.strictObject({
    ...paging,
    kind: z.enum(approvalKinds).optional(),
    state: z.enum(states).optional(),
    mine: flag
      .optional()
      .meta({ description: 'What the caller’s office owes, and the caller did not propose.' }),
    overdue: flag.optional(),
  }),
  answers: { 200: pageOf(approvalItem) },
  async handle(ctx) {
    const { actor, query, now } = ctx;
    const { db } = ctx.records;
    const conditions: Prisma.ApprovalWhereInput[] = [visibleApprovals(actor)];
    if (query.mine === true) conditions.push(await notProposedBy(db, actor));
    return listed(ctx, {
      kind: 'approval',
      waits: query.mine === true ? { ...owedBy(actor), ...waitsLike(query, now) } : waitsLike(query, now),
      read: (id, n) =>
        db.approval.findMany({
          where: {
            AND: conditions,
            id,
            ...(query.kind && { kind: query.kind }),
            ...(query.state && { state: query.state }),
          },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: ({ id, state, since, kind, about, area, employerId, proposedAt }) => ({
        id,
        state,
        since,
        kind,
        about,
        area,
        employerId,
        proposedAt,
      }),
    });
  },
});

/** The waits of the caller's office, or of an employer. */
const owedBy = ({ role, area, employerId }: Actor): Prisma.TaskWhereInput =>
  role === 'employer' ? { role, employerId: employerId ?? '' } : { role, area: { startsWith: area } };

/** Persons are compared, not accounts: what somebody proposed as another official is not theirs to decide either. */
async function notProposedBy(db: Pick<Tx, 'official'>, actor: Actor): Promise<Prisma.ApprovalWhereInput> {
  const person = await personBehind(db, actor.id);
  const same = await db.official.findMany({ where: { person }, select: { id: true } });
  const ids = [actor.id, person, ...same.map(({ id }) => id)];
  return { OR: [{ proposedBy: null }, { proposedBy: { notIn: ids } }] };
}

const one = oneRoute({
  kind: 'approval',
  path: '/approvals/{id}',
  tag,
  summary: 'One proposal',
  who: readers,
  shape: approvalShape,
});

const decision = commandRoute({
  kind: 'approval',
  name: 'decision',
  path: '/approvals/{id}/decision',
  tag,
  summary: 'Approve or reject what another person proposed',
  description:
    'Accounts, corrections and lines: a finance officer; policies and records of one person: an administrator; successors: an employment ' +
    'officer. ' +
    'Never whoever proposed it, under whatever account. A rejection says why. An account whose holder the treasury has not ' +
    'told needs a `document` and words.',
  answers: { 200: approvalShape },
});

const objection = commandRoute({
  kind: 'approval',
  name: 'objection',
  path: '/approvals/{id}/objection',
  tag,
  summary: 'The employer objects to a correction',
  answers: { 200: approvalShape },
});

export const approvalRoutes = [list, one, decision, objection];
