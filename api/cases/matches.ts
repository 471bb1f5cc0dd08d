import { z } from 'zod';
import { recommendationOf, saidOfWork } from '../../domain/eligibility';
import { match, type Reason } from '../../domain/matching';
import { jobOf, seekerOf } from '../../domain/seeker';
import { type Vocabulary, vocabularyNames } from '../../domain/vocabulary';
import { reasonInWords } from '../../domain/words/words';
import type { Employer, Vacancy } from '../../prisma/generated/client';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { namesOf } from '../../records/reads/names';
import { languageOf, readerOf } from '../../records/reads/reader';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { flag, paramsOf } from '../http/stateful';
import { visibleCases } from '../http/visible';

const offered = z
  .object({
    id: z.string(),
    title: z.string(),
    work: z.string(),
    workName: z.string(),
    kind: z.enum(['vacant', 'reserved']),
    freePlaces: z.int(),
    hoursPerWeek: z.int(),
    wage: z.int(),
    district: z.string(),
    employer: z.object({ id: z.string(), name: z.string() }),
  })
  .meta({ id: 'OfferedJob' });
const reason = z.object({ code: z.string(), for: z.boolean(), words: z.string() }).meta({ id: 'Reason' });

const matches = route({
  method: 'get',
  path: '/cases/{id}/matches',
  tag: 'cases',
  summary: 'Jobs with a free place that fit the person, with the reasons for and against in words',
  description:
    'Jobs in the person’s region; with `everywhere`, in the republic. `notSuitable` lists the jobs that the work recommendation calls not suitable, with its words, and the jobs that are not known to be suitable.',
  who: ['case_manager', 'supervisor'],
  params: paramsOf('case'),
  query: z.strictObject({ everywhere: flag.optional() }),
  answers: {
    200: z.object({
      recommendation: z
        .string()
        .nullable()
        .meta({ description: 'The work recommendation in its own words.' }),
      suitable: z.array(z.object({ vacancy: offered, score: z.number(), reasons: z.array(reason) })),
      notSuitable: z.array(z.object({ vacancy: offered, because: z.array(reason) })),
    }),
  },
  async handle({ records: { db }, params, query, actor, now }) {
    const row = await db.case.findFirst({
      where: { AND: [visibleCases(actor)], ...params },
      include: { person: true },
    });
    if (!row) throw notFound();
    const { person } = row;
    const open = await db.vacancy.findMany({
      where: {
        state: 'open',
        ...(query.everywhere !== true && { district: { startsWith: person.mahalla.slice(0, 4) } }),
      },
      include: { employer: true },
    });
    const vacancies = open.filter(({ employer }) => employer.state === 'active');
    const vocabulary = await readVocabulary(db, db);
    const language = languageOf(actor);
    const jobs = new Map(vacancies.map((vacancy) => [vacancy.id, offer(vacancy, vocabulary, language)]));
    const { suitable, notSuitable } = match(
      seekerOf(person, saidOfWork(row, person.recommendation), vocabulary),
      vacancies.map((vacancy) => jobOf(vacancy, vocabulary)),
    );
    const places = await namesOf(db, new Set(vacancies.map(({ district }) => district)));
    const reader = readerOf(actor, now, (code) => termName(vocabulary, code, language) ?? places(code));
    const inWords = (why: Reason) => ({
      code: why.code,
      for: why.for,
      words: reasonInWords(reader, why),
    });
    return ok({
      recommendation: recommendationOf(row, person.recommendation)?.words ?? null,
      suitable: suitable.map(({ vacancyId, score, reasons }) => ({
        vacancy: jobs.get(vacancyId),
        score,
        reasons: reasons.map(inWords),
      })),
      notSuitable: notSuitable.map(({ vacancyId, because }) => ({
        vacancy: jobs.get(vacancyId),
        because: because.map(inWords),
      })),
    });
  },
});

const offer = (vacancy: Vacancy & { employer: Employer }, vocabulary: Vocabulary, language: string) => {
  const { id, title, kind, hoursPerWeek, district, employer } = vacancy;
  const { work, freePlaces, wage } = jobOf(vacancy, vocabulary);
  return {
    id,
    title,
    work,
    workName: vocabulary.nameOf('occupation', work, language),
    kind,
    freePlaces,
    hoursPerWeek,
    wage,
    district,
    employer: { id: employer.id, name: employer.name },
  };
};

/** The name of a kind of work, a condition or a skill. Their codes differ from those of districts. */
function termName(vocabulary: Vocabulary, code: string, language: string): string | undefined {
  const named = vocabularyNames.find((name) => vocabulary.term(name, code) !== undefined);
  return named && vocabulary.nameOf(named, code, language);
}

export const matchRoutes = [matches];
