import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import type { Employer } from '../../prisma/generated/client';
import { wakeRowsOfEmployer } from '../../records/employer-rows';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { Refusal, wrongField } from '../../records/kernel/refusal';
import { checkRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { checkArea } from '../http/areas';
import { asCommand } from '../http/commands';
import { day, idOf } from '../http/fields';
import { route } from '../http/route';
import { about, contact, edit, edited, keepers, lockEmployer, params, states, tag } from './employer-shape';

const employerChange = z
  .strictObject({
    ...about,
    ...contact,
    state: z.enum(states),
    endedOn: day.meta({ description: 'The last day of an employer that is liquidated or reorganised.' }),
    successor: idOf('E').meta({ description: 'The successor of a reorganised employer.' }),
  })
  .partial();

export const change = route({
  method: 'patch',
  path: '/employers/{id}',
  tag,
  summary: 'Change an employer',
  description:
    'An employer changes only its own contacts. The employment office changes the other fields. When the employer is liquidated or reorganised, its ' +
    'referrals and inspections end with that reason, and a successor continues its employments.',
  who: [...keepers, 'employer'],
  command: true,
  edits: true,
  params,
  body: employerChange,
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'employer', subject: `employer/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { successor, ...said } = ctx.body;
        const before = await lockEmployer(transaction, ctx.params.id);
        await checkRevision(transaction);
        checkKeeper(transaction.actor, Object.keys(ctx.body));
        if (said.district !== undefined)
          await checkArea(transaction.tx, transaction.actor, 'district', said.district);
        await checkEnd(transaction, before, ctx.body);
        const wanted = {
          ...said,
          ...(successor !== undefined && { successorId: successor }),
          ...(said.state === 'active' && { endedOn: null, successorId: null }),
        };
        const { data } = changesOf(before, wanted);
        const row = await transaction.tx.employer.update({ where: ctx.params, data });
        await recordChange(transaction, {
          kind: 'employer',
          key: row.id,
          before,
          said: data,
          about: { employerId: row.id },
        });
        if (row.state !== before.state) await wakeRowsOfEmployer(transaction, row.id);
        return { status: 200, body: await edit(transaction.tx, row) };
      },
    ),
});

function checkKeeper(actor: Actor, fields: readonly string[]): void {
  if (actor.role !== 'employer') return;
  const [other] = fields.filter((field) => !(field in contact));
  if (other !== undefined)
    throw new Refusal(
      403,
      'not_yours',
      'An employer changes only its phone and e-mail. Ask the employment office to change the rest.',
    );
}

async function checkEnd(
  transaction: Transaction,
  before: Employer,
  { state: wanted, endedOn, successor }: z.output<typeof employerChange>,
): Promise<void> {
  const state = wanted ?? before.state;
  const ended = state !== 'active';
  if (ended && (endedOn ?? before.endedOn) === null)
    throw wrongField('endedOn', 'required', 'Give the day on which it ended.');
  if (!ended && endedOn !== undefined)
    throw wrongField('endedOn', 'not_ended', 'Leave this out: the employer is active.');
  if (endedOn !== undefined && endedOn > transaction.today)
    throw wrongField('endedOn', 'future_day', 'Is still to come. Record it on that day or later.');
  if (successor === undefined) return;
  if (state !== 'reorganised')
    throw wrongField(
      'successor',
      'not_reorganised',
      'Leave this out: only a reorganised employer has a successor.',
    );
  if (
    successor === before.id ||
    !(await transaction.tx.employer.findUnique({ where: { id: successor, state: 'active' } }))
  )
    throw wrongField('successor', 'unknown_employer', 'Name another employer that is recorded and active.');
}
