import { citationOf } from '../../domain/citation';
import type { Actor } from '../../domain/roles';
import type { VocabularyName } from '../../domain/vocabulary';
import { eventInWords } from '../../domain/words/words';
import type { Db } from '../../prisma/db';
import type { Event } from '../../prisma/generated/client';
import { readLaw } from '../kernel/law';
import { readVocabulary } from '../kernel/vocabulary';
import { namedIn, type NameOf, namesOf, namesOfOfficials } from './names';
import { languageOf, readerOf } from './reader';

/** Changes whose values are terms of the vocabularies. */
const withTerms: ReadonlySet<string> = new Set(['vacancy_changed', 'centre_changed', 'course_changed']);

/** Events in words, each with its actor and the rule that it rests on. They keep their order. */
export async function happened(db: Db, events: readonly Event[], actor: Actor, now: Date) {
  const officials = await namesOfOfficials(
    db,
    events.map(({ actorId }) => actorId),
  );
  const names = await namesOf(db, namedIn(events));
  const terms = events.some(({ type }) => withTerms.has(type)) ? await termNames(db, actor) : undefined;
  const reader = readerOf(actor, now, (id) => names(id) ?? terms?.(id));
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

/** The names of terms by `<vocabulary>/<code>`. */
async function termNames(db: Db, actor: Actor): Promise<NameOf> {
  const vocabulary = await readVocabulary(db, db);
  return (id) => {
    const [kind, code] = id.split('/');
    return code === undefined
      ? undefined
      : vocabulary.nameOf(kind as VocabularyName, code, languageOf(actor));
  };
}
