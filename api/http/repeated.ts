import type { Command } from '../../prisma/generated/client';
import { pathOfNumber } from '../../records/kernel/addresses';
import type { Ctx } from './route';

/**
 * A command that was given before, with the answer for its repetition. Once its storage period is over, only the number of the row is
 * left of an answer (records/pruning/): the answer is then the row as it stands. A caller who does not see the row gets its number.
 */
export async function repeated(ctx: Ctx, command: Command): Promise<Command> {
  const { status, body, answer } = command;
  if (body !== null || status === null || status >= 400) return command;
  const { id } = (answer ?? {}) as { id?: unknown };
  const path = typeof id === 'string' ? pathOfNumber(id) : undefined;
  if (typeof id !== 'string' || path === undefined) return command;
  const row = await ctx.read(`/${path}/{id}`, { id });
  return row === undefined ? command : { ...command, answer: row as Command['answer'] };
}
