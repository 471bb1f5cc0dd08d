import { z } from 'zod';
import { recommendationOf, saidOfWork } from '../../domain/eligibility';
import type { Reason, Seeker } from '../../domain/matching';
import { seekerOf } from '../../domain/seeker';
import { termName, type Vocabulary } from '../../domain/vocabulary';
import { reasonInWords } from '../../domain/words/words';
import { namesOf } from '../../records/reads/names';
import { languageOf, readerOf } from '../../records/reads/reader';
import { notFound } from '../http/problem';
import type { Ctx } from '../http/route';
import { visibleCases } from '../http/visible';

/** The person of a case beside jobs or courses. */

const number = z.int().meta({ example: 12 });
export const totals = z.object({ suitable: number, notSuitable: number }).meta({ id: 'MatchTotals' });
export const reason = z
  .object({ code: z.string(), for: z.boolean(), words: z.string() })
  .meta({ id: 'Reason' });

/** The person of a case that the caller sees, for matching. @throws Problem 404 for any other case */
export async function seekerOfCase(
  { records: { db }, actor, params }: Ctx<{ id: string }>,
  vocabulary: Vocabulary,
): Promise<{ seeker: Seeker; region: string; recommendation: string | null }> {
  const where = { AND: [visibleCases(actor)], ...params };
  const row = await db.case.findFirst({ where, include: { person: true } });
  if (!row) throw notFound();
  const { person } = row;
  return {
    seeker: seekerOf(person, saidOfWork(row, person.recommendation), vocabulary),
    region: person.mahalla.slice(0, 4),
    recommendation: recommendationOf(row, person.recommendation)?.words ?? null,
  };
}

/**
 * How the reasons for and against offers are said to the caller.
 *
 * @param districts of the offers
 */
export async function reasonsInWords(
  { records: { db }, actor, now }: Ctx,
  vocabulary: Vocabulary,
  districts: readonly string[],
  offer: 'job' | 'course' = 'job',
) {
  const places = await namesOf(db, new Set(districts));
  const language = languageOf(actor);
  const reader = readerOf(actor, now, (code) => termName(vocabulary, code, language) ?? places(code));
  return (why: Reason) => ({ code: why.code, for: why.for, words: reasonInWords(reader, why, offer) });
}
