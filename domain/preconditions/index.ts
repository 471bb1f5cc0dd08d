import type { CommandName, ShownKind } from '../pathways';
import type { Actor } from '../roles';
import type { WhyNot } from '../words/words';
import { type ApprovalFacts, approvalPreconditions } from './approval';
import { type BusinessFacts, businessPreconditions } from './business';
import { type CaseFacts, casePreconditions } from './case';
import { type ClaimFacts, claimPreconditions } from './claim';
import { type InspectionFacts, inspectionPreconditions } from './inspection';
import { type Preconditions, type Way, whyNotBy } from './precondition';
import { type PublicWorksFacts, publicWorksPreconditions } from './public-works';
import { type RecoveryFacts, recoveryPreconditions } from './recovery';
import { type ReferralFacts, referralPreconditions } from './referral';
import { type RetentionFacts, retentionPreconditions } from './retention';
import { type StatementFacts, statementPreconditions } from './statement';
import {
  startSubsidyPreconditions,
  stipendPreconditions,
  type SubsidyFacts,
  subsidyPreconditions,
} from './subsidy';
import { type TrainingFacts, trainingPreconditions } from './training';

/** The facts that the commands of each kind of row depend on, beside its state. */
export interface Facts {
  case: CaseFacts;
  referral: ReferralFacts;
  inspection: InspectionFacts;
  retention: RetentionFacts;
  'public-works': PublicWorksFacts;
  training: TrainingFacts;
  business: BusinessFacts;
  subsidy: SubsidyFacts;
  adaptation: SubsidyFacts;
  stipend: SubsidyFacts;
  'start-subsidy': SubsidyFacts;
  claim: ClaimFacts;
  approval: ApprovalFacts;
  recovery: RecoveryFacts;
  statement: StatementFacts;
  line: object;
}

const preconditions: { readonly [K in ShownKind]: Preconditions<CommandName<K>, Facts[K]> } = {
  case: casePreconditions,
  referral: referralPreconditions,
  inspection: inspectionPreconditions,
  retention: retentionPreconditions,
  'public-works': publicWorksPreconditions,
  training: trainingPreconditions,
  business: businessPreconditions,
  subsidy: subsidyPreconditions,
  adaptation: subsidyPreconditions,
  stipend: stipendPreconditions,
  'start-subsidy': startSubsidyPreconditions,
  claim: claimPreconditions,
  approval: approvalPreconditions,
  recovery: recoveryPreconditions,
  statement: statementPreconditions,
  line: {},
};

/** Whether a command may be refused for another reason than the row's state. */
export const dependsOnFacts = (kind: ShownKind, command: string): boolean => command in preconditions[kind];

/**
 * Why a command that the row's state allows is not possible for a caller now; undefined where it is possible. The actions that
 * the API offers and the transaction both use it.
 *
 * @param body of a command that is given; without one, of every way in which it can be given
 */
export function whyNot<K extends ShownKind>(
  kind: K,
  command: string,
  facts: Facts[K],
  actor: Actor,
  body?: object,
): WhyNot | undefined {
  const ofKind = preconditions[kind] as Readonly<Record<string, readonly Way<Facts[K]>[] | undefined>>;
  return whyNotBy(ofKind[command] ?? [{ whyNot: () => undefined }], facts, actor, body);
}
