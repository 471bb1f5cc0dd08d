import { claimOfEmployer, isWaiting } from '../../../domain/pathways/employment';
import type { RetentionFacts } from '../../../domain/preconditions/retention';
import { subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';

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
  const inTime = await documentsInTime(view, rows);
  return new Map(
    rows.map(({ id, state, endedOn, ending, personId, employerId, checks }) => [
      id,
      {
        state,
        hasEnded: endedOn !== null,
        isEmployersWord: claimOfEmployer(state, ending as { source: string } | null) !== undefined,
        checkWaits: checks.some(
          (check) => isWaiting(check) || (check.state === 'unconfirmed' && inTime.has(`${id} ${check.n}`)),
        ),
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

type Checked = { id: string; checks: { state: string }[] };

/** The checks whose wait for a document had not ended when the document was given, as `<employment> <n>`. */
async function documentsInTime({ tx, givenAt }: View, rows: readonly Checked[]): Promise<Set<string>> {
  const unconfirmed = rows.filter(({ checks }) => checks.some(({ state }) => state === 'unconfirmed'));
  if (unconfirmed.length === 0) return new Set();
  const subjects = new Map(unconfirmed.map(({ id }) => [subjectOf('retention', id), id]));
  const last = await tx.task.findMany({
    where: { subject: { in: [...subjects.keys()] }, kind: 'check_evidence' },
    distinct: ['subject', 'ref'],
    orderBy: { id: 'desc' },
    select: { subject: true, ref: true, due: true },
  });
  return new Set(
    last.flatMap(({ subject, ref, due }) =>
      due !== null && givenAt <= due ? `${subjects.get(subject)} ${ref}` : [],
    ),
  );
}
