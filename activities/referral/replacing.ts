import type { Decision } from '../../contracts/referral';
import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { wasInTime } from '../../records/kernel/in-time';
import { notify } from '../../records/kernel/notices';
import { notNow, type Refusal } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutReferral } from '../steps/referrals';
import { tellOfficial } from '../steps/tell';
import type { WholeReferral } from './read';

/** A replaced decision of the employer, as the referral keeps it. */
interface Earlier {
  decision: Json;
  /** The instant of the decision. */
  at: string;
  replacedOn: Day;
  /** The consequences of the decision until its replacement. */
  hearing?: Json;
  startChange?: Json;
}

/**
 * The columns of a referral whose decision the employer replaces. The replaced decision is kept, and the columns of the new
 * decision begin empty [pathway §5, a mistake].
 *
 * @param at the instant of the new decision, or of its receipt
 * @throws Refusal 409 after the employer's time, after the employer told of the contract, and if the new decision says nothing
 *   new
 */
export async function replaced(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision,
  at: Date,
): Promise<object> {
  const { subject, tx } = transaction;
  if (!(await wasInTime(tx, { subject, kind: 'decision' }, at)))
    throw stands('The employer’s time to answer is over, so the decision stands.', referral);
  if (referral.decidedAt && at < referral.decidedAt)
    throw stands('The employer gave another answer after this one, and that answer stands.', referral);
  if (referral.contract !== null)
    throw stands('The employer has told a contract, so the acceptance stands.', referral);
  if (saysTheSame(referral, body)) throw stands('The employer has answered the same before.', referral);
  await record(transaction, 'decision_replaced', aboutReferral(referral), { referral: referral.id });
  const earlier: Earlier = {
    decision: referral.decision as Json,
    at: (referral.decidedAt ?? referral.since).toISOString(),
    replacedOn: transaction.today,
    ...(referral.hearing !== null && { hearing: referral.hearing }),
    ...(referral.startChange !== null && { startChange: referral.startChange }),
  };
  return {
    earlierDecisions: [...earlierOf(referral), earlier],
    startOn: null,
    hearing: Prisma.DbNull,
    startChange: Prisma.DbNull,
  };
}

/** A start day moves by agreement only. So one acceptance does not replace another. */
function saysTheSame(referral: WholeReferral, body: Decision): boolean {
  const before = referral.decision as Pick<Decision, 'decision'> & { code?: string; grounds?: string };
  if (body.decision === 'accept') return before.decision === 'accept';
  return before.decision === 'reject' && before.code === body.code && before.grounds === body.grounds;
}

/** The refusal 409: the decision stands. It says what the employer can do instead. */
const stands = (why: string, { state }: WholeReferral): Refusal =>
  notNow(
    'already_decided',
    `${why} ${
      state === 'accepted'
        ? 'Register the contract, or propose another start day (POST /referrals/{id}/start).'
        : state === 'hearing'
          ? 'The case manager hears the person now: tell the case manager.'
          : 'The inspectorate examines it: tell the inspector that you hire the person, and the inspection can be settled.'
    }`,
  );

const earlierOf = ({ earlierDecisions }: WholeReferral): Json[] => earlierDecisions as Json[];

/** Distinguishes the messages about one decision from the messages about the next. */
export const occasionOf = (referral: WholeReferral): string =>
  decisionsBefore(referral) === 0 ? '' : `decision-${decisionsBefore(referral) + 1}`;

/** The number of decisions on record. A decision that is being replaced counts. */
const decisionsBefore = (referral: WholeReferral): number =>
  earlierOf(referral).length + (referral.decision === null ? 0 : 1);

/** The case manager learns of the new decision. A person who knows of an acceptance learns that it is taken back. */
export async function tellOfReplacement(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision,
): Promise<void> {
  const occasion = occasionOf(referral);
  await tellOfficial(
    transaction,
    referral.managerId,
    { type: 'decision_replaced_told', params: { decision: body.decision } },
    occasion,
  );
  const wasAccepted = (referral.decision as { decision: string }).decision === 'accept';
  if (wasAccepted)
    await notify(transaction, {
      type: 'acceptance_replaced',
      to: { kind: 'person', id: referral.personId },
      params: {},
      occasion,
    });
}
