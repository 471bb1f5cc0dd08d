import { obligation, type ObligationKind } from '../domain/obligations';
import { unansweredReferral } from '../domain/pathways/referral';
import type { Employer, Employment, News as NewsRow, Person, Task } from '../prisma/generated/client';
import { type About, record } from '../records/kernel/events';
import { recordDeath, recordsOf } from '../records/joining';
import { openCaseOf } from '../records/opening';
import { lockRow, move, type RowKind, rowOf, subjectOf } from '../records/kernel/rows';
import { askTwiceADay, closeTasks, lengthNow, openTask } from '../records/kernel/tasks';
import type { Unit } from '../records/kernel/transaction';
import { on, wake } from '../records/kernel/wake';
import type { News } from '../registers/news';
import type { WagesAnswer } from '../registers/tax';
import type { OrderAnswer } from '../registers/treasury';
import type { ContractAnswer } from '../registers/yammt';
import { settleNotice } from './delivery';
import { placeOfClaim, readClaim } from './money/claims';
import { reportDeath, reportToSubsidiesOf } from './money/ending';
import { heedAnswer } from './money/paying';
import { askForWages, isReopened, wagesOf, wagesOfDecided } from './money/wages';
import type { Question, RowFile } from './row-handlers';
import { endCase } from './steps/end-case';
import { askForContract, partiesOf } from './steps/contract';
import {
  DAY_MS,
  endAsSaid,
  isAnotherContract,
  recordEnd,
  reportEnd,
  restoreEmployment,
  stopMonitoring,
  whenToAskOf,
} from './steps/ending';
import { type Job, placeOfJob, readJob, tellManager } from './steps/job';
import { placeOf } from './steps/place';
import { promptQuestion } from './steps/prompt';
import { leftToPerson } from './told';

type Told<T extends News['type']> = Extract<News, { type: T }>;

/**
 * What each kind of news changes, and whom it is about. News may come late, twice, out of order and contradict itself: an end
 * is provisional, a contract is asked for, so that the later answer of the labour register is the truth. Of people and
 * employers we do not know nothing is kept but that the news came.
 */
const follows: { [T in News['type']]: (unit: Unit, told: Told<T>) => Promise<About> } = {
  /** The rows that wait for this contract ask for it now. */
  async contract_registered(unit, told) {
    const pair = await pairOf(unit, told);
    if (!pair) return {};
    const where = { personId: pair.personId, employerId: pair.employerId };
    const awaiting = { in: [...unansweredReferral, 'hearing', 'accepted', 'confirming'] };
    for (const { id } of await unit.tx.referral.findMany({
      where: { ...where, state: awaiting },
      select: { id: true },
    })) {
      const here = await locked(unit, 'referral', id);
      if (await promptQuestion(here, ['contract_answer'])) continue;
      const row = await unit.tx.referral.findUniqueOrThrow({ where: { id }, include: { case: true } });
      if (row.open) await askForContract(here, { ...placeOf(row.case), employerId: row.employerId });
    }
    const watched = { in: ['examining', 'settled', 'directed', 'confirming', 'breached'] };
    for (const { id } of await unit.tx.inspection.findMany({
      where: { ...where, state: watched },
      select: { id: true },
    })) {
      const here = await locked(unit, 'inspection', id);
      if (await promptQuestion(here, ['contract_answer'])) continue;
      const row = await unit.tx.inspection.findUniqueOrThrow({ where: { id } });
      if (row.open && row.ground !== 'conditions')
        await askForContract(here, { area: row.area, employerId: row.employerId });
    }
    for (const job of await jobsOf(unit, pair, ['ending']))
      await promptQuestion(await locked(unit, 'retention', job.id), ['end_confirmation', 'check_answer']);
    return pair;
  },

  /** Provisional. Of an employment that nobody monitors, or no more, too: the register is asked before the end is recorded. */
  async contract_ended(unit, told) {
    const pair = await pairOf(unit, told);
    for (const { id } of pair ? await jobsOf(unit, pair, ['in_force', 'retained', 'unmonitored']) : []) {
      await lockRow(unit.tx, 'retention', id);
      const job = await readJob(unit, id);
      if (job.state === 'in_force')
        await reportEnd(unit, id, { on: told.on, reason: told.reason, source: 'news' });
      else if (job.endedOn === null && told.on >= job.hiredOn) {
        await openTask(unit, {
          ...whoseEnd(job),
          kind: 'unmonitored_end',
          ...(await whenToAskOf(unit, told.on)),
        });
        await reportToSubsidiesOf(unit, id, told.on);
      }
    }
    const dead = told.reason === 'died' && (await personOf(unit, told.pinfl));
    if (dead) await reportDeath(unit, dead.id, told.on);
    return pair ?? {};
  },

  /** The labour register is asked at once; until it says yes an end stands as it is, provisional or confirmed. */
  async end_taken_back(unit, told) {
    const pair = await pairOf(unit, told);
    const known = ['in_force', 'ending', 'retained', 'ended', 'unmonitored'];
    const [job] = pair ? await jobsOf(unit, pair, known) : [];
    if (!pair || !job || job.state === 'in_force') return pair ?? {};
    await lockRow(unit.tx, 'retention', job.id);
    const now = await readJob(unit, job.id);
    if (await isCorrectable(unit, now)) await openTask(unit, { ...whoseEnd(now), kind: 'end_correction' });
    else if (now.open) {
      const here = await on(unit, subjectOf('retention', job.id));
      if (!(await promptQuestion(here, ['end_confirmation'])))
        await openTask(here, { ...placeOfJob(now), kind: 'end_confirmation' });
    }
    return pair;
  },

  async employer_liquidated(unit, { stir, on: endedOn }) {
    const employer = await unit.tx.employer.findUnique({ where: { stir } });
    if (!employer) return {};
    if (employer.state === 'active') await employerChanges(unit, employer, { state: 'liquidated', endedOn });
    return { employerId: employer.id };
  },

  async employer_reorganised(unit, { stir, successorStir, on: endedOn }) {
    const employer = await unit.tx.employer.findUnique({ where: { stir } });
    const successor = await unit.tx.employer.findUnique({ where: { stir: successorStir } });
    if (!employer) return {};
    const isNews = employer.state === 'active' || (employer.successorId === null && successor !== null);
    if (isNews && employer.id !== successor?.id)
      await employerChanges(unit, employer, {
        state: 'reorganised',
        endedOn,
        ...(successor && { successorId: successor.id }),
      });
    return { employerId: employer.id };
  },

  /** The case's question to TIEK is asked now, again where it had been answered. */
  async recommendation_changed(unit, told) {
    const person = await personOf(unit, told.pinfl);
    if (!person) return {};
    const open = await openCaseOf(unit.tx, person.id);
    if (!open) return { personId: person.id };
    const here = await locked(unit, 'case', open.id);
    const row = await unit.tx.case.findUniqueOrThrow({ where: { id: open.id } });
    if (row.open && !(await promptQuestion(here, ['eligibility'])))
      await openTask(here, { ...placeOf(row), kind: 'eligibility' });
    return { personId: person.id, caseId: open.id };
  },

  async person_died(unit, told) {
    const person = await personOf(unit, told.pinfl);
    if (!person) return {};
    await recordDeath(unit, person.id, told.on);
    const open = await openCaseOf(unit.tx, person.id);
    if (open && (await lockRow(unit.tx, 'case', open.id))?.open)
      await endCase(unit, open.id, { outcome: 'died', summary: 'TIEK', personAgrees: false, on: told.on });
    const records = await recordsOf(unit.tx, person.id);
    const alone = await unit.tx.employment.findMany({ where: { personId: { in: records }, open: true } });
    for (const { id } of alone) await stopMonitoring(await locked(unit, 'retention', id), id, 'died');
    await reportDeath(unit, person.id, person.diedOn ?? told.on);
    return { personId: person.id, ...(open && { caseId: open.id }) };
  },

  /**
   * The claims of this month ask for its wages now, also those that had their answer. For one that is paid, or on the way, the
   * news asks itself: what follows there is a correction [money §6].
   */
  async wages_corrected(unit, told) {
    const pair = await pairOf(unit, told);
    if (!pair) return {};
    const { personId, employerId } = pair;
    const claims = await unit.tx.claim.findMany({
      where: { month: told.month, n: 0, employerId, subsidy: { personId, programme: 'above_quota' } },
      select: { id: true },
    });
    for (const { id } of claims) {
      const here = await locked(unit, 'claim', id);
      if (await promptQuestion(here, ['wages_answer'])) continue;
      const claim = await readClaim(here, id);
      if (claim.declaration === null) continue;
      if (isReopened(claim)) await askForWages(here, claim);
      else await openTask(unit, { ...placeOfClaim(claim), kind: 'wages_answer', ref: id, firesAt: unit.now });
    }
    return pair;
  },

  payment_settled: (unit, told) => promptPayment(unit, told.key, 'settled'),
  payment_returned: (unit, told) => promptPayment(unit, told.key, 'returned'),

  /** The statements that are waited for are asked for now: what came in stands in one of them. */
  async incoming(unit) {
    const waiting = await unit.tx.statement.findMany({ where: { state: 'asking' }, select: { id: true } });
    for (const { id } of waiting)
      await promptQuestion(await locked(unit, 'statement', id), ['statement_answer']);
    return {};
  },

  /** `at` is when the gateway delivered it: a receipt may come days later. */
  async receipt(unit, { key, status, why, at }) {
    const notice = await unit.tx.notice.findUnique({ where: { key } });
    if (!notice) return {};
    const row = rowOf(notice.subject);
    const here = row ? await locked(unit, row.kind, row.id) : { ...unit, subject: notice.subject };
    await settleNotice(here, key, status, { why, at: new Date(at) });
    return {};
  },
};

/**
 * The treasury is asked now what became of an order: by the claim that waits for it, or, when that is settled or waits for
 * something else and the news is not what we know, by the news itself [money §5].
 */
async function promptPayment(unit: Unit, key: string, says: string): Promise<About> {
  const found = await unit.tx.payment.findUnique({ where: { key }, include: { claim: true } });
  if (!found) return {};
  const { id, area, employerId } = found.claim;
  const here = await locked(unit, 'claim', id);
  const { state } = await unit.tx.payment.findUniqueOrThrow({ where: { key } });
  if (!(await promptQuestion(here, ['payment_answer'])) && state !== says)
    await openTask(unit, { area, employerId, kind: 'payment_answer', ref: key });
  return { employerId };
}

/** Whether a confirmed end can still be corrected: the person lives, and does not work there again already. */
async function isCorrectable(unit: Unit, job: Job): Promise<boolean> {
  if (job.open || job.endedOn === null || (await worksThere(unit, job))) return false;
  const { diedOn } = await unit.tx.person.findUniqueOrThrow({ where: { id: job.personId } });
  return diedOn === null;
}

/** A question of the news' own: the employment is closed, and nothing of it or of its case changes before the answer. */
const whoseEnd = ({ id, area, personId, employerId }: Job) => ({ area, personId, employerId, ref: id });

/** The register stayed silent: the case manager is told, who may hear the person; the register is asked on. */
async function registerSilent(unit: Unit, task: Task): Promise<void> {
  await askTwiceADay(unit, task);
  const what =
    task.kind === 'end_correction'
      ? 'the labour register took the end back and has not confirmed it'
      : 'the labour register told of an end and has not confirmed it';
  await tellOfEnd(unit, await readJob(unit, task.ref), what);
}

const tellOfEnd = (unit: Unit, job: Job, what: string): Promise<void> =>
  tellManager(unit, job, 'told', { subject: subjectOf('retention', job.id), what });

type KnownContractAnswer = Exclude<ContractAnswer, { answer: 'unknown' }>;

/** What follows from what the labour register says of an end, by the question of the news. */
const answered = {
  /**
   * A yes restores the employment. The register may lag behind its own news: a no is asked again a day later, as an end is,
   * and only the second one lets the end stand.
   */
  async end_correction(unit: Unit, task: Task, job: Job, said: KnownContractAnswer): Promise<void> {
    if (said.answer === 'no' && (await isFirstNo(unit, task))) {
      const nextAt = new Date(unit.now.getTime() + (await lengthNow(unit, 'askAgainAfterEnd')).n * DAY_MS);
      await unit.tx.task.update({ where: { id: task.id }, data: { nextAt } });
      return;
    }
    await close(unit, task, said);
    const restores = said.answer === 'yes' && !isAnotherContract(said, { on: job.endedOn ?? said.since });
    if (restores) return restoreEmployment(unit, job.id, 'YAMMT');
    await tellOfEnd(unit, job, 'the labour register took the end back, and says that it stands');
  },

  /** A no records the end as the register says it, a yes leaves the employment as it is. */
  async unmonitored_end(unit: Unit, task: Task, job: Job, said: KnownContractAnswer): Promise<void> {
    await close(unit, task, said);
    const { body } = await unit.tx.news.findUniqueOrThrow({
      where: { id: unit.subject.slice('news/'.length) },
    });
    const { on: endedOn, reason } = body as Told<'contract_ended'>;
    const told = { on: endedOn, reason };
    if (said.answer === 'yes' && !isAnotherContract(said, told)) return;
    const end = said.answer === 'no' ? endAsSaid(job, said, told) : told;
    if (job.state === 'in_force') return reportEnd(unit, job.id, { ...end, source: 'news' });
    if (!job.open && job.endedOn === null) await recordEnd(unit, job, { ...end, proof: 'yammt' });
  },
} as const satisfies Partial<Record<ObligationKind, object>>;

async function close(unit: Unit, { kind, ref }: Task, { answer }: KnownContractAnswer): Promise<void> {
  await closeTasks(unit, { kinds: [kind as ObligationKind], ref }, answer);
}

/** Whether the no that was just recorded is the first one to this question. */
const isFirstNo = async ({ tx, subject }: Unit, { kind }: Task): Promise<boolean> =>
  (await tx.registerAnswer.count({ where: { subject, kind, answer: 'no' } })) === 1;

/** Another row of this transaction, locked; its workflow is woken. */
async function locked(unit: Unit, kind: RowKind, id: string): Promise<Unit> {
  await lockRow(unit.tx, kind, id);
  return on(unit, subjectOf(kind, id));
}

interface Pair {
  person: Person;
  personId: string;
  employerId: string;
}

const personOf = (unit: Unit, pinfl: string): Promise<Person | null> =>
  unit.tx.person.findUnique({ where: { pinfl } });

async function pairOf(
  unit: Unit,
  { pinfl, stir }: { pinfl: string; stir: string },
): Promise<Pair | undefined> {
  const person = await personOf(unit, pinfl);
  const employer = await unit.tx.employer.findUnique({ where: { stir } });
  return person && employer ? { person, personId: person.id, employerId: employer.id } : undefined;
}

/** The pair's employments in these states, the latest first. */
const jobsOf = (unit: Unit, { personId, employerId }: Pair, states: string[]): Promise<Employment[]> =>
  unit.tx.employment.findMany({
    where: { personId, employerId, state: { in: states } },
    orderBy: { id: 'desc' },
  });

const worksThere = ({ tx }: Unit, { personId, employerId }: Employment): Promise<Employment | null> =>
  tx.employment.findFirst({ where: { personId, employerId, open: true } });

/** The employer's rows look at the change themselves, each in a step of its own: an employer may have very many. */
async function employerChanges(
  unit: Unit,
  { id }: Employer,
  data: { state: 'liquidated' | 'reorganised'; endedOn: string; successorId?: string },
): Promise<void> {
  await unit.tx.employer.update({ where: { id }, data });
  const open = { where: { employerId: id, open: true }, select: { id: true } };
  for (const row of await unit.tx.referral.findMany(open)) await wake(unit, subjectOf('referral', row.id));
  for (const row of await unit.tx.inspection.findMany(open))
    await wake(unit, subjectOf('inspection', row.id));
  for (const row of await unit.tx.employment.findMany(open)) await wake(unit, subjectOf('retention', row.id));
}

/** A question of the news' own is asked: the labour register about an end that the news told of, or took back. */
function aboutEnd(kind: keyof typeof answered): Question {
  return {
    ask: async ({ yammt }, { tx }, _id, { ref }) =>
      yammt.contract(await partiesOf(tx, await tx.employment.findUniqueOrThrow({ where: { id: ref } }))),
    async take(unit, id, task, answer) {
      await lockRow(unit.tx, 'retention', task.ref);
      await answered[kind](unit, task, await readJob(unit, task.ref), answer as KnownContractAnswer);
      await closeUnlessWaiting(unit, id);
    },
  };
}

const questions = {
  end_correction: {
    ...aboutEnd('end_correction'),
    async drop(unit, id, task) {
      if (await isCorrectable(unit, await readJob(unit, task.ref))) return false;
      await closeTasks(unit, { kinds: ['end_correction'], ref: task.ref }, 'settled');
      await closeUnlessWaiting(unit, id);
      return true;
    },
  },
  unmonitored_end: aboutEnd('unmonitored_end'),

  /** What was accrued for a month that is decided: a later word than the one it was paid by. */
  wages_answer: {
    ask: ({ tax }, { tx }, _id, { ref }) => wagesOf(tax, tx, ref),
    async take(unit, id, task, answer) {
      const here = await locked(unit, 'claim', task.ref);
      const claim = await readClaim(here, task.ref);
      if (!(await wagesOfDecided(here, claim, answer as WagesAnswer))) return askTwiceADay(unit, task);
      await closeTasks(unit, {}, answer.answer);
      await closeUnlessWaiting(unit, id);
    },
  },

  /** What became of an order that the claim does not ask about any more: it came back after it was settled. */
  payment_answer: {
    ask: ({ treasury }, _unit, _id, { ref }) => treasury.order(ref),
    async take(unit, id, { ref: key }, answer) {
      const { claimId } = await unit.tx.payment.findUniqueOrThrow({ where: { key } });
      const here = await locked(unit, 'claim', claimId);
      const payment = await unit.tx.payment.findUniqueOrThrow({ where: { key }, include: { account: true } });
      await heedAnswer(here, await readClaim(here, claimId), payment, answer as OrderAnswer);
      await closeTasks(unit, {}, answer.answer);
      await closeUnlessWaiting(unit, id);
    },
  },
} as const satisfies Partial<Record<ObligationKind, Question>>;

/** Acts on a piece of news, once: what it concerns and the event are one transaction. */
async function take(unit: Unit, id: string): Promise<void> {
  const row = await readNews(unit, id);
  if (row.state !== 'received') return closeUnlessWaiting(unit, id);
  unit.correlationId = row.correlationId;
  const news = row.body as News;
  const { caseId, personId, employerId } = (await leftToPerson(unit, news)) ?? (await follow(unit, news));
  const about = { caseId: caseId ?? null, personId: personId ?? null, employerId: employerId ?? null };
  await record(unit, 'news', about, { register: news.register, type: news.type });
  await closeUnlessWaiting(unit, id);
}

/** The row closes, unless a question to a register is open, or a person's finding; then with that. */
async function closeUnlessWaiting(unit: Unit, id: string): Promise<void> {
  const open = { subject: unit.subject, closedAt: null, nextAt: { not: null } };
  const waiting = await unit.tx.task.findFirst({ where: open, orderBy: { nextAt: 'asc' } });
  const state = !waiting ? 'done' : isQuestion(waiting) ? 'asking' : 'with_person';
  const row = await readNews(unit, id);
  if (row.state !== state) await move(unit, 'news', row, state);
}

const isQuestion = ({ kind }: Task): boolean => obligation(kind as ObligationKind).question !== undefined;

const readNews = ({ tx }: Unit, id: string): Promise<NewsRow> => tx.news.findUniqueOrThrow({ where: { id } });

/** A piece of news: it is acted upon when its workflow begins, and its own questions are asked until they are answered. */
export const newsFile: RowFile<'news'> = {
  kind: 'news',
  commands: {},
  steps: {
    endUnconfirmed: (unit, _id, task) => registerSilent(unit, task),
    askedOn: (unit, _id, task) => askTwiceADay(unit, task),
  },
  questions,
  reconsider: take,
};

const follow = <T extends News['type']>(unit: Unit, news: Told<T>): Promise<About> =>
  (follows[news.type] as (unit: Unit, told: Told<T>) => Promise<About>)(unit, news);
