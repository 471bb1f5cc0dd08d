import { addDays, type Day } from '../../domain/day';
import type { ObligationKind } from '../../domain/obligations';
import { type DayDoubt, dayDoubt } from '../../domain/told-days';
import type { Transaction } from '../../records/kernel/transaction';
import { type About, record } from '../../records/kernel/events';
import { circleOf } from '../../records/successors';
import { openTask, type Place } from '../../records/kernel/tasks';
import type { News } from '../../registers/news';
import type { Told } from './read';

/** The day in a piece of news, its bounds, and the place of the task about an impossible day. */
interface Concern {
  kind: ObligationKind;
  place: Place;
  about: About;
  on: Day;
  bounds: { notBefore?: Day | undefined; notAfter: Day };
  /** Whether the employer would become its own predecessor, by earlier news of the register. */
  isCircle?: boolean;
}

/** The concern of each kind of news; null for people and employers that are not on record. */
const concerns: {
  [T in News['type']]?: (transaction: Transaction, told: Told<T>) => Promise<Concern | null>;
} = {
  contract_registered: (transaction, { pinfl, stir, since }) =>
    ofPerson(transaction, pinfl, since, { stir, ahead: true }),
  contract_ended: (transaction, { pinfl, stir, on }) =>
    ofPerson(transaction, pinfl, on, { stir, ahead: true }),
  end_taken_back: (transaction, { pinfl, stir, since }) =>
    ofPerson(transaction, pinfl, since, { stir, ahead: true }),
  person_died: (transaction, { pinfl, on }) => ofPerson(transaction, pinfl, on, {}),
  employer_liquidated: (transaction, { stir, on }) => ofEmployer(transaction, stir, on),
  async employer_reorganised(transaction, { stir, successorStir, on }) {
    const concern = await ofEmployer(transaction, stir, on);
    return concern && { ...concern, isCircle: await circleOf(transaction.tx, { stir, successorStir }) };
  },
  wages_corrected: (transaction, { stir, month }) => ofEmployer(transaction, stir, `${month}-01`),
  payment_settled: (transaction, { key, on }) => ofPayment(transaction, key, on),
  payment_returned: (transaction, { key, on }) => ofPayment(transaction, key, on),
};

/** A contract may begin or end in the near future. Nobody is hired before their birth, or dies before they were hired. */
async function ofPerson(
  transaction: Transaction,
  pinfl: string,
  on: Day,
  { stir, ahead = false }: { stir?: string; ahead?: boolean },
): Promise<Concern | null> {
  const person = await transaction.tx.person.findUnique({
    where: { pinfl },
    include: { cases: { where: { open: true } } },
  });
  const employer =
    stir === undefined ? undefined : await transaction.tx.employer.findUnique({ where: { stir } });
  if (!person || employer === null) return null;
  const job = await transaction.tx.employment.aggregate({
    where: { personId: person.id, open: true },
    _max: { hiredOn: true },
  });
  const [held] = person.cases;
  const personId = person.id;
  return {
    kind: 'told_of_person',
    // The task does not belong to the case, because it may last longer than the case.
    place: { area: held?.area ?? person.mahalla, assigneeId: held?.managerId ?? null, personId },
    about: { personId, ...(held && { caseId: held.id }), ...(employer && { employerId: employer.id }) },
    on,
    bounds: ahead
      ? { notBefore: person.birth, notAfter: addDays(transaction.today, transaction.settings.toldAheadDays) }
      : { notBefore: job._max.hiredOn ?? person.birth, notAfter: transaction.today },
  };
}

async function ofEmployer(transaction: Transaction, stir: string, on: Day): Promise<Concern | null> {
  const employer = await transaction.tx.employer.findUnique({ where: { stir } });
  return (
    employer && {
      kind: 'told_of_employer',
      place: { area: employer.district, employerId: employer.id },
      about: { employerId: employer.id },
      on,
      bounds: { notAfter: transaction.today },
    }
  );
}

async function ofPayment(transaction: Transaction, key: string, on: Day): Promise<Concern | null> {
  const payment = await transaction.tx.payment.findUnique({ where: { key }, include: { claim: true } });
  return (
    payment && {
      kind: 'told_of_payment',
      place: { area: payment.claim.area },
      about: { employerId: payment.claim.employerId },
      on,
      bounds: { notAfter: transaction.today },
    }
  );
}

/**
 * Leaves impossible news to an official: news with an impossible day, or about an employer that becomes its own predecessor.
 * The news is kept as it came. Nothing follows from the news without an official.
 *
 * @returns the person, case and employer of the news, if it was left to an official
 */
export async function leftToPerson(transaction: Transaction, news: News): Promise<About | undefined> {
  const look = concerns[news.type] as
    | ((transaction: Transaction, told: News) => Promise<Concern | null>)
    | undefined;
  const concern = await look?.(transaction, news);
  if (!concern) return undefined;
  const doubt: DayDoubt | 'circle' | undefined =
    dayDoubt(concern.on, concern.bounds) ?? (concern.isCircle ? 'circle' : undefined);
  if (!doubt) return undefined;
  await openTask(transaction, { ...concern.place, kind: concern.kind });
  const params = { register: news.register, type: news.type, on: concern.on, doubt };
  await record(transaction, 'left_to_person', concern.about, params);
  return concern.about;
}
