import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Vacancy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { nextNumber, nextNumbers } from '../../records/kernel/numbers';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { checkRevision, withRevision } from '../../records/kernel/revisions';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { wrongAreas } from '../http/areas';
import { changesOf } from '../http/changes';
import { asCommand } from '../http/commands';
import { cellOfWords, createOrChange, importCsv, importReport } from '../http/csv-import';
import { district, idOf, instant, line, lines, revision, som, stir } from '../http/fields';
import { given } from '../http/given';
import { pageRoute } from '../http/page-route';
import { paging } from '../http/paging';
import { notFound } from '../http/problem';
import { jobReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { visibleVacancies } from '../http/visible';

const tag = 'vacancies';
const kind = z.enum(['vacant', 'reserved']);
const states = ['open', 'filled', 'withdrawn'] as const;
/** The Labour Code's longest week. */
const MOST_HOURS = 40;

const fields = {
  work: line.meta({ description: 'The kind of work, a code as work recommendations use it.' }),
  title: line,
  places: z.int().min(1).max(10_000),
  conditions: lines,
  skills: lines,
  hoursPerWeek: z.int().min(1).max(MOST_HOURS),
  wage: som.meta({ description: 'So’m a month.' }),
  district,
};

const job = {
  ...fields,
  kind,
  conditions: fields.conditions.default([]),
  skills: fields.skills.default([]),
  hoursPerWeek: fields.hoursPerWeek.default(MOST_HOURS),
};

const newVacancy = z.strictObject({
  employer: idOf('E')
    .optional()
    .meta({ description: 'Whose job; an employer gives its own and may leave it out.' }),
  ...job,
});
type Job = z.output<z.ZodObject<typeof job>>;

const vacancyChange = z
  .strictObject({
    ...fields,
    state: z.enum(states).meta({
      description:
        '`filled`: otherwise than by a referral of ours; `withdrawn`: by the employer. Referrals still unanswered then end as ' +
        'rejected, *no longer vacant*. `open` again needs a free place. A place that a hire took stays taken when the employment ' +
        'ends, and nothing reopens by itself: whoever offers it anew adds it to `places` and opens the job.',
    }),
  })
  .partial();

export const vacancy = z
  .object({
    id: z.string(),
    employerId: z.string(),
    employer: z.string().meta({ description: 'Its name.' }),
    kind,
    work: z.string(),
    title: z.string(),
    places: z.int(),
    taken: z.int(),
    conditions: z.array(z.string()),
    skills: z.array(z.string()),
    hoursPerWeek: z.int(),
    wage: z.int(),
    district: z.string(),
    state: z.enum(states),
    filledAt: instant.nullable(),
    filledHow: z.enum(['referral', 'otherwise', 'withdrawn']).nullable(),
  })
  .meta({ id: 'Vacancy' });

const shown = ({ employer, ...row }: Vacancy & { employer: { name: string } }) => ({
  ...row,
  employer: employer.name,
  wage: Number(row.wage),
  filledAt: row.filledAt?.toISOString() ?? null,
});
const edited = vacancy.extend({ revision }).meta({ id: 'VacancyEdited' });
const edit = (tx: Pick<Tx, 'revision'>, row: Parameters<typeof shown>[0]) =>
  withRevision(tx, `vacancy/${row.id}`, shown(row));
const withEmployer = { employer: { select: { name: true } } } as const;

const keepers = ['employer', 'employment_officer', 'administrator'] as const;

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
    work: line.optional(),
  }),
  item: vacancy,
  read: ({ records, actor, query }, { after, take }) =>
    records.db.vacancy.findMany({
      where: {
        AND: [visibleVacancies(actor), { id: after }],
        ...given({
          employerId: query.employer,
          district: query.district,
          kind: query.kind,
          state: query.state,
          work: query.work,
        }),
      },
      include: withEmployer,
      orderBy: { id: 'asc' },
      take,
    }),
  keyOf: ({ id }) => id,
  shown,
});

const params = z.strictObject({ id: idOf('V') });

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
    return ok(await edit(records.db, row));
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
      const id = await nextNumber(transaction.tx, 'vacancy');
      transaction.subject = `vacancy/${id}`;
      const data = { id, employerId, ...said, wage: BigInt(said.wage) };
      const row = await transaction.tx.vacancy.create({ data, include: withEmployer });
      await record(transaction, 'vacancy_recorded', { employerId });
      return { status: 201, body: await edit(transaction.tx, row) };
    }),
});

const change = route({
  method: 'patch',
  path: '/vacancies/{id}',
  tag,
  summary: 'Change, fill, withdraw or reopen a job',
  who: keepers,
  command: true,
  edits: true,
  params,
  body: vacancyChange,
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'vacancy', subject: `vacancy/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { state: wanted, wage, ...said } = ctx.body;
        const before = await lockVacancy(transaction, ctx.params.id);
        await checkRevision(transaction);
        if (said.district !== undefined) await checkDistrict(transaction, said.district);
        if (said.places !== undefined && said.places < before.taken)
          throw wrongField('places', 'places_taken', 'Are fewer than are taken already.');
        const state = wanted ?? before.state;
        const free = (said.places ?? before.places) - before.taken;
        if (wanted === 'open' && free === 0)
          throw notNow('no_free_place', 'All its places are taken: add places first.');
        const changes = changesOf(before, {
          ...said,
          ...(wage !== undefined && { wage: BigInt(wage) }),
          ...(state !== before.state && { state, ...endOf(transaction, state) }),
        });
        const row = await transaction.tx.vacancy.update({
          where: ctx.params,
          data: changes.data,
          include: withEmployer,
        });
        if (changes.fields.length > 0) {
          const about = { employerId: row.employerId };
          await record(transaction, 'vacancy_changed', about, {
            fields: changes.fields.join(', '),
            state: row.state,
          });
        }
        if (row.state !== before.state && row.state !== 'open') await wakeReferralsOf(transaction, row.id);
        return { status: 200, body: await edit(transaction.tx, row) };
      },
    ),
});

const endOf = (transaction: Transaction, state: string) =>
  state === 'open'
    ? { filledAt: null, filledHow: null }
    : { filledAt: transaction.now, filledHow: state === 'withdrawn' ? 'withdrawn' : 'otherwise' };

/** The employer's own, the office's in its area: others find nothing. */
const theirs = (actor: Actor) =>
  actor.role === 'employer' ? { id: actor.employerId ?? '' } : { district: { startsWith: actor.area } };

async function checkEmployer(transaction: Transaction, id: string): Promise<void> {
  const row = await transaction.tx.employer.findFirst({
    where: { AND: [{ id }, theirs(transaction.actor)] },
  });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such employer in your area.');
  if (row.state !== 'active') throw notNow('employer_gone', `The employer is ${row.state}.`);
}

/** A job may lie in another district than the employer's seat. */
async function checkDistrict(transaction: Transaction, code: string): Promise<void> {
  if (!(await transaction.tx.territory.findUnique({ where: { code } })))
    throw wrongField('district', 'unknown_territory', 'Is no territory that is recorded.');
}

async function lockVacancy(transaction: Transaction, id: string): Promise<Vacancy> {
  await transaction.tx.$queryRaw`SELECT id FROM vacancies WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await transaction.tx.vacancy.findFirst({ where: { id, employer: theirs(transaction.actor) } });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such job in your area.');
  return row;
}

async function wakeReferralsOf(transaction: Transaction, vacancyId: string): Promise<void> {
  const open = await transaction.tx.referral.findMany({
    where: { vacancyId, open: true },
    select: { id: true },
  });
  for (const { id } of open) await wake(transaction, subjectOf('referral', id));
}

const number = z.coerce.number();
const importRow = z.strictObject({
  stir,
  ...job,
  places: number.pipe(fields.places),
  wage: number.pipe(fields.wage),
  hoursPerWeek: number.pipe(fields.hoursPerWeek).default(MOST_HOURS),
  conditions: cellOfWords.pipe(lines).default([]),
  skills: cellOfWords.pipe(lines).default([]),
});
type ImportRow = Job & { stir: string };

const importing = route({
  method: 'post',
  path: '/vacancies/import',
  tag,
  summary: 'Import jobs from CSV',
  description:
    'Columns: stir, kind, work, title, places, wage, district; optional: conditions, skills (separated by semicolons), ' +
    'hoursPerWeek. The key is stir, kind, work, title and district together.',
  who: ['employment_officer', 'administrator'],
  takes: 'csv',
  answers: { 200: importReport },
  handle: (ctx) =>
    importCsv<ImportRow>(ctx, {
      what: 'vacancies',
      row: importRow,
      columns: {
        needed: ['stir', 'kind', 'work', 'title', 'places', 'wage', 'district'],
        possible: ['conditions', 'skills', 'hoursPerWeek'],
      },
      keyOf,
      write: writeRows,
      eventOf: (did, id) => ({
        type: did === 'created' ? 'vacancy_recorded' : 'vacancy_changed',
        about: {},
        ...(did === 'changed' && { params: { fields: 'import' } }),
        subject: `vacancy/${id}`,
      }),
    }),
});

const keyOf = (row: { stir: string; kind: string; work: string; title: string; district: string }): string =>
  JSON.stringify([row.stir, row.kind, row.work, row.title, row.district]);

async function writeRows(transaction: Transaction, rows: readonly ImportRow[]) {
  const { tx, actor } = transaction;
  const employers = new Map(
    (
      await tx.employer.findMany({
        where: { AND: [{ stir: { in: rows.map((row) => row.stir) } }, theirs(actor)] },
      })
    ).map((row) => [row.stir, row]),
  );
  const everywhere = { ...actor, area: '' };
  const wrong = new Set(
    (
      await wrongAreas(
        tx,
        everywhere,
        rows.map((row) => row.district),
      )
    ).map(({ code }) => code),
  );
  const found = await tx.vacancy.findMany({
    where: { employerId: { in: [...employers.values()].map(({ id }) => id) }, state: { not: 'withdrawn' } },
    include: { employer: { select: { stir: true } } },
  });
  const known = new Map(found.map((row) => [keyOf({ ...row, stir: row.employer.stir }), row]));
  const plan = (row: ImportRow) => {
    const { stir: taxNumber, ...said } = row;
    const owner = employers.get(taxNumber);
    const before = known.get(keyOf(row));
    if (!owner) return { field: 'stir', detail: 'Is no employer of your area.' };
    if (owner.state !== 'active') return { field: 'stir', detail: `The employer is ${owner.state}.` };
    if (wrong.has(row.district)) return { field: 'district', detail: 'Is no territory that is recorded.' };
    if (before && said.places < before.taken)
      return { field: 'places', detail: 'Are fewer than are taken already.' };
    return { ...(before && { before }), said: { ...said, employerId: owner.id, wage: BigInt(said.wage) } };
  };
  return createOrChange(rows, plan, {
    numbers: (n) => nextNumbers(tx, 'vacancy', n),
    create: (made) => tx.vacancy.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
    update: (id, data) => tx.vacancy.update({ where: { id }, data }),
  });
}

export const vacancyRoutes = [list, create, importing, one, change];
