import { z } from 'zod';
import { dayOf } from '../../domain/day';
import { type DatedAmount, inForce } from '../../domain/policy';
import type { Json } from '../../prisma/db';
import { readLaw } from '../../records/kernel/law';
import { proposePolicy, readPart } from '../../records/money/policies';
import { asCommand } from '../http/commands';
import { day } from '../http/fields';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { tryOut } from './policy-dry-run';
import {
  listedAmount,
  listedVersion,
  policyId,
  proposed,
  shown,
  shownAmount,
  shownPart,
  shownVersion,
  soum,
  tag,
} from './policy-shape';

const list = route({
  method: 'get',
  path: '/policies',
  tag,
  summary: 'The versions of the policy, the BHM and the minimum wage, and those in force on a day',
  who: 'anyone signed in',
  query: z.strictObject({ on: day.optional().meta({ description: 'The day; today if it is left out.' }) }),
  answers: {
    200: z.object({
      inForce: z
        .object({
          on: day,
          policy: z.string().nullable(),
          bhm: soum.nullable(),
          minimumWage: soum.nullable(),
        })
        .meta({ description: 'Null: nothing was in force on that day.' }),
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

const create = route({
  method: 'post',
  path: '/policies',
  tag,
  summary: 'Propose a version of the policy, or a BHM or minimum wage; another administrator decides',
  description:
    'The proposal has no effect before another administrator approves it (POST /approvals/{id}/decision). One that is valid from a ' +
    'day before today first needs a dry run on file. With `appliesTo` `running` open deadlines get the new lengths, too.',
  who: ['administrator'],
  command: true,
  actions: ['task.policy'],
  body: z.discriminatedUnion('kind', proposed),
  answers: {
    201: z.object({
      id: z.string().meta({
        description:
          'The number of the proposed version or amount, for GET /policies/{id} and for its dry run. An amount of the first record has its name and day in place of it, such as `bhm-2022-06-01`.',
      }),
      approval: z
        .string()
        .meta({ description: 'The number of the proposal, AP-000001, for POST /approvals/{id}/decision.' }),
    }),
  },
  handle: (ctx) =>
    asCommand(ctx, { name: 'policy', body: ctx.body as Json }, async (transaction) => {
      const { body } = ctx;
      const made = await proposePolicy(transaction, body);
      return { status: 201, body: { ...made } };
    }),
});

export const policyRoutes = [list, one, create, tryOut];
