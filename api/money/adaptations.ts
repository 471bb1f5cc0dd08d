import { z } from 'zod';
import type { AdaptationApplication } from '../../domain/money/commands';
import { MOST_SOUM } from '../../domain/money/soum';
import { applyForAdaptation, missingIn, mustBeComplete } from '../../records/money/applying';
import { workerOf } from '../../records/money/worker';
import { represent } from '../../records/reads/represent';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { proposedAccount } from '../employers/accounts';
import { claimApproval, claimShape } from './claims';
import { asCommand, give } from '../http/commands';
import { day, line, pinfl, stir } from '../http/fields';
import { pageOf } from '../http/paging';
import { notFound, Problem } from '../http/problem';
import { route } from '../http/route';
import { givers, oneRoute, paramsOf, personId, stateful } from '../http/stateful';
import {
  applicantOf,
  applicants,
  documents,
  listedSubsidies,
  moneyReaders,
  names,
  onPaper,
  subsidyCommands,
  subsidyQuery,
  subsidyShape,
  subsidySummary,
} from './subsidy-commands';
import { visibleRow } from '../http/visible';

const tag = 'adaptations';
const shape = subsidyShape('Adaptation');

/** So'm with at most two decimals; kept in tiyin, hundredths of a so'm. */
const tiyin = z
  .number()
  .min(0)
  .max(MOST_SOUM, `Is more than ${MOST_SOUM} so’m`)
  .refine((amount) => /^\d+(\.\d\d?)?$/.test(String(amount)), 'Has more than two decimals')
  .transform((amount) => Math.round(amount * 100))
  .meta({ description: 'So’m, with at most two decimals.', example: 1250000.5 });

const cost = z
  .strictObject({
    workplace: line,
    what: line,
    amount: tiyin,
    document: z.strictObject({ issuerStir: stir, number: line, date: day }),
  })
  .transform(({ amount, ...rest }) => ({ ...rest, tiyin: amount }));
const costs = z.array(cost).min(1).max(200);

const worker = z
  .strictObject({
    person: personId.optional(),
    pinfl: pinfl.optional(),
    name: line.optional(),
    hiredOn: day,
  })
  .refine(({ person, pinfl: number }) => (person === undefined) !== (number === undefined), {
    path: ['pinfl'],
    message: 'Exactly one of pinfl and person is needed',
  });

const application = z.strictObject({
  workers: z.array(worker).min(1).max(100),
  costs,
  documents,
  entrepreneur: z.boolean(),
  account: proposedAccount.optional(),
  ...onPaper,
});

const apply = route({
  method: 'post',
  path: '/adaptations',
  tag,
  summary: 'Apply for the costs of adapting workplaces',
  description:
    'Each workplace is subsidised once, each document counts once in the whole system. Excluded by law: 201 in `refused`; incomplete: 422.',
  who: applicants,
  command: true,
  body: application,
  answers: { 201: shape },
  handle: (ctx) =>
    asCommand(ctx, { name: 'application', body: ctx.body }, (transaction) => applied(transaction, ctx.body)),
});

async function applied(transaction: Transaction, body: z.output<typeof application>) {
  const { workers: named, employer: by, ...rest } = body;
  const employer = await applicantOf(transaction, by);
  const asked = {
    programme: 'workplace_adaptation',
    workers: [],
    ...rest,
  } as AdaptationApplication;
  mustBeComplete(await missingIn(transaction, asked));
  const workers: AdaptationApplication['workers'] = [];
  for (const each of named)
    workers.push({ person: await workerOf(transaction, employer, each), hiredOn: each.hiredOn });
  const id = await applyForAdaptation(transaction, employer, {
    ...asked,
    workers,
    entrepreneur: body.entrepreneur,
  });
  transaction.subject = subjectOf('adaptation', id);
  await wake(transaction, transaction.subject);
  return {
    status: 201,
    body: await represent(transaction.tx, 'adaptation', id, transaction.actor, transaction.now),
  };
}

const list = route({
  method: 'get',
  path: '/adaptations',
  tag,
  summary: 'Adaptations of workplaces in the caller’s area, or of the employer itself',
  who: moneyReaders,
  query: z.strictObject(subsidyQuery),
  answers: { 200: pageOf(stateful('AdaptationItem', subsidySummary)) },
  handle: (ctx) => listedSubsidies(ctx, 'adaptation', 'workplace_adaptation'),
});

const one = oneRoute({
  kind: 'adaptation',
  path: '/adaptations/{id}',
  tag,
  summary: 'One adaptation with its payment',
  who: moneyReaders,
  shape,
});

const approval = route({
  method: 'post',
  path: '/adaptations/{id}/approval',
  tag,
  summary: 'A finance officer approves the payment (the answer is its claim)',
  description:
    'The payment is the claim `<id>-pay`: revision and amount are those of the claim that was seen.',
  who: givers('claim', 'approval'),
  command: true,
  params: paramsOf('adaptation'),
  body: claimApproval,
  answers: { 200: claimShape },
  async handle(ctx) {
    const { db } = ctx.records;
    const id = `${ctx.params.id}-pay`;
    const row = await visibleRow(db, 'adaptation', ctx.params.id, ctx.actor);
    if (!row) throw notFound();
    if (!(await visibleRow(db, 'claim', id, ctx.actor)))
      throw new Problem(
        409,
        'not_in_this_state',
        `Not possible while it is "${row.state}": no order stands.`,
        {
          more: { state: row.state, allowedActions: [] },
        },
      );
    return give(ctx, { subject: subjectOf('claim', id), name: 'approval', body: ctx.body });
  },
});

const completion = z
  .strictObject({
    costs: costs.optional(),
    documents: documents.optional(),
    account: proposedAccount.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Say what is completed');

const propose = {
  names,
  accepted: z
    .array(tiyin)
    .max(200)
    .optional()
    .meta({ description: 'So’m of each cost, in their order; all of each unless given.' }),
};

export const adaptationRoutes = [
  apply,
  list,
  one,
  ...subsidyCommands('adaptation', shape, { propose, completion }),
  approval,
];
