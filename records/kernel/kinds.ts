import type { RowKind, ShownKind } from '../../domain/pathways';
import type { Prisma } from '../../prisma/generated/client';
import { approvalStages } from '../../workflows/approval';
import { lineStages } from '../../workflows/budget-line';
import { businessStages } from '../../workflows/business';
import { caseStages } from '../../workflows/case-pathway';
import { claimStages } from '../../workflows/claim';
import { inspectionStages } from '../../workflows/inspection';
import { publicWorksStages } from '../../workflows/public-works';
import { recoveryStages } from '../../workflows/recovery';
import { referralStages } from '../../workflows/referral';
import { newsStages } from '../../workflows/register-news';
import { retentionStages } from '../../workflows/retention';
import type { Stages } from '../../workflows/stages';
import { statementStages } from '../../workflows/statement';
import { startSubsidyStages } from '../../workflows/start-subsidy';
import { stipendStages } from '../../workflows/stipend';
import { trainingStages } from '../../workflows/training';
import { adaptationStages, subsidyStages } from '../../workflows/wage-subsidy';

/** A row's number: a letter and a number from a sequence, e.g. `C-000042`; another form, with an example; or the row's day. */
type BusinessNumber = { prefix: string; sequence: string } | { like: RegExp; example: string } | 'fundsDay';

/**
 * A kind of row, for the code that treats all kinds alike. Its states and commands are in `domain/pathways/`, its waits in
 * `domain/waits.ts`: the workflows also read those, and may import no package.
 */
interface Kind<K extends RowKind> {
  /** Its waits in each stage, and the step that follows each. */
  stages: Stages<K>;
  /** The workflow that walks it, as `workflows/index.ts` names it. */
  workflow: string;
  table: string;
  /** The row that it is a part of, which is locked first, and the column that names that row. */
  under?: { table: string; by: string };
  /** Its model in the database client. */
  model: Uncapitalize<Prisma.ModelName>;
}

/** A kind of row that people see. */
interface Shown {
  number: BusinessNumber;
  /** Its collection in the API. */
  path: string;
}

/** Each kind has a record; one that people see has a number and a path, too. */
export type Kinds = { [K in RowKind]: Kind<K> & (K extends ShownKind ? Shown : object) };

const ofCase = { table: 'cases', by: 'case_id' } as const;
const ofSubsidy = { table: 'subsidies', by: 'subsidy_id' } as const;

/** The kinds of rows that wait, one record for each. The workflow that walks a row is `<kind>/<id>`. */
export const kinds = {
  case: {
    stages: caseStages,
    workflow: 'casePathway',
    table: 'cases',
    model: 'case',
    number: { prefix: 'C', sequence: 'case_number' },
    path: 'cases',
  },
  referral: {
    stages: referralStages,
    workflow: 'referral',
    table: 'referrals',
    under: ofCase,
    model: 'referral',
    number: { prefix: 'R', sequence: 'referral_number' },
    path: 'referrals',
  },
  inspection: {
    stages: inspectionStages,
    workflow: 'inspection',
    table: 'inspections',
    under: ofCase,
    model: 'inspection',
    number: { prefix: 'I', sequence: 'inspection_number' },
    path: 'inspections',
  },
  retention: {
    stages: retentionStages,
    workflow: 'retention',
    table: 'employments',
    under: ofCase,
    model: 'employment',
    number: { prefix: 'J', sequence: 'employment_number' },
    path: 'employments',
  },
  'public-works': {
    stages: publicWorksStages,
    workflow: 'publicWorks',
    table: 'public_works',
    under: ofCase,
    model: 'publicWorks',
    number: { prefix: 'W', sequence: 'public_works_number' },
    path: 'public-works',
  },
  training: {
    stages: trainingStages,
    workflow: 'training',
    table: 'trainings',
    under: ofCase,
    model: 'training',
    number: { prefix: 'T', sequence: 'training_number' },
    path: 'trainings',
  },
  business: {
    stages: businessStages,
    workflow: 'ownBusiness',
    table: 'businesses',
    under: ofCase,
    model: 'business',
    number: { prefix: 'B', sequence: 'business_number' },
    path: 'businesses',
  },
  subsidy: {
    stages: subsidyStages,
    workflow: 'wageSubsidy',
    table: 'subsidies',
    model: 'subsidy',
    number: { prefix: 'S', sequence: 'subsidy_number' },
    path: 'subsidies',
  },
  adaptation: {
    stages: adaptationStages,
    workflow: 'adaptationSubsidy',
    table: 'subsidies',
    model: 'subsidy',
    number: { prefix: 'A', sequence: 'adaptation_number' },
    path: 'adaptations',
  },
  stipend: {
    stages: stipendStages,
    workflow: 'stipend',
    table: 'subsidies',
    model: 'subsidy',
    number: { prefix: 'ST', sequence: 'stipend_number' },
    path: 'stipends',
  },
  'start-subsidy': {
    stages: startSubsidyStages,
    workflow: 'startSubsidy',
    table: 'subsidies',
    model: 'subsidy',
    number: { prefix: 'SS', sequence: 'start_subsidy_number' },
    path: 'start-subsidies',
  },
  claim: {
    stages: claimStages,
    workflow: 'claim',
    table: 'claims',
    under: ofSubsidy,
    model: 'claim',
    number: { like: /^(ST?-\d{6,}-\d{4}-\d{2}(-\d+)?|(A|SS)-\d{6,}-pay)$/, example: 'S-000001-2024-03' },
    path: 'claims',
  },
  approval: {
    stages: approvalStages,
    workflow: 'approval',
    table: 'approvals',
    model: 'approval',
    number: { prefix: 'AP', sequence: 'approval_number' },
    path: 'approvals',
  },
  recovery: {
    stages: recoveryStages,
    workflow: 'recovery',
    table: 'recoveries',
    under: ofSubsidy,
    model: 'recovery',
    number: { prefix: 'RC', sequence: 'recovery_number' },
    path: 'recoveries',
  },
  line: {
    stages: lineStages,
    workflow: 'budgetLine',
    table: 'budget_lines',
    model: 'budgetLine',
    number: {
      like: /^(hire_pwd|above_quota|workplace_adaptation|training_stipend|self_employment_start)-17\d{2}-20\d{2}$/,
      example: 'hire_pwd-1703-2024',
    },
    path: 'budget-lines',
  },
  statement: {
    stages: statementStages,
    workflow: 'statement',
    table: 'statements',
    model: 'statement',
    number: 'fundsDay',
    path: 'statements',
  },
  news: {
    stages: newsStages,
    workflow: 'registerNews',
    table: 'news',
    model: 'news',
  },
} as const satisfies Kinds;

/** The other things that a workflow walks: a change of the calendar or of the policy, and a removal of old data. Each concerns many rows. */
const changes = {
  calendar: { workflow: 'calendarChange', table: 'calendar_changes' },
  policy: { workflow: 'policyChange', table: 'policy_changes' },
  pruning: { workflow: 'pruning', table: 'prunings' },
} as const;

/** All things that a workflow walks, by the first part of its workflow id. */
export const walked = { ...kinds, ...changes };
export type WalkedKind = keyof typeof walked;
export const walkedKinds = Object.keys(walked) as WalkedKind[];

export const rowKinds = Object.keys(kinds) as RowKind[];

export const isShown = (kind: RowKind): kind is ShownKind => 'path' in kinds[kind];
export const shownKinds = rowKinds.filter(isShown);

/** The kinds whose numbers come from a sequence. */
export type NumberedKind = {
  [K in ShownKind]: (typeof kinds)[K]['number'] extends { prefix: string } ? K : never;
}[ShownKind];

/** The letter that the numbers of a kind begin with. */
export const prefixOf = (kind: NumberedKind): string => kinds[kind].number.prefix;

/** The stages of a kind of row, with the wide type that generic code reads. */
export const stagesOf = (kind: RowKind): Stages => kinds[kind].stages;

/** A condition on the rows of a kind. */
export type Where<K extends RowKind> = NonNullable<
  Prisma.TypeMap['model'][Capitalize<(typeof kinds)[K]['model']>]['operations']['findFirst']['args']['where']
>;
