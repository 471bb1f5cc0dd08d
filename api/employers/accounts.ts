import { z } from 'zod';
import { proposedAccount } from '../../contracts/application';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { proposeAccount, shownAccount } from '../../records/money/accounts';
import { namedInside } from '../../records/reads/beside';
import { approvalShape } from '../money/approvals';
import { asCommand, made } from '../http/commands';
import { instant } from '../http/fields';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { visibleEmployers } from '../http/visible';
import { lockEmployer, params, tag } from './employer-shape';

const account = z
  .object({
    id: z.string(),
    account: z
      .string()
      .meta({ description: 'Callers who do not need the whole number see its last four digits.' }),
    mfo: z.string(),
    holderStir: z.string(),
    state: z.enum(['proposed', 'confirmed', 'refused', 'replaced']),
    proposedAt: instant,
    confirmedAt: instant.nullable(),
    usableFrom: instant.nullable().meta({ description: 'The instant from which payments go to it.' }),
    proposedBy: z.string().optional(),
    proposedByName: z.string().optional(),
    confirmedBy: z.string().nullable().optional(),
    confirmedByName: z.string().optional(),
  })
  .meta({ id: 'Account' });

/** The most accounts that are shown. */
const EARLIER = 50;

const show = route({
  method: 'get',
  path: '/employers/{id}/account',
  tag,
  summary: 'The accounts of an employer: the one that is paid to, the proposed one, and earlier ones',
  who: ['employer', 'employment_officer', 'finance_officer', 'auditor', 'administrator'],
  params,
  answers: {
    200: z.object({
      confirmed: account.nullable(),
      proposed: account
        .extend({
          approval: z.string().nullable().meta({ description: 'The number of the proposal, AP-000001.' }),
        })
        .nullable(),
      history: z.array(account),
    }),
  },
  async handle({ records: { db }, actor, params: { id } }) {
    await employerSeen(db, actor, id);
    const rows = await db.account.findMany({
      where: { employerId: id },
      orderBy: { id: 'desc' },
      take: EARLIER,
    });
    const shown = await namedInside(
      db,
      rows.map((row) => shownAccount(row, actor)),
      actor,
    );
    const open = { kind: 'account', about: `employer/${id}`, open: true };
    const proposal = await db.approval.findFirst({ where: open, select: { id: true } });
    const proposed = shown.find(({ state }) => state === 'proposed');
    return ok({
      confirmed: shown.find(({ state }) => state === 'confirmed') ?? null,
      proposed: proposed ? { ...proposed, approval: proposal?.id ?? null } : null,
      history: shown.filter(({ state }) => state === 'refused' || state === 'replaced'),
    });
  },
});

/** Checks that the caller sees the employer. @throws Problem 404 */
async function employerSeen(db: Pick<Tx, 'employer'>, actor: Actor, id: string): Promise<void> {
  const where = { AND: [{ id }, visibleEmployers(actor)] };
  if (!(await db.employer.findFirst({ where, select: { id: true } }))) throw notFound();
}

const propose = route({
  method: 'post',
  path: '/employers/{id}/account',
  tag,
  summary: 'Propose the account that an employer is paid to',
  description:
    'The treasury is asked for the holder. A finance officer who did not propose the account decides. The employer’s earlier contacts are told ' +
    'when it is proposed and when it is confirmed. Besides this route only an application takes an account.',
  who: ['employer', 'employment_officer', 'finance_officer'],
  command: true,
  actions: ['task.account'],
  params,
  body: proposedAccount,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'account', subject: `employer/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const employer = await lockEmployer(transaction, ctx.params.id);
        const id = await proposeAccount(transaction, employer, ctx.body);
        return made(transaction, 'approval', id);
      },
    ),
});

export const accountRoutes = [show, propose];
