import { sumInWords } from '../../../domain/words/values';
import { parseLine } from '../../../domain/money/lines';
import { balanceOf, lockLines } from '../../../records/kernel/ledger';
import { openLine, setLine } from '../../../records/money/lines';
import { belowBound, type LineProposal, mustBeOpen } from '../../../records/money/line-change';
import { notNow } from '../../../records/kernel/refusal';
import { wakeQueue } from '../funding';
import type { Effect } from './effect';

/**
 * Two persons open or change a budget line, never below its bound money. Subsidies that wait for money are looked at again
 * [money §8].
 */
export const line: Effect = {
  async approved(transaction, row) {
    const { line: id, amount, before, act } = row.body as LineProposal;
    await mustBeOpen(transaction, id);
    await openLine(transaction, parseLine(id));
    await lockLines(transaction.tx, [id]);
    const now = await transaction.tx.budgetLine.findUniqueOrThrow({ where: { id } });
    if (Number(now.amount) !== before)
      throw notNow(
        'changed',
        `The line has changed since: ${sumInWords(now.amount)}. Reject this, and propose it anew.`,
      );
    const free = await balanceOf(transaction.tx, id, 'free');
    if (BigInt(amount) < now.amount - free) throw belowBound(now.amount - free);
    await setLine(transaction, id, BigInt(amount), act);
    await wakeQueue(transaction, [id]);
  },
};
