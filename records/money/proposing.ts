import type { Fund } from '../../domain/fund';
import { partiesOf } from '../../domain/money/payee';
import type { ApprovalKind } from '../../domain/pathways/approval';
import type { Json } from '../../prisma/db';
import type { Approval } from '../../prisma/generated/client';
import { type About, record } from '../kernel/events';
import { nextNumber } from '../kernel/numbers';
import { notNow } from '../kernel/refusal';
import { move, subjectOf } from '../kernel/rows';
import { closeTasks, openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { inRow } from '../kernel/wake';
import { barredFrom, tookPart } from '../kernel/participations';

/** A proposal that another person decides [money §7]. */
export interface Proposal {
  kind: ApprovalKind;
  /** The row that changes, e.g. `line/hire_pwd-1703-2024`: one proposal of a kind at a time. */
  about: string;
  /** The area of the office that decides: a SOATO prefix. */
  area: string;
  /** The fund of the money that it is about, if it is about money. */
  fund?: Fund;
  employerId?: string;
  body: Json;
  /** The grounds in words, or the act. */
  grounds?: string;
  /** The wait that comes first. Without one, the second person decides at once. */
  first?: 'holder_answer' | 'correction_objection';
}

/**
 * Records a proposal that another person decides, in any transaction. The acting person has taken part in it, and its workflow
 * is woken.
 *
 * @returns the proposal's number, AP-000001
 * @throws Refusal 409 while the same is proposed already, with its number
 */
export async function propose(transaction: Transaction, it: Proposal): Promise<string> {
  const { kind, about } = it;
  const open = await transaction.tx.approval.findFirst({ where: { kind, about, open: true } });
  if (open) throw notNow('proposed_already', `This is proposed already and not decided yet: ${open.id}.`);
  const id = await nextNumber(transaction.tx, 'approval');
  const row = await transaction.tx.approval.create({
    data: {
      id,
      kind,
      about,
      area: it.area,
      fund: it.fund ?? null,
      employerId: it.employerId ?? null,
      state: it.first ? 'preparing' : 'deciding',
      since: transaction.now,
      body: it.body,
      grounds: it.grounds ?? null,
      proposedBy: transaction.actor.id,
      proposedAt: transaction.now,
      correlationId: transaction.correlationId,
    },
  });
  const there = inRow(transaction, subjectOf('approval', id));
  await tookPart(there, 'proposed');
  await record(
    there,
    'proposal',
    { employerId: row.employerId, personId: personOf(row) },
    { kind, approval: id },
    it.grounds,
  );
  if (it.first)
    await openTask(there, {
      kind: it.first,
      area: it.area,
      ...ofFund(row),
      employerId: row.employerId,
      personId: personOf(row),
      firesAt: transaction.now,
    });
  else await openDecision(there, row);
  return id;
}

/** The person whose account is proposed. */
export const personOf = ({ kind, about }: Pick<Approval, 'kind' | 'about'>): string | null =>
  kind === 'persons_account' ? partiesOf(about).personId : null;

/** A proposal about no fund's money is decided by the employment fund's office. */
const ofFund = ({ fund }: Pick<Approval, 'fund'>) => (fund === null ? {} : { fund });

/** Opens the wait of the second person. Those who took part are barred. Where nobody else is, the next level has it. */
export async function openDecision(
  transaction: Transaction,
  row: Pick<Approval, 'kind' | 'about' | 'area' | 'fund' | 'employerId'>,
): Promise<void> {
  const { kind, area, employerId } = row;
  await openTask(transaction, {
    kind: `decide_${kind as ApprovalKind}`,
    area,
    ...ofFund(row),
    employerId,
    personId: personOf(row),
    barred: await barredFrom(transaction.tx, 'approval', [transaction.subject]),
  });
}

/**
 * Nobody decides a proposal any more: what it was about has gone on without it. Its waits end.
 *
 * @param row an open proposal
 */
export async function overtake(transaction: Transaction, row: Approval, about: About): Promise<void> {
  const there = inRow(transaction, subjectOf('approval', row.id));
  await closeTasks(there, {}, 'overtaken');
  await move(there, 'approval', row, 'rejected', {
    decision: { overtaken: true },
    decidedAt: transaction.now,
  });
  await record(there, 'proposal_overtaken', about, { kind: row.kind, approval: row.id });
}
