import { addWorkingDays } from '../../domain/calendar';
import type { Exclusion } from '../../domain/money/eligible';
import type { RefusalCode } from '../../domain/pathways/subsidy';
import { mayObjectTo } from '../../domain/words/refusals.en';
import type { Json } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { notify } from '../kernel/notices';
import { kindOfSubsidy, move } from '../kernel/rows';
import { lengthNow } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { othersFitting } from './judging';

/** Why an application is refused: a rule of law, or a review's code and words. */
export type Reason = Exclusion | { code: RefusalCode; words?: string; by?: string };

/**
 * Refuses an application: the employer learns which rule and which act, and what can be done: another programme that may fit,
 * and the one objection where it can succeed [money §1, §3].
 */
export async function refuse(transaction: Transaction, row: Subsidy, reason: Reason): Promise<void> {
  const { id, employerId } = row;
  const { params, ...said } = { params: {}, ...reason };
  const refusal = {
    ...said,
    ...params,
    ...('rule' in reason && { others: await othersFitting(transaction, row) }),
    ...(mayObjectTo(reason.code) && { objectUntil: await lastDayToObject(transaction) }),
  };
  await move(transaction, kindOfSubsidy(id), row, 'refused', {
    refusal: refusal as Json,
    refusedAt: transaction.now,
  });
  await record(
    transaction,
    'application_refused',
    { employerId, personId: row.personId || null },
    {
      subsidy: id,
      code: reason.code,
      ...('rule' in reason && { rule: reason.rule, act: reason.act, version: reason.version }),
    },
    'words' in reason ? reason.words : undefined,
  );
  await notify(transaction, {
    type: 'application_refused',
    to: { kind: 'employer', id: employerId },
    params: { ...(refusal as Record<string, Json>), subsidy: id },
    occasion: transaction.now.toISOString(),
  });
}

async function lastDayToObject(transaction: Transaction): Promise<string> {
  const { n } = await lengthNow(transaction, 'objection');
  return addWorkingDays(await transaction.calendar(), transaction.today, n);
}
