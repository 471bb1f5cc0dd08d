import { z } from 'zod';
import { type Command, Prisma } from '../../prisma/generated/client';
import { refOfCommand } from '../../records/kernel/defects';
import { Refusal } from '../../records/kernel/refusal';
import { shownRowOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import { wake } from '../../records/kernel/wake';
import { asCommand } from '../http/commands';
import { instant } from '../http/fields';
import { instants, is } from '../http/filters';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { route } from '../http/route';

const tag = 'administration';

const failed = z
  .object({
    id: z.string(),
    name: z.string().meta({ description: 'The command, as allowedActions names it.' }),
    subject: z.object({ kind: z.string(), id: z.string() }),
    state: z.enum(['pending', 'done', 'failed']),
    givenAt: instant,
    failedAt: instant.nullable(),
    retriedAt: instant.nullable().meta({ description: 'When an administrator last tried it again.' }),
    by: z.string().meta({ description: 'The caller who gave it.' }),
    byName: z.string().optional(),
    correlationId: z.string(),
  })
  .meta({ id: 'CommandOnRecord' });

function shown({
  id,
  name,
  subject,
  state,
  at,
  doneAt,
  retriedAt,
  actor,
  correlationId,
}: Command): z.input<typeof failed> {
  const row = shownRowOf(subject);
  return {
    id,
    name,
    subject: { kind: row?.kind ?? '', id: row?.id ?? '' },
    state: state as 'failed',
    givenAt: at.toISOString(),
    failedAt: doneAt?.toISOString() ?? null,
    retriedAt: retriedAt?.toISOString() ?? null,
    by: (actor as { id: string }).id,
    correlationId,
  };
}

const list = pageRoute<Prisma.CommandWhereInput>()({
  path: '/commands',
  tag,
  summary: 'Commands that a fault of the service stopped',
  who: ['administrator', 'auditor'],
  filters: { state: is('state', z.literal('failed')), ...instants('doneAt', 'Failed') },
  item: failed,
  parts: () => [{ state: 'failed' }],
  after: (gt) => ({ id: { gt } }),
  read: ({ records }, find) => records.db.command.findMany({ ...find, orderBy: { id: 'asc' } }),
  count: (db, find) => db.command.count(find),
  keyOf: ({ id }) => id,
  shown,
});

const retry = route({
  method: 'post',
  path: '/commands/{id}/retry',
  tag,
  summary: 'Try a command again that a fault of the service stopped',
  description:
    'For use after the fault is mended. The command counts from the time when it was given. The steps that followed from its absence are taken back, unless somebody has acted on them: then it is refused with that reason. The same Idempotency-Key then gives its answer.',
  who: ['administrator'],
  command: true,
  params: z.strictObject({ id: z.string().max(64) }),
  answers: { 202: failed },
  async handle(ctx) {
    const { id } = ctx.params;
    return asCommand(ctx, { name: 'retry', body: { id } }, async (transaction) => {
      const [locked] = await transaction.tx.$queryRaw<{ state: string }[]>`
        SELECT state FROM commands WHERE id = ${id} FOR UPDATE`;
      if (!locked) throw notFound();
      if (locked.state !== 'failed')
        throw new Refusal(409, 'not_failed', 'This command did not fail, so it is not tried again.');
      const command = await transaction.tx.command.update({
        where: { id },
        data: {
          state: 'pending',
          status: null,
          answer: Prisma.DbNull,
          doneAt: null,
          retriedAt: transaction.now,
        },
      });
      await closeTasks(
        transaction,
        { subject: command.subject, kinds: ['defect'], ref: refOfCommand(command.name) },
        'tried_again',
      );
      // Woken by a refresh, because Temporal remembers the Update's id and would repeat its first answer.
      wake(transaction, command.subject);
      return { status: 202, body: shown(command) };
    });
  },
});

export const failedCommands = [list, retry];
