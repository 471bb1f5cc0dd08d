import { z } from 'zod';
import type { DatedAmount } from '../../domain/policy';
import { numbersIn } from '../../domain/policy-numbers';
import type { policyOf } from '../../records/kernel/law';
import { amountNames, type Kept } from '../../records/money/policies';
import { rulesSchema } from '../../records/money/policy-schema';
import { day, idLike, instant, line, som } from '../http/fields';

/** Versions of the policy and dated amounts, as the API shows and accepts them. */

export const tag = 'policies';

export const policyId = idLike(/^(PV-\d{4,12}(-\d{2})?|(bhm|minimum_wage)-\d{4}-\d{2}-\d{2})$/, 'PV-000001');
export const soum = z.int().min(0).meta({ description: 'Whole so’m.' });
const state = z.enum(['proposed', 'active', 'rejected']);
const common = {
  id: z.string(),
  act: z.string(),
  validFrom: day,
  recordedAt: instant.nullable().meta({ description: 'The instant of its activation; null until then.' }),
  state,
};

export const listedVersion = z
  .object({ ...common, appliesTo: z.enum(['new', 'running']) })
  .meta({ id: 'PolicyVersion' });
export const listedAmount = z.object({ ...common, amount: soum }).meta({ id: 'DatedAmount' });

const worth = z.object({ before: soum, after: soum });
export const dryRunShape = z
  .object({
    at: instant,
    counts: z.object({ subsidies: z.int(), claims: z.int(), deadlines: z.int() }),
    subsidies: z.array(
      worth.extend({
        subsidy: z.string(),
        policy: z.object({ before: z.string(), after: z.string() }),
        keeps: z.string().nullable().meta({
          description: 'The reason why it keeps its terms although the version is in force on its day.',
        }),
      }),
    ),
    claims: z.array(
      worth.extend({
        claim: z.string(),
        state: z.string(),
        then: z.enum(['when_checked', 'recalculated', 'approval_falls', 'correction', 'nothing']),
      }),
    ),
    deadlines: z.array(z.object({ subject: z.string(), kind: z.string(), before: instant, after: instant })),
  })
  .meta({ id: 'PolicyDryRun', description: '`counts` has everything; each list has the first 1,000.' });

export const shown = z
  .discriminatedUnion('kind', [
    listedVersion.extend({
      kind: z.literal('version'),
      rules: rulesSchema,
      dryRun: dryRunShape.nullable(),
    }),
    listedAmount.extend({
      kind: z.literal('amount'),
      name: z.enum(amountNames),
      dryRun: dryRunShape.nullable(),
    }),
  ])
  .meta({ id: 'Policy' });

const recordedAt = (row: { state: string; recordedAt: Date }): string | null =>
  row.state === 'active' ? row.recordedAt.toISOString() : null;

/** A version without its rules. */
export const shownVersion = ({ id, act, validFrom, appliesTo, ...row }: VersionRow) => ({
  id,
  act,
  validFrom,
  recordedAt: recordedAt(row),
  appliesTo,
  state: row.state,
});
type VersionRow = Omit<Parameters<typeof policyOf>[0], 'rules' | 'dryRun'>;

export const shownAmount = ({ id, act, validFrom, amount, ...row }: AmountRow) => ({
  id,
  act,
  validFrom,
  recordedAt: recordedAt(row),
  state: row.state,
  amount: Number(amount),
});
type AmountRow = DatedAmount & { id: string; state: string };

export function shownPart(it: Kept) {
  const { kind, part, state, dryRun } = it;
  return kind === 'version'
    ? {
        kind,
        ...shownVersion({ ...part, state }),
        rules: { ...part.rules, numbers: numbersIn(part.rules) },
        dryRun,
      }
    : { kind, name: part.name, ...shownAmount({ ...part, state }), dryRun };
}

const changes = z.record(z.string(), z.unknown()).meta({
  description:
    'A part of PolicyRules, merged into the version in force on `validFrom`. Rules that are not named stay, and lists are replaced. ' +
    '`null` removes a programme or one of its conditions.',
});
export const proposed = [
  z.strictObject({
    kind: z.literal('version'),
    act: line,
    validFrom: day,
    appliesTo: z.enum(['new', 'running']),
    changes,
  }),
  z.strictObject({
    kind: z.literal('amount'),
    act: line,
    name: z.enum(amountNames),
    validFrom: day,
    amount: som.min(1, 'Give 1 or more'),
  }),
] as const;
