import type { Contract, ContractEvidence } from '../../contracts/referral';
import { type Day, dayOf } from '../../domain/day';
import type { InspectionState } from '../../domain/pathways/inspection';
import type { Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  askForContract,
  askNowForContract,
  type Confirmed,
  contractQuestion,
  firstDayOfContract,
  versionFor,
} from '../steps/contract';
import { evidenceOfContract } from '../steps/evidence';
import { hire } from '../steps/hire';
import { breach } from './breach';
import { close } from './closing';
import { about, placeOf, placeOfManager, readInspection, type WholeInspection } from './read';

export async function contract(transaction: Transaction, id: string, body: Contract): Promise<void> {
  const row = await readInspection(transaction, id);
  await record(transaction, 'contract_registered', about(row), { inspection: id, contract: body.contract });
  await askForContract(transaction, placeOf(row));
  await move(transaction, 'inspection', row, 'confirming');
}

export async function evidence(transaction: Transaction, id: string, body: ContractEvidence): Promise<void> {
  const row = await readInspection(transaction, id);
  await record(transaction, 'evidence_entered', about(row), { inspection: id, number: body.document.number });
  if (!body.inForce) return breach(transaction, row);
  const since = body.since ?? row.startOn ?? (row.ground === 'conditions' ? transaction.today : undefined);
  if (since === undefined)
    throw wrongField('since', 'missing', 'Give the first day of work, as the document says it.');
  const { contract: number } = body;
  const contract = number === undefined ? {} : { contract: number };
  if (row.ground !== 'conditions' && since < (await firstDayOfContract(transaction, row)))
    return workedThere(transaction, row, { since, ...contract });
  await complied(transaction, row, { since, proof: 'evidence', ...contract });
}

async function complied(
  transaction: Transaction,
  row: WholeInspection,
  it: { since: Day; contract?: string; proof: 'yammt' | 'evidence' },
): Promise<void> {
  await hireThrough(transaction, row, it);
  await close(
    transaction,
    row,
    'complied',
    row.resolution
      ? {}
      : { resolution: { resolution: 'settled', by: 'contract' }, resolvedAt: transaction.now },
  );
  await record(transaction, 'inspection_complied', about(row), { inspection: row.id });
}

/** The person works for the employer after all. It is recorded as a hire, unless a hire is on record already. */
async function hireThrough(
  transaction: Transaction,
  row: WholeInspection,
  it: { since: Day; contract?: string; proof: 'yammt' | 'evidence' },
): Promise<void> {
  const employed = await transaction.tx.employment.findFirst({
    where: { personId: row.personId, employerId: row.employerId, open: true },
  });
  const led = hiredFor(row);
  if (employed || !row.caseId || !led) return;
  const held = await transaction.tx.case.findUniqueOrThrow({ where: { id: row.caseId } });
  if (!held.open || held.state === 'employed') return;
  await hire(transaction, {
    ...it,
    caseId: row.caseId,
    personId: row.personId,
    employerId: row.employerId,
    ...led,
    how: 'inspection',
    monitored: true,
  });
}

/** The referral that led to the hire. After an early end it is the first hire's referral, and the person still has that place. */
function hiredFor({ ground, referral, employment }: WholeInspection) {
  if (ground !== 'ended_early')
    return referral && { referralId: referral.id, vacancyId: referral.vacancyId, measure: referral.measure };
  const { referralId = null, measure = null } = employment ?? {};
  return { ...(referralId !== null && { referralId }), ...(measure !== null && { measure }) };
}

/**
 * The contract is older than the referral, so it does not meet the inspection. The clock goes on, and the finding is kept in
 * the file. The chief inspector may enter the finding as the reason for no measure [pathway §5, contract].
 */
async function workedThere(
  transaction: Transaction,
  row: WholeInspection,
  { since, contract }: Pick<Confirmed, 'since'> & Partial<Confirmed>,
): Promise<void> {
  const found = { since, ...(contract !== undefined && { contract }) };
  const facts = { ...(row.facts as object), workedThere: found };
  await move(transaction, 'inspection', row, row.state as InspectionState, { facts });
  await record(transaction, 'worked_there_already', about(row), {
    inspection: row.id,
    ...found,
    ...(row.ground !== 'ended_early' &&
      (await versionFor(transaction, dayOf(row.referral?.issuedAt ?? row.openedAt)))),
  });
  await notMet(transaction, { ...row, facts });
}

/** Within its time the employer may still register a contract. After that time a missing contract is a breach. */
async function notMet(transaction: Transaction, row: WholeInspection): Promise<void> {
  if (row.state !== 'confirming') return;
  if (!(await openWait(transaction, 'compliance'))) return breach(transaction, row);
  await closeTasks(transaction, { kinds: ['contract_answer', 'contract_evidence'] }, 'not_met');
  const { resolution: kind } = row.resolution as { resolution: 'settled' | 'directed' };
  await move(transaction, 'inspection', row, kind);
}

/**
 * The time of the settlement or directive is over. The labour register says whether the employer kept it. For conditions the
 * case manager says so.
 */
export async function contractFallsDue(transaction: Transaction, id: string, task: Task): Promise<void> {
  const row = await readInspection(transaction, id);
  await closeTasks(transaction, { kinds: [task.kind as 'compliance'] }, 'passed');
  if (row.ground === 'conditions') return askWhetherMended(transaction, row);
  await askNowForContract(transaction, placeOf(row));
  if (row.state !== 'confirming') await move(transaction, 'inspection', row, 'confirming');
}

/** No register knows whether the person works and is paid. The case manager asks the person. Without an answer the task stays. */
async function askWhetherMended(transaction: Transaction, row: WholeInspection): Promise<void> {
  await openTask(transaction, { ...placeOfManager(row), kind: 'conditions_evidence' });
  await move(transaction, 'inspection', row, 'confirming');
  await record(transaction, 'mending_asked', about(row), { inspection: row.id });
}

export const evidenceOfInspection = evidenceOfContract(readInspection, (row) => ({
  place: placeOfManager(row),
  about: about(row),
  params: { inspection: row.id },
}));

export const contractAnswer = contractQuestion('inspection', {
  async yes(transaction, id, answer) {
    const row = await readInspection(transaction, id);
    // The contract came too late for the directive: the breach and its measure stand. The hire still counts for the person.
    if (row.state === 'breached') return hireThrough(transaction, row, { ...answer, proof: 'yammt' });
    await complied(transaction, row, { ...answer, proof: 'yammt' });
  },
  async older(transaction, id, answer) {
    await workedThere(transaction, await readInspection(transaction, id), answer);
  },
  async no(transaction, id) {
    await notMet(transaction, await readInspection(transaction, id));
  },
});
