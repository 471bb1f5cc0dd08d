import type { Referral } from '../../prisma/generated/client';
import { referralInPlay, type ReferralState } from '../../domain/pathways/referral';
import type { EventType } from '../../domain/words/words';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';

export interface Ending {
  state: ReferralState;
  event: EventType;
  params?: Record<string, string | null>;
  grounds?: string;
  /** The columns that are written with the end. */
  data?: object;
  /** Whether the employer is told of the end. */
  tellEmployer?: boolean;
}

export const aboutReferral = (referral: Pick<Referral, 'caseId' | 'personId' | 'employerId'>) => ({
  caseId: referral.caseId,
  personId: referral.personId,
  employerId: referral.employerId,
});

/** Closes a referral: its state, its waits, the event with the reason, and a message to the employer if one is due. */
export async function endReferral(
  transaction: Transaction,
  referral: Referral,
  ending: Ending,
): Promise<void> {
  const here = inRow(transaction, subjectOf('referral', referral.id));
  await closeTasks(here, {}, ending.state);
  await move(here, 'referral', referral, ending.state, {
    ...ending.data,
    outcome: ending.state,
    endedAt: transaction.now,
  });
  await record(
    here,
    ending.event,
    aboutReferral(referral),
    { referral: referral.id, ...ending.params },
    ending.grounds,
  );
  if (ending.tellEmployer)
    await notify(here, {
      type: 'referral_withdrawn',
      to: { kind: 'employer', id: referral.employerId },
      params: { referral: referral.id },
    });
}

/** Withdraws the referrals that hold a case, except the given referral, and tells each employer [pathway §5]. */
export async function endOpenReferrals(
  transaction: Transaction,
  caseId: string,
  except: string | undefined,
  why: 'person_placed' | 'case_ended',
): Promise<void> {
  const open = await transaction.tx.referral.findMany({
    where: {
      caseId,
      state: { in: [...referralInPlay] },
      ...(except !== undefined && { id: { not: except } }),
    },
    orderBy: { id: 'asc' },
  });
  for (const referral of open)
    await endReferral(transaction, referral, {
      state: 'withdrawn',
      event: 'referral_withdrawn',
      params: { reason: why },
      tellEmployer: true,
    });
}
