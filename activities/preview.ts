import { system } from '../domain/roles';
import { rowOf, lockRow, subjectOf } from '../records/kernel/rows';
import type { Records, Transaction } from '../records/kernel/transaction';
import { type Preview, previewOf, type Trial } from '../records/reads/preview';
import { work } from './carry-out';
import type { AnyRowHandlers } from './row-handlers';

/**
 * Tells what a command would do, with the steps of the rows that it wakes. The command is carried out and undone.
 *
 * @throws Refusal of the command
 */
export const previewer =
  (allHandlers: readonly AnyRowHandlers[]) =>
  (records: Records, { kind, id, name, body, actor, correlationId }: Trial): Promise<Preview> => {
    const subject = subjectOf(kind, id);
    const handlersOf = (kindOfRow: string) => allHandlers.find((candidate) => candidate.kind === kindOfRow);
    return previewOf(records, { actor, subject, correlationId }, async (transaction) => {
      const handlers = handlersOf(kind);
      if (!handlers) throw new Error(`${kind} has no commands`);
      const row = await lockRow(transaction.tx, kind, id);
      await work(transaction, handlers, id, row, { name, body, actor, at: transaction.now, retriedAt: null });
      await lookAtWoken(transaction, handlersOf);
    });
  };

/** The rows that the command wakes look at it, as their workflows do after the commit. */
async function lookAtWoken(
  transaction: Transaction,
  handlersOf: (kind: string) => AnyRowHandlers | undefined,
): Promise<void> {
  const seen = new Set<string>();
  for (const subject of transaction.woken) {
    const row = rowOf(subject);
    const reconsider = row && handlersOf(row.kind)?.reconsider;
    if (!row || !reconsider || seen.has(subject)) continue;
    seen.add(subject);
    const locked = await lockRow(transaction.tx, row.kind, row.id);
    if (locked?.open) await reconsider({ ...transaction, actor: system, subject }, row.id);
  }
}
