import type { PersonsAccount } from '../../contracts/persons-account';
import { payeePerson } from '../../domain/money/payee';
import {
  accountFault,
  type AccountFault,
  type HolderKind,
  holderKind,
  type HoldersOffice,
  isNewPhone,
} from '../../domain/money/persons-account';
import { contains } from '../../domain/soato';
import type { Account, Person } from '../../prisma/generated/client';
import { recordsOf } from '../joining';
import { notifyAll } from '../kernel/notices';
import { allAreBarred } from '../kernel/offices';
import { personBehind } from '../kernel/participations';
import { policyNumber } from '../kernel/policy-numbers';
import { notNow, type Refusal, wrongField } from '../kernel/refusal';
import { openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { endingOf, idOf, lockNumber, mustBeNew, proposeFor } from './accounts';

/**
 * Proposes an account for a person. The treasury is asked for its holder, by PINFL. A person whose telephone is new is told under
 * both numbers. The supervisor speaks to them, and to a person whose parent or guardian holds the account. Then a finance officer
 * decides [measures §4].
 *
 * @returns the proposal's number
 * @throws Refusal 422 for an account of another holder; 409 for the confirmed account, a dead person, and while another is proposed
 */
export async function proposePersonsAccount(
  transaction: Transaction,
  person: Person,
  { account: number, mfo, holderPinfl = person.pinfl, heir }: PersonsAccount,
): Promise<string> {
  const proposer = await personBehind(transaction.tx, transaction.actor);
  mustNameHeir(person, heir !== undefined);
  const heldBy = await mustBeTheirs(transaction, person, { number, mfo, holderPinfl, proposedBy: proposer });
  const payee = payeePerson(person.id);
  await mustBeNew(transaction, payee, { account: number, mfo });
  const { n } = await policyNumber(transaction, 'newPhoneDays', transaction.today);
  const isNew = isNewPhone(person.phoneChangedOn, transaction.today, n);
  const isSpokenOf = heldBy !== 'heir' && (isNew || heldBy === 'guardian');
  if (isSpokenOf && (await allAreBarred(transaction.tx, 'supervisor', person.mahalla, [proposer])))
    throw notNow(
      'nobody_to_speak',
      'Another supervisor speaks to the person about this account, and there is none. Let the case manager propose it, or ask the administrator to appoint a supervisor.',
    );
  const there = await proposeFor(transaction, {
    payee,
    area: person.mahalla,
    number,
    mfo,
    holder: { holderPinfl },
    heldBy,
    ...(heir && { heir }),
    contacts: {
      phone: isNew && person.phoneBefore !== person.phone ? person.phoneBefore : null,
      email: null,
    },
  });
  if (isSpokenOf)
    await openTask(there, {
      kind: 'account_conversation',
      area: person.mahalla,
      personId: person.id,
      barred: [proposer],
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
  official_takes_part: {
    field: 'holderPinfl',
    words:
      'This is the PINFL of an official who takes part in the case or decides about the account. Propose another account, or the person is paid at a cash desk.',
  },
  anothers_account: {
    field: 'account',
    words:
      'This account is confirmed for somebody else. Only the account of a guardian serves several people.',
  },
};

/**
 * Checks that the person or their guardian holds the account, at the proposal and again at the confirmation [measures §4].
 *
 * @returns which of them holds it
 * @throws Refusal 409 for an account of a person who died; 422 another_holder, official_holder, official_takes_part, anothers_account
 */
export async function mustBeTheirs(
  transaction: Transaction,
  person: Person,
  { number, mfo, holderPinfl, proposedBy }: Pick<Account, 'number' | 'mfo' | 'holderPinfl' | 'proposedBy'>,
): Promise<HolderKind> {
  const { tx } = transaction;
  const pinfl = holderPinfl ?? '';
  const { guardianConsented, managerId } = await lastCase(transaction, person.id);
  const isDead = person.diedOn !== null;
  const as = holderKind(pinfl, { pinfl: person.pinfl, guardianConsented, isDead });
  if (!as && isDead) throw isNoHeir();
  if (!as)
    throw wrongField(
      'holderPinfl',
      'another_holder',
      'Only an account of the person is paid to, or of the parent or guardian who consented to the case.',
    );
  const office = await officeOf(transaction, pinfl, { mahalla: person.mahalla, managerId, proposedBy });
  await lockNumber(tx, number);
  const others = await tx.account.findMany({
    where: { number, mfo, state: 'confirmed', NOT: { payee: payeePerson(person.id) } },
    select: { holderPinfl: true },
  });
  const fault = accountFault({ pinfl, as, office }, others);
  if (fault) throw wrongField(FAULTS[fault].field, fault, FAULTS[fault].words);
  return as;
}

/** After a death a notary's document names who is paid. @throws Refusal 409 without one; 422 for a living person */
function mustNameHeir({ diedOn }: Person, isNamed: boolean): void {
  if (diedOn !== null && !isNamed) throw isNoHeir();
  if (diedOn === null && isNamed)
    throw wrongField('heir', 'lives', 'The person is not recorded as dead. Leave this out.');
}

const isNoHeir = (): Refusal =>
  notNow(
    'died',
    'The person is recorded as dead: nothing is paid to an account of theirs. Name the heir that a notary’s document names, with that document.',
  );

/** The roles that take part in a case or decide about its account, in the areas that hold the person's mahalla. */
const TAKE_PART = ['case_manager', 'supervisor', 'finance_officer'];

/** The office of a holder, under any of their accounts as an official. A part that was taken counts also after they left. */
async function officeOf(
  { tx, actor }: Transaction,
  pinfl: string,
  it: { mahalla: string; managerId: string | null; proposedBy: string },
): Promise<HoldersOffice> {
  const recorded = await tx.official.findMany({ where: { pinfl }, select: { id: true, person: true } });
  const persons = recorded.map(({ id, person }) => person ?? id);
  const accounts = await tx.official.findMany({
    where: { OR: [{ id: { in: persons } }, { person: { in: persons } }] },
    select: { id: true, role: true, area: true, leftOn: true },
  });
  const active = accounts.filter(({ leftOn }) => leftOn === null);
  const takesPart =
    persons.includes(it.proposedBy) ||
    accounts.some(({ id }) => id === it.managerId || id === actor.id) ||
    active.some(({ role, area }) => TAKE_PART.includes(role) && contains(area, it.mahalla));
  if (takesPart) return 'takes_part';
  return active.length > 0 ? 'elsewhere' : 'none';
}

/** The person's open case, or else the last one: whether a parent or guardian consented to it, and who has it. */
async function lastCase({ tx }: Transaction, personId: string) {
  const last = await tx.case.findFirst({
    where: { personId: { in: await recordsOf(tx, personId) } },
    orderBy: [{ open: 'desc' }, { openedAt: 'desc' }],
    select: { consent: true, managerId: true },
  });
  const by = (last?.consent as { by?: string } | null)?.by ?? '';
  return { guardianConsented: ['parent', 'guardian'].includes(by), managerId: last?.managerId ?? null };
}
