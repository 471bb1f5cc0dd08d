import type { Day } from '../../domain/day';
import { partiesOf } from '../../domain/money/payee';
import type { Claim, Task } from '../../prisma/generated/client';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { openTask, openWait, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { accountOf } from '../../records/money/blockers';
import { toPayee } from '../../records/money/payees';
import { recordsOf } from '../../records/joining';
import { managerOf } from '../../records/workers';

/* Where a person is paid, the person is told, and their case manager is asked [measures §4]. */

/** Whether a payable is a person's. */
export const isPersons = ({ payee }: Pick<Claim, 'payee'>): boolean => partiesOf(payee).personId !== null;

/**
 * The worker of a person who is paid: the manager of the open case, or else of the mahalla. The place names no case, because the
 * money goes on after its closure.
 */
export async function workerOfPayee(
  transaction: Transaction,
  { payee }: Pick<Claim, 'payee'>,
): Promise<Place> {
  const { personId } = partiesOf(payee);
  if (personId === null) throw new Error(`${payee} is no person`);
  const { tx } = transaction;
  const open = await tx.case.findFirst({
    where: { personId: { in: await recordsOf(tx, personId) }, open: true },
    select: { area: true, managerId: true },
  });
  if (open) return { area: open.area, assigneeId: open.managerId, personId };
  const { mahalla } = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  return { area: mahalla, assigneeId: await managerOf(transaction, mahalla), personId };
}

/** What a person's payable waits for before it is decided. */
type Awaited = { kind: 'persons_account' } | { kind: 'heir'; from: Day };

/**
 * A person who has no account is paid at a bank's cash desk, where the policy names one. Else their payable waits for an account. After
 * the person's death it waits for the heir: a notary's document names the heir [measures §4].
 */
async function accountAwaited(transaction: Transaction, claim: Claim): Promise<Awaited | undefined> {
  if (!isPersons(claim)) return undefined;
  const account = await accountOf(transaction.tx, claim.payee);
  const from = await diedOn(transaction, claim);
  if (from !== null) return account?.heldBy === 'heir' ? undefined : { kind: 'heir', from };
  if (account || (await useCashDesk(transaction, claim))) return undefined;
  return { kind: 'persons_account' };
}

/**
 * Opens the wait for an account. It is looked at monthly, and never lapses. The person is told.
 *
 * @returns whether there is one
 */
export async function waitsForAccount(transaction: Transaction, claim: Claim): Promise<boolean> {
  const awaited = await accountAwaited(transaction, claim);
  if (!awaited) return false;
  await openTask(transaction, { ...(await workerOfPayee(transaction, claim)), ...awaited });
  if (awaited.kind === 'persons_account')
    await notify(transaction, {
      type: 'persons_account_missing',
      to: toPayee(claim),
      params: { amount: Number(claim.amount) },
      occasion: transaction.today,
    });
  return true;
}

/** The wait after a payment that came back: for the right account, or after the person's death for the heir. */
export async function awaitRightAccount(transaction: Transaction, claim: Claim): Promise<void> {
  const awaited = await rightAccountAwaited(transaction, claim);
  await openTask(transaction, { ...(await workerOfPayee(transaction, claim)), ...awaited });
}

async function rightAccountAwaited(transaction: Transaction, claim: Claim) {
  const from = await diedOn(transaction, claim);
  return from === null ? ({ kind: 'persons_payment_returned' } as const) : ({ kind: 'heir', from } as const);
}

/** The waits of a person's payable for an account, or after the person's death for the heir. */
export const accountWaits = ['persons_account', 'persons_payment_returned', 'heir'] as const;

/** Whether a person's payable waits for something else than it should by now: an account is there, or a death was corrected. */
export async function isAwaitedOther(transaction: Transaction, claim: Claim): Promise<boolean> {
  const isReturned = claim.state === 'payment_returned';
  const awaited = await (isReturned ? rightAccountAwaited : accountAwaited)(transaction, claim);
  const open = await firstOpen(transaction);
  const from = (open?.rule as { from: Day } | null)?.from;
  return open?.kind !== awaited?.kind || (awaited?.kind === 'heir' && awaited.from !== from);
}

async function firstOpen(transaction: Transaction): Promise<Task | null> {
  for (const kind of accountWaits) {
    const open = await openWait(transaction, kind);
    if (open) return open;
  }
  return null;
}

/** The day on which a person who is paid died. */
async function diedOn({ tx }: Transaction, { payee }: Pick<Claim, 'payee'>): Promise<Day | null> {
  const { personId } = partiesOf(payee);
  const found = await tx.person.findUnique({ where: { id: personId ?? '' }, select: { diedOn: true } });
  return found?.diedOn ?? null;
}

/** The treasury's order can name the bank whose desk pays out: the person is paid there until they have an account. */
async function useCashDesk(transaction: Transaction, { payee }: Claim): Promise<boolean> {
  const { cashDesk } = (await transaction.law()).policyOn(transaction.today).rules;
  if (!cashDesk) return false;
  const { personId } = partiesOf(payee);
  const { pinfl } = await transaction.tx.person.findUniqueOrThrow({ where: { id: personId ?? '' } });
  await transaction.tx.account.create({
    data: {
      id: await nextNumber(transaction.tx, 'account'),
      personId,
      number: cashDesk.number,
      mfo: cashDesk.mfo,
      holderPinfl: pinfl,
      desk: cashDesk.holder,
      state: 'confirmed',
      proposedBy: 'system',
      proposedAt: transaction.now,
      confirmedBy: 'system',
      confirmedAt: transaction.now,
      usableFrom: transaction.now,
    },
  });
  return true;
}
