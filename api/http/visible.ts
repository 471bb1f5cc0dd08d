import { aboutInspections, aboutPeople, type ApprovalKind, followed } from '../../domain/pathways/approval';
import { unopened } from '../../domain/pathways/inspection';
import { EMPLOYMENT, type Fund } from '../../domain/fund';
import type { Day } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { codeIn } from '../../records/codes';
import type { Where } from '../../records/kernel/kinds';
import { rowsIn, type ShownKind } from '../../records/kernel/rows';

/** The rows that each caller sees. Every query of the API has one of these conditions. Other rows do not exist for the caller. */

const EVERYTHING = {};
const NOTHING = { id: { in: [] as string[] } };

export const readsEverything = ({ role }: Actor): boolean =>
  role === 'auditor' || role === 'administrator' || role === 'system';
export const here = ({ area }: Actor) => ({ area: codeIn(area) });
export const livingHere = ({ area }: Actor) => ({ mahalla: codeIn(area) });
export const region = ({ area }: Actor): string => area.slice(0, 4);

type Views<View> = Partial<Record<Actor['role'], () => View>>;

/** A supervisor sees the same as a case manager, in a wider area. */
const viewFor = <View>({ role }: Actor, views: Views<View>): View | undefined =>
  views[role === 'supervisor' ? 'case_manager' : role]?.();

/** A role without a view sees nothing. */
const seenBy = <Where extends object>(
  actor: Actor,
  views: Views<Where>,
): Where | typeof EVERYTHING | typeof NOTHING =>
  readsEverything(actor) ? EVERYTHING : (viewFor(actor, views) ?? NOTHING);

/** Case managers and supervisors see the cases of their area, their own, and those that move to them. Employment officers see their area. */
export const visibleCases = (actor: Actor): Prisma.CaseWhereInput =>
  seenBy<Prisma.CaseWhereInput>(actor, {
    case_manager: () => ({
      OR: [here(actor), { managerId: actor.id }, { movesTo: codeIn(actor.area) }],
    }),
    employment_officer: () => here(actor),
  });

/** People of the area, and people with a case of the caller, wherever they live. */
export const visiblePeople = (actor: Actor): Prisma.PersonWhereInput =>
  seenBy<Prisma.PersonWhereInput>(actor, {
    case_manager: () => ({
      OR: [livingHere(actor), { cases: { some: { open: true, ...visibleCases(actor) } } }],
    }),
    employment_officer: () => livingHere(actor),
  });

/** People whose accounts the caller sees: their case managers, and the finance offices of their region. */
export const visiblePayees = (actor: Actor): Prisma.PersonWhereInput =>
  actor.role === 'finance_officer' ? livingHere(actor) : visiblePeople(actor);

/** People with a record like this: their own, the one that it is joined to, or one that is joined to either. */
export const inAnyRecord = (record: Prisma.PersonWhereInput): Prisma.PersonWhereInput => {
  const orJoined = { OR: [record, { joined: { some: record } }] };
  return { OR: [orJoined, { keeper: orJoined }] };
};

/** The same, so that one index serves it: records that are joined to another are few, and they are read first. */
export async function foundInAnyRecord(
  db: Pick<Tx, 'person'>,
  record: Prisma.PersonWhereInput,
): Promise<{ OR: [Prisma.PersonWhereInput, { id: { in: string[] } }] }> {
  const joined = await db.person.findMany({
    where: { AND: [{ joinedTo: { not: null } }, inAnyRecord(record)] },
    select: { id: true, joinedTo: true },
  });
  return { OR: [record, { id: { in: joined.flatMap(({ id, joinedTo }) => [id, joinedTo ?? id]) } }] };
}

/** Last visits whose next one is due on a day or before. A person who was visited again has a later visit [pathway §2]. */
export const toComeAgain = (on: Day): Prisma.VisitWhereInput => ({ latest: true, comeAgainOn: { lte: on } });

/** The employment office of the employer's district also sees a referral, and so does the inspector of its inspection. */
export const visibleReferrals = (actor: Actor): Prisma.ReferralWhereInput =>
  seenBy<Prisma.ReferralWhereInput>(actor, {
    case_manager: () => ({ OR: [here(actor), { case: visibleCases(actor) }] }),
    employment_officer: () => ({ OR: [here(actor), { employer: { district: { startsWith: actor.area } } }] }),
    labour_inspector: () => ({ inspections: { some: { ...here(actor), ...opened } } }),
    employer: () => ofEmployer(actor),
  });

/** While the person is heard first, or wished the end of the job, there is no inspection for inspectorate and employer. */
export const opened = { state: { notIn: [...unopened] } };

/**
 * The inspectorate of the employer's region sees inspections. So do all who see the inspected referral or employment. An
 * inspection of an early end is about both.
 */
export const visibleInspections = (actor: Actor): Prisma.InspectionWhereInput =>
  seenBy<Prisma.InspectionWhereInput>(actor, {
    case_manager: () => ({
      OR: [{ referral: visibleReferrals(actor) }, { employment: visibleEmployments(actor) }],
    }),
    employment_officer: () => ({ referral: visibleReferrals(actor) }),
    labour_inspector: () => ({ ...here(actor), ...opened }),
    employer: () => ({ ...ofEmployer(actor), ...opened }),
  });

/** An employment without a case is known only from a subsidy. Case managers do not see it. */
const visibleEmployments = (actor: Actor): Prisma.EmploymentWhereInput =>
  seenBy<Prisma.EmploymentWhereInput>(actor, {
    case_manager: () => ({ OR: [{ ...here(actor), caseId: { not: null } }, { case: visibleCases(actor) }] }),
    employment_officer: () => here(actor),
    labour_inspector: () => ({ inspections: { some: { ...here(actor), ...opened } } }),
    employer: () => ofEmployer(actor),
  });

/** Those who see a case see its public works, and the employment office of the area keeps them. */
const visiblePublicWorks = (actor: Actor): Prisma.PublicWorksWhereInput =>
  seenBy<Prisma.PublicWorksWhereInput>(actor, {
    case_manager: () => ({ OR: [here(actor), { case: visibleCases(actor) }] }),
    employment_officer: () => here(actor),
  });

/**
 * Those who see a case see its trainings, and the employment office of the case's area. The centre sees the trainings to which
 * people are referred, and the employment department of its district does.
 */
const visibleTrainings = (actor: Actor): Prisma.TrainingWhereInput =>
  seenBy<Prisma.TrainingWhereInput>(actor, {
    case_manager: () => ({ OR: [caseHere(actor), { case: visibleCases(actor) }] }),
    employment_officer: () => ({ OR: [here(actor), caseHere(actor)] }),
    training_officer: () => ofCentre(actor),
  });

export const caseHere = ({ area }: Actor) => ({ caseArea: codeIn(area) });
/** A training officer who belongs to no centre has no trainings. */
const ofCentre = ({ centreId }: Actor) => (centreId === undefined ? NOTHING : { centreId });

/** Those who see a case see its business. */
const visibleBusinesses = (actor: Actor): Prisma.BusinessWhereInput =>
  seenBy<Prisma.BusinessWhereInput>(actor, {
    case_manager: () => ({ OR: [here(actor), { case: visibleCases(actor) }] }),
    employment_officer: () => here(actor),
  });

/** Officials see the employers of their whole region. An employer sees itself. */
export function visibleEmployers(actor: Actor): Prisma.EmployerWhereInput {
  if (actor.role === 'employer') return actor.employerId === undefined ? NOTHING : { id: actor.employerId };
  return readsEverything(actor) ? EVERYTHING : { district: { startsWith: region(actor) } };
}

/** Officials see the jobs of their whole region, and those of its employers. */
export function visibleVacancies(actor: Actor): Prisma.VacancyWhereInput {
  if (actor.role === 'employer') return ofEmployer(actor);
  if (readsEverything(actor)) return EVERYTHING;
  return { OR: [{ district: { startsWith: region(actor) } }, { employer: visibleEmployers(actor) }] };
}

/** Officials see the centres of their whole region. A training officer of a centre sees that centre. */
export function visibleCentres(actor: Actor): Prisma.CentreWhereInput {
  if (actor.centreId !== undefined) return { id: actor.centreId };
  return readsEverything(actor) ? EVERYTHING : { district: { startsWith: region(actor) } };
}

export const visibleCourses = (actor: Actor): Prisma.CourseWhereInput =>
  readsEverything(actor) ? EVERYTHING : { centre: visibleCentres(actor) };

/** The money of a finance officer's fund. */
const ofTheirFund = ({ fund = EMPLOYMENT }: Actor) => ({ fund });

/** The employment department of the employer's district sees its money, and the fund's finance office of its region. */
const offices = (actor: Actor) =>
  seenBy<{ area: ReturnType<typeof codeIn>; fund?: Fund } | ReturnType<typeof ofEmployer>>(actor, {
    employment_officer: () => here(actor),
    finance_officer: () => ({ ...here(actor), ...ofTheirFund(actor) }),
    employer: () => ofEmployer(actor),
  });

/** The people of a person's case also see what the person is paid. No employer and no centre sees it [measures §4]. */
const payables = (actor: Actor) =>
  actor.role === 'case_manager' || actor.role === 'supervisor'
    ? { personArea: codeIn(actor.area) }
    : offices(actor);

/** The supervisor of the region also sees the start subsidies of its line, where the person has moved away [measures §3]. */
const visibleStarts = (actor: Actor): Prisma.SubsidyWhereInput =>
  actor.role === 'supervisor' ? { OR: [payables(actor), here(actor)] } : payables(actor);

/**
 * Supervisors of the area see proposals about people, inspectors those about inspections. Supervisors and case managers follow
 * the employers and accounts of persons that they proposed, and supervisors those proposed for their district. They see the corrections
 * of what their people are paid. The offices of the money see the others:
 * a finance office those of its fund, and those about no fund's money.
 */
function visibleApprovals(actor: Actor): Prisma.ApprovalWhereInput {
  if (readsEverything(actor)) return EVERYTHING;
  const own: Prisma.ApprovalWhereInput = { kind: { in: [...followed] }, proposedBy: actor.id };
  if (actor.role === 'case_manager') return { OR: [own, correctionsHere(actor)] };
  if (actor.role === 'supervisor')
    return {
      OR: [{ ...here(actor), kind: { in: [...aboutPeople, ...followed] } }, own, correctionsHere(actor)],
    };
  if (actor.role === 'labour_inspector') return { ...here(actor), kind: { in: [...aboutInspections] } };
  if (actor.role === 'finance_officer')
    return { ...here(actor), OR: [ofTheirFund(actor), { fund: null }], ...others() };
  return { AND: [offices(actor)], ...others('persons_account') };
}

/** The corrections of what persons of the area are paid. */
export const correctionsHere = ({ area }: Actor) => ({ kind: 'correction', personArea: codeIn(area) });

/** The proposals of no other office, and not of these kinds. */
const others = (...beside: ApprovalKind[]) => ({
  NOT: { kind: { in: [...aboutPeople, ...aboutInspections, ...beside] } },
});

export const visibleLines = (actor: Actor) =>
  seenBy<Prisma.BudgetLineWhereInput>(actor, {
    finance_officer: () => ({ region: { startsWith: region(actor) }, ...ofTheirFund(actor) }),
    employment_officer: () => ({ region: { startsWith: region(actor) } }),
  });

/** A statement of the treasury is about the whole fund, so all its finance officers see it. */
const visibleStatements = (actor: Actor) =>
  seenBy<Prisma.StatementWhereInput>(actor, { finance_officer: () => ofTheirFund(actor) });

export const ofEmployer = ({ employerId }: Actor) => (employerId === undefined ? NOTHING : { employerId });

/** The condition of each kind of row. */
export const visible: { [K in ShownKind]: (actor: Actor) => Where<K> } = {
  case: visibleCases,
  referral: visibleReferrals,
  inspection: visibleInspections,
  retention: visibleEmployments,
  'public-works': visiblePublicWorks,
  training: visibleTrainings,
  business: visibleBusinesses,
  subsidy: payables,
  adaptation: payables,
  stipend: payables,
  'start-subsidy': visibleStarts,
  claim: payables,
  approval: visibleApprovals,
  recovery: payables,
  line: visibleLines,
  statement: visibleStatements,
};

/** The state of a row that the caller sees, or null. */
export const visibleRow = (tx: Tx, kind: ShownKind, id: string, actor: Actor) =>
  rowsIn(tx, kind).findFirst({
    where: { AND: [{ id }, visible[kind](actor)] },
    select: { state: true, open: true },
  });

/** Of these rows of a kind those that the caller sees. */
export async function visibleIds(tx: Tx, kind: ShownKind, ids: readonly string[], actor: Actor) {
  const rows = await rowsIn(tx, kind).findMany({
    where: { AND: [{ id: { in: [...ids] } }, visible[kind](actor)] },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id }) => id);
}
