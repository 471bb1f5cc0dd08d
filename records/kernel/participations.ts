import { monthsClaim } from '../../domain/money/claim-id';
import { type Act, barred, type Barring, type FourEyesDecision } from '../../domain/money/participations';
import type { ObligationKind } from '../../domain/obligations';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Account as BankAccount, Official } from '../../prisma/generated/client';
import { rowOf, subjectOf, subjectOfSubsidy } from './rows';
import type { Transaction } from './transaction';

/** The person behind an account. One person may have several accounts, with several roles. */
export async function personBehind(
  tx: Pick<Tx, 'official'>,
  { id, person }: Pick<Actor, 'id' | 'person'>,
): Promise<string> {
  if (person !== undefined) return person;
  const official = await tx.official.findUnique({ where: { id }, select: { person: true } });
  return official?.person ?? id;
}

/**
 * Another person is recorded behind an account: the account's acts are that person's from now on. Where several accounts shared
 * the old key, nobody can tell the acts of one from those of another, and they stay [money §7].
 */
export async function isPerson({ tx }: Transaction, before: Account, after: Account): Promise<void> {
  const [was, is] = [before.person ?? before.id, after.person ?? after.id];
  const others = { id: { not: after.id }, OR: [{ person: was }, { id: was, person: null }] };
  if (was === is || (await tx.official.count({ where: others })) > 0) return;
  await tx.participation.updateMany({ where: { person: was }, data: { person: is } });
  await tx.account.updateMany({ where: { proposedBy: was }, data: { proposedBy: is } });
  await tx.account.updateMany({ where: { confirmedBy: was }, data: { confirmedBy: is } });
}

type Account = Pick<Official, 'id' | 'person'>;

/** Records that the acting person took part in a matter. The service itself is no person. */
export async function tookPart(
  transaction: Transaction,
  act: Act,
  subject: string = transaction.subject,
): Promise<void> {
  if (transaction.actor.role === 'system') return;
  const person = await personBehind(transaction.tx, transaction.actor);
  await transaction.tx.participation.create({ data: { subject, person, act, at: transaction.now } });
}

/**
 * The persons who may not decide, because they took part in the matters named.
 *
 * @param subjects the rows that the decision is about, e.g. the claim and its subsidy
 */
export async function barredFrom(
  tx: Pick<Tx, 'participation'>,
  decision: FourEyesDecision,
  subjects: readonly string[],
): Promise<string[]> {
  const participations = await tx.participation.findMany({ where: { subject: { in: [...subjects] } } });
  return barred(
    participations.map(({ person, act }) => ({ person, act: act as Act })),
    decision,
  );
}

/** The waits that only a person who took no part may end, with the decision that ends each. */
const decisions: Partial<Record<ObligationKind, FourEyesDecision>> = {
  claim_decision: 'claim',
  signing: 'order',
  start_review: 'review',
  start_signing: 'order',
  objection_decision: 'objection',
  repayment: 'recovery',
  instalments_missed: 'recovery',
  write_off: 'recovery',
  decide_correction: 'approval',
  decide_account: 'approval',
  decide_line: 'approval',
  decide_policy: 'approval',
  decide_successor: 'approval',
  decide_join: 'approval',
  decide_separation: 'approval',
  decide_resolution_withdrawal: 'approval',
  decide_employer: 'approval',
  account_conversation: 'approval',
  decide_persons_account: 'approval',
};

/**
 * The persons who may not end a wait, under any owner. For a claim, a part in its subsidy counts too, and so does a part in an
 * account to which nothing was paid yet.
 */
export async function barredFromWait(
  tx: Pick<Tx, 'participation' | 'claim' | 'account' | 'recovery'>,
  { kind, subject }: { kind: string; subject: string },
): Promise<string[]> {
  const decision = decisions[kind as ObligationKind];
  if (!decision) return [];
  const { kind: row, id } = rowOf(subject) ?? {};
  if (row === 'recovery' && id !== undefined) return barredFrom(tx, decision, await claimOfRecovery(tx, id));
  if (row !== 'claim' || id === undefined) return barredFrom(tx, decision, [subject]);
  const { subsidyId, payee } = await tx.claim.findUniqueOrThrow({ where: { id } });
  const byAccount = await barredByAccount(tx, payee);
  const persons = byAccount.map(({ person }) => person);
  return [...(await barredFrom(tx, decision, [subject, subjectOfSubsidy(subsidyId)])), ...persons];
}

/** The month's own claim that a recovery is about. The parts in its corrections are recorded under it. */
async function claimOfRecovery(tx: Pick<Tx, 'claim' | 'recovery'>, id: string): Promise<string[]> {
  const { claimId } = await tx.recovery.findUniqueOrThrow({ where: { id } });
  const claim = await tx.claim.findUniqueOrThrow({ where: { id: claimId } });
  return [subjectOf('claim', monthsClaim(claim))];
}

/**
 * The persons who proposed or confirmed a payee's account to which nothing was paid yet. Another person approves its first
 * payment [money §5].
 *
 * @returns the persons with their acts
 */
async function barredByAccount(
  tx: Pick<Tx, 'account'>,
  payee: string,
): Promise<{ person: string; act: Barring }[]> {
  const untried = await tx.account.findMany({
    where: { payee, state: 'confirmed', payments: { none: { state: 'settled' } } },
    select: { proposedBy: true, confirmedBy: true },
  });
  return untried.flatMap(partsByAccount);
}

/** The parts of the two persons who proposed and confirmed an account. */
export const partsByAccount = ({
  proposedBy,
  confirmedBy,
}: Pick<BankAccount, 'proposedBy' | 'confirmedBy'>): { person: string; act: Barring }[] => [
  { person: proposedBy, act: 'proposed_account' },
  ...(confirmedBy === null ? [] : [{ person: confirmedBy, act: 'confirmed_account' as const }]),
];
