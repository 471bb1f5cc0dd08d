import { hasBegun } from '../../domain/pathways/inspection';
import { referralInPlay } from '../../domain/pathways/referral';
import { isAnswered, isExamined, isResolved } from '../../records/inspections';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { wasInTime } from '../../records/kernel/in-time';
import { notNow } from '../../records/kernel/refusal';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { takeInspectionBack } from '../inspection/closing';
import { readInspection, type WholeInspection } from '../inspection/read';
import { becomeReferred } from '../steps/planning';
import { aboutReferral, endReferral } from '../steps/referrals';
import type { WholeReferral } from './read';

/** The last inspection of a referral. The entries about the inspection are written under its name. */
export async function inspectionOf(
  transaction: Transaction,
  { id: referralId }: WholeReferral,
): Promise<{ there: Transaction; row: WholeInspection }> {
  const where = { referralId, ground: { not: 'ended_early' } };
  const { id } = await transaction.tx.inspection.findFirstOrThrow({ where, orderBy: { id: 'desc' } });
  const there = inRow(transaction, subjectOf('inspection', id));
  return { there, row: await readInspection(there, id) };
}

/**
 * An answer that came in time was no silence, even if it is entered later. The inspection ends with that reason
 * [pathway §5, received in time].
 *
 * @param answeredAt when the employer gave it, or an official received it
 * @returns why the inspection is for the finding only by now; null where the referral can go on
 * @throws Refusal 409 if the answer came late, or if the inspection is resolved or about another answer
 */
export async function takeSilenceBack(
  transaction: Transaction,
  referral: WholeReferral,
  answeredAt: Date,
): Promise<string | null> {
  const { tx, subject } = transaction;
  if (!(await wasInTime(tx, { subject, kind: 'decision' }, answeredAt)))
    throw notNow(
      'too_late',
      'The time to answer has passed meanwhile: send the decision with a new key, it is recorded as a late one.',
    );
  const { there, row } = await inspectionOf(transaction, referral);
  if (row.state !== 'examining') throw isResolved(row);
  if (row.ground !== 'silence') throw isAnswered();
  await takeInspectionBack(there, row, 'answered_in_time');
  await record(transaction, 'silence_taken_back', aboutReferral(referral), { referral: referral.id });
  return row.findingOnly;
}

/**
 * Ends the inspection of the replaced rejection with that reason, if nobody has begun the examination
 * [pathway §5, a mistake].
 *
 * @returns why the inspection is for the finding only by now; null where the referral can go on
 * @throws Refusal 409 if the inspection is resolved or its examination has begun
 */
export async function takeRejectionBack(
  transaction: Transaction,
  referral: WholeReferral,
): Promise<string | null> {
  const { there, row } = await inspectionOf(transaction, referral);
  if (row.state !== 'examining') throw isResolved(row);
  if (hasBegun(row.steps)) throw isExamined();
  await takeInspectionBack(there, row, 'decision_replaced');
  return row.findingOnly;
}

/**
 * The referral holds its case and its place again. The limit of open referrals is for new referrals, not for answers. So the
 * person does not lose an offer because it was entered late.
 *
 * @throws Refusal 409 if another referral to the same job is open, because only one of the two can go on
 */
export async function holdAgain(transaction: Transaction, referral: WholeReferral): Promise<void> {
  const { caseId, vacancyId } = referral;
  const other = await transaction.tx.referral.findFirst({
    where: { caseId, vacancyId, state: { in: [...referralInPlay] } },
    select: { id: true },
  });
  if (other)
    throw notNow(
      'referred_again',
      `The person is referred to this job again by ${other.id}, which is open. Go on with ${other.id}, or withdraw it and enter this answer again.`,
    );
  await becomeReferred(transaction, await takeAggregate(transaction, 'case', caseId));
}

/** The ends of an open referral after an event in the life of its person. */
const endings = {
  case_ended: { state: 'withdrawn', event: 'referral_withdrawn', reason: 'case_ended' },
  works_elsewhere: { state: 'withdrawn', event: 'referral_withdrawn', reason: 'person_placed' },
  works_there: { state: 'withdrawn', event: 'referral_withdrawn', reason: 'person_placed' },
  person_no_longer_wants: { state: 'person_declined', event: 'person_declined', reason: 'person_declined' },
} as const;

/** @param meanwhile why the inspection was for the finding only */
export async function endAsMeanwhile(
  transaction: Transaction,
  referral: WholeReferral,
  meanwhile: string,
  given: object,
): Promise<void> {
  const { state, event, reason } = endings[meanwhile as keyof typeof endings];
  await endReferral(transaction, referral, {
    state,
    event,
    params: { reason },
    data: given,
    tellEmployer: true,
  });
}
