import type { Json } from '../../prisma/db';
import { writeEntries } from '../kernel/entries';
import type { ShownKind } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import type { LockedRow } from './locked-row';
import { represent, representAggregate } from './represent';

/**
 * The answer of a command: a row as it is after the last write of the transaction.
 *
 * @param locked the command's own row, read after the last write
 */
export async function answerFrom(
  transaction: Transaction,
  { kind, id }: { kind: ShownKind; id: string },
  locked: LockedRow | undefined,
): Promise<Json> {
  const { aggregate: own, known } = locked ?? {};
  if (locked) transaction.seen.set(locked.subject, { state: locked.standing.state, waits: locked.waits });
  const isOwn = own?.kind === kind && own.row.id === id;
  // The answer of a closed case reads the events of the case.
  if (!isOwn || !own.row.open) await writeEntries(transaction);
  return isOwn ? representAggregate(transaction, own.kind, own, known) : represent(transaction, kind, id);
}
