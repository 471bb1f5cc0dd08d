import type { WordAboutPerson } from '../../domain/word-about-person';
import type { TrainingClaimDecision, TrainingHearing, Word } from '../../contracts/training';
import type { States } from '../../domain/pathways';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutTraining,
  claimOf,
  firstOf,
  json,
  keep,
  placeOfCentre,
  placeOfPerson,
  readTraining,
  tellManager,
  tellPerson,
  type TrainingRow,
} from '../steps/training';
import { conclude } from '../steps/training-end';
import { takeBackTrainingMeasure } from '../steps/training-measure';
import { awaitFirstDay } from './answer';
import { refuse } from './refusal';

/** The centre says that an admitted person did not come, declined, or dropped out. The person is heard first [measures §1, §2]. */
export async function word(transaction: Transaction, id: string, body: Word): Promise<void> {
  const row = await readTraining(transaction, id);
  const { code, words, on } = body;
  if (on !== undefined) checkDay(transaction, row, body);
  const { today } = transaction;
  await hearFirst(transaction, row, { code, words, said: today, stage: 'hearing', ...(on && { on }) });
}

function checkDay({ today }: Transaction, row: TrainingRow, { code, on = '' }: Word): void {
  if (code !== 'dropped_out')
    throw wrongField(
      'on',
      'impossible_day',
      'Only a person who left the course has a last day. Leave this out.',
    );
  const first = firstOf(row);
  if (on < first || on > today)
    throw wrongField('on', 'impossible_day', `The last day of study lies between ${first} and ${today}.`);
}

/** A word about the person is a claim. A course under way goes on meanwhile, and the place stays. */
export async function hearFirst(
  transaction: Transaction,
  row: TrainingRow,
  claim: WordAboutPerson,
  data: object = {},
): Promise<void> {
  await closeTasks(
    transaction,
    { kinds: ['training_decision', 'training_begin', 'training_reminder'] },
    'hearing',
  );
  await openTask(transaction, { ...placeOfPerson(row), kind: 'training_hearing' });
  await move(transaction, 'training', row, 'hearing', { ...data, claim: json(claim), cameFrom: row.state });
  const { code, on, words } = claim;
  await record(transaction, 'training_claim', aboutTraining(row), { number: row.id, code, on }, words);
}

export async function hearing(transaction: Transaction, id: string, body: TrainingHearing): Promise<void> {
  const row = await readTraining(transaction, id);
  const claim = { ...claimOf(row), heard: { ...body } };
  const params = { number: id, confirmed: body.confirmed };
  await record(transaction, 'training_heard', aboutTraining(row), params, body.words);
  await closeTasks(transaction, { kinds: ['training_hearing'] }, 'heard');
  if (!body.confirmed) return toHead(transaction, row, claim);
  await stands(transaction, row, claim);
}

/** Nobody heard the person in time. The head of the employment department decides, as where the person contradicts. */
export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await record(transaction, 'training_unheard', aboutTraining(row), { number: id });
  await closeTasks(transaction, { kinds: ['training_hearing'] }, 'passed');
  await toHead(transaction, row, claimOf(row));
}

async function toHead(transaction: Transaction, row: TrainingRow, claim: WordAboutPerson): Promise<void> {
  await openTask(transaction, { ...placeOfCentre(row), kind: 'training_claim' });
  await keep(transaction, row, { claim: json({ ...claim, stage: 'deciding' }) });
}

/** The head decides: the centre's word stands, or the training goes back to the state that it came from. */
export async function claimDecision(
  transaction: Transaction,
  id: string,
  body: TrainingClaimDecision,
): Promise<void> {
  const row = await readTraining(transaction, id);
  const claim = { ...claimOf(row), decision: { ...body } };
  const params = { number: id, stands: body.stands };
  await record(transaction, 'training_claim_decided', aboutTraining(row), params, body.grounds);
  await closeTasks(transaction, { kinds: ['training_claim'] }, 'decided');
  const said = { stands: String(body.stands) };
  const occasion = transaction.now.toISOString();
  await tellPerson(transaction, row, { type: 'person_training_claim_decided', params: said }, occasion);
  await tellManager(transaction, row, { type: 'training_claim_decided', params: said }, occasion);
  if (body.stands) return stands(transaction, row, claim);
  const back = row.cameFrom as States['training'];
  if (back === 'referred') await openTask(transaction, { ...placeOfCentre(row), kind: 'training_decision' });
  if (back === 'admitted') await awaitFirstDay(transaction, row);
  await move(transaction, 'training', row, back, {
    claim: json({ ...claim, stage: 'dismissed' }),
    cameFrom: null,
  });
}

async function stands(transaction: Transaction, row: TrainingRow, claim: WordAboutPerson): Promise<void> {
  const stood: WordAboutPerson = { ...claim, stage: 'stands' };
  const { code, words, on = claim.said } = claim;
  if (code === 'dropped_out') {
    await record(transaction, 'training_dropped_out', aboutTraining(row), { number: row.id, on });
    return conclude(transaction, row, 'dropped_out', {
      claim: stood,
      on,
      ending: { by: 'centre', code, words },
    });
  }
  // The person never came, so the course has not begun for them.
  if (row.startedOn !== null) await takeBackTrainingMeasure(transaction, row);
  await refuse(
    transaction,
    { ...row, startedOn: null, endedOn: null },
    { by: 'centre', code: code as 'did_not_come' | 'declined', grounds: words },
    { claim: stood },
  );
}
