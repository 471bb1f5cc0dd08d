import { z } from 'zod';
import { proposedAccount } from '../../contracts/application';
import { payeeEmployer } from '../../domain/money/payee';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { proposeAccount } from '../../records/money/accounts';
import { accountsOf } from '../../records/reads/accounts';
import { approvalShape } from '../money/approvals';
import { asCommand, made } from '../http/commands';
import { accountsShape } from '../http/accounts';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { visibleEmployers } from '../http/visible';
import { lockEmployer, params, tag } from './employer-shape';

const accounts = accountsShape('Account', { holderStir: z.string() });

const show = route({
  method: 'get',
  path: '/employers/{id}/account',
  tag,
  summary: 'The accounts of an employer: the one that is paid to, the proposed one, and earlier ones',
  who: ['employer', 'employment_officer', 'finance_officer', 'auditor', 'administrator'],
  params,
  answers: {
    200: accounts,
  },
  async handle({ records: { db }, actor, params: { id } }) {
    await employerSeen(db, actor, id);
    return ok(await accountsOf(db, payeeEmployer(id), actor));
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
