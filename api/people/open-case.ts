import { changesOf } from '../../records/kernel/changes';
import { notNow } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { openCaseOf } from '../../records/opening';
import type { Refused } from '../http/create-or-change';

/**
 * Of a person with an open case the recommendation is TIEK's answer, or a certificate entered in the case. The mahalla changes
 * by the transfer of the case [pathway §3].
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
  'The person has an open case, so TIEK gives the recommendation. Enter a certificate in the case instead.',
] as const;
const movesWithCase = [
  'moves_with_case',
  'The person has an open case. Transfer the case instead: the mahalla changes with it.',
] as const;

/** The refusal of a line that changes such a field of a person with an open case. It has the command's code. */
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
