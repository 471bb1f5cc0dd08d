import type { ObligationKind } from '../../domain/obligations';
import type { Json } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { type About, record } from '../../records/kernel/events';
import { askTwiceADay, closeTasks, openTask, openWait, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { Step } from '../row-handlers';

/** A document that a person is asked for in place of a register's answer. */
export interface Evidence {
  /** The wait for the document. */
  kind: ObligationKind;
  ref?: string;
  /** Who brings it. */
  place: Place;
  about: About;
  /** What the event names beside the register. */
  params?: Record<string, Json>;
}

/** Asks a person for a document in place of the labour register's answer. One that is asked for already stays as it is. */
export async function askForEvidence(
  transaction: Transaction,
  { kind, ref = '', place, about, params }: Evidence,
): Promise<void> {
  if (await openWait(transaction, kind, ref)) return;
  await openTask(transaction, { ...place, kind, ref });
  await record(transaction, 'evidence_asked', about, { register: 'YAMMT', ...params });
}

/**
 * The step after the labour register's long silence: a person is asked for a document; the register is asked on, and the first
 * answer settles it. Where nobody needs the answer any more the question ends.
 */
export const evidenceAfterSilence =
  <Row>({
    read,
    isNeeded = () => true,
    evidence,
  }: {
    read: (transaction: Transaction, id: string) => Promise<Row>;
    isNeeded?: (row: Row) => boolean;
    evidence: (row: Row) => Evidence;
  }): Step =>
  async (transaction, id, task) => {
    const row = await read(transaction, id);
    if (!isNeeded(row)) return endQuestion(transaction, task);
    await askTwiceADay(transaction, task);
    await askForEvidence(transaction, evidence(row));
  };

/**
 * The step after the labour register's long silence about a contract: a person is asked for a document. Only a row that still
 * waits to have the contract confirmed needs one.
 */
export const evidenceOfContract = <Row extends { state: string }>(
  read: (transaction: Transaction, id: string) => Promise<Row>,
  asked: (row: Row) => Omit<Evidence, 'kind'>,
): Step =>
  evidenceAfterSilence({
    read,
    isNeeded: ({ state }) => state === 'confirming',
    evidence: (row) => ({ kind: 'contract_evidence', ...asked(row) }),
  });

/** The labour register is not asked any more: what it would say comes too late, or by the document. */
export async function endQuestion(transaction: Transaction, { kind, ref }: Task): Promise<void> {
  await closeTasks(transaction, { kinds: [kind as ObligationKind], ref }, 'register_silent');
}
