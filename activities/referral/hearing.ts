import type { Hearing } from '../../contracts/referral';
import type { Claim } from '../../domain/pathways/inspection';
import type { Json } from '../../prisma/db';
import { isResolved } from '../../records/inspections';
import { record } from '../../records/kernel/events';
import { mustBeInTime } from '../../records/kernel/in-time';
import { notInThisState } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { takeInspectionBack } from '../inspection/closing';
import { claimBecomes } from '../inspection/hearing';
import { backToPlanning } from '../steps/planning';
import { aboutReferral, endReferral } from '../steps/referrals';
import { inspectionOf } from './after-silence';
import { toInspectorate } from './inspectorate';
import { readReferral, type WholeReferral } from './read';

export async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const referral = await readReferral(transaction, id);
  const params = { referral: id, confirmed: body.confirmed };
  await record(transaction, 'person_heard', aboutReferral(referral), params, body.words);
  if (referral.state === 'rejected') return heardAfterAll(transaction, referral, body);
  const heard = { hearing: body as Json };
  if (!body.confirmed) return afterClaim(transaction, referral, 'contradicted', heard);
  await declined(transaction, referral, body);
  await backToPlanning(transaction, referral.caseId);
}

/** The person's own words end the referral. Nobody examines it [pathway §5]. */
const declined = (transaction: Transaction, referral: WholeReferral, body: Hearing): Promise<void> =>
  endReferral(transaction, referral, {
    state: 'person_declined',
    event: 'person_declined',
    grounds: body.words,
    data: { hearing: body as Json },
  });

/**
 * The person had been heard in time, although the inspection says unheard. The inspection ends, or says contradicted.
 *
 * @throws Refusal 409 unless the inspection still says unheard, and nobody has resolved it
 */
async function heardAfterAll(
  transaction: Transaction,
  referral: WholeReferral,
  body: Hearing,
): Promise<void> {
  await mustBeInTime(transaction, 'hearing', referral);
  const { there, row } = await inspectionOf(transaction, referral);
  if ((row.facts as { claim?: Claim }).claim !== 'unheard') throw notInThisState(referral.state);
  if (row.state !== 'examining') throw isResolved(row);
  if (!body.confirmed) {
    await move(transaction, 'referral', referral, 'rejected', { hearing: body as Json });
    return claimBecomes(there, row, 'contradicted');
  }
  await takeInspectionBack(there, row, 'heard_in_time');
  await declined(transaction, referral, body);
}

export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await record(transaction, 'person_unheard', aboutReferral(referral), { referral: id });
  await afterClaim(transaction, referral, 'unheard');
}

/** The person contradicted the employer's word, or could not be heard. The inspection says which is the case. */
async function afterClaim(
  transaction: Transaction,
  referral: WholeReferral,
  claim: Claim & ('contradicted' | 'unheard'),
  data: object = {},
): Promise<void> {
  const { code, grounds } = referral.decision as { code: string; grounds: string };
  await toInspectorate(transaction, referral, {
    state: 'rejected',
    ground: 'rejection',
    facts: { code, grounds, claim },
    data,
  });
}
