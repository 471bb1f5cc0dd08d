import { partiesOf } from '../../domain/money/payee';
import { unopened } from '../../domain/pathways/inspection';
import { referralInPlay } from '../../domain/pathways/referral';
import type { Params } from '../../domain/words/values';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { idsByKind, pathwayOf, type RowKind, rowOf, subjectOf } from '../kernel/rows';
import {
  owedOfApproval,
  owedOfBusiness,
  owedOfClaim,
  owedOfEmployment,
  owedOfInspection,
  owedOfPublicWorks,
  owedOfReferral,
  owedOfSubsidy,
  owedOfTraining,
} from './owed';
import { lawChangesOf } from './policy-changes';

/** The person, job and other names of a row, as messages, worklists and answers show them. */
export interface About {
  person?: string | null;
  employer?: string | null;
  centre?: string;
  vacancy?: string;
  /** The title of the job, or of the course. */
  job?: string;
  /** The day of the application. */
  applied?: string;
  /** Another person or employer that a proposal names: the record that is kept, the successor. */
  other?: string;
  /** The thing in words or by its number, where a proposal changes neither a person nor an employer on record. */
  thing?: string;
  /** The part of the row's state that describes its waits; see `taskInWords`. */
  owed?: Params;
  /** The same of a part of the row, by the `ref` of its wait. */
  parts?: ReadonlyMap<string, Params>;
  /** The employer is not told the person's name: its application has not been confirmed. */
  unconfirmed?: true;
  /** The employer is no longer shown the person: nothing is asked about the person any more [pathway §5]. */
  over?: true;
  /** The employer is never shown our number of the person: numbers only grow, so it would learn which persons we knew before. */
  unnumbered?: true;
}

type Reader = Pick<
  Tx,
  | '$queryRaw'
  | 'publicWorks'
  | 'training'
  | 'business'
  | 'subsidy'
  | 'claim'
  | 'recovery'
  | 'approval'
  | 'employer'
  | 'news'
  | 'policyVersion'
  | 'datedAmount'
>;
type Found = [id: string, about: About][];
/** Reads rows of one kind, with a number of queries that does not grow with the rows. */
type Lookup = (tx: Reader, ids: string[]) => Promise<Found>;

const nothing: Lookup = () => Promise.resolve([]);
const within = (ids: readonly string[]) => ({ id: { in: [...new Set(ids)] } });

/** The job of a referral: the columns `itsJob` of a statement that joins `joinJob`. */
interface Job {
  vacancy: string | null;
  job: string | null;
}
const itsJob = Prisma.sql`vacancy.id AS vacancy, vacancy.title AS job`;
const joinJob = (referralId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  LEFT JOIN referrals AS referral ON referral.id = ${referralId}
  LEFT JOIN vacancies AS vacancy ON vacancy.id = referral.vacancy_id`;

const jobIn = ({ vacancy, job }: Job): About => (vacancy === null || job === null ? {} : { vacancy, job });

/** The jobs of employments, by the number of the employment. */
async function jobsOf(tx: Reader, ids: readonly string[]): Promise<Map<string, About>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<({ id: string } & Job)[]>`
    SELECT it.id, ${itsJob} FROM employments AS it ${joinJob(Prisma.sql`it.referral_id`)} WHERE it.id = ANY(${ids})`;
  return new Map(rows.map((row) => [row.id, jobIn(row)]));
}

const ofSubsidies: Lookup = async (tx, ids) => {
  const rows = await tx.subsidy.findMany({ where: within(ids) });
  const jobs = await jobsOf(
    tx,
    rows.flatMap(({ employmentId }) => employmentId ?? []),
  );
  return rows.map((row) => [
    row.id,
    {
      person: row.personId,
      employer: row.employerId,
      applied: row.appliedOn,
      unnumbered: true as const,
      ...jobs.get(row.employmentId ?? ''),
      ...(row.confirmedAt === null && { unconfirmed: true as const }),
      owed: owedOfSubsidy(row),
    },
  ]);
};

/** What rows that belong to a subsidy are about: the subsidy's persons. Their waits are their own. */
async function throughSubsidies<R extends { id: string; subsidyId: string }>(
  tx: Reader,
  rows: readonly R[],
  owed: (row: R) => Params = () => ({}),
): Promise<Found> {
  const subsidies = new Map(
    await ofSubsidies(
      tx,
      rows.map(({ subsidyId }) => subsidyId),
    ),
  );
  return rows.map((row) => [row.id, { ...subsidies.get(row.subsidyId), owed: owed(row) }]);
}

interface Read {
  id: string;
  person: string;
  employer: string;
}
type CaseRead = Omit<Read, 'employer'> & {
  employer: string | null;
  to: string | null;
  measure: string | null;
  services: { n: number; service: string; provider: string }[];
};
type ReferralRead = Read & Parameters<typeof owedOfReferral>[0] & { state: string; examined: boolean };
type InspectionRead = Read & Parameters<typeof owedOfInspection>[0];
type EmploymentRead = Read & { ending: unknown };

/** The states of an inspection that is going on, once it has begun. */
const examining = pathwayOf('inspection').open.filter((state) => !unopened.some((one) => one === state));

const lookups: Readonly<Record<RowKind, Lookup>> = {
  async case(tx, ids) {
    const rows = await tx.$queryRaw<CaseRead[]>`
      SELECT it.id, it.person_id AS person, it.moves_to AS "to", it.found_alone ->> 'employerId' AS employer,
        (SELECT kind FROM measures WHERE case_id = it.id AND ended_on IS NULL ORDER BY n LIMIT 1) AS measure,
        (SELECT coalesce(json_agg(json_build_object('n', n, 'service', kind, 'provider', provider)), '[]')
         FROM services WHERE case_id = it.id AND ended_on IS NULL) AS services
      FROM cases AS it WHERE it.id = ANY(${ids})`;
    return rows.map(({ id, person, to, employer, measure, services }) => {
      const found = employer === null ? {} : { employer };
      const parts = new Map(services.map(({ n, ...service }) => [String(n), service]));
      return [id, { person, ...found, owed: { to, measure: measure ?? undefined }, parts }];
    });
  },
  async referral(tx, ids) {
    const rows = await tx.$queryRaw<(ReferralRead & Job)[]>`
      SELECT it.id, it.person_id AS person, it.employer_id AS employer, it.state, it.decision, it.extension,
        it.start_change AS "startChange", ${itsJob},
        EXISTS (SELECT FROM inspections WHERE referral_id = it.id AND state = ANY(${examining})) AS examined
      FROM referrals AS it LEFT JOIN vacancies AS vacancy ON vacancy.id = it.vacancy_id WHERE it.id = ANY(${ids})`;
    return rows.map(({ id, person, employer, examined, ...row }) => {
      const isOver = !referralInPlay.includes(row.state) && !examined;
      const over = isOver && { over: true as const };
      return [id, { person, employer, ...jobIn(row), ...over, owed: owedOfReferral(row) }];
    });
  },
  async inspection(tx, ids) {
    const rows = await tx.$queryRaw<(InspectionRead & Job)[]>`
      SELECT it.id, it.person_id AS person, it.employer_id AS employer, it.state, it.ground, it.facts, it.steps,
        it.late_decision AS "lateDecision", ${itsJob}
      FROM inspections AS it LEFT JOIN employments AS employment ON employment.id = it.employment_id
      ${joinJob(Prisma.sql`coalesce(it.referral_id, employment.referral_id)`)} WHERE it.id = ANY(${ids})`;
    return rows.map(({ id, person, employer, ...row }) => {
      const over = !isOpen('inspection')(row) && { over: true as const };
      return [id, { person, employer, ...jobIn(row), ...over, owed: owedOfInspection(row) }];
    });
  },
  async retention(tx, ids) {
    const rows = await tx.$queryRaw<(EmploymentRead & Job)[]>`
      SELECT it.id, it.person_id AS person, it.employer_id AS employer, it.ending, ${itsJob}
      FROM employments AS it ${joinJob(Prisma.sql`it.referral_id`)} WHERE it.id = ANY(${ids})`;
    return rows.map(({ id, person, employer, ending, ...job }) => [
      id,
      { person, employer, ...jobIn(job), owed: owedOfEmployment(ending) },
    ]);
  },
  async 'public-works'(tx, ids) {
    const rows = await tx.publicWorks.findMany({ where: within(ids) });
    return rows.map(({ id, personId: person, employerId: employer, title, ...row }) => [
      id,
      { person, employer, ...(title !== null && { job: title }), ...owedOfPublicWorks(row) },
    ]);
  },
  async training(tx, ids) {
    const rows = await tx.training.findMany({ where: within(ids), include: { course: true } });
    return rows.map(({ id, personId: person, centreId: centre, course, ...row }) => [
      id,
      {
        person,
        centre,
        job: course.title,
        ...(!row.open && { over: true as const }),
        ...owedOfTraining(row),
      },
    ]);
  },
  async business(tx, ids) {
    const rows = await tx.business.findMany({ where: within(ids) });
    return rows.map(({ id, personId: person, ...row }) => [id, { person, owed: owedOfBusiness(row) }]);
  },
  subsidy: ofSubsidies,
  adaptation: ofSubsidies,
  stipend: ofSubsidies,
  'start-subsidy': ofSubsidies,
  async claim(tx, ids) {
    return throughSubsidies(tx, await tx.claim.findMany({ where: within(ids) }), owedOfClaim);
  },
  async recovery(tx, ids) {
    const select = { id: true, subsidyId: true } as const;
    return throughSubsidies(tx, await tx.recovery.findMany({ where: within(ids), select }));
  },
  async approval(tx, ids) {
    const rows = await tx.approval.findMany({ where: within(ids) });
    const found = await aboutAll(
      tx,
      rows.map(({ about }) => about).filter((about) => rowOf(about)?.kind !== 'approval'),
    );
    const successors = await successorsOf(tx, rows);
    const laws = await lawChangesOf(tx, rows);
    return rows.map((row) => {
      const { id, about, employerId, kind, body } = row;
      return [
        id,
        {
          ...found.get(about),
          ...(employerId !== null && { employer: employerId }),
          ...namedBy(kind, about, body, successors),
          ...(rowOf(about)?.kind === 'line' && { thing: about }),
          owed: owedOfApproval(row, found.get(about)?.owed?.['month'], laws.get(id)),
        },
      ];
    });
  },
  line: nothing,
  statement: nothing,
  /** News of a payment names its key. Tasks about other news name the person or the employer themselves. */
  async news(tx, ids) {
    const rows = await tx.news.findMany({ where: within(ids), select: { id: true, body: true } });
    const claimOf = ({ body }: { body: unknown }) => claimOfKey((body as { key?: string }).key ?? '');
    const claims = await aboutAll(tx, rows.flatMap(claimOf));
    return rows.map((row) => [row.id, { ...claims.get(claimOf(row)[0] ?? ''), owed: {} }]);
  },
};

/** The claim of a payment's key, `<claim>/<attempt>`. */
const claimOfKey = (key: string): string[] => {
  const [claim = ''] = key.split('/');
  return /^(S[ST]?|A)-/.test(claim) ? [subjectOf('claim', claim)] : [];
};

/** The row that a difference of a statement is about: it names a payment's key, or a recovery's number. */
export const aboutDifference = (ref: string): string[] =>
  ref.startsWith('RC-') ? [subjectOf('recovery', ref)] : claimOfKey(ref);

const isOpen =
  (kind: RowKind) =>
  ({ state }: { state: string }): boolean =>
    pathwayOf(kind).open.includes(state);

interface Proposed {
  person?: string;
  into?: string;
  successor?: string;
  name?: string;
  act?: string;
}

/** The persons, the successor or the thing of a proposal that are in its body. */
function namedBy(kind: string, about: string, body: unknown, successors: ReadonlyMap<string, string>): About {
  const { person, into, successor, name, act } = body as Proposed;
  if (kind === 'join' || kind === 'separation')
    return { ...(person && { person }), ...(into && { other: into }) };
  if (kind === 'successor' && successor) {
    const other = successors.get(successor);
    return other === undefined ? { thing: successor } : { other };
  }
  if (kind === 'employer' && name) return { thing: name };
  if (kind === 'persons_account') return { person: partiesOf(about).personId };
  return kind === 'policy' && act ? { thing: act } : {};
}

/** The employers on record that proposals name as successors, by STIR. */
async function successorsOf(
  tx: Reader,
  rows: readonly { kind: string; body: unknown }[],
): Promise<Map<string, string>> {
  const stirs = rows.flatMap(({ kind, body }) =>
    kind === 'successor' ? ((body as Proposed).successor ?? []) : [],
  );
  if (stirs.length === 0) return new Map();
  const select = { id: true, stir: true } as const;
  const employers = await tx.employer.findMany({ where: { stir: { in: stirs } }, select });
  return new Map(employers.map(({ id, stir }) => [stir, id]));
}
/**
 * What rows are about, by their workflow ids. Each kind of row is read once.
 *
 * @returns ids of no row, and of rows that name nobody, are left out
 */
export async function aboutAll(tx: Reader, subjects: Iterable<string>): Promise<Map<string, About>> {
  const found = new Map<string, About>();
  for (const [kind, those] of idsByKind(subjects))
    for (const [id, about] of await lookups[kind](tx, those)) found.set(subjectOf(kind, id), about);
  return found;
}

/** The person, job and other names of the row of a workflow id. */
export const aboutOf = async (tx: Reader, subject: string): Promise<About> =>
  (await aboutAll(tx, [subject])).get(subject) ?? {};
