import { aboutPeople } from '../../domain/pathways/approval';
import { unopened } from '../../domain/pathways/inspection';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { codeIn } from '../../records/codes';
import type { Where } from '../../records/kernel/kinds';
import type { ShownKind } from '../../records/kernel/rows';
import type { Numbers } from './walk';
import { here, livingHere, region, visible, visibleCases, visiblePeople, visibleVacancies } from './visible';

/*
 * The rows that a caller sees, in parts that have no row in common. PostgreSQL serves each part of a list by an index of its own; it
 * cannot do so for one OR over several tables. The first part are the rows of the caller's area. The cases, employers and people beside
 * it are few, so their numbers are read first.
 */

type Parts<W> = Promise<readonly W[]>;

const isManager = ({ role }: Actor): boolean => role === 'case_manager' || role === 'supervisor';

/** The rows of the area, and those beside it, if there may be any. */
const andBeside = <W extends object>(
  rowsHere: W,
  ids: readonly string[],
  beside: (ids: { in: string[] }) => W,
): W[] => (ids.length === 0 ? [rowsHere] : [rowsHere, but(rowsHere, beside({ in: [...ids] }))]);

const but = <W extends object>(rowsHere: W, others: W): W =>
  ({ AND: [{ NOT: rowsHere }, others] }) as object as W;

const idsOf = async (rows: Promise<{ id: string }[]>): Promise<string[]> => (await rows).map(({ id }) => id);

/** Cases of another area that are the caller's own, or move to the caller's area. */
const casesBeside = (tx: Pick<Tx, 'case'>, actor: Actor): Promise<string[]> =>
  idsOf(
    tx.case.findMany({
      where: {
        NOT: here(actor),
        OR: [{ managerId: actor.id }, { movesTo: codeIn(actor.area) }],
      },
      select: { id: true },
    }),
  );

const employersHere = (tx: Pick<Tx, 'employer'>, { area }: Actor): Promise<string[]> =>
  idsOf(tx.employer.findMany({ where: { district: { startsWith: area } }, select: { id: true } }));

async function caseParts(tx: Tx, actor: Actor): Parts<Prisma.CaseWhereInput> {
  if (!isManager(actor)) return [visibleCases(actor)];
  return andBeside<Prisma.CaseWhereInput>(here(actor), await casesBeside(tx, actor), (id) => ({ id }));
}

/** A referral is in the area of its case, which takes it along. */
async function referralParts(tx: Tx, actor: Actor): Parts<Prisma.ReferralWhereInput> {
  if (isManager(actor))
    return andBeside<Prisma.ReferralWhereInput>(here(actor), await casesBeside(tx, actor), (caseId) => ({
      caseId,
    }));
  if (actor.role === 'employment_officer')
    return andBeside<Prisma.ReferralWhereInput>(
      here(actor),
      await employersHere(tx, actor),
      (employerId) => ({ employerId }),
    );
  return [visible.referral(actor)];
}

/** So is an employment. */
async function employmentParts(tx: Tx, actor: Actor): Parts<Prisma.EmploymentWhereInput> {
  if (!isManager(actor)) return [visible.retention(actor)];
  const rowsHere = { ...here(actor), caseId: { not: null } };
  return andBeside<Prisma.EmploymentWhereInput>(rowsHere, await casesBeside(tx, actor), (caseId) => ({
    caseId,
  }));
}

/** An inspection keeps the area of its case and the district of the referral's employer. Its own area is the employer's region. */
async function inspectionParts(tx: Tx, actor: Actor): Parts<Prisma.InspectionWhereInput> {
  const caseHere = { caseArea: codeIn(actor.area) };
  if (isManager(actor))
    return andBeside<Prisma.InspectionWhereInput>(caseHere, await casesBeside(tx, actor), (caseId) => ({
      caseId,
    }));
  if (actor.role !== 'employment_officer') return [visible.inspection(actor)];
  return [
    { ...caseHere, referralId: { not: null } },
    but<Prisma.InspectionWhereInput>(caseHere, { employerDistrict: codeIn(actor.area) }),
  ];
}

function approvalParts(_tx: Tx, actor: Actor): Prisma.ApprovalWhereInput[] {
  if (actor.role !== 'supervisor') return [visible.approval(actor)];
  const rowsHere: Prisma.ApprovalWhereInput = { ...here(actor), kind: { in: [...aboutPeople, 'employer'] } };
  return [rowsHere, but(rowsHere, { kind: 'employer', proposedBy: actor.id })];
}

const several: { [K in ShownKind]?: (tx: Tx, actor: Actor) => Parts<Where<K>> | readonly Where<K>[] } = {
  case: caseParts,
  referral: referralParts,
  inspection: inspectionParts,
  retention: employmentParts,
  approval: approvalParts,
};

/** The parts of a kind's list. Most have one. */
export const listParts = async <K extends ShownKind>(
  tx: Tx,
  kind: K,
  actor: Actor,
): Promise<readonly Where<K>[]> => (await several[kind]?.(tx, actor)) ?? [visible[kind](actor)];

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

/** People of the area, and people who live elsewhere and have an open case of the caller. */
export async function peopleParts(tx: Tx, actor: Actor): Parts<Prisma.PersonWhereInput> {
  if (!isManager(actor)) return [visiblePeople(actor)];
  return andBeside<Prisma.PersonWhereInput>(livingHere(actor), await peopleOfCases(tx, actor), (id) => ({
    id,
  }));
}

/** People with an open case of the caller, without those who live here. These are told apart by an index alone. */
async function peopleOfCases(tx: Pick<Tx, '$queryRaw'>, { id, area }: Actor): Promise<string[]> {
  const within = `${area}%`;
  const people = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT person_id AS id FROM cases
    WHERE open AND (area LIKE ${within} OR manager_id = ${id} OR moves_to LIKE ${within})
      AND NOT EXISTS (SELECT FROM people WHERE id = person_id AND mahalla LIKE ${within} AND joined_to IS NULL)`;
  return people.map((person) => person.id);
}

/** Jobs of the region, and those of its employers in another one. */
export function vacancyParts(actor: Actor): readonly Prisma.VacancyWhereInput[] {
  const all = visibleVacancies(actor);
  if (!('OR' in all)) return [all];
  const rowsHere = { district: { startsWith: region(actor) } };
  return [rowsHere, but<Prisma.VacancyWhereInput>(rowsHere, { employerElsewhere: region(actor) })];
}
