import { obligation, type ObligationKind } from '../domain/obligations';
import { unansweredReferral } from '../domain/pathways/referral';
import type { Employer, Employment, News as NewsRow, Person, Task } from '../prisma/generated/client';
import { type About, record } from '../records/kernel/events';
import { recordDeath, recordsOf } from '../records/joining';
import { openCaseOf } from '../records/opening';
import { lockRow, move, type RowKind, rowOf, subjectOf } from '../records/kernel/rows';
import { askTwiceADay, closeTasks, lengthNow, openTask } from '../records/kernel/tasks';
import type { Transaction } from '../records/kernel/transaction';
import { inRow, wake } from '../records/kernel/wake';
import type { News } from '../registers/news';
import type { WagesAnswer } from '../registers/tax';
import type { OrderAnswer } from '../registers/treasury';
import type { ContractAnswer } from '../registers/yammt';
import { settleNotice } from './delivery';
import { placeOfClaim, readClaim } from './money/claims';
import { reportDeath, reportToSubsidiesOf } from './money/ending';
import { heedAnswer } from './money/paying';
import { askForWages, isReopened, wagesOf, wagesOfDecided } from './money/wages';
import type { Question, RowHandlers } from './row-handlers';
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
const follows: { [T in News['type']]: (transaction: Transaction, told: Told<T>) => Promise<About> } = {
  /** The rows that wait for this contract ask for it now. */
  async contract_registered(transaction, told) {
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
  },

  /** Provisional. Of an employment that nobody monitors, or no more, too: the register is asked before the end is recorded. */
  async contract_ended(transaction, told) {
    const pair = await pairOf(transaction, told);
    for (const { id } of pair
      ? await jobsOf(transaction, pair, ['in_force', 'retained', 'unmonitored'])
      : []) {
      await lockRow(transaction.tx, 'retention', id);
      const job = await readJob(transaction, id);
      if (job.state === 'in_force')
        await reportEnd(transaction, id, { on: told.on, reason: told.reason, source: 'news' });
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
  },

  /** The labour register is asked at once; until it says yes an end stands as it is, provisional or confirmed. */
  async end_taken_back(transaction, told) {
    const pair = await pairOf(transaction, told);
    const known = ['in_force', 'ending', 'retained', 'ended', 'unmonitored'];
    const [job] = pair ? await jobsOf(transaction, pair, known) : [];
    if (!pair || !job || job.state === 'in_force') return pair ?? {};
    await lockRow(transaction.tx, 'retention', job.id);
    const now = await readJob(transaction, job.id);
    if (await isCorrectable(transaction, now))
      await openTask(transaction, { ...whoseEnd(now), kind: 'end_correction' });
    else if (now.open) {
      const here = await inRow(transaction, subjectOf('retention', job.id));
      if (!(await promptQuestion(here, ['end_confirmation'])))
        await openTask(here, { ...placeOfJob(now), kind: 'end_confirmation' });
    }
    return pair;
  },

  async employer_liquidated(transaction, { stir, on: endedOn }) {
    const employer = await transaction.tx.employer.findUnique({ where: { stir } });
    if (!employer) return {};
    if (employer.state === 'active')
      await employerChanges(transaction, employer, { state: 'liquidated', endedOn });
    return { employerId: employer.id };
  },

  async employer_reorganised(transaction, { stir, successorStir, on: endedOn }) {
    const employer = await transaction.tx.employer.findUnique({ where: { stir } });
    const successor = await transaction.tx.employer.findUnique({ where: { stir: successorStir } });
    if (!employer) return {};
    const isNews = employer.state === 'active' || (employer.successorId === null && successor !== null);
    if (isNews && employer.id !== successor?.id)
      await employerChanges(transaction, employer, {
        state: 'reorganised',
        endedOn,
        ...(successor && { successorId: successor.id }),
      });
    return { employerId: employer.id };
  },

  /** The case's question to TIEK is asked now, again where it had been answered. */
  async recommendation_changed(transaction, told) {
    const person = await personOf(transaction, told.pinfl);
    if (!person) return {};
    const open = await openCaseOf(transaction.tx, person.id);
    if (!open) return { personId: person.id };
    const here = await locked(transaction, 'case', open.id);
    const row = await transaction.tx.case.findUniqueOrThrow({ where: { id: open.id } });
    if (row.open && !(await promptQuestion(here, ['eligibility'])))
      await openTask(here, { ...placeOf(row), kind: 'eligibility' });
    return { personId: person.id, caseId: open.id };
  },

  async person_died(transaction, told) {
    const person = await personOf(transaction, told.pinfl);
    if (!person) return {};
    await recordDeath(transaction, person.id, told.on);
    const open = await openCaseOf(transaction.tx, person.id);
    if (open && (await lockRow(transaction.tx, 'case', open.id))?.open)
      await endCase(transaction, open.id, {
        outcome: 'died',
        summary: 'TIEK',
        personAgrees: false,
        on: told.on,
      });
    const records = await recordsOf(transaction.tx, person.id);
    const alone = await transaction.tx.employment.findMany({
      where: { personId: { in: records }, open: true },
    });
    for (const { id } of alone) await stopMonitoring(await locked(transaction, 'retention', id), id, 'died');
    await reportDeath(transaction, person.id, person.diedOn ?? told.on);
    return { personId: person.id, ...(open && { caseId: open.id }) };
  },

  /**
   * The claims of this month ask for its wages now, also those that had their answer. For one that is paid, or on the way, the
   * news asks itself: what follows there is a correction [money §6].
   */
  async wages_corrected(transaction, told) {
    const pair = await pairOf(transaction, told);
    if (!pair) return {};
    const { personId, employerId } = pair;
    const claims = await transaction.tx.claim.findMany({
      where: { month: told.month, n: 0, employerId, subsidy: { personId, programme: 'above_quota' } },
      select: { id: true },
    });
    for (const { id } of claims) {
      const here = await locked(transaction, 'claim', id);
      if (await promptQuestion(here, ['wages_answer'])) continue;
      const claim = await readClaim(here, id);
      if (claim.declaration === null) continue;
      if (isReopened(claim)) await askForWages(here, claim);
      else
        await openTask(transaction, {
          ...placeOfClaim(claim),
          kind: 'wages_answer',
          ref: id,
          firesAt: transaction.now,
        });
    }
    return pair;
  },

  payment_settled: (transaction, told) => promptPayment(transaction, told.key, 'settled'),
  payment_returned: (transaction, told) => promptPayment(transaction, told.key, 'returned'),

  /** The statements that are waited for are asked for now: what came in stands in one of them. */
  async incoming(transaction) {
    const waiting = await transaction.tx.statement.findMany({
      where: { state: 'asking' },
      select: { id: true },
    });
    for (const { id } of waiting)
      await promptQuestion(await locked(transaction, 'statement', id), ['statement_answer']);
    return {};
  },

  /** `at` is when the gateway delivered it: a receipt may come days later. */
  async receipt(transaction, { key, status, why, at }) {
    const notice = await transaction.tx.notice.findUnique({ where: { key } });
    if (!notice) return {};
    const row = rowOf(notice.subject);
    const here = row
      ? await locked(transaction, row.kind, row.id)
      : { ...transaction, subject: notice.subject };
    await settleNotice(here, key, status, { why, at: new Date(at) });
    return {};
  },
};

/**
 * The treasury is asked now what became of an order: by the claim that waits for it, or, when that is settled or waits for
 * something else and the news is not what we know, by the news itself [money §5].
 */
async function promptPayment(transaction: Transaction, key: string, says: string): Promise<About> {
  const found = await transaction.tx.payment.findUnique({ where: { key }, include: { claim: true } });
  if (!found) return {};
  const { id, area, employerId } = found.claim;
  const here = await locked(transaction, 'claim', id);
  const { state } = await transaction.tx.payment.findUniqueOrThrow({ where: { key } });
  if (!(await promptQuestion(here, ['payment_answer'])) && state !== says)
    await openTask(transaction, { area, employerId, kind: 'payment_answer', ref: key });
  return { employerId };
}

/** Whether a confirmed end can still be corrected: the person lives, and does not work there again already. */
async function isCorrectable(transaction: Transaction, job: Job): Promise<boolean> {
  if (job.open || job.endedOn === null || (await worksThere(transaction, job))) return false;
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: job.personId } });
  return diedOn === null;
}

/** A question of the news' own: the employment is closed, and nothing of it or of its case changes before the answer. */
const whoseEnd = ({ id, area, personId, employerId }: Job) => ({ area, personId, employerId, ref: id });

/** The register stayed silent: the case manager is told, who may hear the person; the register is asked on. */
async function registerSilent(transaction: Transaction, task: Task): Promise<void> {
  await askTwiceADay(transaction, task);
  const what =
    task.kind === 'end_correction'
      ? 'the labour register took the end back and has not confirmed it'
      : 'the labour register told of an end and has not confirmed it';
  await tellOfEnd(transaction, await readJob(transaction, task.ref), what);
}

const tellOfEnd = (transaction: Transaction, job: Job, what: string): Promise<void> =>
  tellManager(transaction, job, 'told', { subject: subjectOf('retention', job.id), what });

type KnownContractAnswer = Exclude<ContractAnswer, { answer: 'unknown' }>;

/** What follows from what the labour register says of an end, by the question of the news. */
const answered = {
  /**
   * A yes restores the employment. The register may lag behind its own news: a no is asked again a day later, as an end is,
   * and only the second one lets the end stand.
   */
  async end_correction(
    transaction: Transaction,
    task: Task,
    job: Job,
    said: KnownContractAnswer,
  ): Promise<void> {
    if (said.answer === 'no' && (await isFirstNo(transaction, task))) {
      const nextAt = new Date(
        transaction.now.getTime() + (await lengthNow(transaction, 'askAgainAfterEnd')).n * DAY_MS,
      );
      await transaction.tx.task.update({ where: { id: task.id }, data: { nextAt } });
      return;
    }
    await close(transaction, task, said);
    const restores = said.answer === 'yes' && !isAnotherContract(said, { on: job.endedOn ?? said.since });
    if (restores) return restoreEmployment(transaction, job.id, 'YAMMT');
    await tellOfEnd(transaction, job, 'the labour register took the end back, and says that it stands');
  },

  /** A no records the end as the register says it, a yes leaves the employment as it is. */
  async unmonitored_end(
    transaction: Transaction,
    task: Task,
    job: Job,
    said: KnownContractAnswer,
  ): Promise<void> {
    await close(transaction, task, said);
    const { body } = await transaction.tx.news.findUniqueOrThrow({
      where: { id: transaction.subject.slice('news/'.length) },
    });
    const { on: endedOn, reason } = body as Told<'contract_ended'>;
    const told = { on: endedOn, reason };
    if (said.answer === 'yes' && !isAnotherContract(said, told)) return;
    const end = said.answer === 'no' ? endAsSaid(job, said, told) : told;
    if (job.state === 'in_force') return reportEnd(transaction, job.id, { ...end, source: 'news' });
    if (!job.open && job.endedOn === null) await recordEnd(transaction, job, { ...end, proof: 'yammt' });
  },
} as const satisfies Partial<Record<ObligationKind, object>>;

async function close(
  transaction: Transaction,
  { kind, ref }: Task,
  { answer }: KnownContractAnswer,
): Promise<void> {
  await closeTasks(transaction, { kinds: [kind as ObligationKind], ref }, answer);
}

/** Whether the no that was just recorded is the first one to this question. */
const isFirstNo = async ({ tx, subject }: Transaction, { kind }: Task): Promise<boolean> =>
  (await tx.registerAnswer.count({ where: { subject, kind, answer: 'no' } })) === 1;

/** Another row of this transaction, locked; its workflow is woken. */
async function locked(transaction: Transaction, kind: RowKind, id: string): Promise<Transaction> {
  await lockRow(transaction.tx, kind, id);
  return inRow(transaction, subjectOf(kind, id));
}

interface Pair {
  person: Person;
  personId: string;
  employerId: string;
}

const personOf = (transaction: Transaction, pinfl: string): Promise<Person | null> =>
  transaction.tx.person.findUnique({ where: { pinfl } });

async function pairOf(
  transaction: Transaction,
  { pinfl, stir }: { pinfl: string; stir: string },
): Promise<Pair | undefined> {
  const person = await personOf(transaction, pinfl);
  const employer = await transaction.tx.employer.findUnique({ where: { stir } });
  return person && employer ? { person, personId: person.id, employerId: employer.id } : undefined;
}

/** The pair's employments in these states, the latest first. */
const jobsOf = (
  transaction: Transaction,
  { personId, employerId }: Pair,
  states: string[],
): Promise<Employment[]> =>
  transaction.tx.employment.findMany({
    where: { personId, employerId, state: { in: states } },
    orderBy: { id: 'desc' },
  });

const worksThere = ({ tx }: Transaction, { personId, employerId }: Employment): Promise<Employment | null> =>
  tx.employment.findFirst({ where: { personId, employerId, open: true } });

/** The employer's rows look at the change themselves, each in a step of its own: an employer may have very many. */
async function employerChanges(
  transaction: Transaction,
  { id }: Employer,
  data: { state: 'liquidated' | 'reorganised'; endedOn: string; successorId?: string },
): Promise<void> {
  await transaction.tx.employer.update({ where: { id }, data });
  const open = { where: { employerId: id, open: true }, select: { id: true } };
  for (const row of await transaction.tx.referral.findMany(open))
    await wake(transaction, subjectOf('referral', row.id));
  for (const row of await transaction.tx.inspection.findMany(open))
    await wake(transaction, subjectOf('inspection', row.id));
  for (const row of await transaction.tx.employment.findMany(open))
    await wake(transaction, subjectOf('retention', row.id));
}

/** A question of the news' own is asked: the labour register about an end that the news told of, or took back. */
function aboutEnd(kind: keyof typeof answered): Question {
  return {
    ask: async ({ yammt }, { tx }, _id, { ref }) =>
      yammt.contract(await partiesOf(tx, await tx.employment.findUniqueOrThrow({ where: { id: ref } }))),
    async onAnswer(transaction, id, task, answer) {
      await lockRow(transaction.tx, 'retention', task.ref);
      await answered[kind](
        transaction,
        task,
        await readJob(transaction, task.ref),
        answer as KnownContractAnswer,
      );
      await closeUnlessWaiting(transaction, id);
    },
  };
}

const questions = {
  end_correction: {
    ...aboutEnd('end_correction'),
    async closeIfMoot(transaction, id, task) {
      if (await isCorrectable(transaction, await readJob(transaction, task.ref))) return false;
      await closeTasks(transaction, { kinds: ['end_correction'], ref: task.ref }, 'settled');
      await closeUnlessWaiting(transaction, id);
      return true;
    },
  },
  unmonitored_end: aboutEnd('unmonitored_end'),

  /** What was accrued for a month that is decided: a later word than the one it was paid by. */
  wages_answer: {
    ask: ({ tax }, { tx }, _id, { ref }) => wagesOf(tax, tx, ref),
    async onAnswer(transaction, id, task, answer) {
      const here = await locked(transaction, 'claim', task.ref);
      const claim = await readClaim(here, task.ref);
      if (!(await wagesOfDecided(here, claim, answer as WagesAnswer))) return askTwiceADay(transaction, task);
      await closeTasks(transaction, {}, answer.answer);
      await closeUnlessWaiting(transaction, id);
    },
  },

  /** What became of an order that the claim does not ask about any more: it came back after it was settled. */
  payment_answer: {
    ask: ({ treasury }, _unit, _id, { ref }) => treasury.order(ref),
    async onAnswer(transaction, id, { ref: key }, answer) {
      const { claimId } = await transaction.tx.payment.findUniqueOrThrow({ where: { key } });
      const here = await locked(transaction, 'claim', claimId);
      const payment = await transaction.tx.payment.findUniqueOrThrow({
        where: { key },
        include: { account: true },
      });
      await heedAnswer(here, await readClaim(here, claimId), payment, answer as OrderAnswer);
      await closeTasks(transaction, {}, answer.answer);
      await closeUnlessWaiting(transaction, id);
    },
  },
} as const satisfies Partial<Record<ObligationKind, Question>>;

/** Acts on a piece of news, once: what it concerns and the event are one transaction. */
async function take(transaction: Transaction, id: string): Promise<void> {
  const row = await readNews(transaction, id);
  if (row.state !== 'received') return closeUnlessWaiting(transaction, id);
  transaction.correlationId = row.correlationId;
  const news = row.body as News;
  const { caseId, personId, employerId } =
    (await leftToPerson(transaction, news)) ?? (await follow(transaction, news));
  const about = { caseId: caseId ?? null, personId: personId ?? null, employerId: employerId ?? null };
  await record(transaction, 'news', about, { register: news.register, type: news.type });
  await closeUnlessWaiting(transaction, id);
}

/** The row closes, unless a question to a register is open, or a person's finding; then with that. */
async function closeUnlessWaiting(transaction: Transaction, id: string): Promise<void> {
  const open = { subject: transaction.subject, closedAt: null, nextAt: { not: null } };
  const waiting = await transaction.tx.task.findFirst({ where: open, orderBy: { nextAt: 'asc' } });
  const state = !waiting ? 'done' : isQuestion(waiting) ? 'asking' : 'with_person';
  const row = await readNews(transaction, id);
  if (row.state !== state) await move(transaction, 'news', row, state);
}

const isQuestion = ({ kind }: Task): boolean => obligation(kind as ObligationKind).question !== undefined;

const readNews = ({ tx }: Transaction, id: string): Promise<NewsRow> =>
  tx.news.findUniqueOrThrow({ where: { id } });

/** A piece of news: it is acted upon when its workflow begins, and its own questions are asked until they are answered. */
export const newsHandlers: RowHandlers<'news'> = {
  kind: 'news',
  commands: {},
  steps: {
    endUnconfirmed: (transaction, _id, task) => registerSilent(transaction, task),
    askedOn: (transaction, _id, task) => askTwiceADay(transaction, task),
  },
  questions,
  reconsider: take,
};

const follow = <T extends News['type']>(transaction: Transaction, news: Told<T>): Promise<About> =>
  (follows[news.type] as (transaction: Transaction, told: Told<T>) => Promise<About>)(transaction, news);
