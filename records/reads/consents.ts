import { recommendationOf } from '../../domain/eligibility';
import type { Tx } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';

/** The subject of a consent. The person who decides sees it [pathway §3, §4]. */
export interface ConsentAsked {
  person: string;
  /** For a referral that the work recommendation calls not suitable. */
  job?: {
    vacancy: string;
    title: string;
    employerId: string;
    employer: string;
    kind: string;
    district: string;
  };
  wish?: string | null;
  adaptation?: string | null;
  /** The words of the work recommendation. */
  recommendation?: string | null;
  /** For a closure against the person's wish. */
  outcome?: string;
  summary?: string;
}

type Asking = Pick<Task, 'id' | 'kind' | 'ref' | 'caseId'>;

/**
 * The subjects of the consents among tasks. The number of queries does not grow with the tasks.
 *
 * @returns by the number of the task; tasks that ask for no consent are left out
 */
export async function consentsAsked(tx: Tx, tasks: readonly Asking[]): Promise<Map<bigint, ConsentAsked>> {
  const asking = tasks.filter(({ kind }) => kind === 'referral_consent' || kind === 'closure_consent');
  if (asking.length === 0) return new Map();
  const caseIds = [...new Set(asking.flatMap(({ caseId }) => caseId ?? []))];
  const cases = await tx.case.findMany({
    where: { id: { in: caseIds } },
    select: {
      id: true,
      closureAsked: true,
      eligibility: true,
      evidence: true,
      person: { select: { name: true, recommendation: true } },
    },
  });
  const vacancies = await tx.vacancy.findMany({
    where: { id: { in: asking.flatMap(({ kind, ref }) => (kind === 'referral_consent' ? ref : [])) } },
    select: {
      id: true,
      title: true,
      kind: true,
      district: true,
      employer: { select: { id: true, name: true } },
    },
  });
  const events = await tx.event.findMany({
    where: { caseId: { in: caseIds }, type: 'supervisors_yes_asked' },
    orderBy: { id: 'asc' },
    select: { caseId: true, params: true },
  });
  const askedOf = ({ kind, ref, caseId }: Asking): ConsentAsked | undefined => {
    const row = cases.find((one) => one.id === caseId);
    if (!row) return undefined;
    const { person, closureAsked } = row;
    if (kind === 'closure_consent')
      return { person: person.name, ...(closureAsked as { outcome: string; summary: string }) };
    const vacancy = vacancies.find((one) => one.id === ref);
    const said = events.findLast((event) => event.caseId === caseId && wordsIn(event.params).vacancy === ref);
    return {
      person: person.name,
      ...(vacancy && { job: jobOf(vacancy) }),
      wish: wordsIn(said?.params).wish ?? null,
      adaptation: wordsIn(said?.params).adaptation ?? null,
      recommendation: recommendationOf(row, person.recommendation)?.words ?? null,
    };
  };
  const found = new Map<bigint, ConsentAsked>();
  for (const task of asking) {
    const asked = askedOf(task);
    if (asked) found.set(task.id, asked);
  }
  return found;
}

interface Offered {
  id: string;
  title: string;
  kind: string;
  district: string;
  employer: { id: string; name: string };
}

const jobOf = ({ id, employer, title, kind, district }: Offered) => ({
  vacancy: id,
  title,
  employerId: employer.id,
  employer: employer.name,
  kind,
  district,
});

/** The case manager's words in the event that asked for the consent. */
const wordsIn = (params: unknown) =>
  (params ?? {}) as { vacancy?: string; wish?: string; adaptation?: string };
