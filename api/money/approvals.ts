import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import { approvalKinds, approvalPathway } from '../../domain/pathways/approval';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { personBehind } from '../../records/kernel/participations';
import { commandRoutes } from '../http/command-route';
import { given } from '../http/given';
import { itemOf, listRoute, waitsLike } from '../http/lists';
import { paging } from '../http/paging';
import { flag, oneRoute, stateful } from '../http/stateful';

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

const list = listRoute({
  kind: 'approval',
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
  item: stateful('ApprovalItem', summary),
  where: async ({ records, actor, query: { kind, state, mine } }) => ({
    ...given({ kind, state }),
    ...(mine === true && (await notProposedBy(records.db, actor))),
  }),
  waits: ({ actor, query, now }) =>
    query.mine === true ? { ...owedBy(actor), ...waitsLike(query, now) } : waitsLike(query, now),
  read: (db, find) => db.approval.findMany(find),
  shown: itemOf(summary),
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
  summary: 'One proposal',
  who: readers,
  shape: approvalShape,
});

const commands = commandRoutes('approval', approvalShape, {
  decision: {
    summary: 'Approve or reject what another person proposed',
    description:
      'Accounts, corrections and lines: a finance officer; policies and records of one person: an administrator; successors: an employment ' +
      'officer. ' +
      'Never whoever proposed it, under whatever account. A rejection says why. An account whose holder the treasury has not ' +
      'told needs a `document` and words.',
  },
  objection: { summary: 'The employer objects to a correction' },
  proposal: {
    summary: 'Propose what the service drafted: a correction, or an employer’s successor',
    description:
      'A correction: as at the claim, or empty. A successor: the day and the document, or that there is none and the contracts ended.',
  },
});

export const approvalRoutes = [list, one, ...commands];
