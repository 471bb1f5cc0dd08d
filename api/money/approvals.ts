import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import { approvalKinds, approvalPathway } from '../../domain/pathways/approval';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { personBehind } from '../../records/kernel/participations';
import { proposalsInWords as inListWords } from '../../records/reads/proposal';
import { commandRoutes } from '../http/command-route';
import { type Filter, instants, is } from '../http/filters';
import { proposalReaders } from '../http/readers';
import { itemOf, listRoute, overdue } from '../http/lists';
import { flag, oneRoute, stateful } from '../http/stateful';

const states = [...approvalPathway.open, ...approvalPathway.closed] as const;

const summary = {
  kind: z.enum(approvalKinds),
  about: z.string().meta({ description: 'The thing that changes, e.g. `line/hire_pwd-1703-2024`.' }),
  area: z.string(),
  employerId: z.string().nullable(),
  proposedBy: z.string().nullable().optional().meta({ description: 'Not for employers.' }),
  proposedAt: z.coerce.string().nullable(),
};

/** What a proposal changes, for its list. */
const inList = {
  ...summary,
  words: z.string().meta({ description: 'The proposal in words: what its second person is asked.' }),
  aboutWords: z
    .string()
    .meta({ description: 'The person, the employer, the thing and the number to quote, in one line.' }),
  before: z.int().nullable().meta({ description: 'So’m before, of a proposal about money.' }),
  after: z.int().nullable().meta({ description: 'So’m after, of a proposal about money.' }),
};
export const approvalShape = stateful('Approval', {
  ...summary,
  body: z.looseObject({}).meta({ description: 'The proposal.' }),
  grounds: z.string().nullable(),
  changes: z
    .array(z.object({ path: z.string(), words: z.string(), before: z.unknown(), after: z.unknown() }))
    .nullable()
    .meta({ description: 'Of a policy: the values of the rules that change, each before and after.' }),
  overpayment: z.object({ setOff: z.int(), demand: z.int() }).nullable().meta({
    description:
      'Of a correction downwards that waits: the so’m that would be set off against unpaid claims, and demanded back.',
  }),
  holder: z
    .enum(['yes', 'no', 'unknown'])
    .nullable()
    .meta({ description: 'The treasury’s answer whether the employer holds the account.' }),
  objection: z.looseObject({}).nullable(),
  decision: z.looseObject({}).nullable(),
  decidedAt: z.coerce.string().nullable(),
});

const mine: Filter<Prisma.ApprovalWhereInput, boolean> = {
  schema: flag.meta({
    description: 'Only proposals that the caller’s office decides and the caller did not propose.',
  }),
  where: (yes, { records, actor }) => (yes ? notProposedBy(records.db, actor) : {}),
  waits: (yes, { actor }) => (yes ? { are: owedBy(actor) } : undefined),
};

const list = listRoute({
  kind: 'approval',
  summary:
    'Proposals that a second person decides: corrections, accounts, policies, budget lines, successors, records of one person, withdrawn resolutions, employers, accounts of persons',
  who: proposalReaders,
  filters: {
    kind: is('kind', z.enum(approvalKinds)),
    state: is('state', z.enum(states)),
    mine,
    overdue,
    ...instants('proposedAt', 'Proposed'),
  },
  item: stateful('ApprovalItem', inList),
  read: async (db, find, { actor, now }) => inListWords(db, await db.approval.findMany(find), actor, now),
  shown: (row, { role }) => ({
    ...itemOf(inList)(row),
    ...(role === 'employer' && { proposedBy: undefined }),
  }),
});

/** The waits of the caller's office, or of the employer that calls. */
const owedBy = ({ role, area, employerId }: Actor): Prisma.Sql =>
  role === 'employer'
    ? Prisma.sql`role = ${role} AND employer_id = ${employerId ?? ''}`
    : Prisma.sql`role = ${role} AND area LIKE ${`${area}%`}`;

/** Proposals of other people. It compares persons, because one person may have several accounts. */
async function notProposedBy(db: Pick<Tx, 'official'>, actor: Actor): Promise<Prisma.ApprovalWhereInput> {
  const person = await personBehind(db, actor);
  const same = await db.official.findMany({ where: { person }, select: { id: true } });
  const ids = [actor.id, person, ...same.map(({ id }) => id)];
  return { OR: [{ proposedBy: null }, { proposedBy: { notIn: ids } }] };
}

const one = oneRoute({
  kind: 'approval',
  summary: 'One proposal',
  who: proposalReaders,
  shape: approvalShape,
});

const commands = commandRoutes('approval', approvalShape, {
  decision: {
    summary: 'Approve or reject what another person proposed',
    description:
      'A finance officer decides on accounts (of persons too), corrections and lines, an administrator on policies and records of one person, an employment ' +
      'officer on successors and proposed employers, a labour inspector on withdrawn resolutions. The person who proposed it does not decide, under any account. A rejection needs words. An account whose holder the treasury ' +
      'has not confirmed needs a `document` and words.',
  },
  objection: { summary: 'Object to a correction, as the employer' },
  conversation: {
    summary: 'Say what the person said about the account that was proposed for them',
    description:
      'The supervisor speaks to a person whose telephone changed lately, or whose parent or guardian holds the account. If the account is not theirs, or they do not agree, the proposal is over. The person who proposed it does not speak for it, under any account.',
  },
  proposal: {
    summary: 'Propose a draft of the service: a correction, or an employer’s successor',
    description:
      'For a correction: the same body as at the claim, or an empty one. For a successor: the day and the document, or `none` where the contracts ended without a successor.',
  },
});

export const approvalRoutes = [list, one, ...commands];
