import { aboutPeople, followed } from '../../domain/pathways/approval';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { codeIn } from '../../records/codes';
import type { Where } from '../../records/kernel/kinds';
import type { ShownKind } from '../../records/kernel/rows';
import { casesBeside, employersHere, peopleOfCases } from '../../records/reads/lists/beside';
import {
  caseHere,
  correctionsHere,
  here,
  livingHere,
  region,
  visible,
  visibleCases,
  visiblePeople,
  visibleVacancies,
} from './visible';

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

/** So are public works. */
async function publicWorksParts(tx: Tx, actor: Actor): Parts<Prisma.PublicWorksWhereInput> {
  if (!isManager(actor)) return [visible['public-works'](actor)];
  return andBeside<Prisma.PublicWorksWhereInput>(here(actor), await casesBeside(tx, actor), (caseId) => ({
    caseId,
  }));
}

/** A training keeps the area of its case. Its own area is the centre's district. */
async function trainingParts(tx: Tx, actor: Actor): Parts<Prisma.TrainingWhereInput> {
  const rowsHere = caseHere(actor);
  if (isManager(actor))
    return andBeside<Prisma.TrainingWhereInput>(rowsHere, await casesBeside(tx, actor), (caseId) => ({
      caseId,
    }));
  if (actor.role !== 'employment_officer') return [visible.training(actor)];
  return [rowsHere, but<Prisma.TrainingWhereInput>(rowsHere, here(actor))];
}

/** So is an own business. */
async function businessParts(tx: Tx, actor: Actor): Parts<Prisma.BusinessWhereInput> {
  if (!isManager(actor)) return [visible.business(actor)];
  return andBeside<Prisma.BusinessWhereInput>(here(actor), await casesBeside(tx, actor), (caseId) => ({
    caseId,
  }));
}

/** An inspection keeps the area of its case and the district of the referral's employer. Its own area is the employer's region. */
async function inspectionParts(tx: Tx, actor: Actor): Parts<Prisma.InspectionWhereInput> {
  const rowsHere = caseHere(actor);
  if (isManager(actor))
    return andBeside<Prisma.InspectionWhereInput>(rowsHere, await casesBeside(tx, actor), (caseId) => ({
      caseId,
    }));
  if (actor.role !== 'employment_officer') return [visible.inspection(actor)];
  return [
    { ...rowsHere, referralId: { not: null } },
    but<Prisma.InspectionWhereInput>(rowsHere, { employerDistrict: codeIn(actor.area) }),
  ];
}

function startParts(_tx: Tx, actor: Actor): Prisma.SubsidyWhereInput[] {
  if (actor.role !== 'supervisor') return [visible['start-subsidy'](actor)];
  const personsHere = { personArea: codeIn(actor.area) };
  return [personsHere, but<Prisma.SubsidyWhereInput>(personsHere, here(actor))];
}

function approvalParts(_tx: Tx, actor: Actor): Prisma.ApprovalWhereInput[] {
  if (!isManager(actor)) return [visible.approval(actor)];
  const own: Prisma.ApprovalWhereInput = { kind: { in: [...followed] }, proposedBy: actor.id };
  if (actor.role === 'case_manager') return [own, correctionsHere(actor)];
  const rowsHere: Prisma.ApprovalWhereInput = { ...here(actor), kind: { in: [...aboutPeople, ...followed] } };
  return [rowsHere, but(rowsHere, own), correctionsHere(actor)];
}

const several: { [K in ShownKind]?: (tx: Tx, actor: Actor) => Parts<Where<K>> | readonly Where<K>[] } = {
  case: caseParts,
  referral: referralParts,
  inspection: inspectionParts,
  retention: employmentParts,
  'public-works': publicWorksParts,
  training: trainingParts,
  business: businessParts,
  'start-subsidy': startParts,
  approval: approvalParts,
};

/** The parts of a kind's list. Most have one. */
export const listParts = async <K extends ShownKind>(
  tx: Tx,
  kind: K,
  actor: Actor,
): Promise<readonly Where<K>[]> => (await several[kind]?.(tx, actor)) ?? [visible[kind](actor)];

/** People of the area, and people who live elsewhere and have an open case of the caller. */
export async function peopleParts(tx: Tx, actor: Actor): Parts<Prisma.PersonWhereInput> {
  if (!isManager(actor)) return [visiblePeople(actor)];
  return andBeside<Prisma.PersonWhereInput>(livingHere(actor), await peopleOfCases(tx, actor), (id) => ({
    id,
  }));
}

/** Jobs of the region, and those of its employers in another one. */
export function vacancyParts(actor: Actor): readonly Prisma.VacancyWhereInput[] {
  const all = visibleVacancies(actor);
  if (!('OR' in all)) return [all];
  const rowsHere = { district: { startsWith: region(actor) } };
  return [rowsHere, but<Prisma.VacancyWhereInput>(rowsHere, { employerElsewhere: region(actor) })];
}
