import { openCaseOf } from '../../records/opening';
import { notNow } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { changesOf } from '../http/changes';
import type { Refused } from '../http/create-or-change';

/**
 * While a case is open its recommendation is TIEK's answer, or a certificate entered in the case, and its mahalla changes
 * with the case [pathway §3].
 */
export async function checkOpenCase(
  transaction: Transaction,
  personId: string,
  before: { mahalla: string },
  said: { recommendation?: unknown; mahalla?: string | undefined },
): Promise<void> {
  const open = await openCaseOf(transaction.tx, personId);
  if (!open) return;
  if (said.recommendation !== undefined) throw notNow(...askedOfTiek);
  if (said.mahalla !== undefined && said.mahalla !== before.mahalla) throw notNow(...movesWithCase);
}

const askedOfTiek = [
  'asked_of_tiek',
  'While a case is open TIEK is asked: use the case, which also takes a certificate.',
] as const;
const movesWithCase = [
  'moves_with_case',
  'The person has an open case: it moves with them, by its transfer.',
] as const;

/** What a line may not change of a person with an open case, with the code of the command that refuses the same. */
export function heldByCase(before: object, said: object): Refused | undefined {
  const { fields } = changesOf(before, said);
  const refusals = {
    mahalla: movesWithCase,
    recommendation: askedOfTiek,
    recommendedUntil: askedOfTiek,
  } as const;
  for (const [field, [code, detail]] of Object.entries(refusals))
    if (fields.includes(field)) return { field, code, detail };
  return undefined;
}
