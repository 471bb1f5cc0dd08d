import type { Json } from '../../prisma/db';
import { writeEntries } from '../kernel/entries';
import type { ShownKind } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import type { Look } from './look';
import { represent, representFile } from './represent';

/**
 * The answer of a command: a row as it is after the last write of the transaction.
 *
 * @param look at the command's own row, after the last write
 */
export async function answerFrom(
  transaction: Transaction,
  { kind, id }: { kind: ShownKind; id: string },
  look: Look | undefined,
): Promise<Json> {
  const { file: own, known } = look ?? {};
  if (look) transaction.seen.set(look.subject, { state: look.standing.state, waits: look.waits });
  const isOwn = own?.kind === kind && own.file.row.id === id;
  // The answer of a closed case reads the events of the case.
  if (!isOwn || !own.file.row.open) await writeEntries(transaction);
  return isOwn ? representFile(transaction, own.kind, own.file, known) : represent(transaction, kind, id);
}
