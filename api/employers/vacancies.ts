import { z } from 'zod';
import type { Vocabulary } from '../../domain/vocabulary';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { namedInside } from '../../records/reads/beside';
import { checkDistrict } from '../http/areas';
import { asCommand } from '../http/commands';
import { district, idOf, line } from '../http/fields';
import { definedFields } from '../http/defined-fields';
import { eventsRoute } from '../http/events-route';
import { pageRoute } from '../http/page-route';
import { paging } from '../http/paging';
import { notFound } from '../http/problem';
import { jobReaders, officialsOfJobs } from '../http/readers';
import { ok, route } from '../http/route';
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

const list = pageRoute({
  path: '/vacancies',
  tag,
  summary: 'Jobs of the caller’s region, or the employer’s own',
  who: jobReaders,
  query: z.strictObject({
    ...paging,
    employer: idOf('E').optional(),
    district: district.optional(),
    kind: kind.optional(),
    state: z.enum(states).optional(),
    work: line
      .optional()
      .meta({ description: 'A code, name or synonym; a major or sub-major group for all of it.' }),
  }),
  item: vacancy,
  async read({ records, actor, query }, { after, take }) {
    const vocabulary = await readVocabulary(records.db, records.db);
    const rows = await records.db.vacancy.findMany({
      where: {
        AND: [visibleVacancies(actor), { id: after }, ofWork(query.work, vocabulary)],
        ...definedFields({
          employerId: query.employer,
          district: query.district,
          kind: query.kind,
          state: query.state,
        }),
      },
      include: withEmployer,
      orderBy: { id: 'asc' },
      take,
    });
    return rows.map((row) => shown(row, vocabulary, actor));
  },
  keyOf: ({ id }) => id,
  shown: (row) => row,
});

/** The jobs of a kind of work, in any group that the word names, and those with the word itself from before the vocabularies. */
const ofWork = (word: string | undefined, vocabulary: Vocabulary) =>
  word === undefined
    ? {}
    : {
        OR: [
          { work: word },
          ...vocabulary.codesOf('occupation', word).map((code) => ({ work: { startsWith: code } })),
        ],
      };

const one = route({
  method: 'get',
  path: '/vacancies/{id}',
  tag,
  summary: 'One job',
  who: jobReaders,
  params,
  answers: { 200: edited },
  async handle({ records, actor, params: { id } }) {
    const where = { AND: [{ id }, visibleVacancies(actor)] };
    const row = await records.db.vacancy.findFirst({ where, include: withEmployer });
    if (!row) throw notFound();
    const job = await edit(records.db, row, await readVocabulary(records.db, records.db), actor);
    const [answer] = await namedInside(records.db, [job], actor);
    return ok(answer);
  },
});

const events = eventsRoute({
  path: '/vacancies/{id}/events',
  tag,
  summary: 'What was recorded and changed of a job: who, when, which fields',
  who: officialsOfJobs,
  params,
  async eventsOf({ records, actor, params: { id } }) {
    const where = { AND: [{ id }, visibleVacancies(actor)] };
    if (!(await records.db.vacancy.findFirst({ where, select: { id: true } }))) throw notFound();
    return { subject: `vacancy/${id}` };
  },
});

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
  if (!row) throw new Refusal(404, 'not_found', 'There is no such employer in your area. Check the number.');
  if (row.state !== 'active')
    throw notNow('employer_gone', `The employer is ${row.state}, so no job is recorded for it.`);
}

export const vacancyRoutes = [list, create, importing, one, events, change];
