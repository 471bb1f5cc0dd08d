import type { FoundAlone, FoundAloneTakenBack } from '../../contracts/case';
import { dayOf } from '../../domain/day';
import { firstDayOfHire } from '../../domain/pathways/referral';
import { type Json } from '../../prisma/db';
import { Prisma, type Employer, type Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { policyNumber, rulesSaySo } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { ContractAnswer } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { firstDayAfter, partiesOf, versionFor } from '../steps/contract';
import { askForEvidence, endQuestion } from '../steps/evidence';
import { hire } from '../steps/hire';
import { placeOf } from '../steps/place';
import { type CaseRow, readCase } from './read';

/** The facts that the case keeps while the labour register is asked. */
type Claim = Pick<FoundAlone, 'since' | 'contract' | 'checks'> & { employerId: string };

const waits = ['found_alone', 'found_alone_evidence'] as const;

/**
 * The person found work alone. The work is recorded as an employment with a document, or when YAMMT confirms the work. The
 * hire withdraws open referrals. Six checks follow if the person agrees [pathway §3, life events].
 */
export async function foundAlone(
  transaction: Transaction,
  id: string,
  body: FoundAlone | FoundAloneTakenBack,
): Promise<void> {
  const row = await readCase(transaction, id);
  if ('takenBack' in body) return takeBack(transaction, row, body.words);
  const employer = await transaction.tx.employer.findUnique({ where: { stir: body.stir } });
  if (!employer)
    throw wrongField(
      'stir',
      'unknown_employer',
      'There is no such employer here. Propose the employer (POST /employers/proposals): the employment officer of its district confirms it. Then record the work again.',
    );
  await check(transaction, row, employer, body);
  const claim: Claim = {
    employerId: employer.id,
    since: body.since,
    checks: body.checks,
    ...(body.contract !== undefined && { contract: body.contract }),
  };
  await record(
    transaction,
    'found_alone',
    { ...placeOf(row), employerId: employer.id },
    { employer: employer.id, since: body.since },
  );
  if (body.document) {
    await record(
      transaction,
      'evidence_entered',
      { ...placeOf(row), employerId: employer.id },
      { ...body.document },
    );
    return work(transaction, row, claim, 'evidence');
  }
  await closeTasks(transaction, { kinds: ['found_alone_evidence'] }, 'asked_again');
  await openTask(transaction, { ...placeOf(row), employerId: employer.id, kind: 'found_alone' });
  await move(transaction, 'case', row, row.state, { foundAlone: claim as Json });
}

async function check(
  transaction: Transaction,
  row: CaseRow,
  employer: Employer,
  body: FoundAlone,
): Promise<void> {
  if (body.since > transaction.today)
    throw wrongField('since', 'impossible_day', 'Work is recorded when it has begun.');
  const openedOn = dayOf(row.openedAt);
  const before = await policyNumber(transaction, 'contractBeforeIssueDays', openedOn);
  const first = firstDayOfHire(openedOn, before.n);
  if (body.since < first)
    throw wrongField(
      'since',
      'before_the_case',
      `Work that began before ${first} was not found since the case was opened, on ${openedOn}.${rulesSaySo(before, transaction)}`,
    );
  if (body.document && body.document.date > transaction.today)
    throw wrongField('document.date', 'impossible_day', 'A document cannot be issued in the future.');
  const known = await employedThere(transaction, row, employer.id);
  if (known) throw notNow('employed_there', `The employment is recorded already: ${known.id}.`);
}

const employedThere = (transaction: Transaction, { personId }: CaseRow, employerId: string) =>
  transaction.tx.employment.findFirst({ where: { personId, employerId, open: true }, select: { id: true } });

/** The work is confirmed. Without monthly checks nothing is monitored, and the closure of the case is due. */
async function work(
  transaction: Transaction,
  row: CaseRow,
  claim: Claim,
  proof: 'yammt' | 'evidence',
): Promise<void> {
  const { employerId, since, contract, checks } = claim;
  await closeTasks(transaction, { kinds: waits }, proof);
  await transaction.tx.case.update({ where: { id: row.id }, data: { foundAlone: Prisma.DbNull } });
  if (await employedThere(transaction, row, employerId)) return;
  await hire(transaction, {
    caseId: row.id,
    personId: row.personId,
    employerId,
    since,
    ...(contract !== undefined && { contract }),
    how: 'alone',
    proof,
    monitored: checks,
  });
  const watched = await transaction.tx.employment.count({ where: { caseId: row.id, open: true } });
  if (watched === 0) await openTask(transaction, { ...placeOf(row), kind: 'closure' });
}

const claimOf = (row: CaseRow): Claim => row.foundAlone as Claim;

export const foundAloneQuestion: Question = {
  async ask({ yammt }, { tx }, id) {
    const row = await tx.case.findUniqueOrThrow({ where: { id } });
    const { employerId } = row.foundAlone as Claim;
    return yammt.contract(await partiesOf(tx, { personId: row.personId, employerId }));
  },
  async onAnswer(transaction, id, _task, answer) {
    const row = await readCase(transaction, id);
    if (answer.answer === 'no') {
      await record(transaction, 'found_alone_no', placeOf(row));
      return askEvidence(transaction, row, 'no');
    }
    const { since, contract } = answer as ContractAnswer & { answer: 'yes' };
    const openedOn = dayOf(row.openedAt);
    // Earlier work is no hire, because the person had it before the case [pathway §5].
    if (since < (await firstDayAfter(transaction, openedOn))) {
      const version = await versionFor(transaction, openedOn);
      await record(transaction, 'older_contract', placeOf(row), { since, contract, ...version });
      return askEvidence(transaction, row, 'older');
    }
    return work(transaction, row, { ...claimOf(row), since, contract }, 'yammt');
  },
};

/** YAMMT has been silent for ten days. A document is asked for in place of its answer. */
export async function evidenceOfFoundAlone(transaction: Transaction, id: string, task: Task): Promise<void> {
  const row = await readCase(transaction, id);
  await endQuestion(transaction, task);
  await askForEvidence(transaction, {
    kind: 'found_alone_evidence',
    place: { ...placeOf(row), employerId: claimOf(row).employerId },
    about: placeOf(row),
  });
}

async function askEvidence(transaction: Transaction, row: CaseRow, why: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['found_alone'] }, why);
  await openTask(transaction, {
    ...placeOf(row),
    employerId: claimOf(row).employerId,
    kind: 'found_alone_evidence',
  });
}

async function takeBack(transaction: Transaction, row: CaseRow, words: string): Promise<void> {
  await closeTasks(transaction, { kinds: waits }, 'taken_back');
  await record(transaction, 'found_alone_taken_back', placeOf(row), {}, words);
  await move(transaction, 'case', row, row.state, { foundAlone: Prisma.DbNull });
}
