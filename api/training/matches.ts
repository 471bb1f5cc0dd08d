import { z } from 'zod';
import { dayOf } from '../../domain/day';
import { matchCourses } from '../../domain/training/matching';
import type { Weekday } from '../../domain/training/course';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { namedInside } from '../../records/reads/beside';
import { reason, reasonsInWords, seekerOfCase, totals } from '../cases/seeking';
import { paging } from '../http/paging';
import { ok, route } from '../http/route';
import { flag, paramsOf } from '../http/stateful';
import { shape, shown } from './course-shape';

export const courseMatches = route({
  method: 'get',
  path: '/cases/{id}/courses',
  tag: 'cases',
  summary: 'Courses that fit the person, with the reasons for and against in words',
  description:
    'Open courses that are still to begin, and rolling ones, of the centres in the person’s region; with `everywhere`, in the republic. `notSuitable` lists the courses that the work recommendation calls not suitable, with its words, and the courses that are not known to be suitable. Each list has its first `limit` courses, and `totals` says how many there are.',
  who: ['case_manager', 'supervisor'],
  params: paramsOf('case'),
  query: z.strictObject({
    everywhere: flag.optional().meta({
      description: 'With `yes` courses of the whole republic, else only those of the person’s region.',
    }),
    limit: paging.limit.meta({ description: 'The most courses of each list.' }),
  }),
  answers: {
    200: z.object({
      recommendation: z
        .string()
        .nullable()
        .meta({ description: 'The work recommendation in its own words.' }),
      suitable: z.array(z.object({ course: shape, score: z.number(), reasons: z.array(reason) })),
      notSuitable: z.array(z.object({ course: shape, because: z.array(reason) })),
      totals,
    }),
  },
  async handle(ctx) {
    const {
      records: { db },
      query: { everywhere, limit },
      actor,
      now,
    } = ctx;
    const vocabulary = await readVocabulary(db, db);
    const { seeker, region, recommendation } = await seekerOfCase(ctx, vocabulary);
    const courses = await db.course.findMany({
      where: {
        state: 'open',
        OR: [{ rolling: true }, { firstDay: { gt: dayOf(now) } }],
        centre: { district: { startsWith: everywhere === true ? '' : region } },
      },
      include: { centre: true },
    });
    const { suitable, notSuitable } = matchCourses(
      seeker,
      courses.map((course) => ({ ...course, heldOn: course.heldOn as Weekday[] })),
    );
    const offers = await namedInside(
      db,
      courses.map((course) => shown(course, vocabulary, actor)),
      actor,
    );
    const offer = (id: string) => offers.find((course) => course.id === id);
    const districts = courses.map(({ centre }) => centre.district);
    const inWords = await reasonsInWords(ctx, vocabulary, districts, 'course');
    return ok({
      recommendation,
      suitable: suitable
        .slice(0, limit)
        .map(({ id, score, reasons }) => ({ course: offer(id), score, reasons: reasons.map(inWords) })),
      notSuitable: notSuitable
        .slice(0, limit)
        .map(({ id, because }) => ({ course: offer(id), because: because.map(inWords) })),
      totals: { suitable: suitable.length, notSuitable: notSuitable.length },
    });
  },
});
