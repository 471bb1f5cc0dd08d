import { citationOf } from '../../domain/citation';
import type { Actor } from '../../domain/roles';
import { eventInWords } from '../../domain/words/words';
import type { Db } from '../../prisma/db';
import type { Event } from '../../prisma/generated/client';
import { readLaw } from '../kernel/law';
import { namedIn, namesOf, namesOfOfficials } from './names';
import { readerOf } from './reader';

/** Events in words, each with its actor and the rule that it rests on. They keep their order. */
export async function happened(db: Db, events: readonly Event[], actor: Actor, now: Date) {
  const officials = await namesOfOfficials(
    db,
    events.map(({ actorId }) => actorId),
  );
  const reader = readerOf(actor, now, await namesOf(db, namedIn(events)));
  const { policies } = await readLaw(db, db, now);
  return events.map(({ at, type, params: written, grounds, actorId, actorRole, subject, policyId }) => {
    const params = written as Record<string, unknown>;
    return {
      at,
      type,
      words: eventInWords(reader, type, params),
      grounds,
      by: { id: actorId, name: officials(actorId) ?? null, role: actorRole },
      subject,
      citation: citationOf(policies, { type, params, version: policyId }) ?? null,
    };
  });
}
