import type { RowKind } from '../domain/pathways';
import { approvalStages } from './approval';
import { lineStages } from './budget-line';
import { caseStages } from './case-pathway';
import { claimStages } from './claim';
import { inspectionStages } from './inspection';
import { recoveryStages } from './recovery';
import { referralStages } from './referral';
import { newsStages } from './register-news';
import { retentionStages } from './retention';
import type { Stages, StepsIn } from './stages';
import { statementStages } from './statement';
import { adaptationStages, subsidyStages } from './wage-subsidy';

/** The stages of every kind of row. */
export const tables = {
  case: caseStages,
  referral: referralStages,
  inspection: inspectionStages,
  retention: retentionStages,
  subsidy: subsidyStages,
  adaptation: adaptationStages,
  claim: claimStages,
  approval: approvalStages,
  recovery: recoveryStages,
  line: lineStages,
  statement: statementStages,
  news: newsStages,
} as const satisfies { [K in RowKind]: Stages<K> };

/** The steps of a kind of row: its file has each of them, and no others. */
export type StepName<K extends RowKind> = StepsIn<(typeof tables)[K]>;

/** The stages of a kind of row, with the wide type that generic code reads. */
export const stagesOf = (kind: RowKind): Stages => tables[kind];
