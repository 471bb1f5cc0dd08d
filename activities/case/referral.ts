import type { NewReferral, ReferralDeclined } from '../../contracts/case';
import { saidOfWork } from '../../domain/eligibility';
import { match, type ReasonCode } from '../../domain/matching';
import { referralInPlay } from '../../domain/pathways/referral';
import { currentJob } from '../../domain/plan';
import { jobOf, seekerOf } from '../../domain/seeker';
import { type Employer, type Person, Prisma, type Vacancy } from '../../prisma/generated/client';
import { columnsOf, objectOf } from '../../records/kernel/columns';
import { type Aggregate, takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { consentsAsked } from '../../records/reads/consents';
import { issueReferral } from '../steps/issue-referral';
import { placeOf } from '../steps/place';
import { becomeReferred } from '../steps/planning';
import { askSupervisor, tellOfNo } from './consent';
import { refreshPresentWork } from './present-work';
import { type CaseRow, personOf } from './read';

type Offered = Vacancy & { employer: Employer };

/**
 * Issues a referral to a vacant or reserved job. A job that the recommendation calls not suitable needs the person's wish, the
 * planned adaptation, and the supervisor's yes. The case manager's command asks the supervisor. The supervisor's command issues
 * the referral with the words that were asked about, or refuses it with `declined` [pathway §4, §5].
 */
export async function referral(
  transaction: Transaction,
  id: string,
  body: NewReferral | ReferralDeclined,
): Promise<void | { made: { kind: 'referral'; id: string } }> {
  const aggregate = await takeAggregate(transaction, 'case', id);
  const row = aggregate.row as CaseRow;
  const { measures, referrals } = aggregate.around;
  if ('declined' in body) return decline(transaction, row, body.vacancy, body.declined);
  const person = await personOf(transaction, row);
  await refreshPresentWork(transaction, row, person);
  const job = currentJob(measures);
  if (!job) throw new Error('the plan has no job');
  const vacancy = await checkVacancy(transaction, body.vacancy);
  checkOthers(referrals, vacancy);

  const because = await whyNotSuitable(transaction, row, person, vacancy);
  const suitable = because.length === 0;
  const wished = body.exception ?? (suitable ? undefined : await askedFor(transaction, vacancy.id));
  if (!suitable && !wished) throw needsException(because);
  if (!suitable && transaction.actor.role !== 'supervisor') return askConsent(transaction, row, body);
  if (!suitable)
    await record(transaction, 'supervisors_yes', placeOf(row), { what: 'referral', vacancy: vacancy.id });

  const exception = suitable ? undefined : wished;
  const made = await issueReferral(transaction, row, {
    vacancy,
    measure: job.n,
    ...(exception && { exception }),
  });
  await closeTasks(transaction, { kinds: ['referral_consent'], ref: vacancy.id }, 'issued');
  await becomeReferred(transaction, aggregate);
  return { made: { kind: 'referral', id: made } };
}

async function checkVacancy(transaction: Transaction, id: string): Promise<Offered> {
  const [vacancy] = await transaction.tx.$queryRaw<Offered[]>`
    SELECT ${columnsOf(Prisma.VacancyScalarFieldEnum, 'vacancy', ['conditions', 'skills'])}, ${objectOf(Prisma.EmployerScalarFieldEnum, 'employer')} AS employer
    FROM vacancies AS vacancy JOIN employers AS employer ON employer.id = vacancy.employer_id
    WHERE vacancy.id = ${id}`;
  if (!vacancy) throw wrongField('vacancy', 'unknown_vacancy', 'There is no such job.');
  if (vacancy.employer.state !== 'active')
    throw notNow('employer_gone', `The employer is ${vacancy.employer.state}: choose another job.`);
  if (vacancy.state !== 'open' || vacancy.taken >= vacancy.places)
    throw notNow('no_place', 'The job has no free place any more: choose another.');
  return vacancy;
}

function checkOthers(referrals: Aggregate<'case'>['around']['referrals'], vacancy: Vacancy): void {
  const same = referrals.find(
    ({ state, vacancyId }) => referralInPlay.includes(state) && vacancyId === vacancy.id,
  );
  if (same) throw notNow('already_referred', `The person is referred to this job already: ${same.id}.`);
}

/** The reasons why the job is not suitable, or not known to be suitable; none for a suitable job. */
async function whyNotSuitable(
  transaction: Transaction,
  row: CaseRow,
  person: Person,
  vacancy: Offered,
): Promise<ReasonCode[]> {
  const vocabulary = await transaction.vocabulary();
  const seeker = seekerOf(person, saidOfWork(row, person.recommendation), vocabulary);
  const { notSuitable } = match(seeker, [jobOf(vacancy, vocabulary)]);
  return notSuitable.flatMap(({ because }) => because.map(({ code }) => code));
}

function needsException(because: readonly ReasonCode[]): Refusal {
  const [doubt, ...more] = because.map((code) => notKnown[code]);
  const isKnown = doubt === undefined || more.includes(undefined);
  return wrongField('exception', 'not_suitable', isKnown ? NOT_SUITABLE : doubt);
}

/** The wish and the adaptation that the supervisor is asked about, for a yes that does not repeat them. */
async function askedFor(
  { tx, subject, actor }: Transaction,
  vacancy: string,
): Promise<NewReferral['exception']> {
  if (actor.role !== 'supervisor') return undefined;
  const task = await tx.task.findFirst({
    where: { subject, kind: 'referral_consent', ref: vacancy, closedAt: null },
  });
  const asked = task && (await consentsAsked(tx, [task])).get(task.id);
  if (!asked?.wish || !asked.adaptation) return undefined;
  return { wish: asked.wish, adaptation: asked.adaptation };
}
const NOT_SUITABLE =
  "The work recommendation calls this job not suitable: give the person's wish and what will be adapted.";

/** The reasons that leave open whether a job is suitable. */
const notKnown: { readonly [C in ReasonCode]?: string } = {
  recommendation_not_known:
    "No work recommendation says which work is suitable: give the person's wish and what will be adapted.",
  words_not_known:
    "It is not known whether this job is suitable: give the person's wish and what will be adapted, or wait until the employment office has explained the words.",
  work_not_known:
    "The employer did not say clearly which kind of work it is, so it is not known whether the job is suitable: give the person's wish and what will be adapted.",
};

async function askConsent(
  transaction: Transaction,
  row: CaseRow,
  { vacancy, exception }: NewReferral,
): Promise<void> {
  await askSupervisor(transaction, row, 'referral_consent', vacancy);
  await record(transaction, 'supervisors_yes_asked', placeOf(row), {
    what: 'referral',
    vacancy,
    ...exception,
  });
  await move(transaction, 'case', row, row.state);
}

async function decline(
  transaction: Transaction,
  row: CaseRow,
  vacancy: string,
  reason: string,
): Promise<void> {
  const asked = await closeTasks(transaction, { kinds: ['referral_consent'], ref: vacancy }, 'declined');
  if (asked === 0) throw notNow('nothing_asked', 'Nobody asks for a referral to this job.');
  await record(transaction, 'supervisors_no', placeOf(row), { what: 'referral', vacancy }, reason);
  await tellOfNo(transaction, row, 'referral');
  await move(transaction, 'case', row, row.state);
}
