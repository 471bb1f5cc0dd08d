import type { Pathway } from '../transitions';
import { approvalPathway, type ApprovalState } from './approval';
import { businessPathway, type BusinessState } from './business';
import { casePathway, type CaseState } from './case';
import { claimPathway, type ClaimState } from './claim';
import { employmentPathway, type EmploymentState } from './employment';
import { inspectionPathway, type InspectionState } from './inspection';
import { linePathway, type LineState } from './line';
import { newsPathway, type NewsState } from './news';
import { publicWorksPathway, type PublicWorksState } from './public-works';
import { recoveryPathway, type RecoveryState } from './recovery';
import { referralPathway, type ReferralState } from './referral';
import { startSubsidyPathway, type StartSubsidyState } from './start-subsidy';
import { stipendPathway, type StipendState } from './stipend';
import { statementPathway, type StatementState } from './statement';
import { subsidyPathway, type SubsidyState } from './subsidy';
import { trainingPathway, type TrainingState } from './training';

/** The states of each kind of row that waits. */
export interface States {
  case: CaseState;
  referral: ReferralState;
  inspection: InspectionState;
  retention: EmploymentState;
  'public-works': PublicWorksState;
  training: TrainingState;
  business: BusinessState;
  subsidy: SubsidyState;
  adaptation: SubsidyState;
  stipend: StipendState;
  'start-subsidy': StartSubsidyState;
  claim: ClaimState;
  approval: ApprovalState;
  recovery: RecoveryState;
  line: LineState;
  statement: StatementState;
  news: NewsState;
}
export type RowKind = keyof States;
/** The kinds of rows that people see and give commands to. */
export type ShownKind = Exclude<RowKind, 'news'>;

/** The pathway of each kind of row: its states, commands, steps and events. */
export const pathways = {
  case: casePathway,
  referral: referralPathway,
  inspection: inspectionPathway,
  retention: employmentPathway,
  'public-works': publicWorksPathway,
  training: trainingPathway,
  business: businessPathway,
  subsidy: subsidyPathway,
  adaptation: subsidyPathway,
  stipend: stipendPathway,
  'start-subsidy': startSubsidyPathway,
  claim: claimPathway,
  approval: approvalPathway,
  recovery: recoveryPathway,
  line: linePathway,
  statement: statementPathway,
  news: newsPathway,
} as const satisfies { [K in RowKind]: Pathway<States[K]> };

export type OpenState<K extends RowKind> = (typeof pathways)[K]['open'][number];
/** The closed states in which a row may still owe something. */
export type OwingState<K extends RowKind> = (typeof pathways)[K] extends {
  owing: readonly (infer S extends string)[];
}
  ? S
  : never;
/** The steps that follow the waits of a row. Its stages name each of them, and its handlers have it. */
export type StepName<K extends RowKind> = keyof (typeof pathways)[K]['steps'] & string;
export type CommandName<K extends RowKind> = keyof (typeof pathways)[K]['commands'] & string;

/** The pathway of a kind of row, with the wide type that generic code reads. */
export const pathwayOf = (kind: RowKind): Pathway<string> => pathways[kind];
