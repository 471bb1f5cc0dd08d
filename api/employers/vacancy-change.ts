import { z } from 'zod';
import type { Vacancy } from '../../prisma/generated/client';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { checkRevision } from '../../records/kernel/revisions';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { checkDistrict } from '../http/areas';
import { asCommand } from '../http/commands';
import { orPreview, preview } from '../http/preview';
import { route } from '../http/route';
import { jobCheck } from './vacancy-checks';
import { edit, edited, fields, keepers, params, states, tag, theirs, withEmployer } from './vacancy-shape';

const vacancyChange = z
  .strictObject({
    ...fields,
    state: z.enum(states).meta({
      description:
        '`filled`: by somebody without a referral. `withdrawn`: by the employer. Unanswered referrals then end as ' +
        'rejected, *no longer vacant*, an inspection opens for each, and employer and person are told who closed the job and when. ' +
        '`open` again needs a free place. The place of a hire stays taken when the employment ' +
        'ends. To offer the place again, add it to `places` and open the job.',
    }),
  })
  .partial();

export const change = route({
  method: 'patch',
  path: '/vacancies/{id}',
  tag,
  summary: 'Change, fill, withdraw or reopen a job',
  description:
    'To fill or to withdraw a job rejects its unanswered referrals and opens an inspection of each: read `?preview=true` first. ' +
    'A job closed by mistake is opened again. Within the time to answer, and before the inspector has begun, each rejection is then ' +
    'taken back: the inspection ends, and the referral goes on with its last day. Later the inspection goes on.',
  who: keepers,
  command: true,
  edits: true,
  params,
  query: z.strictObject({ preview }),
  body: vacancyChange,
  answers: orPreview({ 200: edited }),
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'vacancy', subject: `vacancy/${ctx.params.id}`, body: ctx.body, wakes: true },
      async (transaction) => {
        const before = await lockVacancy(transaction, ctx.params.id);
        await checkRevision(transaction);
        const { job, coder } = (await jobCheck(transaction))(ctx.body, before);
        coder.check();
        const { state: wanted, wage, ...said } = job;
        if (said.district !== undefined) await checkDistrict(transaction, said.district);
        if (said.places !== undefined && said.places < before.taken)
          throw wrongField(
            'places',
            'places_taken',
            `Give at least the ${before.taken} places that are taken already.`,
          );
        const state = wanted ?? before.state;
        const free = (said.places ?? before.places) - before.taken;
        if (wanted === 'open' && free === 0)
          throw notNow('no_free_place', 'All places of this job are taken. Add places first.');
        const { data } = changesOf(before, {
          ...said,
          ...(wage !== undefined && { wage: BigInt(wage) }),
          ...(state !== before.state && { state, ...endOf(transaction, state) }),
        });
        const row = await transaction.tx.vacancy.update({
          where: ctx.params,
          data,
          include: withEmployer,
        });
        await recordChange(transaction, {
          kind: 'vacancy',
          key: row.id,
          before,
          said: data,
          about: { employerId: row.employerId },
          params: { state: row.state },
        });
        if (row.state !== before.state)
          await (row.state === 'open' ? wakeInspectionsOf : wakeReferralsOf)(transaction, row.id);
        return {
          status: 200,
          body: await edit(transaction.tx, row, await transaction.vocabulary(), ctx.actor),
        };
      },
    ),
});

const endOf = ({ now, actor }: Transaction, state: string) =>
  state === 'open'
    ? { filledAt: null, filledHow: null, filledBy: null, filledByRole: null }
    : {
        filledAt: now,
        filledHow: state === 'withdrawn' ? 'withdrawn' : 'otherwise',
        filledBy: actor.id,
        filledByRole: actor.role,
      };

async function lockVacancy(transaction: Transaction, id: string): Promise<Vacancy> {
  await transaction.tx.$queryRaw`SELECT id FROM vacancies WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await transaction.tx.vacancy.findFirst({ where: { id, employer: theirs(transaction.actor) } });
  if (!row)
    throw new Refusal(404, 'not_found', 'There is no such job that you may change. Check the number.');
  return row;
}

/** The inspections of referrals that the closed job rejected. They look whether it was a mistake. */
async function wakeInspectionsOf(transaction: Transaction, vacancyId: string): Promise<void> {
  const examined = await transaction.tx.inspection.findMany({
    where: { referral: { vacancyId, state: 'rejected' }, state: 'examining' },
    select: { id: true },
  });
  for (const { id } of examined) wake(transaction, subjectOf('inspection', id));
}

async function wakeReferralsOf(transaction: Transaction, vacancyId: string): Promise<void> {
  const open = await transaction.tx.referral.findMany({
    where: { vacancyId, open: true },
    select: { id: true },
  });
  for (const { id } of open) wake(transaction, subjectOf('referral', id));
}
