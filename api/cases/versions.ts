import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client';
import { namesOfOfficials } from '../../records/reads/names';
import { instant } from '../http/fields';
import { instants } from '../http/filters';
import { pageRoute } from '../http/page-route';
import { caseReaders } from '../http/readers';
import { mustSee, paramsOf } from '../http/stateful';
import { tag } from './case-shape';

/** The versions of what was assessed and planned: a new one replaces none [pathway §3]. */

const version = z
  .object({
    n: z.int(),
    at: instant,
    by: z.object({ id: z.string(), name: z.string().nullable() }),
    body: z.looseObject({}),
  })
  .meta({ id: 'Version' });

const versionsOf = (of: 'assessment' | 'plan', summary: string) =>
  pageRoute<Prisma.CaseVersionWhereInput>()({
    path: `/cases/{id}/${of}s`,
    tag,
    summary,
    who: caseReaders,
    params: paramsOf('case'),
    filters: instants('at', 'Written'),
    item: version,
    async parts(ctx) {
      await mustSee(ctx, 'case');
      return [{ caseId: ctx.params.id, of }];
    },
    after: (key) => ({ n: { gt: numberIn(key) } }),
    count: (db, find) => db.caseVersion.count(find),
    async read({ records: { db } }, find) {
      const rows = await db.caseVersion.findMany({ ...find, orderBy: { n: 'asc' } });
      const nameOf = await namesOfOfficials(
        db,
        rows.map(({ byId }) => byId),
      );
      return rows.map((row) => ({ ...row, by: { id: row.byId, name: nameOf(row.byId) ?? null } }));
    },
    keyOf: ({ n }) => String(n),
    shown: ({ n, at, by, body }) => ({ n, at: at.toISOString(), by, body }),
  });

const numberIn = (key: string): number => (/^\d{1,9}$/.test(key) ? Number(key) : 0);

export const versionRoutes = [
  versionsOf('assessment', 'Every version of the assessment, the oldest first'),
  versionsOf('plan', 'Every version of the plan, the oldest first'),
];
