import { notNow } from '../../records/kernel/refusal';
import { propose } from '../../records/money/proposing';
import { checkDistrict } from '../http/areas';
import { asCommand, made } from '../http/commands';
import { text } from '../http/fields';
import { route } from '../http/route';
import { approvalShape } from '../money/approvals';
import { newEmployer, tag } from './employer-shape';

const body = newEmployer.pick({ stir: true, name: true, district: true, phone: true, email: true }).extend({
  grounds: text.meta({ description: 'How the employer is known, such as the contract that was seen.' }),
});

/** A person may find work with an employer that is not on record: the case manager proposes it [pathway §3, life events]. */
export const proposal = route({
  method: 'post',
  path: '/employers/proposals',
  tag,
  summary: 'Propose an employer that is not on record',
  description:
    'The employment officer of the employer’s district decides (POST /approvals/{id}/decision), and the proposer is told. GET /approvals shows the proposer how it stands. Then work that a person found there can be recorded.',
  who: ['case_manager', 'supervisor'],
  command: true,
  body,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(ctx, { name: 'employerProposal', body: ctx.body }, async (transaction) => {
      const { grounds, ...facts } = ctx.body;
      if (await transaction.tx.employer.findUnique({ where: { stir: facts.stir } }))
        throw notNow('already_recorded', 'An employer with this STIR is on record already. Use that record.');
      await checkDistrict(transaction, facts.district);
      const id = await propose(transaction, {
        kind: 'employer',
        about: `employer/${facts.stir}`,
        area: facts.district,
        body: facts,
        grounds,
      });
      return made(transaction, 'approval', id);
    }),
});
