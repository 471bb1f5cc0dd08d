import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Employer } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { nextNumber, nextNumbers } from '../../records/kernel/numbers';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { checkRevision, withRevision } from '../../records/kernel/revisions';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { checkArea, wrongAreas } from '../http/areas';
import { changesOf } from '../http/changes';
import { asCommand } from '../http/commands';
import { createOrChange, importCsv, importReport } from '../http/csv-import';
import { day, district, email, idOf, line, phone, revision, stir } from '../http/fields';
import { given } from '../http/given';
import { named, soughtName } from '../http/names';
import { pageRoute } from '../http/page-route';
import { paging } from '../http/paging';
import { notFound } from '../http/problem';
import { jobReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { visibleEmployers } from '../http/visible';

const tag = 'employers';
const states = ['active', 'liquidated', 'reorganised'] as const;

const contact = { phone: phone.nullable(), email: email.nullable() };
const about = {
  name: line,
  district,
  ownership: z.enum(['private', 'state', 'mixed', 'foreign']),
  stateShare: z.int().min(0).max(100).nullable().meta({
    description:
      'Of the state in the capital, in percent. From half on no wage subsidy is paid where the law says so.',
  }),
  employees: z.int().min(0).max(1_000_000).nullable(),
  week: z.enum(['five', 'six']).meta({ description: 'The working week: of five or six days.' }),
};

const newEmployer = z.strictObject({
  stir,
  name: about.name,
  district,
  phone: contact.phone.default(null),
  email: contact.email.default(null),
  ownership: about.ownership.default('private'),
  stateShare: about.stateShare.default(null),
  employees: about.employees.default(null),
  week: about.week.default('five'),
});
type NewEmployer = z.output<typeof newEmployer>;

const employerChange = z
  .strictObject({
    ...about,
    ...contact,
    state: z.enum(states),
    endedOn: day.meta({ description: 'For an employer that is liquidated or reorganised: since when.' }),
    successor: idOf('E').meta({ description: 'For a reorganised employer: who goes on.' }),
  })
  .partial();

export const employer = z
  .object({
    id: z.string(),
    stir: z.string(),
    name: z.string(),
    district: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    ownership: z.string(),
    stateShare: z.int().nullable(),
    employees: z.int().nullable(),
    week: z.enum(['five', 'six']),
    state: z.enum(states),
    endedOn: z.string().nullable(),
    successorId: z.string().nullable(),
  })
  .meta({ id: 'Employer' });

const shown = ({ nameKey: _, ...row }: Employer) => row;

const edited = employer.extend({ revision }).meta({ id: 'EmployerEdited' });

const edit = (tx: Pick<Tx, 'revision'>, row: Employer) => withRevision(tx, `employer/${row.id}`, shown(row));

const keepers = ['employment_officer', 'administrator'] as const;

const list = pageRoute({
  path: '/employers',
  tag,
  summary: 'Employers of the caller’s region',
  who: jobReaders,
  query: z.strictObject({
    ...paging,
    district: district.optional(),
    stir: stir.optional(),
    name: soughtName
      .optional()
      .meta({ description: 'Words of the name, in either script, with whatever apostrophe or without.' }),
    state: z.enum(states).optional(),
  }),
  item: employer,
  read({ records, actor, query: { name, ...asked } }, { after, take }) {
    const { district: where, stir: taxNumber, state } = asked;
    return records.db.employer.findMany({
      where: {
        AND: [visibleEmployers(actor), { id: after }],
        ...given({ district: where, stir: taxNumber, state }),
        ...(name !== undefined && named(name)),
      },
      orderBy: { id: 'asc' },
      take,
    });
  },
  keyOf: ({ id }) => id,
  shown,
});

const params = z.strictObject({ id: idOf('E') });

const one = route({
  method: 'get',
  path: '/employers/{id}',
  tag,
  summary: 'One employer',
  who: jobReaders,
  params,
  answers: { 200: edited },
  async handle({ records, actor, params: { id } }) {
    const row = await records.db.employer.findFirst({ where: { AND: [{ id }, visibleEmployers(actor)] } });
    if (!row) throw notFound();
    return ok(await edit(records.db, row));
  },
});

const create = route({
  method: 'post',
  path: '/employers',
  tag,
  summary: 'Record an employer',
  who: keepers,
  command: true,
  body: newEmployer,
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(ctx, { name: 'employer', body: ctx.body }, async (transaction) => {
      await checkArea(transaction.tx, transaction.actor, 'district', ctx.body.district);
      if (await transaction.tx.employer.findUnique({ where: { stir: ctx.body.stir } }))
        throw notNow('already_recorded', 'An employer with this STIR is recorded already.');
      const id = await nextNumber(transaction.tx, 'employer');
      transaction.subject = `employer/${id}`;
      const row = await transaction.tx.employer.create({ data: { id, ...ctx.body } });
      await record(transaction, 'employer_recorded', { employerId: id });
      return { status: 201, body: await edit(transaction.tx, row) };
    }),
});

const change = route({
  method: 'patch',
  path: '/employers/{id}',
  tag,
  summary: 'Change an employer',
  description:
    'An employer keeps its own contacts; the rest is the employment office’s. When it is liquidated or reorganised, its ' +
    'referrals and inspections end with that reason, and a successor continues its employments.',
  who: [...keepers, 'employer'],
  command: true,
  edits: true,
  params,
  body: employerChange,
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'employer', subject: `employer/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { successor, ...said } = ctx.body;
        const before = await lockEmployer(transaction, ctx.params.id);
        await checkRevision(transaction);
        checkKeeper(transaction.actor, Object.keys(ctx.body));
        if (said.district !== undefined)
          await checkArea(transaction.tx, transaction.actor, 'district', said.district);
        await checkEnd(transaction, before, ctx.body);
        const changes = changesOf(before, {
          ...said,
          ...(successor !== undefined && { successorId: successor }),
          ...(said.state === 'active' && { endedOn: null, successorId: null }),
        });
        const row = await transaction.tx.employer.update({ where: ctx.params, data: changes.data });
        if (changes.fields.length > 0)
          await record(
            transaction,
            'employer_changed',
            { employerId: row.id },
            { fields: changes.fields.join(', ') },
          );
        if (row.state !== before.state) await wakeRowsOf(transaction, row.id);
        return { status: 200, body: await edit(transaction.tx, row) };
      },
    ),
});

/** The office of the employer's district may change it, and the employer itself: others find nothing. */
async function lockEmployer(transaction: Transaction, id: string): Promise<Employer> {
  await transaction.tx.$queryRaw`SELECT id FROM employers WHERE id = ${id} FOR NO KEY UPDATE`;
  const { actor } = transaction;
  const theirs =
    actor.role === 'employer' ? visibleEmployers(actor) : { district: { startsWith: actor.area } };
  const row = await transaction.tx.employer.findFirst({ where: { AND: [{ id }, theirs] } });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such employer in your area.');
  return row;
}

function checkKeeper(actor: Actor, fields: readonly string[]): void {
  if (actor.role !== 'employer') return;
  const [other] = fields.filter((field) => !(field in contact));
  if (other !== undefined)
    throw new Refusal(
      403,
      'not_yours',
      'An employer changes its contacts; the rest is the employment office’s.',
    );
}

async function checkEnd(
  transaction: Transaction,
  before: Employer,
  { state: wanted, endedOn, successor }: z.output<typeof employerChange>,
): Promise<void> {
  const state = wanted ?? before.state;
  const ended = state !== 'active';
  if (ended && (endedOn ?? before.endedOn) === null)
    throw wrongField('endedOn', 'required', 'Is required: since when.');
  if (!ended && endedOn !== undefined) throw wrongField('endedOn', 'not_ended', 'The employer is active.');
  if (endedOn !== undefined && endedOn > transaction.today)
    throw wrongField('endedOn', 'future_day', 'Is still to come.');
  if (successor === undefined) return;
  if (state !== 'reorganised')
    throw wrongField('successor', 'not_reorganised', 'Only a reorganised employer has one.');
  if (
    successor === before.id ||
    !(await transaction.tx.employer.findUnique({ where: { id: successor, state: 'active' } }))
  )
    throw wrongField('successor', 'unknown_employer', 'Is no active employer that is recorded.');
}

/** Every open row behind the employer looks at the world again. */
async function wakeRowsOf(transaction: Transaction, employerId: string): Promise<void> {
  const where = { employerId, open: true };
  const select = { id: true };
  const referrals = await transaction.tx.referral.findMany({ where, select });
  const inspections = await transaction.tx.inspection.findMany({ where, select });
  const employments = await transaction.tx.employment.findMany({ where, select });
  for (const { id } of referrals) await wake(transaction, subjectOf('referral', id));
  for (const { id } of inspections) await wake(transaction, subjectOf('inspection', id));
  for (const { id } of employments) await wake(transaction, subjectOf('retention', id));
}

const importing = route({
  method: 'post',
  path: '/employers/import',
  tag,
  summary: 'Import employers from CSV',
  description:
    'Columns: stir, name, district; optional: phone, email, ownership, stateShare, employees, week. The key is the STIR.',
  who: keepers,
  takes: 'csv',
  answers: { 200: importReport },
  handle: (ctx) =>
    importCsv<NewEmployer>(ctx, {
      what: 'employers',
      row: newEmployer.extend({
        stateShare: z.coerce.number().int().min(0).max(100).nullable().default(null),
        employees: z.coerce.number().int().min(0).max(1_000_000).nullable().default(null),
      }),
      columns: {
        needed: ['stir', 'name', 'district'],
        possible: ['phone', 'email', 'ownership', 'stateShare', 'employees', 'week'],
      },
      keyOf: (row) => row.stir,
      async write(transaction, rows) {
        const { tx, actor } = transaction;
        const wrong = new Map(
          (
            await wrongAreas(
              tx,
              actor,
              rows.map((row) => row.district),
            )
          ).map(({ code, detail }) => [code, detail]),
        );
        const found = await tx.employer.findMany({ where: { stir: { in: rows.map((row) => row.stir) } } });
        const known = new Map(found.map((row) => [row.stir, row]));
        const plan = (row: NewEmployer) => {
          const before = known.get(row.stir);
          const detail = wrong.get(row.district);
          if (detail !== undefined) return { field: 'district', detail };
          if (before && !before.district.startsWith(actor.area))
            return { field: 'stir', detail: 'Is recorded in another area.' };
          return { ...(before && { before }), said: row };
        };
        return createOrChange(rows, plan, {
          numbers: (n) => nextNumbers(tx, 'employer', n),
          create: (made) => tx.employer.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
          update: (id, data) => tx.employer.update({ where: { id }, data }),
        });
      },
      eventOf: (did, id) => ({
        type: did === 'created' ? 'employer_recorded' : 'employer_changed',
        about: { employerId: id },
        ...(did === 'changed' && { params: { fields: 'import' } }),
        subject: `employer/${id}`,
      }),
    }),
});

export const employerRoutes = [list, create, importing, one, change];
