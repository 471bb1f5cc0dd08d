import type { ApprovalDecision } from '../../../contracts/approval';
import { dueOf } from '../../../domain/deadline';
import type { Account, Approval } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { endingOf, firstDayOfUse, mustBeNoPersons } from '../../../records/money/accounts';
import { mustBeTheirs, tellPerson } from '../../../records/money/persons-account';
import { personBehind } from '../../../records/kernel/participations';
import { notify } from '../../../records/kernel/notices';
import { Refusal } from '../../../records/kernel/refusal';
import { subjectOf } from '../../../records/kernel/rows';
import { lengthNow } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { wake } from '../../../records/kernel/wake';
import type { Effect } from './effect';
import { proposedAccount, refuseAccount } from './holder';

/**
 * Money is paid to a payee's account once its holder is known, from the treasury or from a document in its place [money
 * §5].
 */
export const account: Effect = {
  async approved(transaction, row, decision) {
    holderMustBeKnown(row, decision);
    const proposed = await proposedAccount(transaction, row);
    const { personId, payee, number, mfo } = proposed;
    if (personId === null) await mustBeNoPersons(transaction, { account: number, mfo });
    else await mustBeTheirs(transaction, await readPerson(transaction, personId), proposed);
    await transaction.tx.account.updateMany({
      where: { payee, state: 'confirmed' },
      data: { state: 'replaced' },
    });
    const usableFrom = await restedFrom(transaction);
    await transaction.tx.account.update({
      where: { id: proposed.id },
      data: {
        state: 'confirmed',
        confirmedBy: await personBehind(transaction.tx, transaction.actor),
        confirmedAt: transaction.now,
        usableFrom,
      },
    });
    await tell(transaction, row, proposed, firstDayOfUse(usableFrom));
    const unpaid = await transaction.tx.claim.findMany({
      where: { payee, state: { in: ['ready', 'payment_returned'] } },
    });
    for (const { id } of unpaid) wake(transaction, subjectOf('claim', id));
  },

  rejected: refuseAccount,
};

const readPerson = ({ tx }: Transaction, id: string) => tx.person.findUniqueOrThrow({ where: { id } });

/** @throws Refusal 422 where neither the treasury nor a document names the holder */
function holderMustBeKnown({ holder }: Approval, { document, words }: ApprovalDecision): void {
  if (holder === 'yes') return;
  const missing = Object.entries({ document, words }).filter(([, given]) => given === undefined);
  if (missing.length === 0) return;
  throw new Refusal(
    422,
    'holder_unknown',
    'The treasury has not said whose the account is: name a document and the reason.',
    missing.map(([field]) => ({ field, detail: 'Is needed in place of the treasury’s word.' })),
  );
}

/** A newly confirmed account rests for some working days. In this time anybody who finds it wrong can report it. */
const restedFrom = async (transaction: Transaction): Promise<Date> =>
  dueOf(
    { from: transaction.today, length: await lengthNow(transaction, 'accountRest') },
    await transaction.calendar(),
  );

async function tell(
  transaction: Transaction,
  { id }: Approval,
  { employerId, personId, number }: Account,
  from: string,
) {
  await record(transaction, 'account_confirmed', { employerId, personId }, { from });
  if (personId !== null)
    return tellPerson(transaction, id, personId, {
      type: 'persons_account_confirmed',
      params: { ending: endingOf(number), from },
    });
  await notify(transaction, {
    type: 'account_confirmed',
    to: { kind: 'proposal', id },
    params: { ending: endingOf(number), from },
  });
}
