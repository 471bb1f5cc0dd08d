import { unopened } from '../../../domain/pathways/inspection';
import type { Actor } from '../../../domain/roles';
import type { Tx } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import type { ShownKind } from '../../kernel/rows';
import type { Numbers } from './waits';

const inspected: { [K in ShownKind]?: Prisma.Sql } = {
  referral: Prisma.sql`referral_id`,
  retention: Prisma.sql`employment_id`,
};

/**
 * An inspector's referrals and employments are those of the inspections of the region. Without a filter their numbers are read from the
 * inspections alone.
 */
export function inspectedRows(tx: Pick<Tx, '$queryRaw'>, kind: ShownKind, actor: Actor): Numbers | undefined {
  const row = inspected[kind];
  if (actor.role !== 'labour_inspector' || !row) return undefined;
  const rows = Prisma.sql`
    SELECT DISTINCT ${row} AS id FROM inspections
    WHERE area LIKE ${`${actor.area}%`} AND state <> ALL(${[...unopened]})`;
  return {
    async next(from, take) {
      const found = await tx.$queryRaw<{ id: string }[]>`
        ${rows} AND ${row} > ${from} ORDER BY 1 LIMIT ${take}`;
      return found.map(({ id }) => id);
    },
    async count(most) {
      const [found] = await tx.$queryRaw<[{ count: number }]>`
        SELECT count(*)::int AS count FROM (${rows} AND ${row} IS NOT NULL LIMIT ${most}) AS inspected`;
      return found.count;
    },
  };
}
