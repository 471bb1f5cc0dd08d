import { z } from 'zod';
import { contains } from '../../domain/soato';
import { recordChange } from '../../records/kernel/changes';
import { notFound } from '../http/problem';
import { asCommand } from '../http/commands';
import { mahalla } from '../http/fields';
import { route } from '../http/route';

const shape = z
  .object({ code: z.string(), nameLatn: z.string(), sharesWork: z.boolean() })
  .meta({ id: 'Sharing' });

/** A supervisor lets the case managers of a mahalla share their worklist, or ends it. */
export const sharing = route({
  method: 'put',
  path: '/territories/{code}/sharing',
  tag: 'territories',
  summary: 'Say whether the case managers of a mahalla share their worklist',
  description:
    'Where they do, each sees the tasks of the others in GET /tasks and may do or take them (POST /tasks/{id}/take). A task that was taken stays with its taker when the sharing ends.',
  who: ['supervisor'],
  command: true,
  params: z.strictObject({ code: mahalla }),
  body: z.strictObject({ sharesWork: z.boolean() }),
  answers: { 200: shape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'sharing', subject: `territory/${ctx.params.code}`, body: ctx.body },
      async (transaction) => {
        const { tx, actor } = transaction;
        const { params: where, body: data } = ctx;
        await tx.$queryRaw`SELECT code FROM territories WHERE code = ${where.code} FOR NO KEY UPDATE`;
        const before = await tx.territory.findUnique({ where });
        if (!before || !contains(actor.area, where.code)) throw notFound();
        const { code, nameLatn, sharesWork } = await tx.territory.update({ where, data });
        await recordChange(transaction, {
          kind: 'territory',
          key: code,
          before,
          said: data,
          params: { code },
        });
        return { status: 200, body: { code, nameLatn, sharesWork } };
      },
    ),
});
