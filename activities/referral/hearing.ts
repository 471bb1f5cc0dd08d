import type { Hearing } from '../../contracts/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import { backToPlanning } from '../steps/planning';
import { aboutReferral, endReferral } from '../steps/referrals';
import { toInspectorate } from './inspectorate';
import { readReferral, type WholeReferral } from './read';

export async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const referral = await readReferral(transaction, id);
  await record(
    transaction,
    'person_heard',
    aboutReferral(referral),
    { referral: id, confirmed: body.confirmed },
    body.words,
  );
  const heard = { hearing: body as Json };
  if (!body.confirmed) return afterClaim(transaction, referral, 'contradicted', heard);
  await transaction.tx.referral.update({ where: { id }, data: heard });
  await endReferral(transaction, referral, {
    state: 'person_declined',
    event: 'person_declined',
    grounds: body.words,
  });
  await backToPlanning(transaction, referral.caseId);
}

export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await record(transaction, 'person_unheard', aboutReferral(referral), { referral: id });
  await afterClaim(transaction, referral, 'unheard');
}

/** The employer's word about the person was contradicted, or the person could not be heard: the inspection says which. */
async function afterClaim(
  transaction: Transaction,
  referral: WholeReferral,
  claim: 'contradicted' | 'unheard',
  data: object = {},
): Promise<void> {
  const said = referral.decision as { code: string; grounds: string };
  await toInspectorate(
    transaction,
    referral,
    'rejected',
    'rejection',
    { code: said.code, grounds: said.grounds, claim },
    data,
  );
}
