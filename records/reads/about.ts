import { daysReviews, type Reviewed } from '../../domain/money/mismatch';
import { returnCodes } from '../../domain/pathways/claim';
import type { Tx } from '../../prisma/db';
import { type RowKind, rowOf, subjectOf } from '../kernel/rows';

/** The person, job and other names of a row, as messages and worklists show them. */
export interface About {
  person?: string | null;
  employer?: string | null;
  /** The title of the job. */
  job?: string;
  /** The day of the application. */
  applied?: string;
  /** The part of the row's state that describes its waits; see `taskInWords`. */
  because?: Readonly<Record<string, string>>;
}

type Reader = Pick<
  Tx,
  | 'case'
  | 'referral'
  | 'inspection'
  | 'employment'
  | 'subsidy'
  | 'claim'
  | 'recovery'
  | 'approval'
  | 'vacancy'
>;
type Look = (tx: Reader, id: string) => Promise<About>;

const nothing: Look = () => Promise.resolve({});

async function titleOf(tx: Reader, vacancyId: string): Promise<About> {
  const vacancy = await tx.vacancy.findUnique({ where: { id: vacancyId } });
  return vacancy ? { job: vacancy.title } : {};
}

/** A referral's job. */
async function jobOf(tx: Reader, referralId: string | null): Promise<About> {
  const referral = referralId === null ? null : await tx.referral.findUnique({ where: { id: referralId } });
  return referral ? titleOf(tx, referral.vacancyId) : {};
}

async function ofSubsidy(tx: Reader, id: string): Promise<About> {
  const row = await tx.subsidy.findUnique({ where: { id } });
  return row ? { person: row.personId, employer: row.employerId, applied: row.appliedOn } : {};
}

const looks: Readonly<Record<RowKind, Look>> = {
  async case(tx, id) {
    const row = await tx.case.findUnique({ where: { id } });
    return row ? { person: row.personId } : {};
  },
  async referral(tx, id) {
    const row = await tx.referral.findUnique({ where: { id } });
    return row
      ? { person: row.personId, employer: row.employerId, ...(await titleOf(tx, row.vacancyId)) }
      : {};
  },
  async inspection(tx, id) {
    const row = await tx.inspection.findUnique({ where: { id } });
    if (!row) return {};
    const { personId: person, employerId: employer } = row;
    return { person, employer, ...(await jobOf(tx, row.referralId)), because: becauseOfInspection(row) };
  },
  async retention(tx, id) {
    const row = await tx.employment.findUnique({ where: { id } });
    return row
      ? { person: row.personId, employer: row.employerId, ...(await jobOf(tx, row.referralId)) }
      : {};
  },
  subsidy: ofSubsidy,
  adaptation: ofSubsidy,
  async claim(tx, id) {
    const row = await tx.claim.findUnique({ where: { id } });
    return row ? { ...(await ofSubsidy(tx, row.subsidyId)), because: becauseOfClaim(row) } : {};
  },
  async recovery(tx, id) {
    const row = await tx.recovery.findUnique({ where: { id } });
    return row ? ofSubsidy(tx, row.subsidyId) : {};
  },
  async approval(tx, id) {
    const row = await tx.approval.findUnique({ where: { id } });
    if (!row) return {};
    const about = rowOf(row.about);
    const known = about && about.kind !== 'approval' ? await looks[about.kind](tx, about.id) : {};
    return { employer: row.employerId, ...known };
  },
  line: nothing,
  statement: nothing,
  news: nothing,
};

/** The person, job and other names of the row of a workflow id. */
export async function aboutOf(tx: Reader, subject: string): Promise<About> {
  const row = rowOf(subject);
  return row ? looks[row.kind](tx, row.id) : {};
}

export const becauseOfInspection = ({ ground, state }: { ground: string; state: string }) => ({
  ground,
  state,
});

/** The reason why a claim is with the employment officer. */
export function becauseOfClaim({
  mismatch,
  returned,
}: {
  mismatch: unknown;
  returned: unknown;
}): Readonly<Record<string, string>> {
  const { why } = (mismatch ?? {}) as Partial<Reviewed>;
  if (why === undefined) return {};
  const is = (codes: readonly string[]) => codes.includes(why);
  const because = is(returnCodes)
    ? 'returned'
    : is(daysReviews)
      ? 'days'
      : why === 'register_silent'
        ? 'silent'
        : 'differ';
  const { words } = (returned ?? {}) as { words?: string };
  return { because, ...(because === 'returned' && words !== undefined && { said: words }) };
}

/** The parts of rows' states that describe the waits of a worklist, by subject. Each kind of row is read once. */
export async function becauseOf(
  tx: Pick<Tx, 'inspection' | 'claim'>,
  tasks: readonly { subject: string; kind: string }[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const idsOf = (kinds: readonly string[]) =>
    tasks.filter(({ kind }) => kinds.includes(kind)).flatMap(({ subject }) => rowOf(subject)?.id ?? []);
  const inspections = idsOf(['resolution', 'compliance']);
  const claims = idsOf(['mismatch']);
  const rows =
    inspections.length > 0 ? await tx.inspection.findMany({ where: { id: { in: inspections } } }) : [];
  const reviewed = claims.length > 0 ? await tx.claim.findMany({ where: { id: { in: claims } } }) : [];
  return new Map([
    ...rows.map((row) => [subjectOf('inspection', row.id), becauseOfInspection(row)] as const),
    ...reviewed.map((row) => [subjectOf('claim', row.id), becauseOfClaim(row)] as const),
  ]);
}
