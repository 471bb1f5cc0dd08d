import type { WordAboutPerson } from '../../domain/word-about-person';
import type { ClaimDecision, WorksHearing } from '../../contracts/public-works';
import type { States } from '../../domain/pathways';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutWorks,
  claimOf,
  endEarly,
  placeOfOffice,
  placeOfWorks,
  readWorks,
  type Works,
} from '../steps/works';

/** The organiser's word about the person. The works go on, and the case manager hears the person first [measures §1]. */
export async function hearFirst(transaction: Transaction, row: Works, claim: WordAboutPerson): Promise<void> {
  await openTask(transaction, { ...placeOfWorks(row), kind: 'works_hearing' });
  await keep(transaction, row, claim);
  const { code, on } = claim;
  await record(transaction, 'public_works_claim', aboutWorks(row), { number: row.id, code, on }, claim.words);
}

export async function hearing(transaction: Transaction, id: string, body: WorksHearing): Promise<void> {
  const row = await readWorks(transaction, id);
  const claim = { ...claimOf(row), heard: { ...body } };
  const params = { number: id, confirmed: body.confirmed };
  await record(transaction, 'public_works_heard', aboutWorks(row), params, body.words);
  await closeTasks(transaction, { kinds: ['works_hearing'] }, 'heard');
  if (!body.confirmed) return toHead(transaction, row, claim);
  await stands(transaction, row, claim);
}

/** Nobody heard the person in time. The head of the employment department decides, as where the person contradicts. */
export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const row = await readWorks(transaction, id);
  await record(transaction, 'public_works_unheard', aboutWorks(row), { number: id });
  await closeTasks(transaction, { kinds: ['works_hearing'] }, 'passed');
  await toHead(transaction, row, claimOf(row));
}

async function toHead(transaction: Transaction, row: Works, claim: WordAboutPerson): Promise<void> {
  await openTask(transaction, { ...placeOfOffice(row), kind: 'works_claim' });
  await keep(transaction, row, { ...claim, stage: 'deciding' });
}

/** The head decides: the organiser's word stands and ends the works, or they go on. */
export async function claimDecision(
  transaction: Transaction,
  id: string,
  body: ClaimDecision,
): Promise<void> {
  const row = await readWorks(transaction, id);
  const claim = { ...claimOf(row), decision: { ...body } };
  const params = { number: id, stands: body.stands };
  await record(transaction, 'public_works_claim_decided', aboutWorks(row), params, body.grounds);
  await closeTasks(transaction, { kinds: ['works_claim'] }, 'decided');
  if (body.stands) return stands(transaction, row, claim);
  await keep(transaction, row, { ...claim, stage: 'dismissed' });
}

async function stands(transaction: Transaction, row: Works, claim: WordAboutPerson): Promise<void> {
  const { code, words, on = claim.said } = claim;
  const stood: WordAboutPerson = { ...claim, stage: 'stands' };
  await keep(transaction, row, stood);
  await endEarly(transaction, { ...row, claim: stood }, { by: 'organiser', code, words, on });
}

const keep = (transaction: Transaction, row: Works, claim: WordAboutPerson): Promise<void> =>
  move(transaction, 'public-works', row, row.state as States['public-works'], {
    claim: claim as object as Json,
  });
