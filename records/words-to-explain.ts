import { type InWords, recommendationOf } from '../domain/eligibility';
import { kindsOfWord, unknownWords } from '../domain/seeker';
import { keyOfWord, type Vocabulary, type VocabularyName } from '../domain/vocabulary';
import type { Tx } from '../prisma/db';
import { record } from './kernel/events';
import { lockRow, subjectOf } from './kernel/rows';
import { closeTasks, moveWait, openTask, openWait, type Place } from './kernel/tasks';
import type { Transaction } from './kernel/transaction';
import { freshVocabulary } from './kernel/vocabulary';
import { inRow } from './kernel/wake';

/** The wait for the words of a recommendation that no vocabulary has [pathway §4]. */
const kind = 'recommendation_words';

/** Opens or closes the wait of a case as the words of its recommendation need it. */
export async function askForWords(
  transaction: Transaction,
  place: Place,
  recommendation: InWords,
): Promise<void> {
  const words = unknownWords(recommendation, await transaction.vocabulary());
  if (words.length === 0) return void (await closeTasks(transaction, { kinds: [kind] }, 'replaced'));
  await openTask(transaction, { ...place, kind });
  await record(transaction, 'words_not_known', place, { words: words.join(', ') });
}

/** The case moved: the employment office of the new district explains the words. */
export async function moveWords(transaction: Transaction, home: string): Promise<void> {
  const wait = await openWait(transaction, kind);
  if (wait) await moveWait(transaction, wait, home);
}

/** A case whose recommendation has words that no vocabulary has. */
export interface Unexplained {
  caseId: string;
  personId: string;
  words: string[];
  /** The vocabularies in which a word may be explained. */
  kindsOf: (word: string) => VocabularyName[];
}

/** The cases of an area that wait for an explanation, and the words that it is about. */
export async function unexplained(
  tx: Pick<Tx, 'task' | 'case'>,
  vocabulary: Vocabulary,
  area: string,
): Promise<Unexplained[]> {
  const tasks = await tx.task.findMany({
    where: { kind, closedAt: null, area: { startsWith: area } },
    select: { caseId: true, personId: true },
    orderBy: { caseId: 'asc' },
  });
  const cases = await tx.case.findMany({
    where: { id: { in: tasks.flatMap(({ caseId }) => caseId ?? []) } },
    select: { id: true, eligibility: true, evidence: true, person: { select: { recommendation: true } } },
  });
  const said = new Map(cases.map((row) => [row.id, recommendationOf(row, row.person.recommendation)]));
  return tasks.map(({ caseId, personId }) => ({
    caseId: caseId ?? '',
    personId: personId ?? '',
    words: unknownWords(said.get(caseId ?? '') ?? null, vocabulary),
    kindsOf: (word) => kindsOfWord(said.get(caseId ?? '') ?? null, word),
  }));
}

/** Closes the waits of the cases whose words all have codes now. Their matches are read by the new words at once. */
export async function closeExplained(transaction: Transaction): Promise<void> {
  const vocabulary = await freshVocabulary(transaction.tx);
  const waiting = await unexplained(transaction.tx, vocabulary, '');
  for (const { caseId, personId } of waiting.filter(({ words }) => words.length === 0)) {
    await lockRow(transaction.tx, 'case', caseId);
    const there = inRow(transaction, subjectOf('case', caseId));
    if ((await closeTasks(there, { kinds: [kind] }, 'explained')) === 0) continue;
    await record(there, 'words_known', { caseId, personId });
  }
}

/** Whether a case of an area waits for the explanation of a word. */
export const isUnexplained = (waiting: readonly Unexplained[], word: string): boolean =>
  waiting.some(({ words }) => words.some((each) => keyOfWord(each) === keyOfWord(word)));
