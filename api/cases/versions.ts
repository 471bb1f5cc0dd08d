import { z } from 'zod';
import { instant } from '../http/fields';
import { after, page, pageOf, paging, rowsToRead } from '../http/paging';
import { caseReaders } from '../http/readers';
import { type Ctx, ok, route } from '../http/route';
import { paramsOf, seen } from '../http/stateful';
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
  route({
    method: 'get',
    path: `/cases/{id}/${of}s`,
    tag,
    summary,
    who: caseReaders,
    params: paramsOf('case'),
    query: z.strictObject(paging),
    answers: { 200: pageOf(version) },
    async handle(ctx) {
      await seen(ctx, 'case');
      const rows = await read(ctx, of);
      const { db } = ctx.records;
      const officials = await db.official.findMany({
        where: { id: { in: [...new Set(rows.map(({ byId }) => byId))] } },
        select: { id: true, name: true },
      });
      const names = new Map(officials.map(({ id, name }) => [id, name]));
      return ok(
        page(
          ctx.query,
          rows,
          ({ n }) => String(n),
          ({ n, at, byId, body }) => ({
            n,
            at: at.toISOString(),
            by: { id: byId, name: names.get(byId) ?? null },
            body,
          }),
        ),
      );
    },
  });

type Asked = Pick<
  Ctx<{ id: string }, { limit: number; cursor?: string | undefined }>,
  'records' | 'params' | 'query'
>;

function read({ records: { db }, params, query }: Asked, of: 'assessment' | 'plan') {
  const from = Number(after(query) ?? 0);
  const find = {
    where: { caseId: params.id, n: { gt: Number.isSafeInteger(from) ? from : 0 } },
    orderBy: { n: 'asc' },
    take: rowsToRead(query),
  } as const;
  return of === 'plan' ? db.plan.findMany(find) : db.assessment.findMany(find);
}

export const versionRoutes = [
  versionsOf('assessment', 'Every version of the assessment, the oldest first'),
  versionsOf('plan', 'Every version of the plan, the oldest first'),
];
