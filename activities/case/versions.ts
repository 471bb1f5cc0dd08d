import type { Transaction } from '../../records/kernel/transaction';

/** Keeps a version of the assessment or the plan. Earlier versions are kept, too [pathway §3]. */
export function keepVersion(
  { entries, now, actor }: Transaction,
  of: 'assessment' | 'plan',
  caseId: string,
  body: object,
): void {
  entries.versions.push({ caseId, of, body, at: now, byId: actor.id });
}
