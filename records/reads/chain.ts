import { without } from './shown';
import { monthsClaim } from '../../domain/money/claim-id';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import { subjectOf, subjectOfSubsidy } from '../kernel/rows';
import { happened } from './happened';

/**
 * The evidence for a claim [money §9]: the order, the registers' raw answers with their instants, the calculation with version
 * and BHM, the persons who proposed and approved, the account, every attempt to pay and every receipt.
 */
export async function chainOf(db: Db, id: string, actor: Actor, now: Date) {
  const { subsidy, payments, ...claim } = await db.claim.findUniqueOrThrow({
    where: { id },
    include: {
      subsidy: true,
      payments: { orderBy: { attempt: 'asc' }, include: { account: true } },
    },
  });
  const month = subjectOf('claim', monthsClaim(claim));
  const corrections = await db.approval.findMany({
    where: { kind: 'correction', about: month },
    select: { id: true },
  });
  const subjects = [
    ...new Set([subjectOfSubsidy(subsidy.id), month, subjectOf('claim', id)]),
    ...corrections.map((correction) => subjectOf('approval', correction.id)),
  ];
  const answers = await db.registerAnswer.findMany({
    where: { subject: { in: subjects } },
    orderBy: { id: 'asc' },
  });
  const receipts = await db.statementEntry.findMany({
    where: { reference: { in: payments.map(({ key }) => key) } },
    orderBy: [{ statement: { day: 'asc' } }, { n: 'asc' }],
    include: { statement: { select: { day: true } } },
  });
  const entries = await db.ledgerEntry.findMany({ where: { claimId: id }, orderBy: { id: 'asc' } });
  const used = payments.map(({ account }) => account);
  const standing = await db.account.findMany({ where: { payee: claim.payee, state: 'confirmed' } });
  return {
    order: subsidy.order,
    policy: subsidy.policyId,
    application: { on: subsidy.appliedOn, review: subsidy.review },
    answers: answers.map(({ register, subject, kind: question, askedAt, answer, raw }) => ({
      register,
      subject,
      question,
      askedAt,
      answer,
      raw,
    })),
    declaration: claim.declaration,
    earlierDeclarations: claim.earlierDeclarations,
    resolution: claim.resolution,
    calculation: claim.calculation,
    approval: claim.approval,
    steps: await stepsOf(db, subjects, actor, now),
    accounts: [...new Map([...used, ...standing].map((account) => [account.id, account])).values()].map(
      (account) => without(account, 'payee', 'personId', 'holderPinfl'),
    ),
    attempts: payments.map(({ account: _account, claimId: _claim, ...attempt }) => attempt),
    receipts: receipts.map(({ statementId: _statement, statement: { day }, ...entry }) => ({
      day,
      ...entry,
    })),
    postings: entries.map(({ at, event, lineId, account, amount, posting, actorId }) => ({
      at,
      event,
      line: lineId,
      account,
      amount,
      posting,
      by: actorId,
    })),
  };
}

/** All acts with their actors: entered, reviewed, signed, resolved, approved. */
async function stepsOf(db: Db, subjects: readonly string[], actor: Actor, now: Date) {
  const events = await db.event.findMany({
    where: { subject: { in: [...subjects] } },
    orderBy: { id: 'asc' },
  });
  return happened(db, events, actor, now);
}
