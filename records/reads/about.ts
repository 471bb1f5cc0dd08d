import { unopened } from '../../domain/pathways/inspection';
import { referralInPlay } from '../../domain/pathways/referral';
import type { Params } from '../../domain/words/values';
import type { Tx } from '../../prisma/db';
import { idsByKind, pathwayOf, type RowKind, rowOf, subjectOf } from '../kernel/rows';
import {
  owedOfApproval,
  owedOfClaim,
  owedOfEmployment,
  owedOfInspection,
  owedOfReferral,
  owedOfSubsidy,
} from './owed';
import { lawChangesOf } from './policy-changes';

/** The person, job and other names of a row, as messages, worklists and answers show them. */
export interface About {
  person?: string | null;
  employer?: string | null;
  vacancy?: string;
  /** The title of the job. */
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
  | 'case'
  | 'referral'
  | 'inspection'
  | 'employment'
  | 'subsidy'
  | 'claim'
  | 'recovery'
  | 'approval'
  | 'vacancy'
  | 'employer'
  | 'news'
  | 'policyVersion'
  | 'datedAmount'
>;
type Found = [id: string, about: About][];
/** Reads rows of one kind, with a number of queries that does not grow with the rows. */
type Look = (tx: Reader, ids: string[]) => Promise<Found>;

const nothing: Look = () => Promise.resolve([]);
const within = (ids: readonly string[]) => ({ id: { in: [...new Set(ids)] } });

/** The jobs of referrals, by the number of the referral. */
async function jobsOf(
  tx: Reader,
  referralIds: readonly (string | null | undefined)[],
): Promise<Map<string, About>> {
  const ids = referralIds.flatMap((id) => id ?? []);
  if (ids.length === 0) return new Map();
  const select = { id: true, vacancyId: true } as const;
  return titlesOf(tx, await tx.referral.findMany({ where: within(ids), select }));
}

/** The jobs of rows that name a vacancy, by the number of the row. */
async function titlesOf(
  tx: Reader,
  rows: readonly { id: string; vacancyId: string }[],
): Promise<Map<string, About>> {
  const select = { id: true, title: true } as const;
  const where = within(rows.map(({ vacancyId }) => vacancyId));
  const vacancies = await tx.vacancy.findMany({ where, select });
  const titles = new Map(vacancies.map(({ id, title }) => [id, title]));
  return new Map(
    rows.map(({ id, vacancyId }) => {
      const job = titles.get(vacancyId);
      return [id, job === undefined ? {} : { vacancy: vacancyId, job }];
    }),
  );
}

const ofSubsidies: Look = async (tx, ids) => {
  const rows = await tx.subsidy.findMany({ where: within(ids) });
  const jobs = await tx.employment.findMany({
    where: within(rows.flatMap(({ employmentId }) => employmentId ?? [])),
    select: { id: true, referralId: true },
  });
  const referralOf = new Map(jobs.map(({ id, referralId }) => [id, referralId]));
  const titles = await jobsOf(tx, [...referralOf.values()]);
  return rows.map((row) => [
    row.id,
    {
      person: row.personId,
      employer: row.employerId,
      applied: row.appliedOn,
      unnumbered: true as const,
      ...titles.get(referralOf.get(row.employmentId ?? '') ?? ''),
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

const looks: Readonly<Record<RowKind, Look>> = {
  async case(tx, ids) {
    const measures = { where: { endedOn: null }, orderBy: { n: 'asc' }, take: 1 } as const;
    const services = { where: { endedOn: null } };
    const select = { id: true, personId: true, movesTo: true, foundAlone: true, measures, services } as const;
    const rows = await tx.case.findMany({ where: within(ids), select });
    return rows.map(({ id, personId, movesTo, foundAlone, ...open }) => {
      const { employerId } = (foundAlone ?? {}) as { employerId?: string };
      const found = employerId === undefined ? {} : { employer: employerId };
      const owed = { to: movesTo, measure: open.measures[0]?.kind };
      const parts = new Map(
        open.services.map(({ n, kind, provider }) => [String(n), { service: kind, provider }]),
      );
      return [id, { person: personId, ...found, owed, parts }];
    });
  },
  async referral(tx, ids) {
    const inspections = { select: { state: true }, where: { state: { notIn: [...unopened] } } };
    const rows = await tx.referral.findMany({ where: within(ids), include: { inspections } });
    const titles = await titlesOf(tx, rows);
    return rows.map((row) => {
      const { id, personId: person, employerId: employer, state } = row;
      const isOver = !referralInPlay.includes(state) && !row.inspections.some(isOpen('inspection'));
      return [
        id,
        {
          person,
          employer,
          ...titles.get(id),
          ...(isOver && { over: true as const }),
          owed: owedOfReferral(row),
        },
      ];
    });
  },
  async inspection(tx, ids) {
    const employment = { select: { referralId: true } } as const;
    const rows = await tx.inspection.findMany({ where: within(ids), include: { employment } });
    const referralOf = (row: (typeof rows)[number]) => row.referralId ?? row.employment?.referralId;
    const titles = await jobsOf(tx, rows.map(referralOf));
    return rows.map((row) => [
      row.id,
      {
        person: row.personId,
        employer: row.employerId,
        ...titles.get(referralOf(row) ?? ''),
        ...(!isOpen('inspection')(row) && { over: true as const }),
        owed: owedOfInspection(row),
      },
    ]);
  },
  async retention(tx, ids) {
    const select = { id: true, personId: true, employerId: true, referralId: true, ending: true } as const;
    const rows = await tx.employment.findMany({ where: within(ids), select });
    const titles = await jobsOf(
      tx,
      rows.map(({ referralId }) => referralId),
    );
    return rows.map(({ id, personId: person, employerId: employer, referralId, ending }) => [
      id,
      { person, employer, ...titles.get(referralId ?? ''), owed: owedOfEmployment(ending) },
    ]);
  },
  subsidy: ofSubsidies,
  adaptation: ofSubsidies,
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
          ...namedBy(kind, body, successors),
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
  return /^[SA]-/.test(claim) ? [subjectOf('claim', claim)] : [];
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
function namedBy(kind: string, body: unknown, successors: ReadonlyMap<string, string>): About {
  const { person, into, successor, name, act } = body as Proposed;
  if (kind === 'join' || kind === 'separation')
    return { ...(person && { person }), ...(into && { other: into }) };
  if (kind === 'successor' && successor) {
    const other = successors.get(successor);
    return other === undefined ? { thing: successor } : { other };
  }
  if (kind === 'employer' && name) return { thing: name };
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
    for (const [id, about] of await looks[kind](tx, those)) found.set(subjectOf(kind, id), about);
  return found;
}

/** The person, job and other names of the row of a workflow id. */
export const aboutOf = async (tx: Reader, subject: string): Promise<About> =>
  (await aboutAll(tx, [subject])).get(subject) ?? {};
