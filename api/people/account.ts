import { z } from 'zod';
import { personsAccount } from '../../contracts/persons-account';
import { payeePerson } from '../../domain/money/payee';
import { accountsOf } from '../../records/reads/accounts';
import { proposePersonsAccount } from '../../records/money/persons-account';
import { accountsShape } from '../http/accounts';
import { asCommand, made } from '../http/commands';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { visiblePayees } from '../http/visible';
import { approvalShape } from '../money/approvals';
import { lockPerson, params, tag } from './person';

const accounts = accountsShape('PersonsAccount', {
  holder: z.enum(['person', 'guardian', 'heir']).meta({ description: 'Whose the account is said to be.' }),
});

const show = route({
  method: 'get',
  path: '/people/{id}/account',
  tag,
  summary: 'The accounts of a person: the one that is paid to, the proposed one, and earlier ones',
  description: 'No employer and no training centre sees them.',
  who: ['case_manager', 'supervisor', 'finance_officer', 'auditor', 'administrator'],
  params,
  answers: { 200: accounts },
  async handle({ records: { db }, actor, params: { id } }) {
    const person = await db.person.findFirst({
      where: { AND: [{ id }, visiblePayees(actor)] },
      select: { pinfl: true },
    });
    if (!person) throw notFound();
    return ok(await accountsOf(db, payeePerson(id), actor, person.pinfl));
  },
});

const propose = route({
  method: 'post',
  path: '/people/{id}/account',
  tag,
  summary: 'Propose the account that a person is paid to',
  description:
    'The account is the person’s, or of the parent or guardian who consented to the case. The treasury is asked for the holder. If the person’s ' +
    'telephone changed lately, both numbers are told. Then, and for an account of a parent or guardian, the supervisor speaks to the person. A finance officer who did not propose the account decides.',
  who: ['case_manager', 'supervisor'],
  command: true,
  params,
  body: personsAccount,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'account', subject: `person/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const person = await lockPerson(transaction, ctx.params.id);
        const id = await proposePersonsAccount(transaction, person, ctx.body);
        return made(transaction, 'approval', id);
      },
    ),
});

export const personsAccountRoutes = [show, propose];
