import { z } from 'zod';
import { foldedWords } from '../../domain/folding';
import type { Actor } from '../../domain/roles';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Db } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { literal } from '../../records/reads/lists/named';
import { checkDistrict } from '../http/areas';
import { asCommand } from '../http/commands';
import { district, line } from '../http/fields';
import { eventsRoute } from '../http/events-route';
import { filter, is } from '../http/filters';
import { ofEmployer } from '../http/lists';
import { soughtName } from '../http/names';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { jobReaders, officialsOfJobs } from '../http/readers';
import { ok, route } from '../http/route';
import { flag } from '../http/stateful';
import { vacancyParts } from '../http/list-parts';
import { visibleVacancies } from '../http/visible';
import { change } from './vacancy-change';
import { jobCheck } from './vacancy-checks';
import { importing } from './vacancy-import';
import {
  edit,
  edited,
  keepers,
  kind,
  newVacancy,
  params,
  shown,
  states,
  tag,
  theirs,
  vacancy,
  withEmployer,
} from './vacancy-shape';

const list = pageRoute<Prisma.VacancyWhereInput>()({
  path: '/vacancies',
  tag,
  summary: 'Jobs of the caller’s region, or the employer’s own',
  who: jobReaders,
  filters: {
    employer: ofEmployer,
    district: is('district', district),
    kind: is('kind', kind),
    state: is('state', z.enum(states)),
    work: filter(
      line.meta({ description: 'A code, name or synonym; a major or sub-major group for all of it.' }),
      async (word, { records: { db } }) => ofWork(word, await readVocabulary(db, db)),
    ),
    words: filter(
      soughtName.meta({
        description:
          'Each of these words stands in the job’s title, or in a name or synonym of its kind of work. Either script, with any apostrophe or none.',
      }),
      async (words, { records: { db } }) => withWords(words, await readVocabulary(db, db)),
    ),
    free: filter(
      flag.meta({ description: 'Whether it is open and has a free place.' }),
      (yes, { records: { db } }) => {
        const free = { state: 'open', taken: { lt: db.vacancy.fields.places } };
        return yes ? free : { NOT: free };
      },
    ),
  },
  item: vacancy,
  parts: ({ actor }) => vacancyParts(actor),
  after: (gt) => ({ id: { gt } }),
  count: (db, find) => db.vacancy.count(find),
  async read({ records: { db }, actor }, find) {
    const vocabulary = await readVocabulary(db, db);
    const rows = await db.vacancy.findMany({ ...find, include: withEmployer, orderBy: { id: 'asc' } });
    return rows.map((row) => shown(row, vocabulary, actor));
  },
  keyOf: ({ id }) => id,
  shown: (row) => row,
});

/** The jobs of a kind of work, in any group that the word names, and those with the word itself from before the vocabularies. */
const ofWork = (word: string, vocabulary: Vocabulary) => ({
  OR: [
    { work: word },
    ...vocabulary.codesOf('occupation', word).map((code) => ({ work: { startsWith: code } })),
  ],
});

/** The jobs with all words, each in the title or in the name of the kind of work. */
const withWords = (words: string, vocabulary: Vocabulary) => ({
  AND: foldedWords(words).map((word) => ({
    OR: [
      { titleKey: { contains: literal(word) } },
      { work: { in: vocabulary.codesWith('occupation', word) } },
    ],
  })),
});

const one = route({
  method: 'get',
  path: '/vacancies/{id}',
  tag,
  summary: 'One job',
  who: jobReaders,
  params,
  answers: { 200: edited },
  async handle({ records, actor, params: { id } }) {
    const row = await jobSeen(records.db, id, actor);
    return ok(await edit(records.db, row, await readVocabulary(records.db, records.db), actor));
  },
});

const events = eventsRoute({
  path: '/vacancies/{id}/events',
  tag,
  summary: 'What was recorded and changed of a job: who, when, which fields',
  who: officialsOfJobs,
  params,
  async eventsOf({ records, actor, params: { id } }) {
    await jobSeen(records.db, id, actor);
    return { subject: `vacancy/${id}` };
  },
});

/** @throws Problem 404 for a job that the caller does not see */
async function jobSeen(db: Pick<Db, 'vacancy'>, id: string, actor: Actor) {
  const where = { AND: [{ id }, visibleVacancies(actor)] };
  const row = await db.vacancy.findFirst({ where, include: withEmployer });
  if (!row) throw notFound();
  return row;
}

const create = route({
  method: 'post',
  path: '/vacancies',
  tag,
  summary: 'Record a job',
  who: keepers,
  command: true,
  body: newVacancy,
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(ctx, { name: 'vacancy', body: ctx.body }, async (transaction) => {
      const { employer: named, ...said } = ctx.body;
      const employerId = named ?? transaction.actor.employerId;
      if (employerId === undefined) throw wrongField('employer', 'required', 'Is required.');
      await checkEmployer(transaction, employerId);
      await checkDistrict(transaction, said.district);
      const { job, coder } = (await jobCheck(transaction))(said);
      coder.check();
      const id = await nextNumber(transaction.tx, 'vacancy');
      transaction.subject = `vacancy/${id}`;
      const data = { id, employerId, ...job, wage: BigInt(job.wage) };
      const row = await transaction.tx.vacancy.create({ data, include: withEmployer });
      await record(transaction, 'vacancy_recorded', { employerId });
      return {
        status: 201,
        body: await edit(transaction.tx, row, await transaction.vocabulary(), ctx.actor),
      };
    }),
});

async function checkEmployer(transaction: Transaction, id: string): Promise<void> {
  const row = await transaction.tx.employer.findFirst({
    where: { AND: [{ id }, theirs(transaction.actor)] },
  });
  if (!row)
    throw new Refusal(
      404,
      'not_found',
      'There is no such employer for whom you may record jobs. Check the number.',
    );
  if (row.state !== 'active')
    throw notNow('employer_gone', `The employer is ${row.state}, so no job is recorded for it.`);
}

export const vacancyRoutes = [list, create, importing, one, events, change];
