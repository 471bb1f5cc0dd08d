import type { Json } from '../prisma/db';
import type { EventType } from '../domain/words/events.en';
import type { Unit } from './unit';

/** Whom and what an event is about, for timelines and reports. */
export interface About {
  caseId?: string | null;
  personId?: string | null;
  employerId?: string | null;
}

/** Adds one event to the append-only record: who (the unit's actor), when, what, on what grounds. */
export async function record(
  unit: Unit,
  type: EventType,
  about: About,
  params: Record<string, Json | null | undefined> = {},
  grounds?: string,
): Promise<void> {
  await unit.tx.event.create({
    data: {
      at: unit.now,
      type,
      params: params,
      grounds: grounds ?? null,
      actorId: unit.actor.id,
      actorRole: unit.actor.role,
      subject: unit.subject,
      caseId: about.caseId ?? null,
      personId: about.personId ?? null,
      employerId: about.employerId ?? null,
      correlationId: unit.correlationId,
    },
  });
}
