import type { ObligationKind } from '../../domain/obligations';
import type { RegisterName } from '../../domain/registers';
import type { Json } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { type About, record } from '../../records/kernel/events';
import { askTwiceADay, closeTasks, openTask, openWait, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { Step } from '../row-handlers';

/** A document that replaces a register's answer. An official is asked for the document. */
export interface Evidence {
  /** The wait for the document. */
  kind: ObligationKind;
  ref?: string;
  /** Who brings it. */
  place: Place;
  about: About;
  /** The register that was asked; the labour register unless given. */
  register?: RegisterName;
  /** The event's parameters beside the register. */
  params?: Record<string, Json>;
}

/** Asks for a document in place of the labour register's answer. An earlier request for the document stays as it is. */
export async function askForEvidence(
  transaction: Transaction,
  { kind, ref = '', place, about, register, params }: Evidence,
): Promise<void> {
  if (await openWait(transaction, kind, ref)) return;
  await openTask(transaction, { ...place, kind, ref });
  await record(transaction, 'evidence_asked', about, { register: register ?? 'YAMMT', ...params });
}

/**
 * The step after the labour register's long silence: an official is asked for a document. The register is asked on. The first
 * answer counts, from the register or by a document. If nobody needs the answer any more, the question ends.
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
 * The step after the labour register's long silence about a contract: an official is asked for a document. Only a row that
 * still waits for the confirmation of the contract needs a document.
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

/** Ends the question to the labour register. Its answer would come too late, or a document has replaced it. */
export async function endQuestion(transaction: Transaction, { kind, ref }: Task): Promise<void> {
  await closeTasks(transaction, { kinds: [kind as ObligationKind], ref }, 'register_silent');
}
