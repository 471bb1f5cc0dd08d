import type { ShownKind } from '../domain/pathways';
import { dependsOnFacts, whyNot } from '../domain/preconditions';
import { hasAggregate, lockedAggregate } from '../records/kernel/aggregates';
import { notPossible } from '../records/kernel/refusal';
import type { Transaction } from '../records/kernel/transaction';
import { factsOfAggregates, readFacts } from '../records/reads/facts';
import { readerOf } from '../records/reads/reader';

/**
 * Checks the preconditions of a command that the row's state allows. `allowedActions` follows the same rules.
 *
 * @param body of the command
 * @throws Refusal 409, or 403 where another person may give it
 */
export async function mustBePossible(
  transaction: Transaction,
  kind: ShownKind,
  id: string,
  command: string,
  body: object = {},
): Promise<void> {
  if (!dependsOnFacts(kind, command)) return;
  const aggregate = hasAggregate(kind) && lockedAggregate(transaction, kind, id);
  const all = aggregate
    ? await factsOfAggregates(transaction, kind, [aggregate])
    : await readFacts(transaction, kind, [id]);
  const facts = all.get(id);
  const why = facts && whyNot(kind, command, facts, transaction.actor, body);
  if (why) throw notPossible(why, readerOf(transaction.actor, transaction.now));
}
