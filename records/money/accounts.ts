import type { ProposedAccount } from '../../contracts/application';
import { type Day, dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Account, Employer } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { notify } from '../kernel/notices';
import { nextNumber } from '../kernel/numbers';
import { notNow, wrongField } from '../kernel/refusal';
import { subjectOf } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import { inRow } from '../kernel/wake';
import { accountOf } from './blockers';
import { personBehind, tookPart } from '../kernel/participations';
import { propose } from './proposing';

/** The body of an account's proposal: the account, and the contacts known before, which are told at both moments. */
export type AccountProposal = {
  account: string;
  contacts: { phone: string | null; email: string | null };
};

/**
 * Proposes an employer's account. The treasury is asked for its holder, then a finance officer who did not propose it decides.
 * The contacts known before are told [money §5].
 *
 * @returns the proposal's number
 * @throws Refusal 422 for an account of another holder; 409 for the confirmed account, and while another is proposed
 */
export async function proposeAccount(
  transaction: Transaction,
  employer: Pick<Employer, 'id' | 'stir' | 'district' | 'phone' | 'email'>,
  proposed: ProposedAccount,
): Promise<string> {
  const { account: number, mfo, holderStir } = proposed;
  if (holderStir !== employer.stir)
    throw wrongField('holderStir', 'another_holder', 'Only an account of the employer itself is paid to.');
  const confirmed = await accountOf(transaction.tx, employer.id);
  if (confirmed && isSame(confirmed, proposed) && !(await cameBackFrom(transaction.tx, employer.id)))
    throw notNow('account_stands', 'This account is confirmed already.');
  const id = await nextNumber(transaction.tx, 'account');
  const { phone, email } = employer;
  const approval = await propose(transaction, {
    kind: 'account',
    about: `employer/${employer.id}`,
    area: employer.district,
    employerId: employer.id,
    body: { account: id, contacts: { phone, email } },
    first: 'holder_answer',
  });
  await transaction.tx.account.create({
    data: {
      id,
      employerId: employer.id,
      number,
      mfo,
      holderStir,
      state: 'proposed',
      proposedBy: await personBehind(transaction.tx, transaction.actor),
      proposedAt: transaction.now,
    },
  });
  const there = inRow(transaction, subjectOf('approval', approval));
  await record(there, 'account_proposed', { employerId: employer.id }, { account: id });
  await notify(there, {
    type: 'account_proposed',
    to: { kind: 'proposal', id: approval },
    params: { ending: endingOf(number) },
  });
  return approval;
}

/** Whether the employer's bank sent a payment back. Then the same account may be proposed again, once the bank has mended it. */
const cameBackFrom = async (tx: Tx, employerId: string): Promise<boolean> =>
  (await tx.claim.count({ where: { employerId, state: 'payment_returned' } })) > 0;

const isSame = (known: Account, { account, mfo }: ProposedAccount): boolean =>
  known.number === account && known.mfo === mfo;

/**
 * Proposes the account that an application names, unless it is confirmed or proposed already. The person who named it took part
 * in the subsidy [money §5, §7].
 *
 * @param subject the subsidy's
 */
export async function accountOfApplication(
  transaction: Transaction,
  subject: string,
  employer: Employer,
  named: ProposedAccount | undefined,
): Promise<void> {
  if (!named) return;
  const known = await transaction.tx.account.findMany({
    where: { employerId: employer.id, state: { in: ['confirmed', 'proposed'] } },
  });
  if (known.some((account) => isSame(account, named))) return;
  await proposeAccount(transaction, employer, named);
  await tookPart(transaction, 'proposed_account', subject);
}

/** The first whole day of payment to an account. It rests until the last second of the day before. */
export const firstDayOfUse = (usableFrom: Date): Day => dayOf(new Date(usableFrom.getTime() + 1000));

/** The part of an account that a message may name. */
export const endingOf = (number: string): string => number.slice(-4);

/** Finance officers, auditors and the employer see the whole account; others its last four digits. */
const seesWhole = ({ role }: Actor): boolean =>
  role === 'finance_officer' || role === 'auditor' || role === 'employer';

/** An account as the API shows it. The employer does not see who proposed and confirmed it. */
export function shownAccount(row: Account, actor: Actor) {
  const { id, number, mfo, holderStir, state, proposedAt, confirmedAt, usableFrom } = row;
  return {
    id,
    account: seesWhole(actor) ? number : endingOf(number).padStart(number.length, '*'),
    mfo,
    holderStir,
    state,
    proposedAt,
    confirmedAt,
    usableFrom,
    ...(actor.role !== 'employer' && { proposedBy: row.proposedBy, confirmedBy: row.confirmedBy }),
  };
}
