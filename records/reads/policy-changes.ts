import { inForce } from '../../domain/policy';
import { type Difference, differencesOf } from '../../domain/policy-changes';
import type { Params } from '../../domain/words/values';
import type { Tx } from '../../prisma/db';
import type { Approval } from '../../prisma/generated/client';

/** The change of the law that a proposal makes, as its second person reads it [money §1, §7]. */
export interface LawChange {
  differences: Difference[];
  validFrom: string;
  /** Of a version: whether deadlines that run already change too. */
  appliesTo?: string;
  /** The open deadlines that would change, by the dry run on file. */
  deadlines?: number;
}

type Reader = Pick<Tx, 'policyVersion' | 'datedAmount'>;
type Proposed = { policy: string; base: string | null };

/** The changes of the law that proposals make, by the number of the proposal. Other proposals are left out. */
export async function lawChangesOf(
  tx: Reader,
  rows: readonly Pick<Approval, 'id' | 'kind' | 'body'>[],
): Promise<Map<string, LawChange>> {
  const policies = rows.filter(({ kind }) => kind === 'policy');
  if (policies.length === 0) return new Map();
  const named = policies.map(({ body }) => body as Proposed);
  const ids = named.flatMap(({ policy, base }) => [policy, ...(base === null ? [] : [base])]);
  const versions = await tx.policyVersion.findMany({ where: { id: { in: ids } } });
  const amounts = await tx.datedAmount.findMany({
    where: { OR: [{ id: { in: ids } }, { state: 'active' }] },
  });
  const found = policies.map(({ id, body }): [string, LawChange] | undefined => {
    const { policy, base } = body as Proposed;
    const version = versions.find((one) => one.id === policy);
    if (version) {
      const before = versions.find((one) => one.id === base);
      const { counts } = (version.dryRun ?? {}) as { counts?: { deadlines: number } };
      const { validFrom, appliesTo } = version;
      const differences = differencesOf(before?.rules ?? {}, version.rules);
      return [id, { differences, validFrom, appliesTo, ...(counts && { deadlines: counts.deadlines }) }];
    }
    const amount = amounts.find((one) => one.id === policy);
    if (!amount) return undefined;
    const { name, validFrom } = amount;
    const others = amounts.filter((one) => one.name === name && one.id !== policy && one.state === 'active');
    const before = inForce(others, validFrom)?.amount;
    const value = (sum: bigint | undefined) => (sum === undefined ? null : Number(sum));
    return [
      id,
      { differences: [{ path: name, before: value(before), after: value(amount.amount) }], validFrom },
    ];
  });
  return new Map(found.filter((one) => one !== undefined));
}

/** The change in the words of the task that decides it. */
export const owedOfLaw = ({ differences, validFrom, appliesTo, deadlines }: LawChange): Params => ({
  rules: differences.map(({ path }) => path).join(', '),
  values: Object.fromEntries(differences.map(({ path, before, after }) => [path, { before, after }])),
  from: validFrom,
  appliesTo,
  deadlines,
});
