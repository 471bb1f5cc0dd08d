import type { LookBackEvidence } from '../../contracts/training';
import type { Task } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import type { Question } from '../row-handlers';
import { askForEvidence, endQuestion } from '../steps/evidence';
import { placeOf } from '../steps/place';
import {
  aboutTraining,
  json,
  type LookBack,
  placeOfPerson,
  readTraining,
  tellManager,
  type TrainingRow,
} from '../steps/training';
import { keepOwing } from '../steps/training-end';
import { worksNow } from './work-registers';
import { mayBeIssued } from './attendance';

/* Is the graduate in work [S]: the registers are asked 28 days, 3 and 6 months after the last day, as retention asks them [measures §2]. */

const asked = ['training_look_back_answer', 'training_look_back_evidence'] as const;

/** The day has come. The registers are asked at once, and again while they are silent. */
export async function lookBack(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_look_back'], ref }, 'due');
  await openTask(transaction, { ...placeOfPerson(row), kind: 'training_look_back_answer', ref });
  await setLookBack(transaction, row, Number(ref), { state: 'asking' });
  await record(transaction, 'training_look_back_due', aboutTraining(row), { number: id, n: Number(ref) });
}

export const lookBackAnswer: Question = {
  async ask(registers, { tx, today }, id, { ref }) {
    const select = { personId: true, lookBacks: true } as const;
    const { personId, lookBacks } = await tx.training.findUniqueOrThrow({ where: { id }, select });
    const { pinfl } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { pinfl: true } });
    const one = (lookBacks as object as LookBack[]).find(({ n }) => n === Number(ref));
    return worksNow(registers, pinfl, one?.on ?? today);
  },
  async onAnswer(transaction, id, { ref }, { answer }) {
    const row = await readTraining(transaction, id);
    const state = answer === 'yes' ? 'in_work' : 'not_in_work';
    await know(transaction, row, Number(ref), { state, source: 'register' });
  },
};

/** The registers stayed silent: the case manager is asked for evidence. */
export async function evidenceOfLookBack(transaction: Transaction, id: string, task: Task): Promise<void> {
  const row = await readTraining(transaction, id);
  const n = Number(task.ref);
  await endQuestion(transaction, task);
  await askForEvidence(transaction, {
    kind: 'training_look_back_evidence',
    ref: task.ref,
    place: placeOfPerson(row),
    about: aboutTraining(row),
    params: { n },
  });
  await setLookBack(transaction, row, n, { state: 'evidence' });
}

/** A document in place of the registers' answer. */
export async function lookBackEvidence(
  transaction: Transaction,
  id: string,
  { n, inWork, document }: LookBackEvidence,
): Promise<void> {
  const row = await readTraining(transaction, id);
  if (!(await openWait(transaction, 'training_look_back_evidence', String(n))))
    throw wrongField('n', 'nothing_owed', 'No evidence of this look-back is asked for.');
  mayBeIssued(transaction, document);
  await record(transaction, 'evidence_entered', aboutTraining(row), { number: document.number });
  const state = inWork ? 'in_work' : 'not_in_work';
  await know(transaction, row, n, { state, source: 'evidence', document });
}

/** Neither the registers nor a document said anything. */
export async function lookBackUnknown(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  await know(transaction, await readTraining(transaction, id), Number(ref), { state: 'unknown' });
}

type Known = Pick<LookBack, 'source' | 'document'> & { state: 'in_work' | 'not_in_work' | 'unknown' };

/** A look-back is over. After the last one a training whose completion is entered is final. */
async function know(transaction: Transaction, row: TrainingRow, n: number, known: Known): Promise<void> {
  await closeTasks(transaction, { kinds: asked, ref: String(n) }, known.state);
  await setLookBack(transaction, row, n, { ...known, knownOn: transaction.today });
  const params = { number: row.id, n, how: known.state };
  await record(transaction, 'training_look_back', aboutTraining(row), params);
  if (known.state === 'not_in_work') await askNextStep(transaction, row, n);
}

const setLookBack = (
  transaction: Transaction,
  row: TrainingRow,
  n: number,
  data: Partial<LookBack>,
): Promise<void> =>
  keepOwing(transaction, row, {
    lookBacks: json(row.lookBacks.map((one) => (one.n === n ? { ...one, ...data } : one))),
  });

/**
 * A graduate without work: the case manager of the person's open case, also of a newer one, agrees the next step. Where no case is open,
 * the report counts it.
 */
async function askNextStep(transaction: Transaction, row: TrainingRow, n: number): Promise<void> {
  const { tx } = transaction;
  const records = await recordsOf(tx, row.personId);
  const of = row.case.open
    ? row.case
    : await tx.case.findFirst({ where: { personId: { in: records }, open: true } });
  if (!of || of.state === 'employed' || of.state === 'retained') return;
  await tellManager(
    transaction,
    { ...row, case: of, caseArea: of.area },
    { type: 'graduate_not_in_work', params: {} },
    `${n}`,
  );
  if (of.state !== 'planning') return;
  const there = inRow(transaction, subjectOf('case', of.id));
  const isDue = (await openWait(there, 'next_step')) ?? (await openWait(there, 'first_referral'));
  if (!isDue) await openTask(there, { ...placeOf(of), kind: 'next_step' });
}
