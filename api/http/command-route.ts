import { z } from 'zod';
import { type Action, type AnswersOf, type Body, bodyOf } from '../../contracts';
import type { CommandName } from '../../domain/pathways';
import type { Role } from '../../domain/roles';
import { pathwayOf, type ShownKind } from '../../records/kernel/rows';
import { give } from './commands';
import { type AnswerShape, type Ctx, type Reply, route, type Route } from './route';
import { paramsOf, type Shown } from './stateful';

/** The commands of the pathway's rows as routes. Body and answers are those of the command's contract. */

interface CommandRoute<K extends ShownKind, C extends CommandName<K>> extends Shown {
  kind: K;
  /** Its name in the row's pathway, where it also stands who may give it. */
  name: C;
  method?: 'post' | 'put';
  edits?: true;
  /** The shape of each row that its contract answers with. */
  answers: Readonly<Record<keyof AnswersOf<K, C>, AnswerShape>>;
}

/** Who may give a command of a row, by its pathway's table. */
export function givers<K extends ShownKind>(kind: K, name: CommandName<K>): readonly Role[] {
  const transition = pathwayOf(kind).commands[name];
  if (!transition) throw new Error(`${kind} has no command ${name}`);
  return transition.by;
}

const actionOf = <K extends ShownKind>(kind: K, name: CommandName<K>) => `${kind}.${name}` as Action;

/** A command on one row as a route. */
export const commandRoute = <K extends ShownKind, C extends CommandName<K>>({
  kind,
  name,
  method = 'post',
  ...shown
}: CommandRoute<K, C>): Route =>
  route({
    ...shown,
    method,
    who: givers(kind, name),
    command: true,
    actions: [actionOf(kind, name)],
    params: paramsOf(kind),
    body: bodyOf(kind, name),
    handle: (ctx) => giveTo(ctx, kind, name),
  });

interface ChoiceRoute<K extends ShownKind, C extends CommandName<K>> extends Omit<
  CommandRoute<K, C>,
  'name'
> {
  names: readonly C[];
  /** Which command a body is. */
  choose: (body: Body<K, C>) => C;
}

/** Several commands on one row as one route: its body says which is meant. */
export const choiceRoute = <K extends ShownKind, C extends CommandName<K>>({
  kind,
  names,
  choose,
  method = 'post',
  ...shown
}: ChoiceRoute<K, C>): Route =>
  route({
    ...shown,
    method,
    who: [...new Set(names.flatMap((name) => givers(kind, name)))],
    command: true,
    actions: names.map((name) => actionOf(kind, name)),
    params: paramsOf(kind),
    body: z.union(names.flatMap((name) => alternativesOf(bodyOf(kind, name)))),
    handle: (ctx) => giveTo(ctx, kind, choose(ctx.body)),
  });

/** The bodies that a body may be, so that the union of several is one list. */
const alternativesOf = <B>(body: z.ZodType<B>): z.ZodType<B>[] =>
  body instanceof z.ZodUnion ? (body.options as z.ZodType<B>[]) : [body];

/** Gives the command of a request to the row that its path names. */
export const giveTo = <K extends ShownKind, C extends CommandName<K>>(
  ctx: Ctx<{ id: string }, unknown, Body<K, C>>,
  kind: K,
  name: C,
): Promise<Reply> => give(ctx, { kind, id: ctx.params.id, name, body: ctx.body });
