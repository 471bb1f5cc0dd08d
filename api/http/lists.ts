import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import type { Where } from '../../records/kernel/kinds';
import type { ShownKind } from '../../records/kernel/rows';
import { definedFields } from './defined-fields';
import { listed, type Row } from './listed';
import { type PageQuery, pageOf, paging } from './paging';
import { Problem } from './problem';
import { type Ctx, route, type Route } from './route';
import { caseId, collectionOf, type Described, employerId, flag } from './stateful';
import { visible } from './visible';

/** Lists of the rows that wait. */

/** The waits that a list may be asked for. */
interface WaitsQuery {
  waitingFor?: string | undefined;
  overdue?: boolean | undefined;
}

/** How a list reads its rows: those that the caller sees and asked for, in the order of their ids. */
interface Find {
  where: { AND: object[]; id: Prisma.StringFilter };
  orderBy: { id: 'asc' };
  take: number;
}

interface ListRoute<
  K extends ShownKind,
  Q extends z.ZodType<PageQuery & WaitsQuery>,
  R extends Row,
> extends Described {
  kind: K;
  who: Route['who'];
  query: Q;
  item: z.ZodType;
  /** Which rows are asked for, of those that the caller sees. */
  where: (ctx: Ctx<unknown, z.output<Q>>) => Where<K> | Promise<Where<K>>;
  /** Only rows with an open wait like this; those that the query names unless given. */
  waits?: (ctx: Ctx<unknown, z.output<Q>>) => Prisma.TaskWhereInput | undefined;
  read: (db: Db, find: Find) => Promise<R[]>;
  shown: (row: R, actor: Actor) => object;
}

/** The list of a kind's rows. */
export const listRoute = <K extends ShownKind, Q extends z.ZodType<PageQuery & WaitsQuery>, R extends Row>({
  kind,
  item,
  where,
  waits = (ctx) => waitsLike(ctx.query, ctx.now),
  read,
  shown,
  ...described
}: ListRoute<K, Q, R>): Route =>
  route({
    ...collectionOf(kind),
    ...described,
    method: 'get',
    answers: { 200: pageOf(item) },
    async handle(ctx) {
      const { actor, records } = ctx;
      const AND = [visible[kind](actor), await where(ctx)];
      return listed(ctx, {
        kind,
        waits: waits(ctx),
        read: (id, take) => read(records.db, { where: { AND, id }, orderBy: { id: 'asc' }, take }),
        shown: (row) => shown(row, actor),
      });
    },
  });

/** Of a row the fields that an item of a list has: number, state, since when, and those of its shape. */
export const itemOf =
  <F extends string>(fields: Readonly<Record<F, unknown>>) =>
  <R extends Readonly<Record<F | 'id' | 'state' | 'since', unknown>>>(
    row: R,
  ): Pick<R, F | 'id' | 'state' | 'since'> => {
    const names = ['id', 'state', 'since', ...Object.keys(fields)] as (F | 'id' | 'state' | 'since')[];
    return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<
      R,
      F | 'id' | 'state' | 'since'
    >;
  };

/** An item as the caller sees it: employers are shown no case numbers. */
export const withoutCase = (item: { caseId: unknown }, { role }: Actor): object =>
  role === 'employer' ? { ...item, caseId: undefined } : item;

/** The waits that a query names: those of a role, those that are overdue. */
export function waitsLike({ waitingFor: role, overdue }: WaitsQuery, now: Date) {
  return role === undefined && overdue !== true
    ? undefined
    : { ...(role !== undefined && { role }), ...(overdue === true && { due: { lt: now } }) };
}

/** The query of referrals and employments, which are between a case and an employer. */
export const betweenQuery = <S extends string>(states: readonly S[]) =>
  z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    employer: employerId.optional(),
    case: caseId.optional().meta({ description: 'Not for employers.' }),
    overdue: flag.optional(),
  });

/** The condition of `betweenQuery`. @throws Problem 403 for an employer that names a case */
export const betweenWhere = ({
  actor,
  query: { state, employer, case: asked },
}: Ctx<
  unknown,
  { state?: string | undefined; employer?: string | undefined; case?: string | undefined }
>) => ({ ...definedFields({ state, employerId: employer }), ...ofCase(actor, asked) });

/**
 * The condition of a case that a list is asked for. Employers see no case numbers, and cannot find one by trying.
 *
 * @throws Problem 403 for an employer that names any case
 */
export function ofCase({ role }: Actor, asked: string | undefined): { caseId?: string } {
  if (asked === undefined) return {};
  if (role === 'employer')
    throw new Problem(403, 'not_yours', 'Employers see no cases. Leave the filter `case` out.');
  return { caseId: asked };
}
