import type { InspectionGround } from '../../domain/pathways/inspection';
import type { ReferralState } from '../../domain/pathways/referral';
import type { Saying } from '../../domain/words/notice-params';
import type { NoticeType } from '../../domain/words/words';
import type { Json } from '../../prisma/db';
import { notify } from '../../records/kernel/notices';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { openInspection } from '../steps/inspect';
import { backToPlanning } from '../steps/planning';
import type { WholeReferral } from './read';
import { occasionOf } from './replacing';

interface Refused {
  /** How the referral ends. */
  state: ReferralState;
  ground: InspectionGround;
  /** The employer's statement for the inspection's file. */
  facts?: Record<string, Json | null>;
  /** The columns that are written with the referral's end. */
  data?: object;
  findingOnly?: string | null;
  /** The message to the person in place of the ground's. */
  toPerson?: Saying<'person_job_closed'>;
}

/** The message to the person about a referral that the inspectorate examines [pathway §5, the person is told]. */
const toldOf = {
  rejection: 'person_refused',
  silence: 'person_silent',
  no_contract: 'person_no_contract',
  conditions: undefined,
  ended_early: undefined,
} as const satisfies Record<InspectionGround, NoticeType | undefined>;

/** The referral ends, an inspection opens, and the case returns to planning at once [pathway §6]. */
export async function toInspectorate(
  transaction: Transaction,
  referral: WholeReferral,
  { state, ground, facts = {}, data = {}, findingOnly = null, toPerson }: Refused,
): Promise<void> {
  await closeTasks(transaction, {}, state);
  await move(transaction, 'referral', referral, state, { ...data, outcome: state, endedAt: transaction.now });
  const { vacancy, delivery, deliveredAt, deliveredHow } = { ...referral, ...data };
  const proof = delivery.map(({ channel, state: how, settledAt }) => ({ channel, state: how, settledAt }));
  await openInspection(transaction, {
    referralId: referral.id,
    caseId: referral.caseId,
    personId: referral.personId,
    employerId: referral.employerId,
    ground,
    jobKind: referral.kind,
    findingOnly,
    facts: {
      ...facts,
      issuedAt: referral.issuedAt.toISOString(),
      deliveredAt: deliveredAt?.toISOString() ?? null,
      deliveredHow,
      proofOfDelivery: proof,
      job: {
        vacancy: vacancy.id,
        title: vacancy.title,
        state: vacancy.state,
        filledAt: vacancy.filledAt?.toISOString() ?? null,
      },
    },
  });
  const usual = toldOf[ground];
  const told = toPerson ?? (usual && { type: usual, params: {} });
  if (told)
    await notify(transaction, {
      ...told,
      to: { kind: 'person', id: referral.personId },
      occasion: occasionOf(referral),
    });
  await backToPlanning(transaction, referral.caseId);
}
