import { successor as body } from '../../contracts/approval';
import { proposeSuccession } from '../../records/money/succession';
import { approvalShape } from './approvals';
import { commandRoute } from '../http/command-route';
import { asCommand, made } from '../http/commands';
import { lockEmployer, params } from '../employers/employer-shape';
import { route } from '../http/route';

const correction = commandRoute({
  kind: 'claim',
  name: 'correction',
  summary: 'Propose a correction of a decided month',
  description:
    'The rule gives the amount, by the contract in the document; it is 0 where nobody worked. Nobody types the amount in. ' +
    'An empty body proposes the service’s draft, calculated again. Before a lower amount is decided the ' +
    'employer has 10 working days to object. Then a finance officer who did not propose it decides.',
  answers: { 201: approvalShape },
});

const successor = route({
  method: 'post',
  path: '/employers/{id}/successor',
  tag: 'employers',
  summary: 'Propose an employer’s successor',
  description:
    'Another employment officer decides. Employments, subsidies, unpaid claims and recoveries then move to the successor, and ' +
    'its own account is paid. A month is not divided.',
  who: ['employment_officer'],
  command: true,
  params,
  body,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'successor', subject: `employer/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const employer = await lockEmployer(transaction, ctx.params.id);
        const id = await proposeSuccession(transaction, employer, ctx.body);
        return made(transaction, 'approval', id);
      },
    ),
});

export const correctionRoutes = [correction, successor];
