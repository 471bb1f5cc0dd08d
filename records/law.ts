import type { Day } from '../domain/day';
import { type DatedAmount, inForce, type Policy, type Rules } from '../domain/policy';
import type { Db, Tx } from '../prisma/db';

/** The law as data: every version of the policy that was activated, the BHM and the minimum wage by date. */
export interface Law {
  /** Every active version. */
  policies: readonly Policy[];
  /** @throws Error on a day before the first version */
  policyOn(day: Day): Policy;
  /** A version by its number. */
  policy(id: string): Policy;
  bhm: readonly DatedAmount[];
  minimumWage: readonly DatedAmount[];
}

/** Versions already read, by database: one is never edited. */
const known = new WeakMap<Db, Map<string, Policy>>();

/** The law as it was recorded by an instant; `db` is whose versions may be kept in memory. */
export async function readLaw(
  tx: Pick<Tx, 'policyVersion' | 'datedAmount'>,
  db: Db,
  now: Date,
): Promise<Law> {
  const kept = known.get(db) ?? new Map<string, Policy>();
  known.set(db, kept);
  const recorded = { state: 'active', recordedAt: { lte: now } };
  const active = await tx.policyVersion.findMany({ where: recorded, select: { id: true } });
  const unread = active.map(({ id }) => id).filter((id) => !kept.has(id));
  if (unread.length > 0)
    for (const row of await tx.policyVersion.findMany({ where: { id: { in: unread } } }))
      kept.set(row.id, { ...row, appliesTo: row.appliesTo as 'new', rules: row.rules as unknown as Rules });
  const versions = active.flatMap(({ id }) => kept.get(id) ?? []);
  const amounts = await tx.datedAmount.findMany({ where: recorded, orderBy: { validFrom: 'asc' } });
  return lawOf(versions, amounts);
}

/** The law that versions and dated amounts make. */
export function lawOf(
  versions: readonly Policy[],
  amounts: readonly (DatedAmount & { name: string })[],
): Law {
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
