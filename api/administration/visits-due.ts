import { type Day, dayOf, endOfDay } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { visitInWords } from '../../domain/words/words';
import type { Db } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { codeIn } from '../../records/codes';
import { nobody } from '../../records/reads/beside';
import { languageOf } from '../../records/reads/reader';
import { ofPerson } from '../http/lists';
import { PREFIX } from '../http/mount';
import type { Ctx } from '../http/route';
import { toComeAgain } from '../http/visible';

/*
 * From the day to come again, a visit stands in the worklist of the mahalla's case manager until the person is visited again. It is
 * read from the visits themselves: no clock runs, nobody is reminded, nothing follows [pathway §2].
 */

type Due = Prisma.VisitGetPayload<{ include: { person: true } }>;

/** The place in the worklist after which visits are read: the instant, and the number where it is a visit's. */
export interface AfterVisit {
  due: Date;
  id?: bigint;
}

export const VISIT_KIND = 'visit';

/** The filters of the worklist, as far as they concern visits. */
interface Asked {
  overdue?: boolean | undefined;
  case?: string | undefined;
  kind?: string | undefined;
  person?: string | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
}

/** The condition of the visits due in the caller's mahalla. Nobody else has them: null. */
export async function dueVisits(
  { records, actor, now }: Pick<Ctx, 'records' | 'actor' | 'now'>,
  { overdue, case: ofCase, kind = VISIT_KIND, person, from, to }: Asked,
): Promise<Prisma.VisitWhereInput | null> {
  if (actor.role !== 'case_manager' || ofCase !== undefined || kind !== VISIT_KIND) return null;
  const today = dayOf(now);
  const on: Prisma.VisitWhereInput[] = [
    toComeAgain(today),
    ...(overdue === true ? [{ comeAgainOn: { lt: today } }] : []),
    ...(from === undefined ? [] : [{ comeAgainOn: { gte: from } }]),
    ...(to === undefined ? [] : [{ comeAgainOn: { lte: to } }]),
  ];
  return {
    AND: on,
    person: hereAndAlive(actor),
    ...(person !== undefined && (await ofPerson(records.db, person))),
  };
}

/**
 * Due visits in the order of their days.
 *
 * @param after the place after which they begin; null: after all of them
 */
export const readVisits = async (
  db: Pick<Db, 'visit'>,
  where: Prisma.VisitWhereInput | null,
  after: AfterVisit | null | undefined,
  take: number,
): Promise<Due[]> =>
  where === null || after === null
    ? []
    : db.visit.findMany({
        where: { AND: [where, isAfter(after)] },
        include: { person: true },
        orderBy: [{ comeAgainOn: 'asc' }, { id: 'asc' }],
        take,
      });

export const countVisits = async (
  db: Pick<Db, 'visit'>,
  where: Prisma.VisitWhereInput | null,
  take: number,
): Promise<number> => (where === null ? 0 : db.visit.count({ where, take }));

const hereAndAlive = ({ area }: Actor): Prisma.PersonWhereInput => ({
  mahalla: codeIn(area),
  diedOn: null,
});

function isAfter(after: AfterVisit | undefined): Prisma.VisitWhereInput {
  if (!after) return {};
  const on = dayOf(after.due);
  // At one instant the tasks come first, then the visits.
  return after.id === undefined
    ? { comeAgainOn: { gte: on } }
    : { OR: [{ comeAgainOn: { gt: on } }, { comeAgainOn: on, id: { gt: after.id } }] };
}

export const dueOfVisit = ({ comeAgainOn, on }: { comeAgainOn: Day | null; on: Day }): Date =>
  endOfDay(comeAgainOn ?? on);

/** A visit in the form of a task. */
export function shownVisit(visit: Due, { actor, now }: Pick<Ctx, 'actor' | 'now'>) {
  const id = visit.person.joinedTo ?? visit.personId;
  const due = dueOfVisit(visit);
  const words = visitInWords(languageOf(actor));
  return {
    id: `visit-${visit.id}`,
    kind: VISIT_KIND,
    what: words.due,
    subject: { kind: 'person', id, link: `${PREFIX}/people/${id}`, state: null },
    about: visit.person.name,
    number: null,
    caseId: null,
    personId: id,
    employerId: null,
    ...nobody,
    person: { id, name: visit.person.name },
    role: 'case_manager' as const,
    rank: null,
    assignee: actor.id,
    since: visit.at.toISOString(),
    due: due.toISOString(),
    dueOn: dayOf(due),
    overdue: now > due,
    then: words.then,
    allowedActions: ['visit'],
    notAllowed: [],
    asked: null,
  };
}
