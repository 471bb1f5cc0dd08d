import type { Application } from '../../contracts';
import type { AdaptationApplication, Cost } from '../../contracts/adaptation';
import type { WageApplication } from '../../contracts/subsidy';
import { adaptationFaults, type CostLine, workplacesOf } from '../../domain/money/adaptation';
import { plain } from '../../domain/money/costs';
import { fundOf } from '../../domain/money/funds';
import { categoriesOf, type Eligibility, type Programme } from '../../domain/policy';
import type { Json } from '../../prisma/db';
import { type Employer, Prisma, type Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { recordsOf } from '../joining';
import type { Law } from '../kernel/law';
import { nextNumber } from '../kernel/numbers';
import { Refusal, wrongField } from '../kernel/refusal';
import { subjectOf } from '../kernel/rows';
import { openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { accountOfApplication } from './accounts';
import { tookPart } from '../kernel/participations';
import { isLawAwaited, waitForLaw } from './awaiting-law';
import { giveUpCosts, useDocuments, usedDocuments } from './costs';
import { judge, policyOfApplication } from './judging';
import { refuse } from './refusing';
import { othersFor } from './workplaces';
import { workersOf } from './worker';

/**
 * Receives an application for a wage subsidy. If it is complete, YAMMT is asked about the job. If the law excludes it, it is
 * recorded as `refused` with rule, act and version [money §3].
 *
 * @param personId the worker, who is recorded already
 * @returns the subsidy's number
 * @throws Refusal 422 for a paper that is missing or a day that cannot be; 409 when the same is applied for already
 */
export async function applyForWages(
  transaction: Transaction,
  employer: Employer,
  personId: string,
  application: WageApplication,
): Promise<string> {
  const appliedOn = receivedOn(transaction, application.receivedOn);
  const { hiredOn } = application;
  if (hiredOn > appliedOn)
    throw wrongField(
      'hiredOn',
      'impossible_day',
      'The hire is after the day of the application: apply once the person is hired.',
    );
  const policyId = await policyOfApplication(transaction, hiredOn, appliedOn);
  mustBeComplete(missingOf(application, await transaction.law(), policyId));
  const same = await transaction.tx.subsidy.findFirst({
    where: {
      programme: application.programme,
      employerId: employer.id,
      personId: { in: await recordsOf(transaction.tx, personId) },
      hiredOn,
      state: { notIn: ['refused', 'abandoned'] },
      stop: { equals: Prisma.DbNull },
    },
  });
  if (same) throw new Refusal(409, 'applied_for', `This is applied for already: ${same.id}.`);
  return receive(transaction, employer, 'subsidy', {
    programme: application.programme,
    personId,
    hiredOn,
    contract: application.contract,
    appliedOn,
    policyId,
    application: application,
    ...(application.snapshot && { snapshot: application.snapshot }),
  });
}

/** Receives an application for the adaptation of workplaces [PQ-4804]; each workplace and each paper counts once. */
export async function applyForAdaptation(
  transaction: Transaction,
  employer: Employer,
  application: AdaptationApplication,
): Promise<string> {
  const appliedOn = receivedOn(transaction, application.receivedOn);
  const policyId = await policyOfApplication(transaction, appliedOn, appliedOn);
  mustBeComplete(missingOf(application, await transaction.law(), policyId));
  await mustBeUnused(transaction, employer, application);
  const id = await receive(transaction, employer, 'adaptation', {
    programme: 'workplace_adaptation',
    personId: '',
    appliedOn,
    policyId,
    application: application,
  });
  const { state } = await transaction.tx.subsidy.findUniqueOrThrow({ where: { id } });
  if (state === 'refused') return id;
  await takeUp(transaction, employer.id, id, application.costs);
  return id;
}

/**
 * Completes an adaptation's costs. The workplaces and papers named now replace those named before.
 *
 * @throws Refusal 422 as when it was applied for
 */
export async function replaceCosts(
  transaction: Transaction,
  employer: Employer,
  adaptationId: string,
  application: AdaptationApplication,
): Promise<void> {
  await giveUpCosts(transaction, adaptationId);
  await mustBeUnused(transaction, employer, application, adaptationId);
  await takeUp(transaction, employer.id, adaptationId, application.costs);
}

/** Reserves the workplaces and papers that the costs name: each counts for one adaptation only. */
async function takeUp(
  transaction: Transaction,
  employerId: string,
  adaptationId: string,
  costs: readonly Cost[],
) {
  await transaction.tx.adaptedWorkplace.createMany({
    data: workplacesOf(costs).map((workplace) => ({ employerId, workplace: plain(workplace), adaptationId })),
  });
  await useDocuments(transaction, adaptationId, costs);
}

function receivedOn(transaction: Transaction, on: string | undefined): string {
  if (on === undefined) return transaction.today;
  if (transaction.actor.role === 'employer')
    throw wrongField(
      'receivedOn',
      'not_yours',
      'An employer’s own application is received today: leave this field out. The office enters applications on paper.',
    );
  if (on > transaction.today)
    throw wrongField(
      'receivedOn',
      'impossible_day',
      'The day is in the future: enter today or an earlier day.',
    );
  return on;
}

/** @throws Refusal 422 with an entry for every field that is missing */
export function mustBeComplete(missing: readonly Missing[]): void {
  if (missing.length > 0) throw new Refusal(422, 'incomplete', 'The application is not complete.', missing);
}

export interface Missing {
  field: string;
  detail: string;
}

/** The fields that an application lacks by the rules in force on the hire date: papers, and answers to conditions. */
export async function missingIn(transaction: Transaction, application: Application): Promise<Missing[]> {
  const appliedOn = application.receivedOn ?? transaction.today;
  const hiredOn = 'hiredOn' in application ? application.hiredOn : appliedOn;
  const policyId = await policyOfApplication(transaction, hiredOn, appliedOn);
  return missingOf(application, await transaction.law(), policyId);
}

function missingOf(application: Application, law: Law, policyId: string): Missing[] {
  const rule = law.policy(policyId).rules.programmes[application.programme];
  const papers = (rule?.attachments ?? []).filter((name) => !(name in application.documents));
  const { groups, categories, wageFloor }: Eligibility = rule?.eligibility ?? {};
  const { group, category, wage } = application as Partial<WageApplication>;
  const asked = [
    ['group', groups, group],
    ['category', categories, category],
    ['wage', wageFloor, wage],
  ] as const;
  const unsaid = asked.filter(([, condition, word]) => condition !== undefined && word === undefined);
  return [
    ...unknownCategory(law, category, categories),
    ...papers.map((name) => ({ field: `documents.${name}`, detail: 'Number, date and issuer are needed.' })),
    ...unsaid.map(([field]) => ({ field, detail: 'The rule of the programme asks for it.' })),
  ];
}

/**
 * A category that is a word of no version of the policy, with the values that are possible: a mistake, and no reason to refuse.
 *
 * @param possible by the rule of the programme; without one, all that the policy knows
 */
export function unknownCategory(
  { policies }: Law,
  category: string | undefined,
  possible?: readonly string[],
): Missing[] {
  const known = categoriesOf(policies);
  if (category === undefined || known.includes(category)) return [];
  return [
    {
      field: 'category',
      detail: `Is none of the categories. Possible are: ${(possible ?? known).join(', ')}.`,
    },
  ];
}

async function mustBeUnused(
  transaction: Transaction,
  employer: Employer,
  { costs, workers }: AdaptationApplication,
  adaptationId?: string,
): Promise<void> {
  const lines: CostLine[] = costs.map(({ workplace, tiyin, document }) => ({
    workplace,
    acceptedTiyin: BigInt(tiyin),
    document,
  }));
  const workplaces = await transaction.tx.adaptedWorkplace.findMany({ where: { employerId: employer.id } });
  const people = [...new Set(workers.map(({ person }) => person))];
  const faults = adaptationFaults(lines, people, {
    workplaces: workplaces.map(({ workplace }) => workplace),
    documents: await usedDocuments(transaction, costs),
    others: await othersFor(transaction, people, adaptationId),
  });
  if (faults.length === 0) return;
  throw new Refusal(
    422,
    faults[0]?.code ?? 'refused',
    'The costs cannot be applied for.',
    faults.map(({ code, about }) => ({ field: 'costs', detail: `${code}: ${about.join('; ')}` })),
  );
}

interface Received {
  programme: string;
  personId: string;
  hiredOn?: string;
  contract?: string;
  appliedOn: string;
  policyId: string;
  application: Json;
  snapshot?: Json;
}

async function receive(
  transaction: Transaction,
  employer: Employer,
  kind: 'subsidy' | 'adaptation',
  it: Received,
): Promise<string> {
  const id = await nextNumber(transaction.tx, kind);
  const subject = subjectOf(kind, id);
  const here: Transaction = { ...transaction, subject, waker: subject };
  const row = await transaction.tx.subsidy.create({
    data: {
      ...it,
      id,
      fund: fundOf((await transaction.law()).policies, it.programme as Programme),
      employerId: employer.id,
      area: employer.district,
      state: 'checking',
      since: transaction.now,
      appliedAt: transaction.now,
      correlationId: transaction.correlationId,
    },
  });
  const about = { employerId: employer.id, personId: it.personId || null };
  await tookPart(here, 'submitted');
  await record(here, 'applied', about, { subsidy: id, programme: it.programme, area: row.area });
  const excluded = await judge(here, row);
  if (excluded) {
    await refuse(here, row, excluded);
    return id;
  }
  await accountOfApplication(transaction, subject, employer, (it.application as Application).account);
  if (await isLawAwaited(here, row)) await waitForLaw(here, row);
  else await askAboutJobs(here, row);
  return id;
}

/** Asks YAMMT about the job, or about all persons hired for an adaptation. */
export async function askAboutJobs(transaction: Transaction, row: Subsidy): Promise<void> {
  const { area, fund, employerId, personId } = row;
  const place = { area, fund, employerId, personId: personId || null };
  for (const ref of personId === '' ? workersOf(row) : [''])
    await openTask(transaction, { ...place, kind: 'employment_answer', ref });
}
