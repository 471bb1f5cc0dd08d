import { z } from 'zod';
import { kindsLeftTo, type ObligationKind, obligationKinds, toldKinds } from '../../domain/obligations';
import { officeFund } from '../../domain/money/funds';
import { otherActsFor } from '../../domain/other-acts';
import { type Actor, roles, seesNoCases } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Prisma, Task } from '../../prisma/generated/client';
import { type Possible, possibleWith } from '../../records/reads/actions';
import { codeIn } from '../../records/codes';
import { tasksOfColleagues } from '../../records/colleagues';
import { endsByFinding } from '../../records/kernel/defects';
import { isShown, kinds } from '../../records/kernel/kinds';
import { idsByKind, namedBy, type ShownKind, shownRowOf, subjectOf } from '../../records/kernel/rows';
import { viewOf } from '../../records/kernel/view';
import { workerFor } from '../../records/reads/money';
import { namedInside } from '../../records/reads/beside';
import { type Described, describerOf } from '../../records/reads/tasks';
import { overdueWaits, waitOf } from '../../records/reads/waiting';
import { instant } from '../http/fields';
import { askedFor, filter, instants, is, queryOf } from '../http/filters';
import { after, notACursor, page, pageOf, rowsToRead, totalOf } from '../http/paging';
import { PREFIX } from '../http/mount';
import { type Ctx, ok, route } from '../http/route';
import { ofCase, ofPerson } from '../http/lists';
import { Problem } from '../http/problem';
import { flag, notAllowed, owners, parties, personId } from '../http/stateful';
import {
  type AfterVisit,
  countVisits,
  dueOfVisit,
  dueVisits,
  readVisits,
  shownVisit,
  VISIT_KIND,
} from './visits-due';

const NOBODY: Prisma.TaskWhereInput = { id: { in: [] } };

/** Tasks of case managers that are also the supervisor's: overdue tasks, and those of cases without a case manager. */
const ofCaseManagers = (now: Date): Prisma.TaskWhereInput => ({
  role: 'case_manager',
  OR: [{ due: { lt: now } }, { assigneeId: null }],
});

/** Overdue tasks of a machine. They belong to the role that has them next, even while no workflow runs to pass them on. */
const leftByMachine = (role: Actor['role'], now: Date): Prisma.TaskWhereInput => ({
  role: 'clock',
  kind: { in: kindsLeftTo(role) },
  due: { lt: now },
});

/** The tasks on a worklist: the caller's own, and those of the office in its area. A head also sees those of the head. */
function worklistOf(actor: Actor, now: Date): Prisma.TaskWhereInput {
  const { role, rank, employerId, centreId, area, id } = actor;
  if (role === 'employer') return employerId === undefined ? NOBODY : { role, employerId };
  const here = { area: codeIn(area) };
  const ofFund = role === 'finance_officer' && { fund: officeFund(role, actor.fund) };
  const place = role === 'training_officer' ? { centreId: centreId ?? '' } : { ...here, ...ofFund };
  const office = { role, assigneeId: null, ...place, ...(rank === 'officer' && { rank: null }) };
  if (role === 'case_manager') return { assigneeId: id };
  return {
    OR: [
      { assigneeId: id },
      office,
      { ...leftByMachine(role, now), ...here, ...ofFund },
      ...(role === 'supervisor' ? [{ ...ofCaseManagers(now), ...here }] : []),
    ],
  };
}

/** The caller's worklist. A case manager's also has the tasks of the colleagues, where their mahalla shares them. */
export async function worklist(
  tx: Pick<Tx, 'territory'>,
  actor: Actor,
  now: Date,
): Promise<Prisma.TaskWhereInput> {
  const colleagues = await tasksOfColleagues(tx, actor);
  const own = worklistOf(actor, now);
  return colleagues ? { OR: [own, colleagues] } : own;
}

export const task = z
  .object({
    id: z.string(),
    kind: z.string(),
    what: z.string().meta({ description: 'The task in words.' }),
    subject: z.object({
      kind: z.string(),
      id: z.string(),
      link: z.string().nullable(),
      state: z.string().nullable(),
    }),
    about: z.string().meta({
      description: 'The person, the employer, the job and the number to quote, in one line.',
    }),
    number: z.int().nullable().meta({
      description:
        'The number of the service, the measure or the monthly check that the task is about. Its command takes it as `service` or `check`.',
    }),
    caseId: z.string().nullable(),
    personId: z.string().nullable(),
    employerId: z.string().nullable(),
    ...parties,
    role: z.enum(owners),
    rank: z.string().nullable(),
    assignee: z.string().nullable(),
    assigneeName: z.string().optional(),
    since: instant,
    due: instant.nullable(),
    dueOn: z.string().nullable().meta({ description: 'The day of `due` in Tashkent.' }),
    overdue: z.boolean(),
    then: z.string(),
    allowedActions: z.array(z.string()),
    notAllowed,
    asked: z.looseObject({ person: z.string() }).nullable().meta({
      description:
        'What a supervisor’s consent is asked for: the person, the job with its employer, the person’s wish, the adaptation and the words of the work recommendation; or the outcome and summary of a closure.',
    }),
  })
  .meta({ id: 'Task' });

const filters = {
  overdue: filter(flag, (yes, { now }) => (yes ? overdueWaits(now) : {})),
  case: ofCase,
  kind: is('kind', z.enum([...obligationKinds, VISIT_KIND])),
  person: filter(
    personId.meta({
      description: 'Only tasks about this person, under any record of theirs. Not for employers.',
    }),
    async (asked, { actor, records: { db } }) => {
      if (actor.role === 'employer')
        throw new Problem(403, 'not_yours', 'Employers search no persons. Leave the filter `person` out.');
      return ofPerson(db, asked);
    },
  ),
  ...instants('due', 'Due'),
};

const list = route({
  method: 'get',
  path: '/tasks',
  tag: 'tasks',
  summary: 'My worklist, in the order of the deadlines',
  description:
    'The caller’s own tasks, and those of their office in its area. Supervisors also see the overdue tasks of the district’s case managers. Finance officers also see approved payments that were not made in time, and administrators the offices without officials. Case managers also see the visits of their mahalla (kind `visit`) from the day to come again until the person is visited again, and the tasks of their colleagues where the mahalla shares them (`assignee` says whose they are).',
  who: roles,
  query: queryOf(filters),
  answers: { 200: pageOf(task) },
  async handle(ctx) {
    const { query, actor, now } = ctx;
    const { db } = ctx.records;
    const from = placeAfter(after(query));
    const take = rowsToRead(query);
    const where = {
      AND: [await worklist(db, actor, now), await askedFor<Prisma.TaskWhereInput>(filters, ctx)],
      closedAt: null,
    };
    const tasks = await db.task.findMany({
      where: { AND: [where, isAfter(from)] },
      orderBy: [{ due: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
      take,
    });
    const due = await dueVisits(ctx, query);
    const visits = await readVisits(db, due, from && visitsAfter(from), take);
    const total = await totalOf(
      async (most) => (await db.task.count({ where, take: most })) + (await countVisits(db, due, most)),
    );
    const possible = await possibleOn(ctx, tasks);
    const described = await describerOf(db, tasks, actor, now);
    const entries = [
      ...tasks.map((row) => ({
        due: row.due,
        key: keyOf(row.due, row.id),
        entry: () => shown(row, described(row), ctx, possible.get(row.subject)),
      })),
      ...visits.map((visit) => ({
        due: dueOfVisit(visit),
        key: keyOf(dueOfVisit(visit), visit.id, VISIT),
        entry: () => shownVisit(visit, ctx),
      })),
    ].toSorted((a, b) => (a.due?.getTime() ?? Infinity) - (b.due?.getTime() ?? Infinity));
    const { items, ...rest } = page(
      query,
      entries,
      total,
      ({ key }) => key,
      ({ entry }) => entry(),
    );
    return ok({ items: await namedInside<object>(db, items, actor), ...rest });
  },
});

/** The mark of a visit among the numbers of tasks. */
const VISIT = 'v';

/** The key of a place in the worklist: the deadline (`-` without one), then the number. */
const keyOf = (due: Date | null, id: bigint, mark = ''): string =>
  `${due?.toISOString() ?? '-'}/${mark}${id}`;

/** A place in the worklist. At one instant the tasks come first, then the visits. */
interface Placed {
  due: Date | null;
  id: bigint;
  isVisit: boolean;
}

function placeAfter(key: string | undefined): Placed | undefined {
  if (key === undefined) return undefined;
  const [, due, mark, number] = /^(-|\d{4}-[\d-]{5}T[\d:.]{12}Z)\/(v?)(\d{1,18})$/.exec(key) ?? [];
  if (due === undefined || number === undefined) throw notACursor();
  const at = due === '-' ? null : new Date(due);
  if (at && Number.isNaN(at.getTime())) throw notACursor();
  return { due: at, id: BigInt(number), isVisit: mark === VISIT };
}

function isAfter(place: Placed | undefined): Prisma.TaskWhereInput {
  if (!place) return {};
  const { due, id, isVisit } = place;
  if (!due) return { due: null, id: { gt: id } };
  const here = isVisit ? [] : [{ due, id: { gt: id } }];
  return { OR: [{ due: { gt: due } }, ...here, { due: null }] };
}

/** The visits after a place; none after a task without a deadline. */
const visitsAfter = ({ due, id, isVisit }: Placed): AfterVisit | null =>
  due && { due, ...(isVisit && { id }) };

/** The commands of the caller on the rows of tasks, by subject. */
export async function possibleOn(ctx: Ctx, tasks: readonly Task[]): Promise<Map<string, Possible>> {
  const bySubject = new Map<string, Possible>();
  for (const [kind, ids] of idsByKind(tasks.map(({ subject }) => subject))) {
    if (!isShown(kind)) continue;
    const possible = await possibleWith(viewOf(ctx.records, ctx.actor, ctx.now), kind, ids);
    for (const [id, one] of possible) bySubject.set(subjectOf(kind, id), one);
  }
  return bySubject;
}

/** The waits whose `ref` is the number of a part: a service, a measure, a check. */
const numbered: readonly string[] = [
  'service',
  'measure_progress',
  'check',
  'check_evidence',
  'conversation',
] satisfies ObligationKind[];

/** The officials of an office without one, `office/<role>/<area>`. A subject without a page has no link. */
function linkOfOffice(subject: string): string | null {
  const [kind, role = '', area = ''] = subject.split('/');
  const within = area === '' ? '' : `&area=${area}`;
  return kind === 'office' ? `${PREFIX}/officials?role=${role.replace(/-head$/, '')}${within}&left=no` : null;
}

const moneyKinds: readonly ShownKind[] = [
  'subsidy',
  'adaptation',
  'stipend',
  'start-subsidy',
  'claim',
  'approval',
  'recovery',
];

export function shown(row: Task, described: Described, { actor, now }: Ctx, possible?: Possible) {
  const at = shownRowOf(row.subject);
  const { since, due, dueOn, overdue, then } = waitOf(row, now, actor);
  return {
    id: String(row.id),
    kind: row.kind,
    ...described,
    subject: {
      ...namedBy(row.subject),
      link: at ? `${PREFIX}/${kinds[at.kind].path}/${at.id}` : linkOfOffice(row.subject),
      state: possible?.state ?? null,
    },
    number: numbered.includes(row.kind) ? Number(row.ref) : null,
    caseId: seesNoCases(actor.role) ? null : row.caseId,
    personId: at && moneyKinds.includes(at.kind) ? workerFor(actor, row.personId ?? '') : row.personId,
    employerId: row.employerId,
    role: row.role,
    rank: row.rank,
    assignee: row.assigneeId,
    since,
    due,
    dueOn,
    overdue,
    then,
    allowedActions: [
      ...(isTold(row) || endsByFinding(row) ? ['finding'] : (possible?.allowedActions ?? [])),
      ...otherActsFor(row.kind, actor.role),
      ...(actor.role === 'case_manager' && row.assigneeId !== actor.id ? ['take'] : []),
    ],
    notAllowed: possible?.notAllowed ?? [],
  };
}

export const isTold = ({ kind }: Task): boolean => (toldKinds as readonly string[]).includes(kind);

export const taskRoutes = [list];
