import type { Actor } from '../../domain/roles';
import { changeInWords } from '../../domain/words/changed-rules';
import type { Tx } from '../../prisma/db';
import { type AccountProposal, shownAccount } from '../money/accounts';
import { overpaymentsOf } from '../money/outlook';
import { lawChangesOf } from './policy-changes';
import { readerOf } from './reader';
import { inside } from './shown';

/**
 * A proposal as the API shows it, with what it changes. An account's proposal has the part of the account that the caller may
 * see. A policy's has the values of the rules before and after. A correction's has what becomes of the overpayment.
 */
export async function readApproval(tx: Tx, id: string, actor: Actor, now: Date) {
  const isEmployer = actor.role === 'employer';
  const { body, ...row } = await tx.approval.findUniqueOrThrow({
    where: { id },
    omit: { ...inside, proposedBy: isEmployer, decidedBy: isEmployer },
  });
  const proposal = { id, kind: row.kind, open: row.decidedAt === null, body };
  const law = (await lawChangesOf(tx, [proposal])).get(id);
  const reader = readerOf(actor, now);
  return {
    ...row,
    ...(row.kind === 'account' ? await accountOfProposal(tx, body, actor) : { body }),
    changes: law?.differences.map((one) => ({ ...one, words: changeInWords(reader, one) })) ?? null,
    overpayment: (await overpaymentsOf(tx, [proposal], now)).get(id) ?? null,
  };
}

async function accountOfProposal(tx: Tx, body: unknown, actor: Actor) {
  const { account } = body as AccountProposal;
  const row = await tx.account.findUniqueOrThrow({ where: { id: account } });
  return { body: { account }, account: shownAccount(row, actor) };
}
