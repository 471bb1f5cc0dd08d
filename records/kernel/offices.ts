import type { Tx } from '../../prisma/db';
import type { Rank, Role } from '../../domain/roles';
import type { Fund } from '../../domain/fund';
import { officeFund } from '../../domain/money/funds';
import { type AreaLevel, levelOf } from '../../domain/soato';

/** The length of an office's SOATO code, by its role: mahalla 10, district 7, region 4. */
const homeLevel: Partial<Record<Role, number>> = {
  case_manager: 10,
  supervisor: 7,
  employment_officer: 7,
  labour_inspector: 4,
  finance_officer: 4,
};

const LEVELS = [10, 7, 4, 0];

const upFrom = { district: ['district', 'region', 'republic'], region: ['region', 'republic'] } as const;

/** The levels for officials of the role: the level of the office, and those above it, which get the work of empty offices. */
const standsAt: Partial<Record<Role, readonly AreaLevel[]>> = {
  case_manager: ['mahalla'],
  supervisor: upFrom.district,
  training_officer: upFrom.district,
  employment_officer: upFrom.district,
  labour_inspector: upFrom.region,
  finance_officer: upFrom.region,
  administrator: ['republic'],
};

const codes: Record<AreaLevel, string> = {
  mahalla: 'a mahalla (10 digits)',
  district: 'a district (7 digits)',
  region: 'a region (4 digits)',
  republic: 'the republic (empty)',
};

/**
 * Says why an area does not fit an official of a role, and the right form [pathway §1]; undefined when it fits.
 *
 * @param area may be undefined for a role that serves the whole republic, or no area
 * @throws RangeError when the area does not have the form of a code
 */
export function wrongLevel(role: Role, area: string | undefined): string | undefined {
  const levels = standsAt[role];
  if (!levels) return undefined;
  const fits =
    area === undefined ? levels.every((level) => level === 'republic') : levels.includes(levelOf(area));
  return fits
    ? undefined
    : `An official of this role serves ${levels.map((level) => codes[level]).join(' or ')}: give its code.`;
}

/**
 * The office that has an official for work of a role in an area: the area's own office, else the next level (district, region,
 * republic) [pathway §1]. `gaps` are the areas without an official that were passed over, nearest first. Where no level has an
 * official, the work stays with the area's own office.
 *
 * @param barred persons who may not do it
 * @param fund of the money that the work is about; only finance offices have one
 */
export async function officeFor(
  tx: Tx,
  role: Role,
  rank: Rank | null,
  area: string,
  barred: readonly string[] = [],
  fund?: string,
): Promise<Office> {
  const office = await findOffice(tx, role, rank, area, barred, officeFund(role, fund));
  if (office.gaps.length === 0) return office;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext('appointing'), hashtext(${role}))`;
  return findOffice(tx, role, rank, area, barred, officeFund(role, fund));
}

/**
 * An official is appointed in this transaction. Another transaction that finds the office empty waits for this one and looks
 * again. When this returns, the gaps found before are on record.
 */
export async function appointing(tx: Tx, role: Role): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('appointing'), hashtext(${role}))`;
}

/**
 * Whether every official who could do work of a role in an area is barred from it, at each level. Where nobody works at any level,
 * somebody can be appointed.
 */
export async function allAreBarred(
  tx: Tx,
  role: Role,
  area: string,
  barred: readonly string[],
): Promise<boolean> {
  const staffed = await staffOf(tx, role, null, areasUp(role, area), officeFund(role, undefined));
  return staffed.length > 0 && staffed.every(({ person }) => barred.includes(person));
}

/** The area of a role's office, and those above it, which get the work of empty offices. */
function areasUp(role: Role, area: string): string[] {
  const home = homeLevel[role] ?? 0;
  return LEVELS.filter((level) => level <= home && level <= area.length).map((level) => area.slice(0, level));
}

/** The officials of offices, with the person behind each. */
const staffOf = (tx: Tx, role: Role, rank: Rank | null, areas: readonly string[], fund: Fund) =>
  tx.$queryRaw<{ area: string; person: string }[]>`
    SELECT area, coalesce(person, id) AS person FROM officials
    WHERE role = ${role} AND left_on IS NULL AND fund = ${fund} AND area = ANY(${[...areas]})
      AND (${rank !== 'head'} OR rank = ${rank})`;

interface Office {
  area: string;
  gaps: string[];
}

async function findOffice(
  tx: Tx,
  role: Role,
  rank: Rank | null,
  area: string,
  barred: readonly string[],
  fund: Fund,
): Promise<Office> {
  const areas = areasUp(role, area);
  const staffed = await staffOf(tx, role, rank, areas, fund);
  const eligible = staffed.filter(({ person }) => !barred.includes(person));
  const isEmpty = (where: string): boolean => !staffed.some((office) => office.area === where);
  const found = areas.findIndex((candidate) => eligible.some((office) => office.area === candidate));
  return found === -1
    ? { area: areas[0] ?? '', gaps: areas.filter(isEmpty) }
    : { area: areas[found] ?? '', gaps: areas.slice(0, found).filter(isEmpty) };
}
