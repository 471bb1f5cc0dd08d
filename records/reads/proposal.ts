import type { Actor } from '../../domain/roles';
import { changeInWords } from '../../domain/words/changed-rules';
import { taskInWords } from '../../domain/words/values';
import type { Tx } from '../../prisma/db';
import type { Approval } from '../../prisma/generated/client';
import { subjectOf } from '../kernel/rows';
import { type AccountProposal, shownAccount } from '../money/accounts';
import { overpaymentsOf } from '../money/outlook';
import { type About, aboutAll } from './about';
import { maySeePerson } from './beside';
import { namesOf } from './names';
import { lawChangesOf } from './policy-changes';
import { readerOf } from './reader';
import { insideMoney } from './shown';
import { idsIn, subjectInWords } from './subject';

/**
 * A proposal as the API shows it, with what it changes. An account's proposal has the part of the account that the caller may
 * see. A policy's has the values of the rules before and after. A correction's has the two parts of the overpayment.
 */
export async function readApproval(tx: Tx, id: string, actor: Actor, now: Date) {
  const isEmployer = actor.role === 'employer';
  const { body, ...row } = await tx.approval.findUniqueOrThrow({
    where: { id },
    omit: { ...insideMoney, proposedBy: isEmployer, decidedBy: isEmployer },
  });
  const proposal = { id, kind: row.kind, open: row.decidedAt === null, body };
  const law = (await lawChangesOf(tx, [proposal])).get(id);
  const reader = readerOf(actor, now);
  return {
    ...row,
    ...(row.kind === 'account' || row.kind === 'persons_account'
      ? await accountOfProposal(tx, body, actor)
      : { body }),
    ...(row.kind === 'employer' && { employer: await recordedBy(tx, body) }),
    changes: law?.differences.map((one) => ({ ...one, words: changeInWords(reader, one) })) ?? null,
    overpayment: (await overpaymentsOf(tx, [proposal], now)).get(id) ?? null,
  };
}

/** The employer on record under the STIR of a proposal; null until one is. */
async function recordedBy(tx: Tx, body: unknown) {
  const { stir } = body as { stir: string };
  return tx.employer.findUnique({ where: { stir }, select: { id: true, name: true, stir: true } });
}

/** Proposals with their words and sums, for a list. The number of queries does not grow with the proposals. */
export async function proposalsInWords<R extends Approval>(
  tx: Tx,
  rows: readonly R[],
  actor: Actor,
  now: Date,
): Promise<(R & { words: string; aboutWords: string; before: number | null; after: number | null })[]> {
  const subjects = rows.map(({ id }) => subjectOf('approval', id));
  const abouts = await aboutAll(tx, subjects);
  const overpayments = await overpaymentsOf(tx, rows, now);
  const aboutOf = (id: string): About => abouts.get(subjectOf('approval', id)) ?? {};
  const nameOf = await namesOf(
    tx,
    rows.flatMap(({ id }) => idsIn(subjectOf('approval', id), aboutOf(id))),
  );
  const reader = readerOf(actor, now, nameOf);
  return rows.map((row) => {
    const about = aboutOf(row.id);
    const seen = maySeePerson(actor, about) ? about : { ...about, person: null };
    const { before = null, after = null, amount = null } = row.body as Sums;
    return {
      ...row,
      words: taskInWords(reader, `decide_${row.kind}`, { ...about.owed, ...overpayments.get(row.id) }),
      aboutWords: subjectInWords(reader, subjectOf('approval', row.id), seen, actor.role),
      before,
      after: after ?? amount,
    };
  });
}

type Sums = { before?: number | null; after?: number | null; amount?: number | null };

async function accountOfProposal(tx: Tx, body: unknown, actor: Actor) {
  const { account } = body as AccountProposal;
  const row = await tx.account.findUniqueOrThrow({ where: { id: account } });
  const person = row.personId !== null && (await tx.person.findUnique({ where: { id: row.personId } }));
  return { body: { account }, account: shownAccount(row, actor, person ? person.pinfl : undefined) };
}
