import { system } from '../domain/roles';
import { rowOf, lockRow, subjectOf } from '../records/kernel/rows';
import type { Records, Transaction } from '../records/kernel/transaction';
import { type Preview, previewOf, type Sees, type Trial } from '../records/reads/preview';
import { work } from './carry-out';
import type { AnyRowHandlers } from './row-handlers';

/** Tells what commands and other changes would do, with the steps of the rows that they wake. They are carried out and undone. */
export function previewer(allHandlers: readonly AnyRowHandlers[]) {
  const handlersOf = (kind: string) => allHandlers.find((candidate) => candidate.kind === kind);

  /** The rows that a change wakes look at it, as their workflows do after the commit. */
  async function lookAtWoken(transaction: Transaction): Promise<void> {
    const seen = new Set<string>();
    for (const subject of transaction.woken.keys()) {
      const row = rowOf(subject);
      const reconsider = row && handlersOf(row.kind)?.reconsider;
      if (!row || !reconsider || seen.has(subject)) continue;
      seen.add(subject);
      const locked = await lockRow(transaction.tx, row.kind, row.id);
      if (locked?.open) await reconsider({ ...transaction, actor: system, subject }, row.id);
    }
  }

  /** @throws Refusal of the command */
  const tryOut = (
    records: Records,
    { kind, id, name, body, actor, correlationId }: Trial,
    sees: Sees,
  ): Promise<Preview> => {
    const subject = subjectOf(kind, id);
    const carryOut = async (transaction: Transaction): Promise<void> => {
      const handlers = handlersOf(kind);
      if (!handlers) throw new Error(`${kind} has no commands`);
      const row = await lockRow(transaction.tx, kind, id);
      await work(transaction, handlers, id, row, { name, body, actor, at: transaction.now, retriedAt: null });
      await lookAtWoken(transaction);
    };
    return previewOf(records, { actor, subject, correlationId }, carryOut, sees);
  };

  return { tryOut, lookAtWoken };
}
