import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';

/** Records a command as the API does, and does no more, as if no worker ran. */
export const commandsRecorded =
  (db: Db, clock: Clock) =>
  /** @returns the command's id */
  async (subject: string, name: string, body: object, actor: Actor): Promise<string> => {
    const id = randomUUID().replaceAll('-', '');
    await db.command.create({
      data: {
        id,
        callerId: actor.id,
        route: `${subject}/${name}`,
        key: id,
        bodyHash: '',
        subject,
        name,
        body,
        actor: { ...actor },
        at: await clock.now(),
        state: 'pending',
        correlationId: id,
      },
    });
    return id;
  };
