import { z } from 'zod';
import {
  keyOfWord,
  type TermNames,
  type Vocabulary,
  type VocabularyName,
  vocabularyNames,
} from '../../domain/vocabulary';
import type { Prisma, VocabularyTerm } from '../../prisma/generated/client';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { notNow, Refusal } from '../../records/kernel/refusal';
import { checkRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { namesOf } from '../../records/reads/names';
import { closeExplained, isUnexplained, unexplained } from '../../records/words-to-explain';
import { asCommand } from '../http/commands';
import { line } from '../http/fields';
import { filter, is, queryOf } from '../http/filters';
import { pageRoute } from '../http/page-route';
import { eventsRoute } from '../http/events-route';
import { after, page, pageOf, rowsToRead, totalOf } from '../http/paging';
import { notFound } from '../http/problem';
import { overseers } from '../http/readers';
import { type Ctx, ok, route } from '../http/route';
import { flag } from '../http/stateful';
import { wrongFields } from '../http/validation';
import { importing } from './vocabulary-import';
import {
  edit,
  edited,
  fields,
  idOfTerm,
  inVocabulary,
  params,
  shown,
  tag,
  term,
  termCode,
  wrongCode,
} from './vocabulary-shape';

const list = pageRoute<Prisma.VocabularyTermWhereInput>()({
  path: '/vocabularies/{vocabulary}/terms',
  tag,
  summary: 'The terms of a vocabulary',
  who: 'anyone signed in',
  params: inVocabulary,
  filters: {
    word: filter(
      line.meta({ description: 'A part of a code, name or synonym, in either script.' }),
      async (word, { records: { db } }) => ({ id: { in: termsWith(word, await readVocabulary(db, db)) } }),
    ),
    retired: is('retired', flag),
  },
  item: term,
  parts: ({ params: { vocabulary } }) => [{ vocabulary }],
  after: (gt) => ({ code: { gt } }),
  read: ({ records }, find) => records.db.vocabularyTerm.findMany({ ...find, orderBy: { code: 'asc' } }),
  count: (db, find) => db.vocabularyTerm.count(find),
  keyOf: ({ code }) => code,
  shown,
});

const termsWith = (word: string, known: Vocabulary): string[] =>
  vocabularyNames.flatMap((vocabulary) =>
    known.codesWith(vocabulary, keyOfWord(word)).map((code) => idOfTerm({ vocabulary, code })),
  );

const one = route({
  method: 'get',
  path: '/vocabularies/{vocabulary}/terms/{code}',
  tag,
  summary: 'One term',
  who: 'anyone signed in',
  params,
  answers: { 200: edited },
  handle: async (ctx) => ok(await edit(ctx.records.db, await named(ctx))),
});

async function named({ records, params: of }: Ctx<z.output<typeof params>>): Promise<VocabularyTerm> {
  const row = await records.db.vocabularyTerm.findUnique({ where: { id: idOfTerm(of) } });
  if (!row) throw notFound();
  return row;
}

const create = route({
  method: 'post',
  path: '/vocabularies/{vocabulary}/terms',
  tag,
  summary: 'Record a term',
  who: ['administrator'],
  command: true,
  params: inVocabulary,
  body: z.strictObject({ code: termCode, names: fields.names, synonyms: fields.synonyms.default([]) }),
  answers: { 201: edited },
  handle: (ctx) => {
    const { code, names, synonyms } = ctx.body;
    const { vocabulary } = ctx.params;
    const id = idOfTerm({ vocabulary, code });
    return asCommand(ctx, { name: 'term', subject: `term/${id}`, body: ctx.body }, async (transaction) => {
      const wrong = wrongCode(vocabulary, code);
      if (wrong) throw wrongFields('wrong_code', [wrong]);
      if (await transaction.tx.vocabularyTerm.findUnique({ where: { id } }))
        throw notNow('already_recorded', 'This term is recorded already. Use PUT to change it.');
      const row = await transaction.tx.vocabularyTerm.create({
        data: { id, vocabulary, code, names, synonyms },
      });
      await record(transaction, 'term_recorded', {}, { vocabulary, code, term: names['uz-Latn'] });
      await closeExplained(transaction);
      return { status: 201, body: await edit(transaction.tx, row) };
    });
  },
});

const change = route({
  method: 'put',
  path: '/vocabularies/{vocabulary}/terms/{code}',
  tag,
  summary: 'Change the names and synonyms of a term, or retire it',
  who: ['administrator'],
  command: true,
  edits: true,
  params,
  body: z.strictObject({ ...fields, retired: fields.retired.default(false) }),
  answers: { 200: edited },
  handle: (ctx) => {
    const id = idOfTerm(ctx.params);
    return asCommand(ctx, { name: 'term', subject: `term/${id}`, body: ctx.body }, async (transaction) => {
      const before = await lockTerm(transaction, ctx.params);
      await checkRevision(transaction);
      const { data } = changesOf(before, ctx.body);
      const row = await transaction.tx.vocabularyTerm.update({ where: { id }, data });
      const params = { ...ctx.params, term: ctx.body.names['uz-Latn'] };
      await recordChange(transaction, { kind: 'term', key: id, before, said: data, params });
      await closeExplained(transaction);
      return { status: 200, body: await edit(transaction.tx, row) };
    });
  },
});

async function lockTerm(
  { tx }: Transaction,
  { vocabulary, code }: { vocabulary: VocabularyName; code: string },
) {
  const id = idOfTerm({ vocabulary, code });
  await tx.$queryRaw`SELECT id FROM vocabulary_terms WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.vocabularyTerm.findUnique({ where: { id } });
  if (!row) throw new Refusal(404, 'not_found', `The vocabulary ${vocabulary} has no term ${code}.`);
  return row;
}

const toExplain = z
  .object({
    word: z.string(),
    kinds: z.array(z.enum(vocabularyNames)).meta({
      description: 'The vocabularies in which the word may be explained, by its place in the recommendation.',
    }),
    cases: z.array(z.string()),
    people: z.array(z.object({ case: z.string(), id: z.string(), name: z.string() })),
  })
  .meta({ id: 'WordToExplain' });

const words = route({
  method: 'get',
  path: '/vocabularies/words',
  tag,
  summary: 'Words of work recommendations that no vocabulary has',
  description: 'For each word the cases of the caller’s area that wait for its explanation.',
  who: ['employment_officer', 'administrator'],
  query: queryOf({}),
  answers: { 200: pageOf(toExplain) },
  async handle({ records: { db }, actor, query }) {
    const waiting = await unexplained(db, await readVocabulary(db, db), actor.area);
    const unknown = [...new Set(waiting.flatMap((each) => each.words))].toSorted();
    const from = Number(after(query) ?? 0);
    const places = unknown.map((word, n) => ({ word, key: String(n + 1) }));
    const nextWords = places.slice(from, from + rowsToRead(query));
    const nameOf = await namesOf(
      db,
      waiting.map(({ personId }) => personId),
    );
    const shownWord = ({ word }: { word: string }) => {
      const asked = waiting.filter((each) => each.words.includes(word));
      return {
        word,
        kinds: [...new Set(asked.flatMap(({ kindsOf }) => kindsOf(word)))],
        cases: asked.map(({ caseId }) => caseId),
        people: asked.map(({ caseId, personId: id }) => ({ case: caseId, id, name: nameOf(id) ?? id })),
      };
    };
    const total = await totalOf((most) => Promise.resolve(Math.min(most, unknown.length)));
    return ok(page(query, nextWords, total, ({ key }) => key, shownWord));
  },
});

const explain = route({
  method: 'post',
  path: '/vocabularies/{vocabulary}/words',
  tag,
  summary: 'Give codes to a word of a work recommendation',
  description:
    'The word becomes a synonym of each term. The task `recommendation_words` of each case ends once all of its words have ' +
    'codes. The matches of those people change at once. Of TIEK’s kinds of work that are not suitable, a word may also ' +
    'be explained as a condition, such as *no night work*.',
  who: ['employment_officer', 'administrator'],
  command: true,
  actions: ['task.words'],
  params: inVocabulary,
  body: z.strictObject({ word: line, codes: z.array(termCode).min(1).max(50) }),
  answers: { 200: z.object({ terms: z.array(term) }) },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'word', subject: `vocabulary/${ctx.params.vocabulary}`, body: ctx.body },
      async (transaction) => {
        const { word, codes } = ctx.body;
        const { vocabulary } = ctx.params;
        await checkAsked(transaction, word);
        const terms = [];
        for (const code of [...new Set(codes)].toSorted()) {
          const { id, names, retired, synonyms } = await lockNamed(transaction, vocabulary, code);
          if (retired) throw wrongFields('retired', [{ field: 'codes', detail: `${code} is retired.` }]);
          const data = { synonyms: [...synonyms, word] };
          terms.push(await transaction.tx.vocabularyTerm.update({ where: { id }, data }));
          await record(
            { ...transaction, subject: `term/${id}` },
            'term_changed',
            {},
            { vocabulary, code, term: (names as TermNames)['uz-Latn'], fields: 'synonyms' },
          );
        }
        await closeExplained(transaction);
        return { status: 200, body: { terms: terms.map(shown) } };
      },
    ),
});

/** An employment officer explains the words of their area. All other changes are the administrator's. */
async function checkAsked(transaction: Transaction, word: string): Promise<void> {
  const { actor, tx } = transaction;
  if (actor.role === 'administrator') return;
  const waiting = await unexplained(tx, await transaction.vocabulary(), actor.area);
  if (!isUnexplained(waiting, word))
    throw notNow(
      'not_asked',
      'No case of your area waits for this word. See GET /v1/vocabularies/words, or ask the administrator.',
    );
}

async function lockNamed(transaction: Transaction, vocabulary: VocabularyName, code: string) {
  return lockTerm(transaction, { vocabulary, code }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw wrongFields('unknown_code', [{ field: 'codes', detail: error.detail }]);
  });
}

const events = eventsRoute({
  path: '/vocabularies/{vocabulary}/terms/{code}/events',
  tag,
  summary: 'What was recorded and changed of a term: who, when, which fields',
  who: overseers,
  params,
  eventsOf: async (ctx) => ({ subject: `term/${(await named(ctx)).id}` }),
});

export const vocabularyRoutes = [words, list, create, importing, one, events, change, explain];
