import { z } from 'zod';
import { match } from '../../domain/matching';
import { jobOf, jobsOf, type RecordedJob } from '../../domain/seeker';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Db } from '../../prisma/db';
import type { Employer, Vacancy } from '../../prisma/generated/client';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { languageOf } from '../../records/reads/reader';
import { paging } from '../http/paging';
import { ok, route } from '../http/route';
import { flag, paramsOf } from '../http/stateful';
import { reason, reasonsInWords, seekerOfCase, totals } from './seeking';

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

const matches = route({
  method: 'get',
  path: '/cases/{id}/matches',
  tag: 'cases',
  summary: 'Jobs with a free place that fit the person, with the reasons for and against in words',
  description:
    'Jobs in the person’s region; with `everywhere`, in the republic. `notSuitable` lists the jobs that the work recommendation calls not suitable, with its words, and the jobs that are not known to be suitable. Each list has its first `limit` jobs, and `totals` says how many there are.',
  who: ['case_manager', 'supervisor'],
  params: paramsOf('case'),
  query: z.strictObject({
    everywhere: flag.optional(),
    limit: paging.limit.meta({ description: 'The most jobs of each list.' }),
  }),
  answers: {
    200: z.object({
      recommendation: z
        .string()
        .nullable()
        .meta({ description: 'The work recommendation in its own words.' }),
      suitable: z.array(z.object({ vacancy: offered, score: z.number(), reasons: z.array(reason) })),
      notSuitable: z.array(z.object({ vacancy: offered, because: z.array(reason) })),
      totals,
    }),
  },
  async handle(ctx) {
    const {
      records: { db },
      query,
      actor,
    } = ctx;
    const vocabulary = await readVocabulary(db, db);
    const { seeker, region, recommendation } = await seekerOfCase(ctx, vocabulary);
    const jobs = await openJobs(db, query.everywhere === true ? '' : region);
    const ranked = match(seeker, jobsOf(jobs, vocabulary));
    const first = [...ranked.suitable.slice(0, query.limit), ...ranked.notSuitable.slice(0, query.limit)];
    const shown = await db.vacancy.findMany({
      where: { id: { in: first.map(({ vacancyId }) => vacancyId) } },
      include: { employer: true },
    });
    const language = languageOf(actor);
    const offers = new Map(shown.map((job) => [job.id, offer(job, vocabulary, language)]));
    const { suitable, notSuitable } = match(seeker, jobsOf(shown, vocabulary));
    const inWords = await reasonsInWords(
      ctx,
      vocabulary,
      shown.map(({ district }) => district),
    );
    return ok({
      recommendation,
      suitable: suitable.map(({ vacancyId, score, reasons }) => ({
        vacancy: offers.get(vacancyId),
        score,
        reasons: reasons.map(inWords),
      })),
      notSuitable: notSuitable.map(({ vacancyId, because }) => ({
        vacancy: offers.get(vacancyId),
        because: because.map(inWords),
      })),
      totals: { suitable: ranked.suitable.length, notSuitable: ranked.notSuitable.length },
    });
  },
});

/** The facts of a job that decide on its place, in their order. */
type Lean = [string, string, string, number, string[], string[], number, number, string];

/** The open jobs of active employers with a free place. A region has thousands, so each is a few facts of one value. */
async function openJobs(db: Pick<Db, '$queryRaw'>, region: string): Promise<RecordedJob[]> {
  const [{ jobs }] = await db.$queryRaw<[{ jobs: Lean[] }]>`
    SELECT coalesce(json_agg(json_build_array(id, kind, work, places - taken, conditions, skills, hours_per_week, wage, district)), '[]') AS jobs
    FROM vacancies
    WHERE state = 'open' AND taken < places AND district LIKE ${`${region}%`}
      AND employer_id NOT IN (SELECT id FROM employers WHERE state <> 'active')`;
  return jobs.map(([id, kind, work, places, conditions, skills, hoursPerWeek, wage, district]) => ({
    id,
    kind,
    work,
    title: '',
    places,
    taken: 0,
    conditions,
    skills,
    hoursPerWeek,
    wage,
    district,
  }));
}

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

export const matchRoutes = [matches];
