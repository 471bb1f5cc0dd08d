import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { type AccountProposal, shownAccount } from '../money/accounts';
import { inside } from './shown';

/** A proposal as the API shows it. An account's proposal has the part of the account that the caller may see. */
export async function readApproval(tx: Tx, id: string, actor: Actor) {
  const isEmployer = actor.role === 'employer';
  const { body, ...row } = await tx.approval.findUniqueOrThrow({
    where: { id },
    omit: { ...inside, proposedBy: isEmployer, decidedBy: isEmployer },
  });
  return { ...row, ...(row.kind === 'account' ? await accountOfProposal(tx, body, actor) : { body }) };
}

async function accountOfProposal(tx: Tx, body: unknown, actor: Actor) {
  const { account } = body as AccountProposal;
  const row = await tx.account.findUniqueOrThrow({ where: { id: account } });
  return { body: { account }, account: shownAccount(row, actor) };
}
