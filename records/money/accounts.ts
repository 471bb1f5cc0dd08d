import type { ProposedAccount } from '../../contracts/application';
import type { Document } from '../../contracts/fields';
import { type Day, dayOf } from '../../domain/day';
import { partiesOf, type Payee, payeeEmployer } from '../../domain/money/payee';
import type { HolderKind } from '../../domain/money/persons-account';
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

/** The body of an account's proposal. */
export type AccountProposal = {
  account: string;
  /** The holder of a person's account: the person, or their guardian. */
  heldBy?: HolderKind;
  /** The notary's document that names the holder after the person's death. */
  heir?: Document;
  /** The contacts known before. They are told of the proposal and of the confirmation. */
  contacts: { phone: string | null; email: string | null };
};

/** An account to be proposed: the payee, and the holder that the proposer names. */
interface Wanted {
  payee: Payee;
  area: string;
  number: string;
  mfo: string;
  holder: { holderStir: string } | { holderPinfl: string };
  heldBy?: HolderKind;
  heir?: Document;
  contacts: AccountProposal['contacts'];
}

/**
 * Proposes an employer's account. The treasury is asked for its holder, then a finance officer who did not propose it decides.
 * The contacts known before are told [money §5].
 *
 * @returns the proposal's number
 * @throws Refusal 422 for an account of another holder, or of a person; 409 for the confirmed account, and while another is proposed
 */
export async function proposeAccount(
  transaction: Transaction,
  employer: Pick<Employer, 'id' | 'stir' | 'district' | 'phone' | 'email'>,
  proposed: ProposedAccount,
): Promise<string> {
  const { account: number, mfo, holderStir } = proposed;
  if (holderStir !== employer.stir)
    throw wrongField('holderStir', 'another_holder', 'Only an account of the employer itself is paid to.');
  await mustBeNoPersons(transaction, proposed);
  const payee = payeeEmployer(employer.id);
  await mustBeNew(transaction, payee, proposed);
  const { phone, email } = employer;
  const there = await proposeFor(transaction, {
    payee,
    area: employer.district,
    number,
    mfo,
    holder: { holderStir },
    contacts: { phone, email },
  });
  await notify(there, {
    type: 'account_proposed',
    to: { kind: 'proposal', id: idOf(there) },
    params: { ending: endingOf(number) },
  });
  return idOf(there);
}

/** What is checked and confirmed of accounts with one number happens one after another. */
export async function lockNumber(tx: Pick<Tx, '$executeRaw'>, number: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('account'), hashtext(${number}))`;
}

/**
 * Checks that no person is paid to an employer's account, at the proposal and again at the confirmation.
 *
 * @throws Refusal 422 anothers_account
 */
export async function mustBeNoPersons(
  { tx }: Transaction,
  { account: number, mfo }: Pick<ProposedAccount, 'account' | 'mfo'>,
): Promise<void> {
  await lockNumber(tx, number);
  if ((await tx.account.count({ where: { number, mfo, state: 'confirmed', personId: { not: null } } })) > 0)
    throw wrongField(
      'account',
      'anothers_account',
      'This account is confirmed for a person: it is not the employer’s.',
    );
}

/**
 * Checks that the account is not the payee's confirmed one. If the bank sent a payment back, the same account may be proposed again,
 * once the bank has mended it.
 *
 * @throws Refusal 409 account_stands
 */
export async function mustBeNew(
  { tx }: Transaction,
  payee: Payee,
  proposed: Pick<ProposedAccount, 'account' | 'mfo'>,
): Promise<void> {
  const confirmed = await accountOf(tx, payee);
  if (!confirmed || !isSame(confirmed, proposed)) return;
  if ((await tx.claim.count({ where: { payee, state: 'payment_returned' } })) > 0) return;
  throw notNow('account_stands', 'This account is confirmed already.');
}

/** The number of the proposal in whose row a transaction is. */
export const idOf = ({ subject }: Transaction): string => subject.slice('approval/'.length);

/** Records a proposed account of any payee, and asks the treasury for its holder. @returns the transaction in the proposal's row */
export async function proposeFor(transaction: Transaction, wanted: Wanted): Promise<Transaction> {
  const { payee, area, number, mfo, holder, heldBy, heir, contacts } = wanted;
  const id = await nextNumber(transaction.tx, 'account');
  const { employerId, personId } = partiesOf(payee);
  const approval = await propose(transaction, {
    kind: employerId === null ? 'persons_account' : 'account',
    about: payee,
    area,
    ...(employerId !== null && { employerId }),
    body: { account: id, ...(heldBy && { heldBy }), ...(heir && { heir }), contacts },
    first: 'holder_answer',
  });
  await transaction.tx.account.create({
    data: {
      id,
      employerId,
      personId,
      number,
      mfo,
      ...holder,
      heldBy: heldBy ?? null,
      state: 'proposed',
      proposedBy: await personBehind(transaction.tx, transaction.actor),
      proposedAt: transaction.now,
    },
  });
  const there = inRow(transaction, subjectOf('approval', approval));
  await record(there, 'account_proposed', { employerId, personId }, { account: id });
  return there;
}

const isSame = (known: Account, { account, mfo }: Pick<ProposedAccount, 'account' | 'mfo'>): boolean =>
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
    where: { payee: payeeEmployer(employer.id), state: { in: ['confirmed', 'proposed'] } },
  });
  if (known.some((account) => isSame(account, named))) return;
  await proposeAccount(transaction, employer, named);
  await tookPart(transaction, 'proposed_account', subject);
}

/** The first whole day of payment to an account. It rests until the last second of the day before. */
export const firstDayOfUse = (usableFrom: Date): Day => dayOf(new Date(usableFrom.getTime() + 1000));

/** The part of an account that a message may name. */
export const endingOf = (number: string): string => number.slice(-4);

/** Finance officers, auditors and the employer see the whole account; others its last four digits. Nobody sees a PINFL there. */
const seesWhole = ({ role }: Actor): boolean =>
  role === 'finance_officer' || role === 'auditor' || role === 'employer';

/** The holder of an account, as the treasury knows them. */
export const holderOf = ({ holderStir, holderPinfl }: Pick<Account, 'holderStir' | 'holderPinfl'>) => ({
  ...(holderStir !== null && { holderStir }),
  ...(holderPinfl !== null && { holderPinfl }),
});

/**
 * An account as the API shows it. The employer does not see who proposed and confirmed it. Of a person's account it is shown
 * whether the person or their guardian holds it, and no PINFL.
 *
 * @param pinfl the person's
 */
export function shownAccount(row: Account, actor: Actor, pinfl?: string) {
  const { id, number, mfo, holderStir, holderPinfl, state, proposedAt, confirmedAt, usableFrom } = row;
  return {
    id,
    account: seesWhole(actor) ? number : endingOf(number).padStart(number.length, '*'),
    mfo,
    ...(holderStir === null
      ? { holder: row.heldBy ?? (holderPinfl === pinfl ? 'person' : 'guardian') }
      : { holderStir }),
    state,
    proposedAt,
    confirmedAt,
    usableFrom,
    ...(actor.role !== 'employer' && { proposedBy: row.proposedBy, confirmedBy: row.confirmedBy }),
  };
}
