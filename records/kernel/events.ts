import type { Json } from '../../prisma/db';
import type { EventType } from '../../domain/words/events.en';
import type { Unit } from './transaction';

/** Whom and what an event is about, for timelines and reports. */
export interface About {
  caseId?: string | null;
  personId?: string | null;
  employerId?: string | null;
}

type Params = Record<string, Json | null | undefined>;

/** Adds one event to the append-only record: who (the unit's actor), when, what, on what grounds. */
export async function record(
  unit: Unit,
  type: EventType,
  about: About,
  params: Params = {},
  grounds?: string,
): Promise<void> {
  const data = rowOf(unit, { type, about, params, subject: unit.subject }, await policyOf(unit), grounds);
  await unit.tx.event.create({ data });
}

/** An event among many of one transaction, each of its own subject. */
export interface Entry {
  type: EventType;
  about: About;
  params?: Params;
  subject: string;
}

/** Adds many events at once, in their order. */
export async function recordAll(unit: Unit, entries: readonly Entry[]): Promise<void> {
  const policyId = await policyOf(unit);
  await unit.tx.event.createMany({ data: entries.map((entry) => rowOf(unit, entry, policyId)) });
}

/** The version that what happens now is decided under. */
const policyOf = async (unit: Unit): Promise<string> => (await unit.law()).policyOn(unit.today).id;

const rowOf = (
  unit: Unit,
  { type, about, params = {}, subject }: Entry,
  policyId: string,
  grounds?: string,
) => ({
  at: unit.now,
  type,
  params: params as Json,
  grounds: grounds ?? null,
  actorId: unit.actor.id,
  actorRole: unit.actor.role,
  subject,
  caseId: about.caseId ?? null,
  personId: about.personId ?? null,
  employerId: about.employerId ?? null,
  policyId,
  correlationId: unit.correlationId,
});
