import { z } from 'zod';
import { match, type Reason, type Vacancy as Job } from '../../domain/matching';
import { seekerOf } from '../../domain/seeker';
import { reasonInWords } from '../../domain/words/words';
import type { Employer, Vacancy } from '../../prisma/generated/client';
import { namesOf } from '../../records/reads/names';
import { readerOf } from '../../records/reads/reader';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { flag, paramsOf } from '../http/stateful';
import { visibleCases } from '../http/visible';

const offered = z
  .object({
    id: z.string(),
    title: z.string(),
    work: z.string(),
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
    'Jobs in the person’s region; with `everywhere`, in the republic. `notSuitable` lists the jobs that the work recommendation calls not suitable, with its words.',
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
    const vacancies = await db.vacancy.findMany({
      where: {
        state: 'open',
        employer: { state: 'active' },
        ...(query.everywhere !== true && { district: { startsWith: person.mahalla.slice(0, 4) } }),
      },
      include: { employer: true },
    });
    const jobs = new Map(vacancies.map((vacancy) => [vacancy.id, offer(vacancy)]));
    const { suitable, notSuitable } = match(seekerOf(person), vacancies.map(asJob));
    const reader = readerOf(
      actor,
      now,
      await namesOf(db, new Set(vacancies.map(({ district }) => district))),
    );
    const inWords = (why: Reason) => ({
      code: why.code,
      for: why.for,
      words: reasonInWords(reader, why),
    });
    return ok({
      recommendation: (person.recommendation as { words?: string } | null)?.words ?? null,
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

const asJob = (vacancy: Vacancy): Job => ({
  ...vacancy,
  kind: vacancy.kind as Job['kind'],
  freePlaces: vacancy.places - vacancy.taken,
  wage: Number(vacancy.wage),
});

const offer = (vacancy: Vacancy & { employer: Employer }) => {
  const { id, title, work, kind, freePlaces, hoursPerWeek, wage, district } = {
    ...vacancy,
    ...asJob(vacancy),
  };
  const { id: employer, name } = vacancy.employer;
  return {
    id,
    title,
    work,
    kind,
    freePlaces,
    hoursPerWeek,
    wage,
    district,
    employer: { id: employer, name },
  };
};

export const matchRoutes = [matches];
