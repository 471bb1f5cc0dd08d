import { notNow, wrongField } from '../../records/kernel/refusal';
import { propose } from '../../records/money/proposing';
import { represent } from '../../records/reads/represent';
import { asCommand } from '../http/commands';
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
    'The employment officer of the employer’s district decides (POST /approvals/{id}/decision), and the proposer is told. Then work that a person found there can be recorded.',
  who: ['case_manager', 'supervisor'],
  command: true,
  body,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(ctx, { name: 'employerProposal', body: ctx.body }, async (transaction) => {
      const { grounds, ...facts } = ctx.body;
      const { tx, actor, now } = transaction;
      if (await tx.employer.findUnique({ where: { stir: facts.stir } }))
        throw notNow('already_recorded', 'An employer with this STIR is on record already. Use that record.');
      const district = await tx.territory.findUnique({ where: { code: facts.district } });
      if (district?.kind !== 'district')
        throw wrongField('district', 'unknown_territory', 'There is no such district. See GET /territories.');
      const id = await propose(transaction, {
        kind: 'employer',
        about: `employer/${facts.stir}`,
        area: facts.district,
        body: facts,
        grounds,
      });
      return { status: 201, body: await represent(tx, 'approval', id, actor, now) };
    }),
});
