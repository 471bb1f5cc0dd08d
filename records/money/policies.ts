import type { Day } from '../../domain/day';
import { movedProgrammes } from '../../domain/money/funds';
import { inForce, type Policy } from '../../domain/policy';
import type { Changes } from '../../domain/policy-changes';
import type { Json, Tx } from '../../prisma/db';
import { type Amount, type Law, lawOf, policyOf } from '../kernel/law';
import { nextNumber } from '../kernel/numbers';
import { notNow, wrongField } from '../kernel/refusal';
import { record } from '../kernel/events';
import type { Transaction } from '../kernel/transaction';
import { changedRules } from './policy-schema';
import { propose } from './proposing';

export const amountNames = ['bhm', 'minimum_wage'] as const;

/** An administrator's proposal: a version of the policy, given by its changes, or a dated amount. */
export type Proposed =
  | { kind: 'version'; act: string; validFrom: Day; appliesTo: Policy['appliesTo']; changes: Changes }
  | { kind: 'amount'; name: (typeof amountNames)[number]; act: string; validFrom: Day; amount: number };

/** A part of the law with its number: in force, or only proposed. */
export type Part = { kind: 'version'; part: Policy } | { kind: 'amount'; part: Amount };

/**
 * The part of the law that a proposal would become.
 *
 * @param id its number, if it has one yet
 * @throws Refusal 422 with an entry for each field when the changed rules are not valid, or the day is before the first version
 */
export function partOf(law: Law, body: Proposed, id: string, recordedAt: Date): Part {
  const { act, validFrom } = body;
  if (body.kind === 'amount')
    return {
      kind: 'amount',
      part: { id, name: body.name, validFrom, recordedAt, amount: BigInt(body.amount), act },
    };
  const rules = changedRules(baseOf(law, validFrom).rules, body.changes);
  return { kind: 'version', part: { id, act, validFrom, recordedAt, appliesTo: body.appliesTo, rules } };
}

/** The version that a new one changes: the version in force on the day from which the new one is valid. */
function baseOf(law: Law, validFrom: Day): Policy {
  const base = inForce(law.policies, validFrom);
  if (!base)
    throw wrongField(
      'validFrom',
      'before_the_first',
      'No version is in force on this day: choose a later day.',
    );
  return base;
}

/**
 * Records a version or an amount as `proposed`. Another administrator decides [money §1].
 *
 * @returns its number and the proposal's
 */
export async function proposePolicy(
  transaction: Transaction,
  body: Proposed,
): Promise<{ id: string; approval: string }> {
  const law = await transaction.law();
  const id = await nextNumber(transaction.tx, 'policy');
  const { kind, part } = partOf(law, body, id, transaction.now);
  if (kind === 'version') await mustKeepFunds(transaction, part);
  if (kind === 'version')
    await transaction.tx.policyVersion.create({
      data: { ...part, rules: part.rules, state: 'proposed' },
    });
  else await transaction.tx.datedAmount.create({ data: { ...part, state: 'proposed' } });
  transaction.subject = `policy/${id}`;
  await record(transaction, 'policy_proposed', {}, { policy: id }, body.act);
  const base = kind === 'version' ? baseOf(law, part.validFrom).id : null;
  const approval = await propose(transaction, {
    kind: 'policy',
    about: transaction.subject,
    area: '',
    body: { policy: id, base, ...body } as Json,
    grounds: body.act,
  });
  return { id, approval };
}

/**
 * Money never crosses funds: a programme that has subsidies or lines stays with its fund [measures §4].
 *
 * @throws Refusal 409 for a version that names another fund
 */
export async function mustKeepFunds(transaction: Transaction, { rules }: Policy): Promise<void> {
  const { policies } = await transaction.law();
  const programme = { in: movedProgrammes(policies, rules) };
  const bound =
    (await transaction.tx.budgetLine.findFirst({ where: { programme }, select: { programme: true } })) ??
    (await transaction.tx.subsidy.findFirst({ where: { programme }, select: { programme: true } }));
  if (!bound) return;
  const words = `The programme ${bound.programme} has money of its fund already. Money never moves to another fund.`;
  throw notNow('fund_in_use', words);
}

/** A part of the law on record: its state, and its recorded dry run. */
export type Kept = Part & { state: string; dryRun: unknown };

/** A version or an amount by its number, active or not; undefined when there is none. */
export async function readPart(
  tx: Pick<Tx, 'policyVersion' | 'datedAmount'>,
  id: string,
): Promise<Kept | undefined> {
  const version = await tx.policyVersion.findUnique({ where: { id } });
  if (version)
    return { kind: 'version', part: policyOf(version), state: version.state, dryRun: version.dryRun };
  const amount = await tx.datedAmount.findUnique({ where: { id } });
  return amount ? { kind: 'amount', part: amount, state: amount.state, dryRun: amount.dryRun } : undefined;
}

/** The law without a part of it and with it: before and after. */
export interface Laws {
  before: Law;
  after: Law;
}

/** The law before and after a part of it, which may be in force or proposed only. */
export function lawsAround(law: Law, { kind, part }: Part): Laws {
  const amounts = [...law.bhm, ...law.minimumWage].filter(({ id }) => id !== part.id);
  const policies = law.policies.filter(({ id }) => id !== part.id);
  return {
    before: lawOf(policies, amounts),
    after: kind === 'version' ? lawOf([...policies, part], amounts) : lawOf(policies, [...amounts, part]),
  };
}

/** The version in force on a version's first day, if that version is left out: the one it changes. */
export const versionBefore = ({ before }: Laws, { validFrom }: Policy): Policy => before.policyOn(validFrom);
