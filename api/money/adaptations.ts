import { z } from 'zod';
import { contracts } from '../../contracts';
import { adaptationApplication, type AdaptationApplication } from '../../contracts/adaptation';
import { applyForAdaptation, missingIn, mustBeComplete } from '../../records/money/applying';
import { workerOf } from '../../records/money/worker';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { claimShape } from './claims';
import { givers } from '../http/command-route';
import { asCommand, made } from '../http/commands';
import { give } from '../http/giving';
import { notFound, Problem } from '../http/problem';
import { moneyReaders } from '../http/readers';
import { route } from '../http/route';
import { oneRoute, paramsOf, stateful } from '../http/stateful';
import {
  applicantOf,
  applicants,
  listOfSubsidies,
  subsidyCommands,
  subsidyFilters,
  subsidyShape,
  subsidySummary,
} from './subsidy-commands';
import { visibleRow } from '../http/visible';

const tag = 'adaptations';
const shape = subsidyShape('Adaptation');

const apply = route({
  method: 'post',
  path: '/adaptations',
  tag,
  summary: 'Apply for the costs of adapting workplaces',
  description:
    'Each workplace is subsidised once, and each document counts once in the whole system. The answer is 201 in `refused` for an application that the law excludes, and 422 for an incomplete one.',
  who: applicants,
  command: true,
  body: adaptationApplication,
  answers: { 201: shape },
  handle: (ctx) =>
    asCommand(ctx, { name: 'application', body: ctx.body }, (transaction) => applied(transaction, ctx.body)),
});

async function applied(transaction: Transaction, body: z.output<typeof adaptationApplication>) {
  const { workers: named, employer: by, ...rest } = body;
  const employer = await applicantOf(transaction, by);
  const asked: AdaptationApplication = { programme: 'workplace_adaptation', workers: [], ...rest };
  mustBeComplete(await missingIn(transaction, asked));
  const workers: AdaptationApplication['workers'] = [];
  for (const each of named)
    workers.push({ person: await workerOf(transaction, employer, each), hiredOn: each.hiredOn });
  const id = await applyForAdaptation(transaction, employer, { ...asked, workers });
  transaction.subject = subjectOf('adaptation', id);
  wake(transaction, transaction.subject);
  return made(transaction, 'adaptation', id);
}

const list = listOfSubsidies({
  kind: 'adaptation',
  summary: 'Adaptations of workplaces in the caller’s area, or of the employer itself',
  filters: subsidyFilters,
  item: stateful('AdaptationItem', subsidySummary),
  programmes: 'workplace_adaptation',
});

const one = oneRoute({
  kind: 'adaptation',
  summary: 'One adaptation with its payment',
  who: moneyReaders,
  shape,
});

const approval = route({
  method: 'post',
  path: '/adaptations/{id}/approval',
  tag,
  summary: 'Approve the payment (the answer is its claim)',
  description:
    'The payment is the claim `<id>-pay`. Revision and amount are those of the claim as it was read.',
  who: givers('claim', 'approval'),
  command: true,
  params: paramsOf('adaptation'),
  actions: ['claim.approval'],
  body: contracts.claim.approval.body,
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
        `The adaptation is "${row.state}" and has no signed order, so there is no payment to approve.`,
        {
          more: { state: row.state, allowedActions: [] },
        },
      );
    return give(ctx, { kind: 'claim', id, name: 'approval', body: ctx.body });
  },
});

export const adaptationRoutes = [apply, list, one, ...subsidyCommands('adaptation', shape), approval];
