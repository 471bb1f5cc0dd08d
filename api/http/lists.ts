import { z } from 'zod';
import { type Actor, seesNoCases } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import type { Where } from '../../records/kernel/kinds';
import { recordsOf } from '../../records/joining';
import type { ShownKind } from '../../records/kernel/rows';
import { inspectedRows } from '../../records/reads/lists/inspected';
import { type Numbers, waitingRows, type Waits } from '../../records/reads/lists/waits';
import type { Listing } from '../../records/reads/lists/walk';
import { overdueSql } from '../../records/reads/waiting';
import { type View, viewOf } from '../../records/kernel/view';
import {
  askedFor,
  type Filter,
  filter,
  type Filters,
  is,
  queryOf,
  type QueryOf,
  waitsAskedFor,
} from './filters';
import { listParts } from './list-parts';
import { type Find, listed, type Row } from './listed';
import { pageOf } from './paging';
import { Problem } from './problem';
import { route, type Route } from './route';
import { caseId, collectionOf, type Described, employerId, flag, owners, personId } from './stateful';
import { readsEverything } from './visible';

/** Lists of the rows that wait. */

interface ListRoute<K extends ShownKind, F extends Filters<Where<K>>, R extends Row> extends Described {
  kind: K;
  who: Route['who'];
  filters: F;
  item: z.ZodType;
  /** Which rows are in the list, of those that the caller sees; all of them unless given. */
  where?: Where<K>;
  /** Tells of rows what no query can. */
  sift?: (view: View, query: QueryOf<F>) => Listing['sift'];
  read: (db: Db, find: Find, view: View) => Promise<R[]>;
  shown: (row: R, actor: Actor) => object;
}

/** The list of a kind's rows. */
export const listRoute = <K extends ShownKind, const F extends Filters<Where<K>>, R extends Row>({
  kind,
  item,
  filters,
  where,
  sift,
  read,
  shown,
  ...described
}: ListRoute<K, F, R>): Route =>
  route({
    ...collectionOf(kind),
    ...described,
    method: 'get',
    query: queryOf(filters),
    answers: { 200: pageOf(item) },
    async handle(ctx) {
      const { actor, records } = ctx;
      const given = await askedFor(filters, ctx);
      const asked = { AND: [where ?? {}, given] };
      const view = viewOf(records, actor, ctx.now);
      const waits = waitsAskedFor(filters, ctx);
      const sifts = sift?.(view, ctx.query);
      return listed(ctx, view, {
        kind,
        parts: (await listParts(records.db, kind, actor)).map((part) => ({ AND: [part, asked] })),
        numbers:
          where === undefined && given.AND.length === 0 && !sifts
            ? numbersOf(records.db, kind, actor, waits)
            : undefined,
        waits,
        sift: sifts,
        read: (find) => read(records.db, find, view),
        shown: (row) => shown(row, actor),
      });
    },
  });

/** The faster way to the rows of a list without a condition of its own, if there is one. */
function numbersOf(db: Db, kind: ShownKind, actor: Actor, waits: Waits | undefined): Numbers | undefined {
  if (waits) return readsEverything(actor) ? waitingRows(db, kind, waits) : undefined;
  return inspectedRows(db, kind, actor);
}

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

/** An item as the caller sees it: employers and centres are shown no case numbers. */
export const withoutCase = (item: { caseId: unknown }, { role }: Actor): object =>
  seesNoCases(role) ? { ...item, caseId: undefined } : item;

/** Rows with a wait that is over. */
export const overdue: Filter<never, boolean> = {
  schema: flag,
  waits: (yes, { now }) => (yes ? { are: overdueSql(now), some: Prisma.sql`due < ${now}` } : undefined),
};

/** Rows that wait for a role. */
export const waitingFor: Filter<never, (typeof owners)[number]> = {
  schema: z.enum(owners),
  waits: (role) => ({ are: Prisma.sql`role = ${role}` }),
};

/** Rows of a case. Who sees no case numbers cannot find one by trying: 403 for an employer or a centre that names any case. */
export const ofCase = filter(
  caseId.meta({ description: 'Only rows of this case. Not for employers.' }),
  (asked, { actor }) => {
    if (seesNoCases(actor.role))
      throw new Problem(
        403,
        'not_yours',
        `${actor.role === 'employer' ? 'Employers' : 'Centres'} see no cases. Leave the filter \`case\` out.`,
      );
    return { caseId: asked };
  },
);

export const ofEmployer = is('employerId', employerId.meta({ description: 'Only rows of this employer.' }));

/** Only the rows of a person. @param rows in words */
export const byPerson = (rows: string) =>
  filter(
    personId.meta({ description: `Only ${rows} of this person, under any record of theirs.` }),
    (id, { records }) => ofPerson(records.db, id),
  );

/** Rows of a person, in any record of theirs. */
export const ofPerson = async (db: Pick<Db, '$queryRaw'>, person: string) => ({
  personId: { in: await recordsOf(db, person) },
});

/** The filters of rows of a case. */
export const caseFilters = <S extends string>(states: readonly S[]) => ({
  state: is('state', z.enum(states)),
  case: ofCase,
  overdue,
});

/** The filters of referrals and employments, which are between a case and an employer. */
export const betweenFilters = <S extends string>(states: readonly S[]) => ({
  state: is('state', z.enum(states)),
  employer: ofEmployer,
  case: ofCase,
  overdue,
});
