import type { StartApplication } from '../../contracts/start-subsidy';
import { fundOf } from '../../domain/money/funds';
import { cameToNothing, lastDayToSign } from '../../domain/money/start-subsidy';
import { usedAgain } from '../../domain/money/costs';
import { START } from '../../domain/policy';
import type { Business, Subsidy } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { barredFrom, tookPart } from '../../records/kernel/participations';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { notNow, notPossible, Refusal, wrongField } from '../../records/kernel/refusal';
import { move, noteMade, subjectOf } from '../../records/kernel/rows';
import { moveWait, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { isLawAwaited, waitForLaw } from '../../records/money/awaiting-law';
import { useDocuments, usedDocuments } from '../../records/money/costs';
import { policyOfApplication } from '../../records/money/judging';
import { toPayee } from '../../records/money/payees';
import { readerOf } from '../../records/reads/reader';
import { aboutSubsidy, placeOfSubsidy } from './read';

/* The start subsidy of an own business, as the business's row uses it [measures §3]. */

type Started = Pick<Business, 'id' | 'caseId' | 'personId' | 'area' | 'firstOn'>;

/**
 * The case manager enters the application that the person signed on paper. The supervisor of the district reviews it.
 *
 * @param transaction of the business
 * @returns the subsidy's number
 * @throws Refusal 422 for a day that cannot be, and for a document that is used already; 409 where the person has a start subsidy
 */
export async function enterStart(
  transaction: Transaction,
  business: Started,
  { signedOn, costs }: Omit<StartApplication, 'programme'>,
): Promise<string> {
  await mustBeTheOnlyOne(transaction, business.personId);
  await mustBeSignedInTime(transaction, business, signedOn);
  const used = usedAgain(costs, await usedDocuments(transaction, costs));
  if (used.length > 0)
    throw new Refusal(
      422,
      'document_used',
      'A document counts once. Leave out what is paid by it already.',
      used.map((document) => ({ field: 'costs', detail: `document_used: ${document}` })),
    );
  const law = await transaction.law();
  const policyId = await policyOfApplication(transaction, signedOn, signedOn);
  if (!law.policy(policyId).rules.programmes[START])
    throw notNow('no_rule', `The policy of ${signedOn} has no start subsidy.`);
  const id = await nextNumber(transaction.tx, 'start-subsidy');
  const there = inRow(transaction, subjectOf('start-subsidy', id));
  const application: StartApplication = { programme: START, signedOn, costs };
  const row = await transaction.tx.subsidy.create({
    data: {
      id,
      programme: START,
      businessId: business.id,
      caseId: business.caseId,
      personId: business.personId,
      fund: fundOf(law.policies, START),
      // The order is numbered in the region, and paid from its line.
      area: business.area.slice(0, 4),
      state: 'review',
      since: transaction.now,
      appliedOn: signedOn,
      appliedAt: transaction.now,
      confirmedAt: transaction.now,
      application,
      policyId,
      correlationId: transaction.correlationId,
    },
  });
  noteMade(there, there.subject, row.state);
  await useDocuments(there, id, costs);
  await tookPart(there, 'submitted');
  await record(there, 'start_entered', aboutSubsidy(row), {
    subsidy: id,
    on: signedOn,
    programme: START,
    area: row.area,
  });
  await notify(there, { type: 'person_start_entered', to: toPayee(row), params: { subsidy: id } });
  if (await isLawAwaited(there, row)) await waitForLaw(there, row);
  else await beginStartReview(there, row);
  return id;
}

/** @throws Refusal 409 where the person has one, under any of their records. Two applications follow each other. */
async function mustBeTheOnlyOne(transaction: Transaction, personId: string): Promise<void> {
  const records = await recordsOf(transaction.tx, personId);
  await transaction.tx
    .$queryRaw`SELECT id FROM people WHERE id = ANY(${records}) ORDER BY id FOR NO KEY UPDATE`;
  const other = await transaction.tx.subsidy.findFirst({
    where: { programme: START, personId: { in: records }, state: { notIn: [...cameToNothing] } },
    select: { id: true },
  });
  if (other)
    throw notPossible(
      { code: 'start_subsidy_had', params: { number: other.id } },
      readerOf(transaction.actor, transaction.now),
    );
}

/** @throws Refusal 422 for a day before the registration, after today, or too long after the registration */
async function mustBeSignedInTime(
  transaction: Transaction,
  { firstOn }: Started,
  signedOn: string,
): Promise<void> {
  const since = firstOn ?? transaction.today;
  const { n } = await policyNumber(transaction, 'startSubsidyMonths', since);
  const last = lastDayToSign(since, n);
  if (signedOn > last)
    throw wrongField('signedOn', 'too_late', `A start subsidy was possible until ${last}.`);
  if (signedOn < since || signedOn > transaction.today)
    throw wrongField(
      'signedOn',
      'impossible_day',
      `The person signs between the registration on ${since} and today.`,
    );
}

/** The supervisor of the business's district reviews the costs. The official who entered them does not review them. */
export async function beginStartReview(transaction: Transaction, row: Subsidy): Promise<void> {
  const { rules } = (await transaction.law()).policy(row.policyId);
  const { area } = await transaction.tx.business.findUniqueOrThrow({
    where: { id: row.businessId ?? '' },
    select: { area: true },
  });
  await openTask(transaction, {
    ...placeOfSubsidy(row),
    area: districtOf(area),
    kind: 'start_review',
    length: rules.programmes[START]?.review ?? rules.lengths.evidence,
    barred: await barredFrom(transaction.tx, 'review', [transaction.subject]),
  });
  await move(transaction, 'start-subsidy', row, 'review');
}

const districtOf = (area: string): string => area.slice(0, 7);

/** The case moved with its business. The supervisor of the new district reviews the costs, by the same day. */
export async function startMoves(transaction: Transaction, businessId: string, area: string): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: { businessId, state: 'review' },
    select: { id: true },
  });
  for (const { id } of rows) {
    const there = inRow(transaction, subjectOf('start-subsidy', id));
    const review = await openWait(there, 'start_review');
    if (review) await moveWait(there, review, districtOf(area));
  }
}
