import type { PersonsAccount } from '../../contracts/persons-account';
import { payeePerson } from '../../domain/money/payee';
import { accountFault, type AccountFault, holderKind, isNewPhone } from '../../domain/money/persons-account';
import type { Account, Person } from '../../prisma/generated/client';
import { recordsOf } from '../joining';
import { notifyAll } from '../kernel/notices';
import { personBehind } from '../kernel/participations';
import { policyNumber } from '../kernel/policy-numbers';
import { notNow, wrongField } from '../kernel/refusal';
import { openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { accountStands, cameBackFrom, endingOf, idOf, isSame, proposeFor } from './accounts';
import { accountOf } from './blockers';

/**
 * Proposes an account for a person. The treasury is asked for its holder, by PINFL. A person whose telephone is new is told under
 * both numbers, and the supervisor speaks to them. Then a finance officer decides [measures §4].
 *
 * @returns the proposal's number
 * @throws Refusal 422 for an account of another holder; 409 for the confirmed account, a dead person, and while another is proposed
 */
export async function proposePersonsAccount(
  transaction: Transaction,
  person: Person,
  { account: number, mfo, holderPinfl = person.pinfl }: PersonsAccount,
): Promise<string> {
  await mustBeTheirs(transaction, person, { number, mfo, holderPinfl });
  const payee = payeePerson(person.id);
  const confirmed = await accountOf(transaction.tx, payee);
  if (
    confirmed &&
    isSame(confirmed, { account: number, mfo }) &&
    !(await cameBackFrom(transaction.tx, payee))
  )
    throw accountStands();
  const { n } = await policyNumber(transaction, 'newPhoneDays', transaction.today);
  const isNew = isNewPhone(person.phoneChangedOn, transaction.today, n);
  const there = await proposeFor(transaction, {
    payee,
    area: person.mahalla,
    number,
    mfo,
    holder: { holderPinfl },
    contacts: { phone: isNew ? person.phoneBefore : null, email: null },
  });
  if (isNew)
    await openTask(there, {
      kind: 'account_conversation',
      area: person.mahalla,
      personId: person.id,
      barred: [await personBehind(transaction.tx, transaction.actor)],
    });
  await tellPerson(there, idOf(there), person.id, {
    type: 'persons_account_proposed',
    params: { ending: endingOf(number) },
  });
  return idOf(there);
}

type Said =
  | { type: 'persons_account_proposed'; params: { ending: string } }
  | { type: 'persons_account_confirmed'; params: { ending: string; from: string } };

/** Tells the person, under the earlier number too where the telephone is new. */
export const tellPerson = (
  transaction: Transaction,
  approval: string,
  person: string,
  said: Said,
): Promise<void> =>
  notifyAll(transaction, [
    { ...said, to: { kind: 'person', id: person } },
    { ...said, to: { kind: 'proposal', id: approval } },
  ]);

const FAULTS: Readonly<Record<AccountFault, { field: string; words: string }>> = {
  official_holder: {
    field: 'account',
    words: 'This is an account of an official. Propose another, or the person is paid at a cash desk.',
  },
  anothers_account: {
    field: 'account',
    words:
      'This account is confirmed for somebody else. Only the account of a guardian serves several people.',
  },
};

/**
 * Checks whose the account is, at the proposal and again at the confirmation [measures §4].
 *
 * @throws Refusal 409 for a person who died; 422 another_holder, official_holder, anothers_account
 */
export async function mustBeTheirs(
  transaction: Transaction,
  person: Person,
  { number, mfo, holderPinfl }: Pick<Account, 'number' | 'mfo' | 'holderPinfl'>,
): Promise<void> {
  if (person.diedOn !== null)
    throw notNow('died', 'The person is recorded as dead: nothing is paid to an account of theirs.');
  const { tx } = transaction;
  const pinfl = holderPinfl ?? '';
  const guardianConsented = await didGuardianConsent(transaction, person.id);
  const as = holderKind(pinfl, { pinfl: person.pinfl, guardianConsented });
  if (!as)
    throw wrongField(
      'holderPinfl',
      'another_holder',
      'Only an account of the person is paid to, or of the parent or guardian who consented to the case.',
    );
  const isOfficial = (await tx.official.count({ where: { pinfl, leftOn: null } })) > 0;
  const others = await tx.account.findMany({
    where: { number, mfo, state: 'confirmed', NOT: { payee: payeePerson(person.id) } },
    select: { holderPinfl: true },
  });
  const fault = accountFault({ pinfl, as, isOfficial }, others);
  if (fault) throw wrongField(FAULTS[fault].field, fault, FAULTS[fault].words);
}

/** Whether a parent or guardian consented to the person's open case, or else to the last one. */
async function didGuardianConsent({ tx }: Transaction, personId: string): Promise<boolean> {
  const last = await tx.case.findFirst({
    where: { personId: { in: await recordsOf(tx, personId) } },
    orderBy: [{ open: 'desc' }, { openedAt: 'desc' }],
    select: { consent: true },
  });
  return ['parent', 'guardian'].includes((last?.consent as { by?: string } | null)?.by ?? '');
}
