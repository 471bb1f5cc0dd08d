import { dueOf } from '../../../domain/deadline';
import { dayOf } from '../../../domain/day';
import type { Account, Approval } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { endingOf } from '../../../records/money/accounts';
import { personBehind } from '../../../records/kernel/participations';
import { notify } from '../../../records/kernel/notices';
import { notNow, Refusal } from '../../../records/kernel/refusal';
import { subjectOf } from '../../../records/kernel/rows';
import { lengthNow } from '../../../records/kernel/tasks';
import type { Unit } from '../../../records/kernel/transaction';
import { wake } from '../../../records/kernel/wake';
import type { Decision, Effect } from './effect';
import { proposedAccount } from './holder';

/** An employer's account is paid to once the treasury, or a document in place of its word, says whose it is [money §5]. */
export const account: Effect = {
  async approved(unit, row, decision) {
    holderMustBeKnown(row, decision);
    const proposed = await proposedAccount(unit, row);
    const { employerId } = proposed;
    await unit.tx.account.updateMany({
      where: { employerId, state: 'confirmed' },
      data: { state: 'replaced' },
    });
    const usableFrom = await restedFrom(unit);
    await unit.tx.account.update({
      where: { id: proposed.id },
      data: {
        state: 'confirmed',
        confirmedBy: await personBehind(unit.tx, unit.actor.id),
        confirmedAt: unit.now,
        usableFrom,
      },
    });
    await tell(unit, row, proposed, dayOf(usableFrom));
    const unpaid = await unit.tx.claim.findMany({
      where: { employerId, state: { in: ['ready', 'payment_returned'] } },
    });
    for (const { id } of unpaid) await wake(unit, subjectOf('claim', id));
  },

  async rejected(unit, row) {
    const { id } = await proposedAccount(unit, row);
    await unit.tx.account.update({ where: { id }, data: { state: 'refused' } });
    await record(unit, 'account_refused', { employerId: row.employerId }, { account: id });
  },
};

/** @throws Refusal 409 for another's account, 422 where neither the treasury nor a document says whose it is */
function holderMustBeKnown({ holder }: Approval, { document, words }: Decision): void {
  if (holder === 'yes') return;
  if (holder === 'no')
    throw notNow(
      'another_holder',
      'The treasury says that the account is not this employer’s, or that there is none: it can only be rejected.',
    );
  const missing = Object.entries({ document, words }).filter(([, given]) => given === undefined);
  if (missing.length === 0) return;
  throw new Refusal(
    422,
    'holder_unknown',
    'The treasury has not said whose the account is: name a document and the reason.',
    missing.map(([field]) => ({ field, detail: 'Is needed in place of the treasury’s word.' })),
  );
}

/** An account newly confirmed rests for some working days, in which somebody who finds it wrong can say so. */
const restedFrom = async (unit: Unit): Promise<Date> =>
  dueOf({ from: unit.today, length: await lengthNow(unit, 'accountRest') }, await unit.calendar());

async function tell(unit: Unit, { id, employerId }: Approval, { number }: Account, from: string) {
  await record(unit, 'account_confirmed', { employerId }, { from });
  await notify(unit, {
    type: 'account_confirmed',
    to: { kind: 'proposal', id },
    params: { ending: endingOf(number), from },
  });
}
