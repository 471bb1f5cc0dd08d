import type { Facts } from '../../../domain/preconditions';
import type { ShownKind } from '../../kernel/rows';
import type { View } from '../../kernel/view';
import type { Aggregate, AggregateKind } from '../../kernel/aggregates';
import { businessFacts } from './business';
import { caseFacts, factsOfCases } from './case';
import { claimFacts, factsOfClaims } from './claim';
import { inspectionFacts } from './inspection';
import { approvalFacts, recoveryFacts, statementFacts, subsidyFacts } from './money';
import { publicWorksFacts } from './public-works';
import { factsOfReferrals, referralFacts } from './referral';
import { retentionFacts } from './retention';
import { trainingFacts } from './training';

type Readers = {
  readonly [K in ShownKind]: (view: View, ids: string[]) => Promise<Map<string, Facts[K]>>;
};

const readers: Readers = {
  case: caseFacts,
  referral: referralFacts,
  inspection: inspectionFacts,
  retention: retentionFacts,
  'public-works': publicWorksFacts,
  training: trainingFacts,
  business: businessFacts,
  subsidy: subsidyFacts,
  adaptation: subsidyFacts,
  stipend: subsidyFacts,
  'start-subsidy': subsidyFacts,
  claim: claimFacts,
  approval: approvalFacts,
  recovery: recoveryFacts,
  statement: statementFacts,
  line: (_view, ids) => Promise.resolve(new Map(ids.map((id) => [id, {}]))),
};

const byAggregates: {
  readonly [K in AggregateKind]: (
    view: View,
    aggregates: readonly Aggregate<K>[],
  ) => Promise<Map<string, Facts[K]>>;
} = {
  case: factsOfCases,
  referral: factsOfReferrals,
  claim: factsOfClaims,
};

/** The facts of rows whose aggregates were read. */
export const factsOfAggregates = <K extends AggregateKind>(
  view: View,
  kind: K,
  aggregates: readonly Aggregate<K>[],
): Promise<Map<string, Facts[K]>> => byAggregates[kind](view, aggregates);

/**
 * The facts that the commands of rows depend on, beside their states, by row. The number of queries does not grow with the rows.
 *
 * @returns rows that do not exist are left out
 */
export const readFacts = <K extends ShownKind>(
  view: View,
  kind: K,
  ids: readonly string[],
): Promise<Map<string, Facts[K]>> =>
  ids.length === 0 ? Promise.resolve(new Map<string, Facts[K]>()) : readers[kind](view, [...ids]);
