import { toPayee } from './payees';
import type { Exclusion } from '../../domain/money/eligible';
import { mayObjectTo } from '../../domain/money/objectable';
import type { RefusalCode } from '../../domain/pathways/subsidy';
import type { Json } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { notify } from '../kernel/notices';
import { kindOfSubsidy, move } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import { othersFitting } from './judging';
import { lastDayToObject } from './objecting';

/** The reason of a refusal: a rule of law, or a review's code and words. */
export type Reason = Exclusion | { code: RefusalCode; words?: string; by?: string };

/**
 * Refuses an application. The payee is told the reason. An employer is told the way out, too: another programme that may fit,
 * and the one objection where it can succeed [money §1, §3].
 */
export async function refuse(transaction: Transaction, row: Subsidy, reason: Reason): Promise<void> {
  const { id, employerId, caseId } = row;
  const { params, ...said } = { params: {}, ...reason };
  const isByLaw = 'rule' in reason;
  const others = isByLaw ? (await othersFitting(transaction, row)).join(', ') : '';
  const until =
    employerId !== null && mayObjectTo(reason.code)
      ? await lastDayToObject(transaction, transaction.today)
      : '';
  const refusal = { ...said, ...params, ...(others && { others }), ...(until && { until }) };
  await move(transaction, kindOfSubsidy(id), row, 'refused', {
    refusal: refusal as Json,
    refusedAt: transaction.now,
  });
  await record(
    transaction,
    'application_refused',
    { employerId, personId: row.personId || null, caseId },
    {
      subsidy: id,
      code: reason.code,
      ...(isByLaw && { rule: reason.rule, act: reason.act, version: reason.version }),
    },
    'words' in reason ? reason.words : undefined,
  );
  const asked: Readonly<Record<string, string | number>> = params;
  const value = (name: string) => asked[name] ?? null;
  await notify(transaction, {
    type: 'application_refused',
    to: toPayee(row),
    params: {
      subsidy: id,
      code: reason.code,
      reason: ('words' in reason && reason.words) || reason.code,
      next: reason.code,
      until: until || null,
      others: others || null,
      possible: value('possible'),
      below: value('below'),
      floor: value('floor'),
      months: value('months'),
      from: value('from'),
      last: value('last'),
    },
    occasion: transaction.now.toISOString(),
  });
}
