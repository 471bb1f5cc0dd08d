import { z } from 'zod';
import { type Action, type AnswersOf, type Body, bodyOf } from '../../contracts';
import type { CommandName } from '../../domain/pathways';
import type { Role } from '../../domain/roles';
import { pathwayOf, type ShownKind } from '../../records/kernel/rows';
import { give } from './giving';
import { orPreview, preview } from './preview';
import { type AnswerShape, type Ctx, type Reply, route, type Route } from './route';
import { collectionOf, type Described, paramsOf, rowPath } from './stateful';

/** The commands of the pathway's rows as routes. Body and answers are those of the command's contract. */

/** A command's own words, and how its route differs from others. Its path is the row's with the command's name unless given. */
interface Words extends Described {
  method?: 'post' | 'put';
  edits?: true;
  /** It takes `?preview=true`. */
  previews?: true;
}

interface AnyCommand<K extends ShownKind, C extends CommandName<K>> extends Words {
  kind: K;
  /** Its name in the row's pathway, which also says who may give it. */
  name: C;
  answers: Route['answers'];
  /** The commands of another row that it may become. */
  or?: readonly Action[];
  /** Where the command may become another's: to which row it goes. */
  handle?: (ctx: Ctx<{ id: string }, unknown, Body<K, C>>) => Promise<Reply>;
}

interface CommandRoute<K extends ShownKind, C extends CommandName<K>> extends AnyCommand<K, C> {
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

const routeOf = <K extends ShownKind, C extends CommandName<K>>({
  kind,
  name,
  or = [],
  handle = (ctx) => giveTo(ctx, kind, name),
  previews,
  answers,
  ...described
}: AnyCommand<K, C>): Route =>
  route({
    ...collectionOf(kind),
    path: rowPath(kind, `/${name}`),
    method: 'post',
    ...described,
    who: givers(kind, name),
    command: true,
    actions: [actionOf(kind, name), ...or],
    params: paramsOf(kind),
    body: bodyOf(kind, name),
    ...(previews && { query: z.strictObject({ preview }) }),
    answers: previews ? orPreview(answers) : answers,
    handle: (ctx) => handle(ctx),
  });

/** A command on one row as a route. */
export const commandRoute = <K extends ShownKind, C extends CommandName<K>>(
  command: CommandRoute<K, C>,
): Route => routeOf(command);

/** The commands of a kind that answer with their own row. */
type OwnCommand<K extends ShownKind> = {
  [C in CommandName<K>]: AnswersOf<K, C> extends { 200: K } ? C : never;
}[CommandName<K>];

/** Commands that answer with their own row, each by its words. */
export const commandRoutes = <K extends ShownKind>(
  kind: K,
  shape: AnswerShape,
  commands: { readonly [C in OwnCommand<K>]?: Words },
): Route[] =>
  Object.entries(commands as Readonly<Record<string, Words>>).map(([name, words]) =>
    routeOf({ kind, name: name as CommandName<K>, ...words, answers: { 200: shape } }),
  );

interface ChoiceRoute<K extends ShownKind, C extends CommandName<K>> extends Words {
  kind: K;
  /** The first one names the route's path. */
  names: readonly [C, ...C[]];
  /** Which command a body is. */
  choose: (body: Body<K, C>) => C;
  answers: Readonly<Record<keyof AnswersOf<K, C>, AnswerShape>>;
}

/** Several commands on one row as one route. The body decides which command it is. */
export const choiceRoute = <K extends ShownKind, C extends CommandName<K>>({
  kind,
  names,
  choose,
  ...described
}: ChoiceRoute<K, C>): Route =>
  route({
    ...collectionOf(kind),
    path: rowPath(kind, `/${names[0]}`),
    method: 'post',
    ...described,
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

/**
 * Gives the command of a request to the row that its path names.
 *
 * @param seen the row, if the caller has just been found to see it
 */
export const giveTo = <K extends ShownKind, C extends CommandName<K>>(
  ctx: Ctx<{ id: string }, unknown, Body<K, C>>,
  kind: K,
  name: C,
  seen?: { state: string },
): Promise<Reply> => give(ctx, { kind, id: ctx.params.id, name, body: ctx.body, ...(seen && { seen }) });
