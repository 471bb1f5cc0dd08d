import { successor as body } from '../../contracts/approval';
import { represent } from '../../records/reads/represent';
import { proposeSuccession } from '../../records/money/succession';
import { approvalShape } from './approvals';
import { commandRoute } from '../http/command-route';
import { asCommand } from '../http/commands';
import { lockEmployer, params } from '../employers/employer-shape';
import { route } from '../http/route';

const correction = commandRoute({
  kind: 'claim',
  name: 'correction',
  summary: 'Propose the correction of a month that was decided',
  description:
    'The amount follows from the rule: with the contract that the document shows, or 0 where nothing was worked; it is never ' +
    'typed in. Takes reason, words and document; an empty body takes up what was drafted, calculated anew. Downwards the ' +
    'employer has 10 working days to object; then a finance officer who did not propose it decides.',
  answers: { 201: approvalShape },
});

const successor = route({
  method: 'post',
  path: '/employers/{id}/successor',
  tag: 'employers',
  summary: 'Propose an employer’s successor',
  description:
    'Another employment officer decides. Employments, subsidies, unpaid claims and recoveries then move to the successor and ' +
    'are paid to its own account; months stay one.',
  who: ['employment_officer'],
  command: true,
  params: params,
  body,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'successor', subject: `employer/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { tx, actor } = transaction;
        const employer = await lockEmployer(transaction, ctx.params.id);
        const id = await proposeSuccession(transaction, employer, ctx.body);
        return { status: 201, body: await represent(tx, 'approval', id, actor, transaction.now) };
      },
    ),
});

export const correctionRoutes = [correction, successor];
