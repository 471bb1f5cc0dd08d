import { system } from '../domain/roles';
import { unansweredReferral } from '../domain/pathways/referral';
import type { Employer, Employment, Person } from '../prisma/generated/client';
import { type About, record } from '../records/events';
import { lockRow, type RowKind, rowOf, subjectOf } from '../records/rows';
import { openTask } from '../records/tasks';
import { change, type Records, type Unit } from '../records/unit';
import { on, wake } from '../records/wake';
import type { News } from '../registers/news';
import { settleNotice } from './delivery';
import { endCase } from './steps/end-case';
import { askForContract } from './steps/contract';
import { reportEnd, restoreEmployment, stopMonitoring } from './steps/ending';
import { placeOfJob, readJob } from './steps/job';
import { placeOf } from './steps/place';
import { promptQuestion } from './steps/prompt';

/** What the workflow of a piece of news knows: whether messages wait to be sent and workflows to be woken. */
export interface NewsView {
  state: string;
  unsent: boolean;
  wakes: boolean;
}

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

  async contract_ended(unit, told) {
    const pair = await pairOf(unit, told);
    for (const { id } of pair ? await jobsOf(unit, pair, ['in_force']) : []) {
      await lockRow(unit.tx, 'retention', id);
      await reportEnd(unit, id, { on: told.on, reason: told.reason, source: 'news' });
    }
    return pair ?? {};
  },

  /** A provisional end is asked about at once; one that was confirmed is corrected, and then asked about. */
  async end_taken_back(unit, told) {
    const pair = await pairOf(unit, told);
    const [job] = pair ? await jobsOf(unit, pair, ['in_force', 'ending', 'ended']) : [];
    if (!pair || !job || job.state === 'in_force') return pair ?? {};
    const here = await locked(unit, 'retention', job.id);
    const again = pair.person.diedOn ?? (await worksThere(unit, job));
    if (job.state === 'ended' && !again) await restoreEmployment(unit, job.id, 'YAMMT');
    const now = await readJob(unit, job.id);
    if (now.open && !(await promptQuestion(here, ['end_confirmation'])))
      await openTask(here, { ...placeOfJob(now), kind: 'end_confirmation' });
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
    const open = await unit.tx.case.findFirst({ where: { personId: person.id, open: true } });
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
    await unit.tx.person.update({ where: { id: person.id }, data: { diedOn: person.diedOn ?? told.on } });
    const open = await unit.tx.case.findFirst({ where: { personId: person.id, open: true } });
    if (open && (await lockRow(unit.tx, 'case', open.id))?.open)
      await endCase(unit, open.id, { outcome: 'died', summary: 'TIEK', personAgrees: false, on: told.on });
    const alone = await unit.tx.employment.findMany({ where: { personId: person.id, open: true } });
    for (const { id } of alone) await stopMonitoring(await locked(unit, 'retention', id), id, 'died');
    return { personId: person.id, ...(open && { caseId: open.id }) };
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

/** The activities of the workflow of a piece of news. */
export const createNewsActivities = (records: Records) => ({
  /**
   * Acts on a piece of news, once: what it concerns, the event, and the closing of its row are one transaction. A row that
   * is closed changes nothing more.
   *
   * @param subject `news/<register>/<event>`
   */
  advanceNews(subject: string): Promise<NewsView> {
    const id = subject.slice('news/'.length);
    return change(records, { actor: system, subject, correlationId: id }, async (unit) => {
      await unit.tx.$queryRaw`SELECT id FROM news WHERE id = ${id} FOR UPDATE`;
      const row = await unit.tx.news.findUnique({ where: { id } });
      if (row?.open) {
        unit.correlationId = row.correlationId;
        const news = row.body as unknown as News;
        const { caseId, personId, employerId } = await follow(unit, news);
        const about = { caseId: caseId ?? null, personId: personId ?? null, employerId: employerId ?? null };
        await record(unit, 'news', about, { register: news.register, type: news.type });
        await unit.tx.news.update({
          where: { id },
          data: { state: 'done', open: false, rev: { increment: 1 }, since: unit.now },
        });
      }
      return {
        state: row ? 'done' : 'gone',
        unsent: (await unit.tx.notice.count({ where: { subject, state: 'queued' } })) > 0,
        wakes: (await unit.tx.outbox.count({ where: { subject } })) > 0,
      };
    });
  },
});

const follow = <T extends News['type']>(unit: Unit, news: Told<T>): Promise<About> =>
  (follows[news.type] as (unit: Unit, told: Told<T>) => Promise<About>)(unit, news);
