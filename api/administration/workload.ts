import { z } from 'zod';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { officeInWords } from '../../domain/words/words';
import { languageOf } from '../../records/reads/reader';
import { officeArea } from '../http/fields';
import { within } from '../http/filters';
import { pageRoute } from '../http/page-route';
import { overseers } from '../http/readers';

const load = z
  .object({
    id: z.string(),
    name: z.string(),
    area: z.string(),
    areaName: z.string().optional(),
    cases: z.int().meta({ description: 'Open cases.' }),
    referrals: z.int().meta({ description: 'Open referrals of these cases.' }),
    tasks: z.int().meta({ description: 'Open tasks, those taken from colleagues included.' }),
    overdue: z.int().meta({ description: 'Tasks whose time is over.' }),
  })
  .meta({ id: 'Workload' });

/** How much each case manager has open. */
export const workload = pageRoute<Prisma.OfficialWhereInput>()({
  path: '/workload',
  tag: 'officials',
  summary: 'The load of each case manager: open cases, open referrals, tasks, overdue tasks',
  description: 'The last item, `office`, has the open cases without a case manager, if there are any.',
  who: overseers,
  filters: { area: within('area', officeArea) },
  item: load,
  parts: ({ actor }) => [{ role: 'case_manager', leftOn: null, area: { startsWith: actor.area } }],
  after: (gt) => ({ id: { gt } }),
  count: (db, find) => db.official.count(find),
  async read({ records: { db }, now }, find) {
    const officials = await db.official.findMany({
      ...find,
      select: { id: true, name: true, area: true },
      orderBy: { id: 'asc' },
    });
    const open = await openWork(
      db,
      officials.map(({ id }) => id),
      now,
    );
    return officials.map((official) => ({
      ...official,
      ...(open.get(official.id) ?? { cases: 0, referrals: 0, tasks: 0, overdue: 0 }),
    }));
  },
  async last({ records: { db }, query, actor, now }) {
    const area = query.area ?? actor.area;
    const open = await openInOffice(db, area, now);
    return open.cases === 0 ? [] : [{ id: OFFICE, name: officeInWords(languageOf(actor)), area, ...open }];
  },
  keyOf: ({ id }) => id,
  shown: (row) => row,
});

/** The receiver of cases that no case manager has, as in POST /assignments. */
const OFFICE = 'office';

interface Open {
  cases: number;
  referrals: number;
  tasks: number;
  overdue: number;
}

async function openWork(tx: Pick<Tx, '$queryRaw'>, ids: string[], now: Date): Promise<Map<string, Open>> {
  const rows = await tx.$queryRaw<(Open & { id: string })[]>`
    WITH referred AS (
      SELECT manager_id, count(*)::int AS referrals FROM cases JOIN referrals ON referrals.case_id = cases.id AND referrals.open
      WHERE manager_id = ANY(${ids}) AND cases.open GROUP BY manager_id
    )
    SELECT id, coalesce(referrals, 0) AS referrals,
      (SELECT count(*)::int FROM cases WHERE manager_id = id_of.id AND open) AS cases,
      (SELECT count(*)::int FROM tasks WHERE assignee_id = id_of.id AND closed_at IS NULL) AS tasks,
      (SELECT count(*)::int FROM tasks WHERE assignee_id = id_of.id AND closed_at IS NULL AND due < ${now}::timestamptz) AS overdue
    FROM unnest(${ids}::text[]) AS id_of (id) LEFT JOIN referred ON manager_id = id`;
  return new Map(rows.map(({ id, ...open }) => [id, open]));
}

/** The open cases of an area that no case manager has, with their referrals and tasks. */
async function openInOffice(tx: Pick<Tx, '$queryRaw'>, area: string, now: Date): Promise<Open> {
  const [open] = await tx.$queryRaw<[Open]>`
    WITH left_to AS (SELECT id FROM cases WHERE manager_id IS NULL AND open AND area LIKE ${`${area}%`}),
      waits AS (SELECT due FROM tasks JOIN left_to ON tasks.case_id = left_to.id
        WHERE closed_at IS NULL AND role = 'supervisor')
    SELECT (SELECT count(*)::int FROM left_to) AS cases,
      (SELECT count(*)::int FROM referrals JOIN left_to ON referrals.case_id = left_to.id WHERE open) AS referrals,
      (SELECT count(*)::int FROM waits) AS tasks,
      (SELECT count(*)::int FROM waits WHERE due < ${now}::timestamptz) AS overdue`;
  return open;
}
