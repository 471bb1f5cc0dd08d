import type { Transaction } from '../../records/kernel/transaction';

/** Keeps a version of the assessment or the plan. Earlier versions are kept, too [pathway §3]. */
export async function keepVersion(
  { tx, now, actor }: Transaction,
  of: 'assessment' | 'plan',
  caseId: string,
  body: object,
): Promise<void> {
  const n = 1 + (await tx.caseVersion.count({ where: { caseId, of } }));
  await tx.caseVersion.create({ data: { caseId, of, n, body, at: now, byId: actor.id } });
}
