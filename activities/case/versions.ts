import type { Json } from '../../prisma/db';
import type { Transaction } from '../../records/kernel/transaction';

/** Keeps a version of the assessment or the plan. Earlier versions are kept, too [pathway §3]. */
export async function keepVersion(
  { tx, now, actor }: Transaction,
  of: 'assessment' | 'plan',
  caseId: string,
  body: object,
): Promise<void> {
  const where = { caseId };
  const n = 1 + (of === 'plan' ? await tx.plan.count({ where }) : await tx.assessment.count({ where }));
  const data = { caseId, n, body: body as Json, at: now, byId: actor.id };
  await (of === 'plan' ? tx.plan.create({ data }) : tx.assessment.create({ data }));
}
