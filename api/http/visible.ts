import { aboutPeople } from '../../domain/pathways/approval';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import type { Where } from '../../records/kernel/kinds';
import { rowsIn, type ShownKind } from '../../records/kernel/rows';

/** Who sees what: conditions that every query of the API carries. What they leave out does not exist for the caller. */

const EVERYTHING = {};
const NOTHING = { id: { in: [] as string[] } };

const readsEverything = ({ role }: Actor): boolean =>
  role === 'auditor' || role === 'administrator' || role === 'system';
const here = ({ area }: Actor) => ({ area: { startsWith: area } });
const region = ({ area }: Actor): string => area.slice(0, 4);

/** A supervisor sees as a case manager does, in a wider area; a role that is not named sees nothing. */
function seenBy<Where extends object>(
  actor: Actor,
  views: Partial<Record<Actor['role'], () => Where>>,
): Where | typeof EVERYTHING | typeof NOTHING {
  if (readsEverything(actor)) return EVERYTHING;
  return views[actor.role === 'supervisor' ? 'case_manager' : actor.role]?.() ?? NOTHING;
}

/** Case managers and supervisors: their area, what is theirs by name, and what moves to them. Employment officers: their area. */
export const visibleCases = (actor: Actor): Prisma.CaseWhereInput =>
  seenBy<Prisma.CaseWhereInput>(actor, {
    case_manager: () => ({
      OR: [here(actor), { managerId: actor.id }, { movesTo: { startsWith: actor.area } }],
    }),
    employment_officer: () => here(actor),
  });

/** People of the area, and those whose case is the caller's wherever they live. */
export const visiblePeople = (actor: Actor): Prisma.PersonWhereInput =>
  seenBy<Prisma.PersonWhereInput>(actor, {
    case_manager: () => ({
      OR: [
        { mahalla: { startsWith: actor.area } },
        { cases: { some: { open: true, ...visibleCases(actor) } } },
      ],
    }),
    employment_officer: () => ({ mahalla: { startsWith: actor.area } }),
  });

/** A person one of whose records is like this: the one asked for, the one it is joined to, those joined to either. */
export const inAnyRecord = (record: Prisma.PersonWhereInput): Prisma.PersonWhereInput => {
  const orJoined = { OR: [record, { joined: { some: record } }] };
  return { OR: [orJoined, { keeper: orJoined }] };
};

/** A referral is also the employment office's of the employer's district, and the inspector's behind an inspection. */
export const visibleReferrals = (actor: Actor): Prisma.ReferralWhereInput =>
  seenBy<Prisma.ReferralWhereInput>(actor, {
    case_manager: () => ({ OR: [here(actor), { case: visibleCases(actor) }] }),
    employment_officer: () => ({ OR: [here(actor), { employer: { district: { startsWith: actor.area } } }] }),
    labour_inspector: () => ({ inspections: { some: here(actor) } }),
    employer: () => ofEmployer(actor),
  });

/** Inspections belong to the inspectorate of the employer's region; those who see what is inspected see them, too. */
export const visibleInspections = (actor: Actor): Prisma.InspectionWhereInput =>
  seenBy<Prisma.InspectionWhereInput>(actor, {
    case_manager: () => ({
      OR: [{ referral: visibleReferrals(actor) }, { employment: visibleEmployments(actor) }],
    }),
    employment_officer: () => ({ referral: visibleReferrals(actor) }),
    labour_inspector: () => here(actor),
    employer: () => ofEmployer(actor),
  });

/** An employment without a case is known from a subsidy alone: the money's offices and the employer see it, no case manager. */
export const visibleEmployments = (actor: Actor): Prisma.EmploymentWhereInput =>
  seenBy<Prisma.EmploymentWhereInput>(actor, {
    case_manager: () => ({
      caseId: { not: null },
      OR: [here(actor), { case: visibleCases(actor) }],
    }),
    employment_officer: () => here(actor),
    labour_inspector: () => ({ inspections: { some: here(actor) } }),
    employer: () => ofEmployer(actor),
  });

/** Employers and their jobs are looked for in the whole region; an employer keeps its own. */
export function visibleEmployers(actor: Actor): Prisma.EmployerWhereInput {
  if (actor.role === 'employer') return actor.employerId === undefined ? NOTHING : { id: actor.employerId };
  return readsEverything(actor) ? EVERYTHING : { district: { startsWith: region(actor) } };
}

export function visibleVacancies(actor: Actor): Prisma.VacancyWhereInput {
  if (actor.role === 'employer') return ofEmployer(actor);
  return readsEverything(actor)
    ? EVERYTHING
    : { OR: [{ district: { startsWith: region(actor) } }, { employer: visibleEmployers(actor) }] };
}

/** The money is the employment department's of the employer's district and the finance office's of its region. */
const offices = (actor: Actor) =>
  seenBy<{ area: { startsWith: string } } | ReturnType<typeof ofEmployer>>(actor, {
    employment_officer: () => here(actor),
    finance_officer: () => here(actor),
    employer: () => ofEmployer(actor),
  });

export const visibleSubsidies = (actor: Actor): Prisma.SubsidyWhereInput => offices(actor);
export const visibleClaims = (actor: Actor): Prisma.ClaimWhereInput => offices(actor);
export const visibleRecoveries = (actor: Actor): Prisma.RecoveryWhereInput => offices(actor);

/** What is proposed about people is the supervisors' of the area; the rest is the money's. */
export function visibleApprovals(actor: Actor): Prisma.ApprovalWhereInput {
  if (readsEverything(actor)) return EVERYTHING;
  const kind = { in: [...aboutPeople] };
  return actor.role === 'supervisor' ? { ...here(actor), kind } : { AND: [offices(actor)], NOT: { kind } };
}

export const visibleLines = (actor: Actor) =>
  seenBy<Prisma.BudgetLineWhereInput>(actor, {
    finance_officer: () => ({ region: { startsWith: region(actor) } }),
    employment_officer: () => ({ region: { startsWith: region(actor) } }),
  });

/** The treasury's statements are of the whole fund. */
export const visibleStatements = (actor: Actor) =>
  seenBy<Prisma.StatementWhereInput>(actor, { finance_officer: () => ({}) });

const ofEmployer = ({ employerId }: Actor) => (employerId === undefined ? NOTHING : { employerId });

/** What a caller sees of each kind of row. */
export const visible: { [K in ShownKind]: (actor: Actor) => Where<K> } = {
  case: visibleCases,
  referral: visibleReferrals,
  inspection: visibleInspections,
  retention: visibleEmployments,
  subsidy: visibleSubsidies,
  adaptation: visibleSubsidies,
  claim: visibleClaims,
  approval: visibleApprovals,
  recovery: visibleRecoveries,
  line: visibleLines,
  statement: visibleStatements,
};

/** The state of a row the caller may see; null when there is none such. */
export const visibleRow = (tx: Tx, kind: ShownKind, id: string, actor: Actor) =>
  rowsIn(tx, kind).findFirst({ where: { AND: [{ id }, visible[kind](actor)] } });
