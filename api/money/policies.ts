import { z } from 'zod';
import { dayOf } from '../../domain/day';
import { type DatedAmount, inForce } from '../../domain/policy';
import type { Json } from '../../prisma/db';
import { policyOf, readLaw } from '../../records/kernel/law';
import { amountNames, type Kept, partOf, proposePolicy, readPart } from '../../records/money/policies';
import { type DryRun, dryRun } from '../../records/money/policy-dry-run';
import { rulesSchema } from '../../records/money/policy-schema';
import { notNow } from '../../records/kernel/refusal';
import { readCalendar } from '../../records/kernel/calendar';
import { asCommand } from '../http/commands';
import { day, idLike, instant, line, som } from '../http/fields';
import { notFound } from '../http/problem';
import { type Ctx, ok, route } from '../http/route';

const tag = 'policies';

const policyId = idLike(/^(PV-\d{4,12}(-\d{2})?|(bhm|minimum_wage)-\d{4}-\d{2}-\d{2})$/, 'PV-000001');
const soum = z.int().min(0).meta({ description: 'Whole so’m.' });
const state = z.enum(['proposed', 'active', 'rejected']);
const common = {
  id: z.string(),
  act: z.string(),
  validFrom: day,
  recordedAt: instant.nullable().meta({ description: 'When it was activated; null until then.' }),
  state,
};

const listedVersion = z
  .object({ ...common, appliesTo: z.enum(['new', 'running']) })
  .meta({ id: 'PolicyVersion' });
const listedAmount = z.object({ ...common, amount: soum }).meta({ id: 'DatedAmount' });

const worth = z.object({ before: soum, after: soum });
const dryRunShape = z
  .object({
    at: instant,
    counts: z.object({ subsidies: z.int(), claims: z.int(), deadlines: z.int() }),
    subsidies: z.array(
      worth.extend({
        subsidy: z.string(),
        policy: z.object({ before: z.string(), after: z.string() }),
        keeps: z
          .string()
          .nullable()
          .meta({ description: 'Why it keeps its terms though the version is in force on its day.' }),
      }),
    ),
    claims: z.array(
      worth.extend({
        claim: z.string(),
        state: z.string(),
        then: z.enum(['when_checked', 'recalculated', 'approval_falls', 'correction', 'nothing']),
      }),
    ),
    deadlines: z.array(z.object({ subject: z.string(), kind: z.string(), before: instant, after: instant })),
  })
  .meta({ id: 'PolicyDryRun', description: 'Everything is counted; the first 1,000 of each are listed.' });

const shown = z
  .discriminatedUnion('kind', [
    listedVersion.extend({
      kind: z.literal('version'),
      rules: rulesSchema,
      dryRun: dryRunShape.nullable(),
    }),
    listedAmount.extend({
      kind: z.literal('amount'),
      name: z.enum(amountNames),
      dryRun: dryRunShape.nullable(),
    }),
  ])
  .meta({ id: 'Policy' });

const recordedAt = (row: { state: string; recordedAt: Date }): string | null =>
  row.state === 'active' ? row.recordedAt.toISOString() : null;

/** A version without its rules. */
const shownVersion = ({ id, act, validFrom, appliesTo, ...row }: VersionRow) => ({
  id,
  act,
  validFrom,
  recordedAt: recordedAt(row),
  appliesTo,
  state: row.state,
});
type VersionRow = Omit<Parameters<typeof policyOf>[0], 'rules' | 'dryRun'>;

const shownAmount = ({ id, act, validFrom, amount, ...row }: AmountRow) => ({
  id,
  act,
  validFrom,
  recordedAt: recordedAt(row),
  state: row.state,
  amount: Number(amount),
});
type AmountRow = DatedAmount & { id: string; state: string };

const list = route({
  method: 'get',
  path: '/policies',
  tag,
  summary: 'The versions of the policy, the BHM and the minimum wage, and what is in force on a day',
  who: 'anyone signed in',
  query: z.strictObject({ on: day.optional().meta({ description: 'Today unless given.' }) }),
  answers: {
    200: z.object({
      inForce: z
        .object({
          on: day,
          policy: z.string().nullable(),
          bhm: soum.nullable(),
          minimumWage: soum.nullable(),
        })
        .meta({ description: 'null: nothing was in force on that day.' }),
      versions: z.array(listedVersion),
      bhm: z.array(listedAmount),
      minimumWage: z.array(listedAmount),
    }),
  },
  async handle({ records: { db }, now, query: { on = dayOf(now) } }) {
    const versions = await db.policyVersion.findMany({
      orderBy: [{ validFrom: 'asc' }, { recordedAt: 'asc' }],
      omit: { rules: true, dryRun: true },
    });
    const amounts = await db.datedAmount.findMany({ orderBy: [{ validFrom: 'asc' }, { recordedAt: 'asc' }] });
    const law = await readLaw(db, db, now);
    const valueOn = (values: readonly DatedAmount[]) => {
      const value = inForce(values, on);
      return value ? Number(value.amount) : null;
    };
    const named = (name: string) => amounts.filter((amount) => amount.name === name).map(shownAmount);
    return ok({
      inForce: {
        on,
        policy: inForce(law.policies, on)?.id ?? null,
        bhm: valueOn(law.bhm),
        minimumWage: valueOn(law.minimumWage),
      },
      versions: versions.map(shownVersion),
      bhm: named('bhm'),
      minimumWage: named('minimum_wage'),
    });
  },
});

function shownPart(it: Kept) {
  const { kind, part, state, dryRun } = it;
  return kind === 'version'
    ? { kind, ...shownVersion({ ...part, state }), rules: part.rules, dryRun }
    : { kind, name: part.name, ...shownAmount({ ...part, state }), dryRun };
}

const one = route({
  method: 'get',
  path: '/policies/{id}',
  tag,
  summary: 'A version with its rules, or a dated amount, and the dry run on file',
  who: 'anyone signed in',
  params: z.strictObject({ id: policyId }),
  answers: { 200: shown },
  async handle({ records: { db }, params: { id } }) {
    const it = await readPart(db, id);
    if (!it) throw notFound();
    return ok(shownPart(it));
  },
});

const changes = z.record(z.string(), z.unknown()).meta({
  description:
    'Part of PolicyRules, merged into the version in force on `validFrom`: what is not named stays, lists are replaced, ' +
    '`null` takes a programme or one of its conditions away.',
});
const proposed = [
  z.strictObject({
    kind: z.literal('version'),
    act: line,
    validFrom: day,
    appliesTo: z.enum(['new', 'running']),
    changes,
  }),
  z.strictObject({
    kind: z.literal('amount'),
    act: line,
    name: z.enum(amountNames),
    validFrom: day,
    amount: som.min(1, 'Is below 1'),
  }),
] as const;

const create = route({
  method: 'post',
  path: '/policies',
  tag,
  summary: 'Propose a version of the policy, or a BHM or minimum wage; another administrator decides',
  description:
    'Nothing holds before another administrator has approved it (POST /approvals/{id}/decision). One that is valid from a ' +
    'day before today needs a dry run on file first. `appliesTo` `running`: open deadlines get the new lengths, too.',
  who: ['administrator'],
  command: true,
  body: z.discriminatedUnion('kind', proposed),
  answers: {
    201: z.object({
      id: z.string(),
      approval: z.string().meta({ description: 'The proposal to be decided, AP-000001.' }),
    }),
  },
  handle: (ctx) =>
    asCommand(ctx, { name: 'policy', body: ctx.body as Json }, async (transaction) => {
      const { body } = ctx;
      const made = await proposePolicy(transaction, body);
      return { status: 201, body: { ...made } };
    }),
});

const tryOut = route({
  method: 'post',
  path: '/policies/dry-run',
  tag,
  summary: 'What a version or an amount would change for open subsidies, claims and deadlines',
  description:
    'Of a proposed one by its number, or of what would be proposed. Nothing is written, but the dry run of a proposed one is ' +
    'kept on it.',
  who: ['administrator'],
  body: z.union([z.strictObject({ policy: policyId }), ...proposed]),
  errors: [409],
  answers: { 200: dryRunShape },
  async handle(ctx) {
    const { body } = ctx;
    const transaction = await readingTransaction(ctx);
    if (!('policy' in body))
      return ok(await dryRun(transaction, partOf(await transaction.law(), body, 'PV-000000', ctx.now)));
    const { db } = ctx.records;
    const id = body.policy;
    const it = await readPart(db, id);
    if (!it) throw notFound();
    if (it.state !== 'proposed')
      throw notNow('decided', `It is ${it.state} already: there is nothing to try out.`);
    const found = await dryRun(transaction, it);
    await keep(ctx, it, found);
    return ok(found);
  },
});

/** What a dry run reads: outside a transaction, since it reads much and writes nothing. */
async function readingTransaction({ records: { db }, now }: Ctx) {
  const law = await readLaw(db, db, now);
  const calendar = await readCalendar(db);
  return {
    tx: db,
    now,
    today: dayOf(now),
    law: () => Promise.resolve(law),
    calendar: () => Promise.resolve(calendar),
  };
}

async function keep({ records: { db } }: Ctx, { kind, part }: Kept, found: DryRun): Promise<void> {
  const data = { where: { id: part.id, state: 'proposed' }, data: { dryRun: found as Json } };
  if (kind === 'version') await db.policyVersion.updateMany(data);
  else await db.datedAmount.updateMany(data);
}

export const policyRoutes = [list, one, create, tryOut];
