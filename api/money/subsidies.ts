import { z } from 'zod';
import type { WageApplication } from '../../domain/money/commands';
import { represent } from '../../records/reads/represent';
import { applyForWages, missingIn, mustBeComplete } from '../../records/money/applying';
import { workerOf } from '../../records/money/worker';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { proposedAccount } from '../employers/accounts';
import { asCommand } from '../http/commands';
import { day, line, pinfl, som } from '../http/fields';
import { pageOf } from '../http/paging';
import { route } from '../http/route';
import { oneRoute, personId, stateful } from '../http/stateful';
import {
  applicantOf,
  applicants,
  documents,
  listedSubsidies,
  moneyReaders,
  names,
  onPaper,
  snapshot,
  subsidyCommands,
  subsidyQuery,
  subsidyShape,
  subsidySummary,
} from './subsidy-commands';

const tag = 'subsidies';
const wagePrograms = z.enum(['hire_pwd', 'above_quota']);
const shape = subsidyShape('Subsidy');

const said = {
  group: z.literal([1, 2, 3]).optional().meta({ description: 'Disability group.' }),
  category: line.optional().meta({ description: 'Category of the vulnerable group, for `above_quota`.' }),
  wage: som.optional().meta({ description: 'By contract, so’m a month.' }),
  snapshot: snapshot.optional(),
  account: proposedAccount.optional(),
};

const application = z
  .strictObject({
    programme: wagePrograms,
    person: personId.optional(),
    pinfl: pinfl.optional(),
    name: line
      .optional()
      .meta({ description: 'Unless it is told, the review enters it from the hiring order.' }),
    hiredOn: day,
    contract: line,
    documents,
    ...said,
    ...onPaper,
  })
  .refine(({ person, pinfl: number }) => (person === undefined) !== (number === undefined), {
    path: ['pinfl'],
    message: 'Exactly one of pinfl and person is needed',
  });

const apply = route({
  method: 'post',
  path: '/subsidies',
  tag,
  summary: 'Apply for a wage subsidy',
  description:
    'Complete: 201 in `checking`, and the labour register is asked about the job. Complete but excluded by law: 201 in `refused`, with rule, act and version. Incomplete: 422 with an entry per field, nothing kept. The worker need not be known to the service.',
  who: applicants,
  command: true,
  body: application,
  answers: { 201: shape },
  handle: (ctx) =>
    asCommand(ctx, { name: 'application', body: ctx.body }, (transaction) => applied(transaction, ctx.body)),
});

async function applied(transaction: Transaction, body: z.output<typeof application>) {
  const { person, pinfl: number, name, employer: stir, ...rest } = body;
  const employer = await applicantOf(transaction, stir);
  const wages = rest as WageApplication;
  mustBeComplete(await missingIn(transaction, wages));
  const id = await applyForWages(
    transaction,
    employer,
    await workerOf(transaction, employer, { person, pinfl: number, name }),
    wages,
  );
  transaction.subject = subjectOf('subsidy', id);
  await wake(transaction, transaction.subject);
  return {
    status: 201,
    body: await represent(transaction.tx, 'subsidy', id, transaction.actor, transaction.now),
  };
}

const list = route({
  method: 'get',
  path: '/subsidies',
  tag,
  summary: 'Wage subsidies of the caller’s area, or of the employer itself',
  who: moneyReaders,
  query: z.strictObject({ ...subsidyQuery, programme: wagePrograms.optional() }),
  answers: { 200: pageOf(stateful('SubsidyItem', subsidySummary)) },
  handle: (ctx) => listedSubsidies(ctx, 'subsidy', ctx.query.programme),
});

const one = oneRoute({
  kind: 'subsidy',
  path: '/subsidies/{id}',
  tag,
  summary: 'One wage subsidy with its claims',
  description: 'The offices also see what is reserved for each month.',
  who: moneyReaders,
  shape,
});

const completion = z
  .strictObject({ ...said, documents: documents.optional() })
  .refine((body) => Object.keys(body).length > 0, 'Say what is completed');

export const subsidyRoutes = [
  apply,
  list,
  one,
  ...subsidyCommands('subsidy', shape, { propose: { snapshot: snapshot.optional(), names }, completion }),
];
