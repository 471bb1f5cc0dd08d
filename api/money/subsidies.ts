import { z } from 'zod';
import { wageApplication, wagePrograms } from '../../contracts/subsidy';
import { applyForWages, missingIn, mustBeComplete } from '../../records/money/applying';
import { wageProgrammes } from '../../domain/policy';
import { workerOf } from '../../records/money/worker';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { asCommand, made } from '../http/commands';
import { is } from '../http/filters';
import { moneyReaders } from '../http/readers';
import { route } from '../http/route';
import { oneRoute, stateful } from '../http/stateful';
import {
  applicantOf,
  applicants,
  listOfSubsidies,
  subsidyCommands,
  subsidyFilters,
  subsidyShape,
  subsidySummary,
} from './subsidy-commands';

const tag = 'subsidies';
const shape = subsidyShape('Subsidy');

const apply = route({
  method: 'post',
  path: '/subsidies',
  tag,
  summary: 'Apply for a wage subsidy',
  description:
    'A complete application: 201 in `checking`, and the labour register is asked about the job. A complete one that the law excludes: 201 in `refused`, with rule, act and version. An incomplete one: 422 with an entry for each field, and nothing is kept. The service need not know the worker.',
  who: applicants,
  command: true,
  body: wageApplication,
  answers: { 201: shape },
  handle: (ctx) =>
    asCommand(ctx, { name: 'application', body: ctx.body }, (transaction) => applied(transaction, ctx.body)),
});

async function applied(transaction: Transaction, body: z.output<typeof wageApplication>) {
  const { person, pinfl, name, employer: stir, ...wages } = body;
  const employer = await applicantOf(transaction, stir);
  mustBeComplete(await missingIn(transaction, wages));
  const id = await applyForWages(
    transaction,
    employer,
    await workerOf(transaction, employer, { person, pinfl, name }),
    wages,
  );
  transaction.subject = subjectOf('subsidy', id);
  wake(transaction, transaction.subject);
  return made(transaction, 'subsidy', id);
}

const list = listOfSubsidies({
  kind: 'subsidy',
  summary: 'Wage subsidies of the caller’s area, or of the employer itself',
  filters: { ...subsidyFilters, programme: is('programme', wagePrograms) },
  item: stateful('SubsidyItem', subsidySummary),
  programmes: { in: [...wageProgrammes] },
});

const one = oneRoute({
  kind: 'subsidy',
  summary: 'One wage subsidy with its claims',
  description: 'The offices also see the money that is reserved for each month.',
  who: moneyReaders,
  shape,
});

export const subsidyRoutes = [apply, list, one, ...subsidyCommands('subsidy', shape)];
