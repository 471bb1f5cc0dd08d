import type { Extension, MeasureTaken, Resolution } from '../contracts/inspection';
import type {
  Contract,
  ContractEvidence,
  Decision,
  Hearing,
  ReferralWithdrawal,
} from '../contracts/referral';
import { type Day, dayOf } from '../domain/day';
import { isClaimAboutPerson } from '../domain/pathways/referral';
import {
  type Claim,
  directiveAllowed,
  type InspectionState,
  isToBeHeard,
} from '../domain/pathways/inspection';
import type { Json } from '../prisma/db';
import type { Employer, Employment, Inspection, Referral, Task } from '../prisma/generated/client';
import { record } from '../records/kernel/events';
import { notify } from '../records/kernel/notices';
import { notNow, wrongField } from '../records/kernel/refusal';
import { move, subjectOf } from '../records/kernel/rows';
import {
  askAgain,
  askTwiceADay,
  closeTasks,
  extendTask,
  lengthNow,
  openTask,
  type Place,
} from '../records/kernel/tasks';
import type { Transaction } from '../records/kernel/transaction';
import { checkReceived, checkStart, receivedAt } from './referral';
import type { RowHandlers } from './row-handlers';
import { askForContract, type Confirmed, contractQuestion, firstDayFor } from './steps/contract';
import { hire } from './steps/hire';

type Whole = Inspection & {
  employer: Employer;
  referral: Referral | null;
  employment: Employment | null;
  /** The case manager of the person; null where there is none. */
  managerId: string | null;
};

async function read(transaction: Transaction, id: string): Promise<Whole> {
  const row = await transaction.tx.inspection.findUniqueOrThrow({
    where: { id },
    include: { referral: true, employment: true },
  });
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: row.employerId } });
  const held = row.caseId
    ? await transaction.tx.case.findUnique({ where: { id: row.caseId }, select: { managerId: true } })
    : null;
  return { ...row, employer, managerId: held?.managerId ?? null };
}

const placeOf = (row: Whole): Place => ({ area: row.area, employerId: row.employerId });

/** Whoever has the person's case is asked about the person; without a manager it is the supervisor of that area. */
const placeOfManager = (row: Whole): Place => ({
  ...placeOf(row),
  area: row.referral?.area ?? row.employment?.area ?? row.area,
  assigneeId: row.managerId,
  personId: row.personId,
});

const about = (row: Whole) => ({ caseId: row.caseId, personId: row.personId, employerId: row.employerId });

async function resolution(transaction: Transaction, id: string, body: Resolution): Promise<void> {
  const row = await read(transaction, id);
  if (isToBeHeard(row.facts))
    throw notNow(
      'person_to_be_heard',
      'The employer’s word about the person is a claim: the case manager hears the person first, within 3 working days.',
    );
  await closeTasks(transaction, { kinds: ['resolution'] }, body.resolution);
  const resolved = { resolution: { ...body, by: transaction.actor.id } as Json, resolvedAt: transaction.now };
  if (body.resolution === 'settled') return settle(transaction, row, body.startOn, resolved);
  if (body.resolution === 'directed') return direct(transaction, row, body, resolved);
  await close(transaction, row, body.resolution, resolved);
  await record(
    transaction,
    body.resolution === 'justified' ? 'inspection_justified' : 'inspection_unjustified',
    about(row),
    { inspection: id, ...('code' in body && { code: body.code }) },
    body.grounds,
  );
  await tellOutcome(transaction, row, body.resolution, body.grounds);
}

/** Settled and directed need a person who still wants the job and an end that is not the case's [pathway §6]. */
function stillPossible(row: Whole): void {
  if (row.findingOnly)
    throw notNow(
      'finding_only',
      `Only a finding is possible: ${row.findingOnly}. Resolve as justified or unjustified.`,
    );
}

/** @param answeredOn the day on which the employer's answer was received: the start lies on or after it, the time runs from it */
async function settle(
  transaction: Transaction,
  row: Whole,
  startOn: Day,
  data: object,
  answeredOn: Day = dayOf(transaction.givenAt),
): Promise<void> {
  if (row.ground === 'conditions') {
    await close(transaction, row, 'complied', data);
    await record(transaction, 'inspection_settled', about(row), { inspection: row.id, startOn });
    return tellOutcome(transaction, row, 'settled');
  }
  stillPossible(row);
  checkStart(transaction, startOn, answeredOn);
  await openTask(transaction, {
    ...placeOf(row),
    kind: 'compliance',
    from: answeredOn,
    length: await lengthNow(transaction, 'contract'),
    notBefore: startOn,
  });
  await move(transaction, 'inspection', row, 'settled', { ...data, startOn });
  await record(transaction, 'inspection_settled', about(row), { inspection: row.id, startOn });
  await tellOutcome(transaction, row, 'settled');
}

async function direct(
  transaction: Transaction,
  row: Whole,
  body: Resolution & { resolution: 'directed' },
  data: object,
): Promise<void> {
  stillPossible(row);
  const referredOn = dayOf(row.referral?.issuedAt ?? row.openedAt);
  const policy = (await transaction.law()).policyOn(referredOn);
  if (row.ground !== 'conditions' && !directiveAllowed(row.jobKind as 'vacant', policy.rules.directiveFor))
    throw notNow(
      'directive_not_possible',
      `A ${row.jobKind} job referred on ${referredOn} admits no directive (${policy.act}): settle it, or resolve it as unjustified (vacant_job_no_liability).`,
    );
  await openTask(transaction, { ...placeOf(row), kind: 'compliance' });
  await move(transaction, 'inspection', row, 'directed', data);
  await record(
    transaction,
    'inspection_directed',
    about(row),
    { inspection: row.id, number: body.number },
    body.grounds,
  );
  const due = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind: 'compliance', closedAt: null },
  });
  await notify(transaction, {
    type: 'directive',
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id, number: body.number, due: due?.due?.toISOString() ?? '' },
  });
  await tellOutcome(transaction, row, 'directed');
}

async function close(
  transaction: Transaction,
  row: Whole,
  state: InspectionState,
  data: object = {},
): Promise<void> {
  await closeTasks(transaction, {}, state);
  await move(transaction, 'inspection', row, state, { ...data, endedAt: transaction.now });
}

/** The person and the case manager learn what the inspection found, and on what grounds. */
async function tellOutcome(
  transaction: Transaction,
  row: Whole,
  resolution: string,
  grounds?: string,
): Promise<void> {
  const params = { inspection: row.id, resolution, ...(grounds !== undefined && { grounds }) };
  const type = grounds === undefined ? 'resolution' : 'finding';
  await notify(transaction, {
    type,
    to: { kind: 'person', id: row.personId },
    params,
    occasion: resolution,
  });
  if (row.managerId)
    await notify(transaction, {
      type,
      to: { kind: 'official', id: row.managerId },
      params,
      occasion: resolution,
    });
}

async function extension(transaction: Transaction, id: string, body: Extension): Promise<void> {
  const row = await read(transaction, id);
  const most = transaction.settings.inspectionExtensionMax;
  if (body.days > most) throw wrongField('days', 'too_long', `At most ${most} working days.`);
  const extended = await extendTask(transaction, 'resolution', { n: body.days, unit: 'workingDays' });
  if (!extended)
    throw notNow('extended_before', 'An inspection is extended once, and only while the officer has it.');
  await move(transaction, 'inspection', row, 'examining');
  await record(
    transaction,
    'inspection_extended',
    about(row),
    { inspection: id, days: body.days },
    body.reason,
  );
}

async function measure(transaction: Transaction, id: string, body: MeasureTaken): Promise<void> {
  const row = await read(transaction, id);
  if ('on' in body && body.on > transaction.today)
    throw wrongField('on', 'impossible_day', 'A measure that was taken does not lie in the future.');
  await close(transaction, row, 'measured', { measure: body as Json, measuredAt: transaction.now });
  if ('none' in body) await record(transaction, 'no_measure', about(row), { inspection: id }, body.reason);
  else
    await record(transaction, 'measure_taken', about(row), {
      inspection: id,
      kind: body.kind,
      number: body.number,
      on: body.on,
    });
  if (row.managerId)
    await notify(transaction, {
      type: 'told',
      to: { kind: 'official', id: row.managerId },
      params: {
        subject: transaction.subject,
        what: 'none' in body ? 'no measure was taken' : 'a measure was taken',
      },
    });
}

/**
 * After silence and before the resolution: an acceptance settles, a rejection adds its reasons [pathway §5, late]. A
 * rejection that was received within the 5 days and only entered late was no silence: the inspection is of the rejection,
 * also where the employer has rejected once more since; and a claim about the person is heard first.
 */
async function lateDecision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const row = await read(transaction, id);
  if (row.referral) checkReceived(transaction, row.referral, body);
  const before = row.lateDecision as { decision: string } | null;
  const at = receivedAt(transaction, body);
  const inTime = await withinTheDays(transaction, row, at);
  const mayFollow = !before || (before.decision === 'reject' && (body.decision === 'accept' || inTime));
  if (row.ground !== 'silence' || !mayFollow)
    throw notNow(
      'already_decided',
      'The employer has answered; what is open now is between the employer and the inspectorate.',
    );
  const isClaim = body.decision === 'reject' && isClaimAboutPerson(body.code);
  const unheard = isClaim && !inTime ? { claim: 'unheard' satisfies Claim } : {};
  const late = { lateDecision: { ...body, ...unheard, at: at.toISOString() } as Json };
  await record(
    transaction,
    'late_decision',
    about(row),
    { inspection: id, decision: body.decision },
    'grounds' in body ? body.grounds : undefined,
  );
  if (body.decision === 'reject' && inTime) {
    const facts = { ...(row.facts as object), code: body.code, grounds: body.grounds };
    await move(transaction, 'inspection', row, 'examining', { ...late, ground: 'rejection', facts });
    return isClaim ? hearFirst(transaction, { ...row, facts }, body) : undefined;
  }
  if (body.decision === 'reject' || row.findingOnly)
    return move(transaction, 'inspection', row, 'examining', late);
  await closeTasks(transaction, { kinds: ['resolution'] }, 'late_acceptance');
  const resolved = {
    ...late,
    resolution: { resolution: 'settled', startOn: body.startOn, by: 'late_acceptance' },
    resolvedAt: transaction.now,
  };
  await settle(transaction, row, body.startOn, resolved, dayOf(at));
}

/** The case manager hears the person in 3 working days [pathway §5]; of a case that has ended nobody is heard any more. */
async function hearFirst(
  transaction: Transaction,
  row: Whole,
  body: Decision & { decision: 'reject' },
): Promise<void> {
  const params = { inspection: row.id, code: body.code };
  await record(transaction, 'claim_about_person', about(row), params, body.grounds);
  if (row.findingOnly === 'case_ended') return claimBecomes(transaction, row, 'unheard');
  await openTask(transaction, { ...placeOfManager(row), kind: 'hearing' });
  await claimBecomes(transaction, row, 'to_be_heard');
}

const claimBecomes = (transaction: Transaction, row: Whole, claim: Claim): Promise<void> =>
  move(transaction, 'inspection', row, 'examining', { facts: { ...(row.facts as object), claim } });

/** Confirmed, the refusal was justified by the person's own words, which are not for the employer; else it goes on. */
async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const row = await read(transaction, id);
  if (!isToBeHeard(row.facts))
    throw notNow('nobody_to_hear', 'No word of the employer about the person waits.');
  const heard = { hearing: body as Json };
  if (row.referralId) await transaction.tx.referral.update({ where: { id: row.referralId }, data: heard });
  const params = { inspection: id, confirmed: body.confirmed };
  await record(transaction, 'person_heard', about(row), params, body.words);
  await closeTasks(transaction, { kinds: ['hearing'] }, 'heard');
  if (!body.confirmed) return claimBecomes(transaction, row, 'contradicted');
  await close(transaction, row, 'justified', {
    facts: { ...(row.facts as object), claim: 'confirmed' satisfies Claim },
    resolution: { resolution: 'justified', by: 'hearing' },
    resolvedAt: transaction.now,
  });
  await record(transaction, 'inspection_justified', about(row), { inspection: id });
  await tellOutcome(transaction, row, 'justified');
}

async function unheard(transaction: Transaction, id: string): Promise<void> {
  const row = await read(transaction, id);
  await closeTasks(transaction, { kinds: ['hearing'] }, 'unheard');
  await record(transaction, 'person_unheard', about(row), { inspection: id });
  await claimBecomes(transaction, row, 'unheard');
}

/** Whether an answer came before the referral's 5 days were over, though nobody had entered it by then. */
async function withinTheDays(
  transaction: Transaction,
  { referralId }: Whole,
  answeredAt: Date,
): Promise<boolean> {
  const decision = await transaction.tx.task.findFirst({
    where: { subject: subjectOf('referral', referralId ?? ''), kind: 'decision' },
    orderBy: { id: 'desc' },
  });
  return !!decision?.due && answeredAt <= decision.due;
}

async function contract(transaction: Transaction, id: string, body: Contract): Promise<void> {
  const row = await read(transaction, id);
  if (row.ground === 'conditions')
    throw notNow(
      'about_conditions',
      'The contract is in force: what counts is that the person works and is paid.',
    );
  await record(transaction, 'contract_registered', about(row), { inspection: id, contract: body.contract });
  await askForContract(transaction, placeOf(row));
  await move(transaction, 'inspection', row, 'confirming');
}

async function evidence(transaction: Transaction, id: string, body: ContractEvidence): Promise<void> {
  const row = await read(transaction, id);
  await record(transaction, 'evidence_entered', about(row), { inspection: id, number: body.document.number });
  if (!body.inForce) return breach(transaction, row);
  const { since = row.startOn ?? transaction.today, contract: number } = body;
  const contract = number === undefined ? {} : { contract: number };
  if (row.referral && since < firstDayFor(transaction, row.referral))
    return workedThere(transaction, row, { since, ...contract });
  await complied(transaction, row, { since, proof: 'evidence', ...contract });
}

/** Until the contract is registered the person may decline any offer, settlement or directive; it costs nothing. */
async function personDeclines(transaction: Transaction, id: string, body: ReferralWithdrawal): Promise<void> {
  const row = await read(transaction, id);
  await record(transaction, 'person_declined', about(row), { inspection: id }, body.words);
  if (row.state !== 'examining') return endWatch(transaction, row, 'person_no_longer_wants');
  await move(transaction, 'inspection', row, 'examining', { findingOnly: 'person_no_longer_wants' });
  await record(transaction, 'finding_only', about(row), { inspection: id, why: 'person_no_longer_wants' });
}

async function endWatch(transaction: Transaction, row: Whole, why: string): Promise<void> {
  await close(transaction, row, 'ended', { findingOnly: why });
  await record(transaction, 'inspection_ended', about(row), { inspection: row.id, why });
}

async function complied(
  transaction: Transaction,
  row: Whole,
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

/** The person works for the employer after all: what begins with every hire begins, unless it has. */
async function hireThrough(
  transaction: Transaction,
  row: Whole,
  it: { since: Day; contract?: string; proof: 'yammt' | 'evidence' },
): Promise<void> {
  const employed = await transaction.tx.employment.findFirst({
    where: { personId: row.personId, employerId: row.employerId, open: true },
  });
  if (employed || !row.caseId || !row.referral) return;
  const held = await transaction.tx.case.findUniqueOrThrow({ where: { id: row.caseId } });
  if (!held.open || held.state === 'employed') return;
  await hire(transaction, {
    ...it,
    caseId: row.caseId,
    personId: row.personId,
    employerId: row.employerId,
    referralId: row.referral.id,
    vacancyId: row.referral.vacancyId,
    measure: row.referral.measure,
    how: 'inspection',
    monitored: true,
  });
}

/**
 * The contract is older than the referral: it meets nothing. The clock goes on, and the finding stands in the file, where the
 * chief inspector reads it who may enter it as why no measure was taken [pathway §5, contract].
 */
async function workedThere(
  transaction: Transaction,
  row: Whole,
  { since, contract }: Pick<Confirmed, 'since'> & Partial<Confirmed>,
): Promise<void> {
  const found = { since, ...(contract !== undefined && { contract }) };
  const facts = { ...(row.facts as object), workedThere: found };
  await move(transaction, 'inspection', row, row.state as InspectionState, { facts });
  await record(transaction, 'worked_there_already', about(row), { inspection: row.id, ...found });
  await notMet(transaction, { ...row, facts });
}

/** While there is time left the employer may still register a contract; afterwards it is a breach. */
async function notMet(transaction: Transaction, row: Whole): Promise<void> {
  if (row.state !== 'confirming') return;
  const stillTime = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind: 'compliance', closedAt: null },
  });
  if (!stillTime) return breach(transaction, row);
  await closeTasks(transaction, { kinds: ['contract_answer', 'contract_evidence'] }, 'not_met');
  const { resolution: kind } = row.resolution as { resolution: 'settled' | 'directed' };
  await move(transaction, 'inspection', row, kind);
}

/** The employer did not do what was settled or directed: from here on something follows [S: today nothing follows]. */
async function breach(transaction: Transaction, row: Whole): Promise<void> {
  await closeTasks(transaction, {}, 'breached');
  await openTask(transaction, { ...placeOf(row), kind: 'measure' });
  await move(transaction, 'inspection', row, 'breached', { breachedAt: transaction.now });
  await record(transaction, 'inspection_breached', about(row), { inspection: row.id });
  await notify(transaction, {
    type: 'breach',
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id },
  });
  if (row.managerId)
    await notify(transaction, {
      type: 'breach',
      to: { kind: 'official', id: row.managerId },
      params: { inspection: row.id },
    });
}

/** The settlement's or directive's time is over: the labour register says whether it was kept, or of conditions a person. */
async function contractFallsDue(transaction: Transaction, id: string, task: Task): Promise<void> {
  const row = await read(transaction, id);
  await closeTasks(transaction, { kinds: [task.kind as 'compliance'] }, 'passed');
  if (row.ground === 'conditions') return askWhetherMended(transaction, row);
  const asked = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind: 'contract_answer', closedAt: null },
  });
  if (asked) await askAgain(transaction, asked, transaction.now);
  else await askForContract(transaction, placeOf(row));
  if (row.state !== 'confirming') await move(transaction, 'inspection', row, 'confirming');
}

/** No register knows whether the person works and is paid: the case manager asks the person. Without an answer it stays. */
async function askWhetherMended(transaction: Transaction, row: Whole): Promise<void> {
  await openTask(transaction, { ...placeOfManager(row), kind: 'conditions_evidence' });
  await move(transaction, 'inspection', row, 'confirming');
  await record(transaction, 'mending_asked', about(row), { inspection: row.id });
}

/** A person is asked for evidence; the register is asked on, and whoever answers first settles it. */
async function evidenceOfContract(transaction: Transaction, id: string, task: Task): Promise<void> {
  const row = await read(transaction, id);
  if (row.state !== 'confirming') {
    await closeTasks(transaction, { kinds: ['contract_answer'] }, 'register_silent');
    return;
  }
  await askTwiceADay(transaction, task);
  await openTask(transaction, { ...placeOfManager(row), kind: 'contract_evidence' });
  await record(transaction, 'evidence_asked', about(row), { register: 'YAMMT', inspection: id });
}

/** The world has changed: the employer is gone, or the case that a watch was for has ended. */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await read(transaction, id);
  if (row.employer.state !== 'active' && row.resolvedAt) return endWatch(transaction, row, 'employer_gone');
  if (row.employer.state !== 'active') {
    await close(transaction, row, 'unjustified', {
      resolution: { resolution: 'unjustified', code: 'employer_liquidated', grounds: row.employer.state },
      resolvedAt: transaction.now,
    });
    await record(transaction, 'employer_gone', about(row), { inspection: id, state: row.employer.state });
    return;
  }
  if (row.findingOnly && ['settled', 'directed', 'confirming'].includes(row.state))
    await endWatch(transaction, row, row.findingOnly);
  else if (row.findingOnly === 'case_ended' && isToBeHeard(row.facts)) await unheard(transaction, id);
}

export const inspectionHandlers: RowHandlers<'inspection'> = {
  kind: 'inspection',
  commands: { resolution, extension, measure, lateDecision, hearing, contract, evidence, personDeclines },
  steps: { unheard, complianceFallsDue: contractFallsDue, evidenceOfContract },
  questions: {
    contract_answer: contractQuestion('inspection', {
      async yes(transaction, id, answer) {
        const row = await read(transaction, id);
        // Too late for the directive, not for the person: the breach and its measure stand, the hire counts.
        if (row.state === 'breached') return hireThrough(transaction, row, { ...answer, proof: 'yammt' });
        await complied(transaction, row, { ...answer, proof: 'yammt' });
      },
      async older(transaction, id, answer) {
        await workedThere(transaction, await read(transaction, id), answer);
      },
      async no(transaction, id) {
        await notMet(transaction, await read(transaction, id));
      },
    }),
  },
  reconsider,
};
