import { questionOf } from '../../domain/business';
import type { BusinessEnding, BusinessHearing } from '../../contracts/business';
import type { Day } from '../../domain/day';
import type { Claim } from '../../domain/pathways/inspection';
import { isWaiting } from '../../domain/pathways/employment';
import { type Deregistration } from '../../domain/pathways/business';
import type { Json } from '../../prisma/db';
import { type BusinessCheck, Prisma } from '../../prisma/generated/client';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import {
  aboutBusiness,
  businessMonitoring,
  endBusiness,
  everyQuestion,
  formOf,
  type OwnBusiness,
  placeOfBusiness,
  readBusiness,
  revokeMarks,
  sustainAfterChecks,
  tellManagerOf,
} from '../steps/business';
import { keepOneActive } from '../steps/one-at-a-time';
import { businessHasEnded, businessIsDoubted } from '../money/start-ends';
import { keepWatching } from '../steps/marks';
import { becomeInMeasure } from '../steps/planning';
import { whenToAskOf } from '../steps/ending';

/** The `ref` of the waits about a reported deregistration. */
export const END = 'end';

/**
 * A check found that the person is no longer registered. The end is provisional until somebody confirms it: the register, asked again
 * a day later, the person in a hearing, or a document. The check's result follows from the end.
 */
export async function reportDeregistration(
  transaction: Transaction,
  row: OwnBusiness,
  { on, check }: { on: Day; check?: number },
): Promise<void> {
  const ending: Deregistration = { on, ...(check !== undefined && { check }), claim: 'to_be_heard' };
  const place = placeOfBusiness(row);
  await openTask(transaction, {
    ...place,
    kind: questionOf(formOf(row)),
    ref: END,
    ...(await whenToAskOf(transaction, on)),
  });
  await openTask(transaction, { ...place, kind: 'business_hearing' });
  await keep(transaction, row, ending);
  await businessIsDoubted(transaction, row.id);
  await record(transaction, 'business_end_reported', aboutBusiness(row), { on });
  await tellManagerOf(transaction, row, { type: 'business_end_reported', params: { on } });
}

const keep = (transaction: Transaction, row: OwnBusiness, ending: Deregistration): Promise<void> =>
  move(transaction, 'business', row, 'active', { ending: ending as object as Json });

/** The person confirms the deregistration, which ends the business, or contradicts it. */
export async function hearing(transaction: Transaction, id: string, body: BusinessHearing): Promise<void> {
  const row = await readBusiness(transaction, id);
  const { confirmed, words } = body;
  const about = aboutBusiness(row);
  await record(transaction, 'business_heard', about, { confirmed }, words);
  if (!confirmed) return claimBecomes(transaction, row, { claim: 'contradicted', words });
  const ending: Deregistration = { ...endingOf(row), claim: 'confirmed', words };
  await endBusiness(transaction, { ...row, ending }, { on: ending.on, code: 'deregistered', proof: 'word' });
}

function endingOf({ id, ending }: OwnBusiness): Deregistration {
  if (ending === null) throw new Error(`no end of ${id} is reported`);
  return ending;
}

/** Nobody heard the person in time: the end stays provisional. */
export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const row = await readBusiness(transaction, id);
  await record(transaction, 'person_unheard', aboutBusiness(row));
  await claimBecomes(transaction, row, { claim: 'unheard' });
}

async function claimBecomes(
  transaction: Transaction,
  row: OwnBusiness,
  said: { claim: Claim; words?: string },
): Promise<void> {
  await closeTasks(transaction, { kinds: ['business_hearing'] }, said.claim);
  await keep(transaction, row, { ...endingOf(row), ...said });
}

/** The person's own words end the business. An end that did not happen is taken back. */
export async function ending(transaction: Transaction, id: string, body: BusinessEnding): Promise<void> {
  const row = await readBusiness(transaction, id);
  if ('takenBack' in body) {
    if (row.state === 'active') return takeBack(transaction, row, body);
    return restore(transaction, row, body.words);
  }
  const on = aLastDay(transaction, row, body.on);
  await record(transaction, 'business_own_word', aboutBusiness(row), { on }, body.words);
  if (row.state === 'active') return endBusiness(transaction, row, { on, code: 'own_word', proof: 'word' });
  await revokeMarks(transaction, row, 'own_word');
  await businessHasEnded(transaction, id, 'own_word');
  const endReason = row.state === 'sustained' ? 'own_word' : row.endReason;
  await keepWatching(transaction, row, { lastOn: on, endReason });
}

/** @throws Refusal unless the last day lies between the first and today */
export function aLastDay({ today }: Transaction, { firstOn }: OwnBusiness, on: Day): Day {
  if (on > today || (firstOn !== null && on < firstOn))
    throw wrongField('on', 'impossible_day', `The last day lies between ${firstOn} and today.`);
  return on;
}

/** Checks pass, by the register's answer or a document. The last one ends the monitoring. */
export async function passed(
  transaction: Transaction,
  row: OwnBusiness,
  checks: readonly Pick<BusinessCheck, 'n'>[],
  answer: Json,
): Promise<void> {
  await businessMonitoring.passChecks(transaction, row, checks, answer);
  await move(transaction, 'business', row, 'active');
  await sustainAfterChecks(transaction, row.id);
}

/**
 * A provisional deregistration is taken back. With the register's answer or a document the checks that waited pass. With a word alone
 * the register is asked again about them.
 */
export async function takeBack(
  transaction: Transaction,
  row: OwnBusiness,
  by: { answer: Json } | { words: string },
): Promise<void> {
  await closeTasks(transaction, { kinds: ['business_hearing'] }, 'taken_back');
  await closeTasks(
    transaction,
    { kinds: [...everyQuestion, 'registration_evidence'], ref: END },
    'taken_back',
  );
  await move(transaction, 'business', row, 'active', { ending: Prisma.DbNull });
  const words = 'words' in by ? by.words : undefined;
  await record(transaction, 'business_end_taken_back', aboutBusiness(row), {}, words);
  const waiting = row.checks.filter(isWaiting);
  if ('answer' in by) await businessMonitoring.passChecks(transaction, row, waiting, by.answer);
  else for (const { n } of waiting) await businessMonitoring.askCheck(transaction, row, n);
  await sustainAfterChecks(transaction, row.id);
}

/** A confirmed end did not happen. The business goes on, and missed checks are made up. */
async function restore(transaction: Transaction, row: OwnBusiness, words: string): Promise<void> {
  const about = aboutBusiness(row);
  await move(transaction, 'business', row, 'active', {
    ending: Prisma.DbNull,
    lastOn: null,
    endReason: null,
    endedAt: null,
  });
  await record(transaction, 'business_end_taken_back', about, {}, words);
  const { caseId, measure: n } = row;
  await transaction.tx.measure.updateMany({
    where: { caseId, n, startedOn: row.startedOn, outcome: 'ended' },
    data: { endedOn: null, outcome: null },
  });
  await keepOneActive(transaction, row.personId);
  await businessMonitoring.catchUp(transaction, row);
  const there = inRow(transaction, subjectOf('case', caseId));
  if (row.case.open && row.case.state === 'planning')
    await becomeInMeasure(there, await takeAggregate(there, 'case', caseId), n);
  await sustainAfterChecks(transaction, row.id);
}
