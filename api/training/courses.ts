import { z } from 'zod';
import { foldedWords } from '../../domain/folding';
import type { Actor } from '../../domain/roles';
import { ENTREPRENEURSHIP } from '../../domain/training/course';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Db } from '../../prisma/db';
import type { Course, Prisma } from '../../prisma/generated/client';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { courseChanges } from '../../records/training-courses';
import { checkRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { literal } from '../../records/reads/lists/named';
import { asCommand } from '../http/commands';
import { eventsRoute } from '../http/events-route';
import { district, idOf, line } from '../http/fields';
import { days, filter, is } from '../http/filters';
import { soughtName } from '../http/names';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { courseReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { flag } from '../http/stateful';
import { visibleCourses } from '../http/visible';
import { keepers, theirs } from './centre-shape';
import { checked } from './course-checks';
import { importing } from './course-import';
import { courseMatches } from './matches';
import { course, edit, edited, fields, params, shape, shown, states, tag, withCentre } from './course-shape';

const list = pageRoute<Prisma.CourseWhereInput>()({
  path: '/courses',
  tag,
  summary: 'Courses of the centres that the caller sees',
  who: courseReaders,
  filters: {
    centre: is('centreId', idOf('TC')),
    district: filter(district.meta({ description: 'The centre’s district.' }), (place) => ({
      centre: { district: place },
    })),
    field: filter(
      line.meta({
        description: `A code, name or synonym; a major or sub-major group for all of it. Or \`${ENTREPRENEURSHIP}\`.`,
      }),
      async (word, { records: { db } }) => ofField(word, await readVocabulary(db, db)),
    ),
    words: filter(
      soughtName.meta({
        description: 'Each of these words stands in the title. Either script, with any apostrophe or none.',
      }),
      (words) => ({ AND: foldedWords(words).map((word) => ({ titleKey: { contains: literal(word) } })) }),
    ),
    level: is('level', fields.level),
    language: is('language', fields.language),
    rolling: is('rolling', flag.meta({ description: 'Whether it is held all the time.' })),
    state: is('state', states),
    ...days('firstDay', 'Courses that begin'),
  },
  item: shape,
  parts: ({ actor }) => [visibleCourses(actor)],
  after: (gt) => ({ id: { gt } }),
  count: (db, find) => db.course.count(find),
  async read({ records: { db }, actor }, find) {
    const vocabulary = await readVocabulary(db, db);
    const rows = await db.course.findMany({ ...find, include: withCentre, orderBy: { id: 'asc' } });
    return rows.map((row) => shown(row, vocabulary, actor));
  },
  keyOf: ({ id }) => id,
  shown: (row) => row,
});

/** The courses of a kind of work, in any group that the word names, or of entrepreneurship. */
const ofField = (word: string, vocabulary: Vocabulary) => ({
  OR: [
    { field: word },
    ...vocabulary.codesOf('occupation', word).map((code) => ({ field: { startsWith: code } })),
  ],
});

const one = route({
  method: 'get',
  path: '/courses/{id}',
  tag,
  summary: 'One course',
  who: courseReaders,
  params,
  answers: { 200: edited },
  async handle({ records: { db }, actor, params: { id } }) {
    const row = await courseSeen(db, id, actor);
    return ok(await edit(db, row, await readVocabulary(db, db), actor));
  },
});

const events = eventsRoute({
  path: '/courses/{id}/events',
  tag,
  summary: 'What was recorded and changed of a course: who, when, which fields',
  who: courseReaders,
  params,
  eventsOf: async ({ records, actor, params: { id } }) => ({
    subject: `course/${(await courseSeen(records.db, id, actor)).id}`,
  }),
});

/** @throws Problem 404 for a course that the caller does not see */
async function courseSeen(db: Pick<Db, 'course'>, id: string, actor: Actor) {
  const where = { AND: [{ id }, visibleCourses(actor)] };
  const row = await db.course.findFirst({ where, include: withCentre });
  if (!row) throw notFound();
  return row;
}

const create = route({
  method: 'post',
  path: '/courses',
  tag,
  summary: 'Record a course',
  who: keepers,
  command: true,
  body: z.strictObject({
    centre: idOf('TC')
      .optional()
      .meta({ description: 'The centre that offers it. An officer of a centre may leave it out.' }),
    ...course,
  }),
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(ctx, { name: 'course', body: ctx.body }, async (transaction) => {
      const { tx, actor } = transaction;
      const { centre: named, ...said } = ctx.body;
      const centreId = named ?? actor.centreId;
      if (centreId === undefined) throw wrongField('centre', 'required', 'Is required.');
      if (!(await tx.centre.findFirst({ where: { AND: [{ id: centreId }, theirs(actor)] } })))
        throw new Refusal(
          404,
          'not_found',
          'There is no such centre for which you may record courses. Check the number.',
        );
      const vocabulary = await transaction.vocabulary();
      const { course: data, coder } = checked(vocabulary, said);
      coder.check();
      const id = await nextNumber(tx, 'course');
      transaction.subject = `course/${id}`;
      const row = await tx.course.create({ data: { id, centreId, ...data }, include: withCentre });
      await record(transaction, 'course_recorded', {});
      return { status: 201, body: await edit(tx, row, vocabulary, actor) };
    }),
});

const change = route({
  method: 'patch',
  path: '/courses/{id}',
  tag,
  summary: 'Change, close or cancel a course',
  description:
    'A closed course takes nobody more. A cancelled one is not held, and stays cancelled: the people referred to it are told, and the centre’s head names another course to those who had a place. Its days stay once a place is given. Its field, and whether it is rolling, stay as recorded.',
  who: keepers,
  command: true,
  edits: true,
  params,
  body: z.strictObject({ ...fields, state: states }).partial(),
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'course', subject: `course/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { tx, actor } = transaction;
        const before = await lockCourse(transaction, ctx.params.id);
        await checkRevision(transaction);
        if (before.state === 'cancelled')
          throw notNow(
            'course_cancelled',
            'The course is cancelled. Record it anew if it is held after all.',
          );
        const vocabulary = await transaction.vocabulary();
        const { course: said, coder } = checked(vocabulary, ctx.body, before);
        coder.check();
        const { data } = changesOf(before, said);
        await courseChanges(transaction, before, data);
        const row = await tx.course.update({ where: ctx.params, data, include: withCentre });
        await recordChange(transaction, { kind: 'course', key: row.id, before, said: data });
        return { status: 200, body: await edit(tx, row, vocabulary, actor) };
      },
    ),
});

async function lockCourse({ tx, actor }: Transaction, id: string): Promise<Course> {
  await tx.$queryRaw`SELECT id FROM courses WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.course.findFirst({ where: { id, centre: theirs(actor) } });
  if (!row)
    throw new Refusal(404, 'not_found', 'There is no such course that you may change. Check the number.');
  return row;
}

export const courseRoutes = [courseMatches, list, create, importing, one, events, change];
