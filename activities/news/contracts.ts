import { unansweredReferral } from '../../domain/pathways/referral';
import type { About } from '../../records/kernel/events';
import { lockRow, subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { reportDeath, reportToSubsidiesOf } from '../money/ending';
import { askForContract } from '../steps/contract';
import { reportEnd, whenToAskOf } from '../steps/ending';
import { type Job, placeOfJob, readJob } from '../steps/job';
import { placeOf } from '../steps/place';
import { promptQuestion } from '../steps/prompt';
import { isCorrectable } from './ends';
import { jobsOf, locked, pairOf, personOf, type Told } from './read';

/** News of contracts from the labour register: rows ask for the contract, and an end is provisional. */

/** The rows that wait for this contract ask for it now. */
export async function registered(
  transaction: Transaction,
  told: Told<'contract_registered'>,
): Promise<About> {
  const pair = await pairOf(transaction, told);
  if (!pair) return {};
  const where = { personId: pair.personId, employerId: pair.employerId };
  const awaiting = { in: [...unansweredReferral, 'hearing', 'accepted', 'confirming'] };
  for (const { id } of await transaction.tx.referral.findMany({
    where: { ...where, state: awaiting },
    select: { id: true },
  })) {
    const here = await locked(transaction, 'referral', id);
    if (await promptQuestion(here, ['contract_answer'])) continue;
    const row = await transaction.tx.referral.findUniqueOrThrow({ where: { id }, include: { case: true } });
    if (row.open) await askForContract(here, { ...placeOf(row.case), employerId: row.employerId });
  }
  const watched = { in: ['examining', 'settled', 'directed', 'confirming', 'breached'] };
  for (const { id } of await transaction.tx.inspection.findMany({
    where: { ...where, state: watched },
    select: { id: true },
  })) {
    const here = await locked(transaction, 'inspection', id);
    if (await promptQuestion(here, ['contract_answer'])) continue;
    const row = await transaction.tx.inspection.findUniqueOrThrow({ where: { id } });
    if (row.open && row.ground !== 'conditions')
      await askForContract(here, { area: row.area, employerId: row.employerId });
  }
  for (const job of await jobsOf(transaction, pair, ['ending']))
    await promptQuestion(await locked(transaction, 'retention', job.id), [
      'end_confirmation',
      'check_answer',
    ]);
  return pair;
}

/** The reported end is provisional. Even without monitoring the register is asked before the end is recorded. */
export async function ended(transaction: Transaction, told: Told<'contract_ended'>): Promise<About> {
  const pair = await pairOf(transaction, told);
  for (const { id } of pair
    ? await jobsOf(transaction, pair, ['in_force', 'ending', 'retained', 'unmonitored'])
    : []) {
    await lockRow(transaction.tx, 'retention', id);
    const job = await readJob(transaction, id);
    if (job.open) await reportEnd(transaction, id, { on: told.on, reason: told.reason, source: 'news' });
    else if (job.endedOn === null && told.on >= job.hiredOn) {
      await openTask(transaction, {
        ...whoseEnd(job),
        kind: 'unmonitored_end',
        ...(await whenToAskOf(transaction, told.on)),
      });
      await reportToSubsidiesOf(transaction, id, told.on);
    }
  }
  const dead = told.reason === 'died' && (await personOf(transaction, told.pinfl));
  if (dead) await reportDeath(transaction, dead.id, told.on);
  return pair ?? {};
}

/** The labour register is asked at once. Until the register says yes, the end stays provisional or confirmed. */
export async function endTakenBack(transaction: Transaction, told: Told<'end_taken_back'>): Promise<About> {
  const pair = await pairOf(transaction, told);
  const known = ['in_force', 'ending', 'retained', 'ended', 'unmonitored'];
  const [job] = pair ? await jobsOf(transaction, pair, known) : [];
  if (!pair || !job || job.state === 'in_force') return pair ?? {};
  await lockRow(transaction.tx, 'retention', job.id);
  const now = await readJob(transaction, job.id);
  if (await isCorrectable(transaction, now))
    await openTask(transaction, { ...whoseEnd(now), kind: 'end_correction' });
  else if (now.state === 'ending') {
    const here = inRow(transaction, subjectOf('retention', job.id));
    if (!(await promptQuestion(here, ['end_confirmation'])))
      await openTask(here, { ...placeOfJob(now), kind: 'end_confirmation' });
  }
  return pair;
}

/** The place of a question that belongs to the news. The employment is closed and does not change before the answer. */
const whoseEnd = ({ id, area, personId, employerId }: Job) => ({ area, personId, employerId, ref: id });
