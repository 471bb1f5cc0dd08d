import type { Agreement } from '../../contracts/public-works';
import { saidOfWork } from '../../domain/eligibility';
import { addDays, dayOf } from '../../domain/day';
import { match } from '../../domain/matching';
import { isHeld } from '../../domain/pathways/training';
import type { Period } from '../../domain/money/period';
import { areAtOnce, firstPossible, isTooLong } from '../../domain/public-works';
import { jobOf, seekerOf } from '../../domain/seeker';
import { isMinorGroup, termName } from '../../domain/vocabulary';
import { dayInWords } from '../../domain/words/values';
import { reasonInWords } from '../../domain/words/words';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { policyNumber, rulesSaySo, versionOf } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import type { Employer } from '../../prisma/generated/client';
import { awaitNextStep } from '../steps/planning';
import { endOfWorks, placeOfWorks, readWorks, periodsOf, type Works } from '../steps/works';

/**
 * The employment officer enters what was agreed with the organiser: the work, its first and last day, and the pay. The work fits the
 * recommendation, and the days keep the bound [measures §5].
 */
export async function agreement(transaction: Transaction, id: string, body: Agreement): Promise<void> {
  const row = await readWorks(transaction, id);
  const organiser = await organiserOf(transaction, body.organiser);
  const days = { from: body.firstOn, to: body.lastOn };
  await checkDays(transaction, row, days);
  await checkTraining(transaction, row, days);
  const work = await checkWork(transaction, row, body, organiser);
  const version = await checkBound(transaction, row, days);

  const place = placeOfWorks(row);
  await openTasks(
    transaction,
    [
      { ...place, kind: 'works_begin', from: body.firstOn },
      { ...place, kind: 'works_end', firesAt: endOfWorks(body.lastOn) },
    ],
    { kinds: ['works_place'], how: 'agreed' },
  );
  await move(transaction, 'public-works', row, 'agreed', {
    employerId: organiser.id,
    ...work,
    title: body.title,
    hoursPerWeek: body.hoursPerWeek,
    firstOn: body.firstOn,
    lastOn: body.lastOn,
    pay: BigInt(body.pay),
    agreedAt: transaction.givenAt,
  });
  await record(transaction, 'public_works_agreed', aboutAgreed(row, organiser), {
    number: id,
    employer: organiser.id,
    title: body.title,
    on: body.firstOn,
    until: body.lastOn,
    amount: body.pay,
    ...version,
  });
  await notify(transaction, {
    type: 'person_works_agreed',
    to: { kind: 'person', id: row.personId },
    params: { on: body.firstOn, until: body.lastOn, amount: body.pay },
    occasion: transaction.now.toISOString(),
  });
  if (row.case.state !== 'in_measure') return;
  await awaitNextStep(inRow(transaction, subjectOf('case', row.caseId)), row.case, body.lastOn);
}

const aboutAgreed = ({ caseId, personId }: Works, { id: employerId }: Employer) => ({
  caseId,
  personId,
  employerId,
});

async function organiserOf({ tx }: Transaction, id: string): Promise<Employer> {
  const employer = await tx.employer.findUnique({ where: { id } });
  if (!employer) throw wrongField('organiser', 'unknown_employer', 'There is no such employer on record.');
  if (employer.state !== 'active')
    throw notNow('employer_gone', `The employer is ${employer.state}: find another organiser.`);
  return employer;
}

/** Public works begin soon and last a few months. They may have been agreed on paper since the proposal. */
async function checkDays(transaction: Transaction, row: Works, { from, to }: Period): Promise<void> {
  const soon = await policyNumber(transaction, 'startWithinDays');
  const [first, last] = [dayOf(row.proposedAt), addDays(transaction.today, soon.n)];
  if (from < first || from > last)
    throw wrongField(
      'firstOn',
      'start_out_of_range',
      `The first day lies between ${first} and ${last}.${rulesSaySo(soon, transaction)}`,
    );
  if (to < from || to < transaction.today)
    throw wrongField('lastOn', 'impossible_day', 'The last day is today or later, and not before the first.');
  const longest = await policyNumber(transaction, 'publicWorksMonths');
  if (isTooLong({ from, to }, longest.n))
    throw wrongField(
      'lastOn',
      'works_too_long',
      `Public works last at most ${longest.words}.${rulesSaySo(longest, transaction)}`,
    );
}

/** One measure occupies the person at a time: an admission to a course, too [measures §1]. */
async function checkTraining(
  transaction: Transaction,
  { personId }: Works,
  { from, to }: Period,
): Promise<void> {
  const records = await recordsOf(transaction.tx, personId);
  const course = await transaction.tx.training.findFirst({
    where: {
      personId: { in: records },
      state: { in: [...isHeld] },
      firstOn: { lte: to },
      lastOn: { gte: from },
    },
  });
  if (!course?.firstOn || !course.lastOn) return;
  const reader = { language: 'en', today: transaction.today } as const;
  throw wrongField(
    'firstOn',
    'occupied',
    `The person is in the training ${course.id} from ${dayInWords(reader, course.firstOn)} to ${dayInWords(reader, course.lastOn)}. Give days before or after it.`,
  );
}

/**
 * The work fits the recommendation. Work that does not, or is not known to, needs the supervisor's yes with which the person was
 * referred [pathway §4].
 *
 * @returns the work and its conditions in codes
 */
async function checkWork(
  transaction: Transaction,
  row: Works,
  body: Agreement,
  { district }: Employer,
): Promise<{ work: string; conditions: string[] }> {
  const vocabulary = await transaction.vocabulary();
  const groups = vocabulary.codesOf('occupation', body.work).filter(isMinorGroup);
  const [work, ...more] = groups;
  if (work === undefined || more.length > 0)
    throw wrongField(
      'work',
      'unknown_word',
      'This names no single kind of work. Give a code of GET /vocabularies/occupation/terms.',
    );
  const conditions = (body.conditions ?? []).flatMap((word, n) => {
    const codes = vocabulary.codesOf('condition', word);
    if (codes.length === 0)
      throw wrongField(
        `conditions.${n}`,
        'unknown_word',
        'There is no such condition. Give a code of GET /vocabularies/condition/terms.',
      );
    return codes;
  });
  const person = await transaction.tx.person.findUniqueOrThrow({
    where: { id: row.personId },
    select: { mahalla: true, skills: true, wishes: true, recommendation: true },
  });
  const seeker = seekerOf(person, saidOfWork(row.case, person.recommendation), vocabulary);
  const { title, hoursPerWeek, pay: wage } = body;
  const place = { id: row.id, kind: 'vacant', places: 1, taken: 0, skills: [], district };
  const { notSuitable } = match(seeker, [
    jobOf({ ...place, work, title, hoursPerWeek, conditions, wage }, vocabulary),
  ]);
  const reasons = notSuitable.flatMap(({ because }) => because);
  if (reasons.length > 0 && row.exception === null) {
    const nameOf = (code: string) => termName(vocabulary, code, 'en');
    const reader = { language: 'en', today: transaction.today, nameOf } as const;
    const why = reasons.map((reason) => reasonInWords(reader, reason)).join(' ');
    throw wrongField(
      'work',
      'not_suitable',
      `The work does not fit the recommendation, or is not known to. ${why} Find other work, or ask the supervisor to refer the person with the wish and the adaptation.`,
    );
  }
  return { work, conditions: [...new Set(conditions)] };
}

/** One at a time, and at most so many days of public works in two years, over all works of the person [measures §1, §5]. */
async function checkBound(
  transaction: Transaction,
  { id, personId }: Works,
  days: Period,
): Promise<{ version?: string }> {
  const most = await policyNumber(transaction, 'publicWorksDays');
  const within = await policyNumber(transaction, 'publicWorksWithinDays');
  const others = await periodsOf(transaction, await recordsOf(transaction.tx, personId), id);
  const reader = { language: 'en', today: transaction.today } as const;
  const during = others.find((other) => areAtOnce(days, other));
  if (during)
    throw wrongField(
      'firstOn',
      'in_public_works',
      `The person is in other public works from ${dayInWords(reader, during.from)} to ${dayInWords(reader, during.to)}. Give days before or after them.`,
    );
  const first = firstPossible(days, others, { days: most.n, within: within.n });
  if (first === days.from) return versionOf(most);
  throw wrongField(
    'firstOn',
    'public_works_bound',
    first === undefined
      ? `Public works take at most ${most.words} in ${within.words}, and these alone are longer.${rulesSaySo(most, transaction)}`
      : `The person has been in public works for too many days: at most ${most.words} in ${within.words}. Works of this length are possible from ${dayInWords(reader, first)} (${first}) on.${rulesSaySo(most, transaction)}`,
  );
}
