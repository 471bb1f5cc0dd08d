import type { Certificate, EligibilityStep } from '../../contracts/case';
import { addDays, addMonths, type Day, daysBetween, dayOf } from '../../domain/day';
import {
  certifiedUntil,
  type Eligibility,
  maySeekWork,
  saysWork,
  validUntil,
} from '../../domain/eligibility';
import { differences } from '../../domain/seeker';
import type { Json } from '../../prisma/db';
import type { Person, Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import {
  askAgain,
  askTwiceADay,
  closeTasks,
  halfADayFrom,
  lengthNow,
  morningOf,
  openTask,
  openWait,
} from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { updateIn } from '../../records/kernel/writing';
import type { Recommendation, RecommendationAnswer } from '../../registers/tiek';
import type { KnownAnswer, Question } from '../row-handlers';
import { askForWords } from '../../records/words-to-explain';
import { placeOf } from '../steps/place';
import { tellOfficial } from '../steps/tell';
import { type CaseRow, personOf, pinflOf, readCase } from './read';

/** The eligibility that counts for the case: TIEK's answer, or the certificate that replaces the answer. */
export const recommended = (row: CaseRow, person: Person) => ({
  eligibility: row.eligibility,
  recommendedUntil: person.recommendedUntil,
  certifiedUntil: certifiedUntil(row.evidence),
});

const mayWork = async (transaction: Transaction, row: CaseRow): Promise<boolean> =>
  maySeekWork(recommended(row, await personOf(transaction, row)), transaction.today) === 'yes';

/** The question to TIEK: the group, the work recommendation and its last day [pathway §3]. */
export const eligibilityQuestion: Question = {
  ask: async ({ tiek }, transaction, id) => tiek.recommendation(await pinflOf(transaction, id)),
  async onAnswer(transaction, id, _task, answer) {
    const row = await readCase(transaction, id);
    await closeTasks(transaction, { kinds: ['eligibility'] }, answer.answer);
    const said = valid(answer, transaction.today);
    if (row.eligibility === 'evidence') await compare(transaction, row, said);
    if (said.answer === 'yes') await recommendedNow(transaction, row, said);
    else await notRecommended(transaction, row, said);
  },
};

type Said = Exclude<RecommendationAnswer, { answer: 'unknown' }>;

/** An expired recommendation counts as no recommendation. */
function valid(answer: KnownAnswer, today: Day): Said & { until?: Day } {
  const said = answer as Said;
  if (said.answer === 'no' || said.validUntil >= today) return said;
  return { answer: 'no', reason: 'expired', raw: said.raw, until: said.validUntil };
}

/** Compares the register's late answer with the certificate that replaced it, and names the fields that differ. */
async function compare(transaction: Transaction, row: CaseRow, said: Said): Promise<void> {
  const certificate = row.evidence as Certificate;
  const differing =
    said.answer === 'yes'
      ? [
          ...(['group', 'validUntil'] as const).filter((field) => said[field] !== certificate[field]),
          ...differences(certificate, said, await transaction.vocabulary()),
        ]
      : [];
  await record(transaction, 'certificate_compared', placeOf(row), {
    agrees: said.answer === 'yes' && differing.length === 0,
    ...(differing.length > 0 && { fields: differing.join(', ') }),
  });
}

async function recommendedNow(
  transaction: Transaction,
  row: CaseRow,
  said: Said & { answer: 'yes' },
): Promise<void> {
  const { group, suitableKinds, unsuitableKinds, conditions, words, maxHoursPerWeek } = said;
  const recommendation: Omit<Recommendation, 'validUntil'> = {
    group,
    suitableKinds,
    unsuitableKinds,
    conditions,
    words,
    ...(maxHoursPerWeek !== undefined && { maxHoursPerWeek }),
  };
  await updateIn(transaction.tx, 'people', row.personId, {
    recommendation,
    recommendedUntil: said.validUntil,
  });
  await mayWorkUntil(transaction, row, said.validUntil, 'yes');
  await record(transaction, 'eligibility_yes', placeOf(row), { validUntil: said.validUntil });
  await askForWords(transaction, placeOf(row), recommendation);
}

/** The person may be referred until a day. The case manager is told in time before that day. */
async function mayWorkUntil(
  transaction: Transaction,
  row: CaseRow,
  until: Day,
  by: Eligibility,
  data: object = {},
): Promise<void> {
  const kinds = ['certificate', 'not_eligible', 'new_examination', 'renew_recommendation'] as const;
  await closeTasks(transaction, { kinds }, by);
  const { n: before } = await policyNumber(transaction, 'recommendationWarningDays');
  const warning = morningOf(transaction, addDays(until, -before));
  const firesAt = warning > transaction.now ? warning : transaction.now;
  await openTask(transaction, { ...placeOf(row), kind: 'recommendation_watch', firesAt });
  await move(transaction, 'case', row, row.state, { ...data, eligibility: by });
}

/**
 * A no closes nothing, and open steps go on. The case manager has 10 working days for one of three acts: correct the identity,
 * help the person to a new examination, or close the case. During the wait for an examination TIEK is asked every month.
 */
async function notRecommended(
  transaction: Transaction,
  row: CaseRow,
  said: Said & { answer: 'no'; until?: Day },
): Promise<void> {
  await updateIn(transaction.tx, 'people', row.personId, { recommendedUntil: said.until ?? null });
  await closeTasks(
    transaction,
    { kinds: ['recommendation_watch', 'renew_recommendation', 'recommendation_words', 'certificate'] },
    'no',
  );
  const examination = await openWait(transaction, 'new_examination');
  if (examination) await askNextMonth(transaction, row);
  else if (!(await openWait(transaction, 'not_eligible')))
    await openTask(transaction, { ...placeOf(row), kind: 'not_eligible' });
  await move(transaction, 'case', row, row.state, { eligibility: 'no' satisfies Eligibility });
  await record(transaction, 'eligibility_no', placeOf(row), { reason: said.reason });
}

const askNextMonth = async (transaction: Transaction, row: CaseRow): Promise<void> =>
  openTask(transaction, {
    ...placeOf(row),
    kind: 'eligibility',
    length: null,
    firesAt: morningOf(
      transaction,
      addMonths(transaction.today, (await lengthNow(transaction, 'monthlyLook')).n),
    ),
  });

/** Asks TIEK at once, even if a question is open already. */
export async function askTiek(transaction: Transaction, row: CaseRow): Promise<void> {
  const asking = await openWait(transaction, 'eligibility');
  if (asking) await askAgain(transaction, asking, transaction.now);
  else await openTask(transaction, { ...placeOf(row), kind: 'eligibility' });
}

/**
 * TIEK has been silent for ten days. Assessment and plan go on, and the case manager may enter the certificate. TIEK is asked
 * on without end. A valid recommendation still counts during the silence.
 */
export async function certificate(transaction: Transaction, id: string, task: Task): Promise<void> {
  const row = await readCase(transaction, id);
  await askTwiceADay(transaction, task);
  if (row.eligibility === 'no' || (await mayWork(transaction, row))) return;
  await openTask(transaction, { ...placeOf(row), kind: 'certificate' });
  await move(transaction, 'case', row, row.state, { eligibility: 'unknown' satisfies Eligibility });
  await record(transaction, 'eligibility_unknown', placeOf(row));
}

/** The recommendation ends soon. The case manager is told and helps to renew it. */
export async function recommendationEnds(transaction: Transaction, id: string): Promise<void> {
  const row = await readCase(transaction, id);
  await closeTasks(transaction, { kinds: ['recommendation_watch'] }, 'told');
  const until = validUntil(recommended(row, await personOf(transaction, row)));
  if (until === null) return;
  const left = Math.max(0, daysBetween(transaction.today, until));
  await openTask(transaction, {
    ...placeOf(row),
    kind: 'renew_recommendation',
    length: { n: left, unit: 'days' },
  });
  await record(transaction, 'recommendation_ends', placeOf(row), { until });
  await tellOfficial(
    transaction,
    row.managerId,
    { type: 'recommendation_ends', params: { until } },
    `recommendation-${until}`,
  );
}

/** The case manager acts on the eligibility [pathway §3]. */
export async function eligibility(
  transaction: Transaction,
  id: string,
  body: EligibilityStep,
): Promise<void> {
  const row = await readCase(transaction, id);
  if (body.step === 'certificate') return enterCertificate(transaction, row, body.certificate);
  if (body.step === 'new_examination') return newExamination(transaction, row, body.on);
  await askTiek(transaction, row);
  await move(transaction, 'case', row, row.state);
}

async function enterCertificate(transaction: Transaction, row: CaseRow, paper: Certificate): Promise<void> {
  if (row.eligibility === 'asking')
    throw notNow(
      'register_first',
      'TIEK is asked first; after ten days of silence the certificate counts in its place.',
    );
  if ((await mayWork(transaction, row)) && !lacksWork(row))
    throw notNow('eligible_already', 'The work recommendation is known and valid.');
  if (paper.date > transaction.today)
    throw wrongField('certificate.date', 'impossible_day', 'It cannot be issued in the future.');
  if (paper.validUntil < dayOf(transaction.givenAt))
    throw wrongField(
      'certificate.validUntil',
      'certificate_over',
      'The certificate is over: a new examination is needed.',
    );
  if (!(await openWait(transaction, 'eligibility')))
    await openTask(transaction, {
      ...placeOf(row),
      kind: 'eligibility',
      length: null,
      firesAt: halfADayFrom(transaction.now),
    });
  const evidence = { evidence: { ...paper, enteredOn: transaction.today, by: transaction.actor.id } as Json };
  await mayWorkUntil(transaction, row, paper.validUntil, 'evidence', evidence);
  const { number, validUntil: until } = paper;
  await record(transaction, 'certificate_entered', placeOf(row), {
    number,
    validUntil: until,
    ...(!saysWork(paper) && { says: 'nothing' }),
  });
  await askForWords(transaction, placeOf(row), paper);
}

/** A certificate that says nothing about work may be replaced by one that does. */
const lacksWork = ({ eligibility, evidence }: CaseRow): boolean =>
  eligibility === 'evidence' && !saysWork(evidence);

async function newExamination(transaction: Transaction, row: CaseRow, on: Day): Promise<void> {
  if (row.eligibility !== 'no')
    throw notNow('no_need', 'A new examination follows from a no of TIEK. Ask again where there is doubt.');
  await closeTasks(transaction, { kinds: ['not_eligible'] }, 'new_examination');
  if (!(await openWait(transaction, 'new_examination')))
    await openTask(transaction, { ...placeOf(row), kind: 'new_examination' });
  await askNextMonth(transaction, row);
  await move(transaction, 'case', row, row.state);
  await record(transaction, 'new_examination', placeOf(row), { on });
}
