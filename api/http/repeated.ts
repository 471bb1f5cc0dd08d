import type { Command } from '../../prisma/generated/client';
import { pathOfNumber } from '../../records/kernel/addresses';
import type { Ctx } from './route';

/** The words of a refusal whose storage period is over. Its code is left. */
const REFUSED = 'This command was refused before. Only the code of the refusal is still on record.';

/**
 * A command that was given before, with the answer for its repetition. Once its storage period is over, only the number of the row is
 * left of an answer (records/pruning/): the answer is then the row as it stands. A caller who does not see the row gets its number.
 */
export async function repeated(ctx: Ctx, command: Command): Promise<Command> {
  const { status, body, answer } = command;
  if (body !== null || status === null) return command;
  const left = (answer ?? {}) as { id?: unknown; code?: unknown };
  if (status >= 400) return { ...command, answer: { detail: REFUSED, ...left } as Command['answer'] };
  return { ...command, answer: ((await rowOf(ctx, left)) ?? left) as Command['answer'] };
}

/** The row with a number, or the row with a name that the command's path names or names the collection of. */
async function rowOf(ctx: Ctx, { id, code }: { id?: unknown; code?: unknown }): Promise<unknown> {
  const collection = typeof id === 'string' ? pathOfNumber(id) : undefined;
  if (collection !== undefined) return ctx.read(`/${collection}/{id}`, { id });
  const [name, value] = typeof id === 'string' ? ['id', id] : ['code', code];
  if (typeof value !== 'string') return undefined;
  const placeholder = `{${name}}`;
  const [before] = ctx.path.split(`/${placeholder}`);
  const isNamed = before !== ctx.path && (ctx.params as Record<string, unknown>)[name] === value;
  if (!isNamed && ctx.path.includes('{id}')) return undefined;
  return ctx.read(`${before}/${placeholder}`, { ...(ctx.params as object), [name]: value });
}
