import type { Succession, SuccessionDraft } from '../../contracts/approval';
import type { Document } from '../../contracts/fields';
import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import type { Approval, Employer } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { nextNumber } from '../kernel/numbers';
import { notNow, wrongField } from '../kernel/refusal';
import { lockRow, move, subjectOf } from '../kernel/rows';
import { closeTasks, openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { inRow } from '../kernel/wake';
import { tookPart } from '../kernel/participations';
import { openDecision, propose } from './proposing';

/** An employer's proposed successor. */
export type SuccessorProposal = {
  /** The successor's STIR. */
  successor: string;
  date: Day;
  document?: Document;
};

const aboutEmployer = (employerId: string): string => `employer/${employerId}`;

/**
 * The labour register says that a contract ended and goes on with another STIR. That is a question to the employment officer, not
 * an end [money §6]. It is drafted once for an employer. After a rejection it is not asked again.
 *
 * @returns whether it is a question
 */
export async function questionSuccession(
  transaction: Transaction,
  employer: Pick<Employer, 'id' | 'district'>,
  said: { successor: string; date: Day },
): Promise<boolean> {
  const about = aboutEmployer(employer.id);
  const known = await transaction.tx.approval.findMany({ where: { kind: 'successor', about } });
  const none = (row: Approval) =>
    row.state === 'rejected' && (row.body as SuccessorProposal).successor === said.successor;
  if (known.some(none)) return false;
  if (known.some(({ open }) => open)) return true;
  const id = await nextNumber(transaction.tx, 'approval');
  await transaction.tx.approval.create({
    data: {
      id,
      kind: 'successor',
      about,
      area: employer.district,
      employerId: employer.id,
      state: 'drafted',
      since: transaction.now,
      body: { ...said },
      correlationId: transaction.correlationId,
    },
  });
  const there = inRow(transaction, subjectOf('approval', id));
  await openTask(there, { kind: 'successor_draft', area: employer.district, employerId: employer.id });
  await record(there, 'proposal', { employerId: employer.id }, { kind: 'successor', approval: id });
  return true;
}

/**
 * Proposes another enterprise as an employer's successor, by a document. A draft becomes the proposal.
 *
 * @returns the proposal's number
 * @throws Refusal 409 `proposed_already`, and before the day of the takeover; 422 for an unknown successor
 */
export async function proposeSuccession(
  transaction: Transaction,
  employer: Employer,
  body: Succession,
): Promise<string> {
  await checkSuccessor(transaction, employer.id, body);
  const about = aboutEmployer(employer.id);
  const draft = await transaction.tx.approval.findFirst({
    where: { kind: 'successor', about, state: 'drafted' },
  });
  if (draft) {
    await lockRow(transaction.tx, 'approval', draft.id);
    await takeUp(transaction, draft, body);
    return draft.id;
  }
  return propose(transaction, {
    kind: 'successor',
    about,
    area: employer.district,
    employerId: employer.id,
    body: body,
  });
}

/** Decides a draft: a document proposes the succession, or there is no succession and the contracts ended. */
export async function answerDraft(
  transaction: Transaction,
  row: Approval,
  body: SuccessionDraft,
): Promise<void> {
  if (!('none' in body)) {
    const { successor } = row.body as SuccessorProposal;
    const proposal = { ...body, successor };
    await checkSuccessor(transaction, row.employerId ?? '', proposal);
    return takeUp(transaction, row, proposal);
  }
  await closeTasks(transaction, {}, 'none');
  await move(transaction, 'approval', row, 'rejected', {
    decision: { approve: false, words: body.words },
    decidedBy: transaction.actor.id,
    decidedAt: transaction.now,
  });
  const params = { kind: 'successor', approval: row.id };
  await record(transaction, 'proposal_rejected', { employerId: row.employerId }, params, body.words);
}

async function takeUp(transaction: Transaction, row: Approval, body: Succession): Promise<void> {
  const there = inRow(transaction, subjectOf('approval', row.id));
  await closeTasks(there, {}, 'proposed');
  await tookPart(there, 'proposed');
  await move(there, 'approval', row, 'deciding', {
    body: body as Json,
    proposedBy: transaction.actor.id,
    proposedAt: transaction.now,
  });
  await record(
    there,
    'proposal',
    { employerId: row.employerId },
    { kind: 'successor', approval: row.id },
    `${body.document.number} (${body.document.date})`,
  );
  await openDecision(there, row);
}

async function checkSuccessor(
  transaction: Transaction,
  employerId: string,
  { successor, date }: Pick<Succession, 'successor' | 'date'>,
): Promise<void> {
  const found = await transaction.tx.employer.findUnique({ where: { stir: successor, state: 'active' } });
  if (!found || found.id === employerId)
    throw wrongField(
      'successor',
      'unknown_employer',
      'No active employer with this STIR is recorded: record it first.',
    );
  if (date > transaction.today)
    throw notNow('not_yet', `The successor takes over on ${date}: propose it on that day or later.`);
}
