import type { Json } from '../../prisma/db';
import type { EventType } from '../../domain/words/words';
import type { EventRow } from './entries';
import type { Transaction } from './transaction';

/** The case, person and employer that an event is about, for timelines and reports. */
export interface About {
  caseId?: string | null;
  personId?: string | null;
  employerId?: string | null;
}

type Params = Record<string, Json | null | undefined>;

/** Adds one event to the append-only record: the transaction’s actor and instant, the type, its parameters and grounds. */
export async function record(
  transaction: Transaction,
  type: EventType,
  about: About,
  params: Params = {},
  grounds?: string,
): Promise<void> {
  const entry = { type, about, params, subject: transaction.subject };
  transaction.entries.events.push(rowOf(transaction, entry, await policyOf(transaction), grounds));
}

/** Adds the event of a defect, under no version of the policy: the defect may be in the law itself. */
export function recordDefect(transaction: Transaction, params: Params): void {
  const entry = { type: 'defect', about: {}, params, subject: transaction.subject } as const;
  transaction.entries.events.push(rowOf(transaction, entry, ''));
}

/** One of many events of a transaction, each with a subject of its own. */
export interface Entry {
  type: EventType;
  about: About;
  params?: Params;
  subject: string;
}

/** Adds many events at once, in their order. */
export async function recordAll(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
  const policyId = await policyOf(transaction);
  transaction.entries.events.push(...entries.map((entry) => rowOf(transaction, entry, policyId)));
}

/** The number of the policy's version in force today. */
const policyOf = async (transaction: Transaction): Promise<string> =>
  (await transaction.law()).policyOn(transaction.today).id;

const rowOf = (
  transaction: Transaction,
  { type, about, params = {}, subject }: Entry,
  policyId: string,
  grounds?: string,
): EventRow => ({
  at: transaction.now,
  type,
  params,
  grounds: grounds ?? null,
  actorId: transaction.actor.id,
  actorRole: transaction.actor.role,
  subject,
  caseId: about.caseId ?? null,
  personId: about.personId ?? null,
  employerId: about.employerId ?? null,
  policyId,
  correlationId: transaction.correlationId,
});
