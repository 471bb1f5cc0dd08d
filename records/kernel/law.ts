import type { Day } from '../../domain/day';
import { type DatedAmount, inForce, type Policy, type Rules } from '../../domain/policy';
import type { Db, Tx } from '../../prisma/db';
import { Prisma, type PolicyVersion } from '../../prisma/generated/client';

/** The BHM or the minimum wage from a day on, with the number of its record. */
export type Amount = DatedAmount & { id: string; name: string };

/** The law as data: every version of the policy that was activated, the BHM and the minimum wage by date. */
export interface Law {
  /** Every active version. */
  policies: readonly Policy[];
  /** @throws Error on a day before the first version */
  policyOn(day: Day): Policy;
  /** A version by its number. */
  policy(id: string): Policy;
  bhm: readonly Amount[];
  minimumWage: readonly Amount[];
}

/** The law as last read, by database. A version or an amount is never edited, so the same numbers are the same law. */
const known = new WeakMap<Db, { numbers: string; law: Law }>();

type Reader = Pick<Tx, 'policyVersion' | 'datedAmount' | '$queryRaw'>;

/** The numbers of the law that was recorded by an instant, as SQL. */
export const lawNumbers = (now: Date): Prisma.Sql => Prisma.sql`
  concat_ws('|',
    (SELECT string_agg(id, ',' ORDER BY id) FROM policy_versions WHERE state = 'active' AND recorded_at <= ${now}),
    (SELECT string_agg(id, ',' ORDER BY id) FROM dated_amounts WHERE state = 'active' AND recorded_at <= ${now}))`;

/**
 * The law as it was recorded by an instant. Every transaction asks for it, so it is kept in memory. One small query tells
 * whether the copy is still right.
 *
 * @param db whose law is kept in memory
 */
export async function readLaw(tx: Reader, db: Db, now: Date): Promise<Law> {
  const [{ numbers }] = await tx.$queryRaw<[{ numbers: string }]>`SELECT ${lawNumbers(now)} AS numbers`;
  return lawOfNumbers(tx, db, now, numbers);
}

/** The law of these numbers: the copy in memory, or read anew. */
export async function lawOfNumbers(tx: Reader, db: Db, now: Date, numbers: string): Promise<Law> {
  const kept = known.get(db);
  if (kept?.numbers === numbers) return kept.law;
  const recorded = { state: 'active', recordedAt: { lte: now } };
  const versions = await tx.policyVersion.findMany({ where: recorded });
  const amounts = await tx.datedAmount.findMany({ where: recorded, orderBy: { validFrom: 'asc' } });
  const law = lawOf(versions.map(policyOf), amounts);
  known.set(db, { numbers, law });
  return law;
}

/** A version of the policy from its row. */
export const policyOf = ({ id, act, validFrom, recordedAt, appliesTo, rules }: PolicyVersion): Policy => ({
  id,
  act,
  validFrom,
  recordedAt,
  appliesTo: appliesTo as Policy['appliesTo'],
  rules: rules as Rules,
});

/** The law that versions and dated amounts make. */
export function lawOf(versions: readonly Policy[], amounts: readonly Amount[]): Law {
  return {
    policies: versions,
    policyOn(day) {
      const policy = inForce(versions, day);
      if (!policy) throw new Error(`no policy is in force on ${day}: activate one that is valid from then`);
      return policy;
    },
    policy(id) {
      const policy = versions.find((version) => version.id === id);
      if (!policy) throw new Error(`no policy ${id}`);
      return policy;
    },
    bhm: amounts.filter(({ name }) => name === 'bhm'),
    minimumWage: amounts.filter(({ name }) => name === 'minimum_wage'),
  };
}
