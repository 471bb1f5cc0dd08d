import { claimOfEmployer } from '../../../domain/pathways/employment';
import type { RetentionFacts } from '../../../domain/preconditions/retention';
import type { View } from '../../kernel/view';
import { rowsWithWaitingCheck } from './checks';

/** The facts that the commands of employments depend on, by employment. */
export async function retentionFacts(view: View, ids: string[]): Promise<Map<string, RetentionFacts>> {
  const { tx } = view;
  const rows = await tx.employment.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      state: true,
      endedOn: true,
      ending: true,
      personId: true,
      employerId: true,
      checks: { select: { n: true, state: true } },
    },
  });
  const ended = rows.filter(({ endedOn }) => endedOn !== null);
  const dead = await tx.person.findMany({
    where: { id: { in: ended.map(({ personId }) => personId) }, diedOn: { not: null } },
    select: { id: true },
  });
  const died = new Set(dead.map(({ id }) => id));
  const newer = await openWith(tx, ended);
  const waiting = await rowsWithWaitingCheck(view, 'retention', 'check_evidence', rows);
  return new Map(
    rows.map(({ id, state, endedOn, ending, personId, employerId, checks }) => [
      id,
      {
        state,
        hasEnded: endedOn !== null,
        isEmployersWord: claimOfEmployer(state, ending as { source: string } | null) !== undefined,
        checkWaits: waiting.has(id),
        checkHasCome: checks.some((check) => check.state !== 'ahead'),
        hasDied: died.has(personId),
        again: newer.get(`${personId} ${employerId}`) ?? null,
      },
    ]),
  );
}

type Parties = { personId: string; employerId: string };

/** The open employments of persons with employers, as `<person> <employer>`. */
async function openWith(tx: View['tx'], parties: readonly Parties[]): Promise<Map<string, string>> {
  if (parties.length === 0) return new Map();
  const rows = await tx.employment.findMany({
    where: { open: true, OR: parties.map(({ personId, employerId }) => ({ personId, employerId })) },
    select: { id: true, personId: true, employerId: true },
  });
  return new Map(rows.map(({ id, personId, employerId }) => [`${personId} ${employerId}`, id]));
}
