import type { Db } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { rowsIn, type ShownKind, subjectOf } from '../../records/kernel/rows';
import { countParts, inOrder, readParts } from './parts';
import { waitingRow, waitsOf } from '../../records/reads/waiting';

/** Lists by what one query cannot tell: by open waits, or by what is computed of each row. */

export interface Listing {
  kind: ShownKind;
  /** The conditions of the rows, in parts that have no row in common. */
  parts: readonly object[];
  /** Only rows with an open wait like this. */
  waits?: Prisma.TaskWhereInput | undefined;
  /** Of these ids those of the list, in their order. */
  sift?: ((ids: readonly string[]) => Promise<string[]>) | undefined;
}

/** Ids in one condition. */
const CHUNK = 2000;
/** So few rows are walked whatever the waits. One query reads them all: an index of what the caller sees serves it. */
const FEW = 10_000;
/** A caller who sees so many rows sees a large part of the record. */
const MANY = 100_000;

/** The ids of a list's rows after one of them, in their order, in chunks. It walks over the rows, or over far fewer waits. */
export async function* walk(db: Db, listing: Listing, from = ''): AsyncGenerator<readonly string[]> {
  const { waits, sift } = listing;
  const overWaits = waits !== undefined && (await waitsAreFewer(db, listing, waits));
  const [next, among, most] = overWaits ? [waitingIds, ofTheList, CHUNK] : [idsOfRows, waitingAmong, FEW];
  for (let last: string | undefined = from; last !== undefined;) {
    const ids: readonly string[] = await next(db, listing, last);
    for (let n = 0; n < ids.length; n += CHUNK) {
      const found = await among(db, listing, ids.slice(n, n + CHUNK));
      yield sift ? await sift(found) : found;
    }
    last = ids.length < most ? undefined : ids.at(-1);
  }
}

const idsIn = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

export const countRows = (db: Db, { kind, parts }: Listing, most: number): Promise<number> =>
  countParts(parts, most, (where, take) => rowsIn(db, kind).count({ where, take }));

async function waitsAreFewer(db: Db, listing: Listing, waits: Prisma.TaskWhereInput): Promise<boolean> {
  const rows = await countRows(db, listing, MANY);
  if (rows <= FEW || rows === MANY) return rows === MANY;
  const where = { AND: [waits, waitsOfKind(listing.kind)], closedAt: null };
  const far = Math.floor(rows / 10);
  return (await db.task.count({ where, take: far })) < far;
}

const idsOfRows = (db: Db, { kind, parts }: Listing, from: string): Promise<string[]> =>
  idsOf(db, kind, parts, { id: { gt: from } }, FEW);

const ofTheList = (db: Db, { kind, parts }: Listing, ids: readonly string[]): Promise<string[]> =>
  idsOf(db, kind, parts, { id: { in: [...ids] } }, CHUNK);

const idsOf = async (
  db: Db,
  kind: ShownKind,
  parts: readonly object[],
  which: object,
  take: number,
): Promise<string[]> =>
  idsIn(
    await readParts(
      db,
      parts,
      take,
      (part) => rowsIn(db, kind).findMany({ ...idsInOrder, where: { AND: [part, which] }, take }),
      ({ id }) => id,
    ),
  );

const idsInOrder = { select: { id: true }, orderBy: { id: 'asc' } } as const;

/** Of these rows those with an open wait of the list. */
async function waitingAmong(
  db: Db,
  { kind, waits }: Listing,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (!waits) return ids;
  const these =
    kind === 'case'
      ? { caseId: { in: [...ids] } }
      : { subject: { in: ids.flatMap((id) => waitsOf(kind, id)) } };
  const tasks = await db.task.findMany({
    where: { AND: [waits, these], closedAt: null },
    select: { caseId: true, subject: true },
  });
  const waiting = new Set(
    tasks.map(({ caseId, subject }) => (kind === 'case' ? caseId : waitingRow(subject))),
  );
  return ids.filter((id) => waiting.has(id));
}

/** The rows with an open wait of the list. */
async function waitingIds(db: Db, { kind, waits = {} }: Listing, from: string): Promise<string[]> {
  const open = { ...waits, closedAt: null };
  if (kind === 'case') {
    const groups = await db.task.groupBy({
      by: ['caseId'],
      where: { ...open, caseId: { gt: from } },
      orderBy: { caseId: 'asc' },
      take: CHUNK,
    });
    return groups.flatMap((group) => group.caseId ?? []);
  }
  const ids = new Set<string>();
  for (const subject of subjectsOf(kind, from)) {
    const groups = await db.task.groupBy({
      by: ['subject'],
      where: { ...open, subject },
      orderBy: { subject: 'asc' },
      take: CHUNK,
    });
    for (const group of groups) ids.add(waitingRow(group.subject));
  }
  return (await inOrder(db, [...ids])).slice(0, CHUNK);
}

/** A case also waits where a referral or an employment of it waits, and an adaptation where its payment does. */
const waitsOfKind = (kind: ShownKind): Prisma.TaskWhereInput =>
  kind === 'case' ? { caseId: { not: null } } : { OR: subjectsOf(kind).map((subject) => ({ subject })) };

const subjectsOf = (kind: ShownKind, from = ''): Prisma.StringFilter[] => [
  { startsWith: `${kind}/`, gt: subjectOf(kind, from) },
  ...(kind === 'adaptation' ? [{ startsWith: 'claim/A-', gt: subjectOf('claim', `${from}-pay`) }] : []),
];
