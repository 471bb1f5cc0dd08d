import type { z } from 'zod';
import type { CommandName, RowKind, ShownKind } from '../domain/pathways';
import { type AdaptationApplication, adaptationContracts } from './adaptation';
import { approvalContracts } from './approval';
import { businessContracts } from './business';
import { caseContracts } from './case';
import { claimContracts } from './claim';
import type { Answers, Contract, Contracts } from './contract';
import { inspectionContracts } from './inspection';
import { publicWorksContracts } from './public-works';
import { recoveryContracts } from './recovery';
import { referralContracts } from './referral';
import { retentionContracts } from './retention';
import { startSubsidyContracts } from './start-subsidy';
import { stipendContracts } from './stipend';
import { statementContracts } from './statement';
import { subsidyContracts, type WageApplication } from './subsidy';
import { trainingContracts } from './training';

/** Every command of every kind of row, for its callers and its handlers. */
export const contracts = {
  case: caseContracts,
  referral: referralContracts,
  inspection: inspectionContracts,
  retention: retentionContracts,
  'public-works': publicWorksContracts,
  training: trainingContracts,
  business: businessContracts,
  subsidy: subsidyContracts,
  adaptation: adaptationContracts,
  stipend: stipendContracts,
  'start-subsidy': startSubsidyContracts,
  claim: claimContracts,
  approval: approvalContracts,
  recovery: recoveryContracts,
  statement: statementContracts,
  line: {},
  news: {},
} satisfies { [K in RowKind]: Contracts<K> };

/** An application for a subsidy, as the record keeps it. */
export type Application = WageApplication | AdaptationApplication;

type Table = typeof contracts;

/** The body of a command after validation, as the record keeps it. */
export type Body<K extends RowKind, C extends CommandName<K>> =
  Table[K] extends Record<C, { body: z.ZodType<infer B extends object> }> ? B : never;

/** The kind of row that a command answers with, by status. */
export type AnswersOf<K extends RowKind, C extends CommandName<K>> =
  Table[K] extends Record<C, { answers: infer A extends Answers }> ? A : { 200: Extract<K, ShownKind> };

/** The name of a command with the kind of its row, e.g. `referral.decision`. */
export type Action = { [K in ShownKind]: `${K}.${CommandName<K>}` }[ShownKind];

/** The contracts of a kind, typed so that generic code finds the schema of each body. */
type Bodies<K extends RowKind> = { [C in CommandName<K>]: { body: z.ZodType<Body<K, C>> } };
const bodies: { [K in RowKind]: Bodies<K> } = contracts;

/** The schema of a command's body. */
export function bodyOf<K extends RowKind, C extends CommandName<K>>(kind: K, name: C): z.ZodType<Body<K, C>> {
  const ofKind: Bodies<K> = bodies[kind];
  return ofKind[name].body;
}

/** The contract of a command, with the wide type that generic code reads. @throws Error for none */
export function contractOf(kind: RowKind, name: string): Contract {
  const contract = (contracts[kind] as Readonly<Record<string, Contract>>)[name];
  if (!contract) throw new Error(`${kind} has no command ${name}`);
  return contract;
}
