import { parseLine } from '../../../domain/money/lines';
import { balanceOf, lockLines } from '../../../records/kernel/ledger';
import { openLine, setLine } from '../../../records/money/lines';
import { belowBound, type LineProposal, mustBeOpen } from '../../../records/money/line-change';
import { notNow } from '../../../records/kernel/refusal';
import { wakeQueue } from '../funding';
import type { Effect } from './effect';

/** A budget line is opened or changed by two persons, never below what is bound; whoever waits for money goes on [money §8]. */
export const line: Effect = {
  async approved(unit, row) {
    const { line: id, amount, before, act } = row.body as LineProposal;
    await mustBeOpen(unit, id);
    await openLine(unit, parseLine(id));
    await lockLines(unit.tx, [id]);
    const now = await unit.tx.budgetLine.findUniqueOrThrow({ where: { id } });
    if (Number(now.amount) !== before)
      throw notNow(
        'changed',
        `The line has changed since: ${now.amount} so'm. Reject this, and propose it anew.`,
      );
    const free = await balanceOf(unit.tx, id, 'free');
    if (BigInt(amount) < now.amount - free) throw belowBound(now.amount - free);
    await setLine(unit, id, BigInt(amount), act);
    await wakeQueue(unit, [id]);
  },
};
