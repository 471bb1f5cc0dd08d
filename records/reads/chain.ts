import { monthsClaim } from '../../domain/money/claim-id';
import { citationOf } from '../../domain/citation';
import { eventInWords } from '../../domain/words/words';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { policyOf } from '../kernel/law';
import { subjectOf, subjectOfSubsidy } from '../kernel/rows';
import { namedIn, namesOf } from './names';
import { readerOf } from './reader';

/**
 * The evidence for a claim [money §9]: the order, the registers' raw answers with their instants, the calculation with version
 * and BHM, the persons who proposed and approved, the account, every attempt to pay and every receipt.
 */
export async function chainOf(tx: Tx, id: string, actor: Actor, at: Date) {
  const { subsidy, payments, ...claim } = await tx.claim.findUniqueOrThrow({
    where: { id },
    include: {
      subsidy: true,
      payments: { orderBy: { attempt: 'asc' }, include: { account: true } },
    },
  });
  const month = subjectOf('claim', monthsClaim(claim));
  const corrections = await tx.approval.findMany({
    where: { kind: 'correction', about: month },
    select: { id: true },
  });
  const subjects = [
    ...new Set([subjectOfSubsidy(subsidy.id), month, subjectOf('claim', id)]),
    ...corrections.map((correction) => subjectOf('approval', correction.id)),
  ];
  const answers = await tx.registerAnswer.findMany({
    where: { subject: { in: subjects } },
    orderBy: { id: 'asc' },
  });
  const receipts = await tx.statementEntry.findMany({
    where: { reference: { in: payments.map(({ key }) => key) } },
    orderBy: [{ statementId: 'asc' }, { n: 'asc' }],
  });
  const entries = await tx.ledgerEntry.findMany({ where: { claimId: id }, orderBy: { id: 'asc' } });
  const used = payments.map(({ account }) => account);
  const now = await tx.account.findMany({ where: { employerId: claim.employerId, state: 'confirmed' } });
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
    steps: await stepsOf(tx, subjects, actor, at),
    accounts: [...new Map([...used, ...now].map((account) => [account.id, account])).values()],
    attempts: payments.map(({ account: _account, claimId: _claim, ...attempt }) => attempt),
    receipts: receipts.map(({ statementId: day, ...entry }) => ({ day, ...entry })),
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
async function stepsOf(tx: Tx, subjects: readonly string[], actor: Actor, at: Date) {
  const active = await tx.policyVersion.findMany({ where: { state: 'active' } });
  const policies = active.map(policyOf);
  const events = await tx.event.findMany({
    where: { subject: { in: [...subjects] } },
    orderBy: { id: 'asc' },
  });
  const officials = await tx.official.findMany({
    where: { id: { in: [...new Set(events.map(({ actorId }) => actorId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(officials.map(({ id, name }) => [id, name]));
  const reader = readerOf(actor, at, await namesOf(tx, namedIn(events)));
  return events.map(({ at, type, params, grounds, actorId, actorRole, subject, policyId }) => ({
    at,
    type,
    words: eventInWords(reader, type, params as Record<string, unknown>),
    grounds,
    by: { id: actorId, name: names.get(actorId) ?? null, role: actorRole },
    subject,
    citation:
      citationOf(policies, { type, params: params as Record<string, unknown>, version: policyId }) ?? null,
  }));
}
