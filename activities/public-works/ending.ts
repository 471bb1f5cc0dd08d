import type { WordAboutPerson } from '../../domain/word-about-person';
import type { Ending } from '../../contracts/public-works';
import { isClaim } from '../../domain/pathways/public-works';
import { wrongField } from '../../records/kernel/refusal';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { backToPlanning } from '../steps/planning';
import { endEarly, endNow, finish, lastOf, readWorks, type Works } from '../steps/works';
import { hearFirst } from './claim';

/**
 * The works end before their last day. The person's own words end them, and so does an organiser that has no more work. The
 * organiser's word about the person is a claim [measures §1, §5].
 */
export async function ending(transaction: Transaction, id: string, body: Ending): Promise<void> {
  const row = await readWorks(transaction, id);
  const { by, code, words, on } = body;
  checkLastDay(transaction, row, on);
  if (by === 'organiser' && isClaim(code)) {
    const claim: WordAboutPerson = {
      code,
      words,
      said: transaction.today,
      stage: 'hearing',
      ...(on && { on }),
    };
    return hearFirst(transaction, row, claim);
  }
  const last = on ?? transaction.today;
  if (row.startedOn !== null || transaction.today <= lastOf(row))
    return endEarly(transaction, row, { by, code, words, on: last });
  // Their days are over, and nobody entered the first: they never began.
  await endNow(transaction, row, last, { by, code, words });
  await backToPlanning(transaction, row.caseId);
}

/** @throws Refusal unless the last day worked lies between the first day, as worked or as agreed, and today */
function checkLastDay({ today }: Transaction, { startedOn, firstOn }: Works, on: string | undefined): void {
  if (on === undefined) return;
  const first = startedOn ?? firstOn;
  if (first === null || first > today)
    throw wrongField(
      'on',
      'did_not_begin',
      'The works have not begun, so there is no last day. Leave this out.',
    );
  if (on < first || on > today)
    throw wrongField('on', 'impossible_day', `The last day worked lies between ${first} and ${today}.`);
}

/**
 * The last day has passed. The works end, whatever else is open, and the case is in planning [measures §1]. Where nobody entered the
 * first day, the case goes on without it, and the head still owes the entry.
 */
export async function lastDay(transaction: Transaction, id: string): Promise<void> {
  const row = await readWorks(transaction, id);
  if (row.startedOn !== null) return finish(transaction, row, lastOf(row));
  await closeTasks(transaction, { kinds: ['works_end'] }, 'passed');
  await backToPlanning(transaction, row.caseId);
}

/** The organiser is liquidated or reorganised. Nobody can go on with its works. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readWorks(transaction, id);
  if (row.employerId === null || row.state === 'proposed') return;
  const { state, endedOn } = await transaction.tx.employer.findUniqueOrThrow({
    where: { id: row.employerId },
    select: { state: true, endedOn: true },
  });
  if (state === 'active' || row.endedOn !== null) return;
  const on = endedOn !== null && endedOn < transaction.today ? endedOn : transaction.today;
  await endEarly(transaction, row, { by: 'organiser', code: 'organiser_gone', on });
}
