import { addDays, type Day } from '../domain/day';
import type { ObligationKind } from '../domain/obligations';
import { type DayDoubt, dayDoubt } from '../domain/told-days';
import type { Unit } from '../records/kernel/transaction';
import { type About, record } from '../records/kernel/events';
import { circleOf } from '../records/successors';
import { openTask, type Place } from '../records/kernel/tasks';
import type { News } from '../registers/news';

type Told<T extends News['type']> = Extract<News, { type: T }>;

/** What a piece of news says of whom: whose task it is where that cannot be, and the bounds of its day. */
interface Concern {
  kind: ObligationKind;
  place: Place;
  about: About;
  on: Day;
  bounds: { notBefore?: Day | undefined; notAfter: Day };
  /** Whether it contradicts what the register told before. */
  isCircle?: boolean;
}

/** Whom each kind of news concerns; null for people and employers whom we do not know. */
const concerns: {
  [T in News['type']]?: (unit: Unit, told: Told<T>) => Promise<Concern | null>;
} = {
  contract_registered: (unit, { pinfl, stir, since }) => ofPerson(unit, pinfl, since, { stir, ahead: true }),
  contract_ended: (unit, { pinfl, stir, on }) => ofPerson(unit, pinfl, on, { stir, ahead: true }),
  end_taken_back: (unit, { pinfl, stir, since }) => ofPerson(unit, pinfl, since, { stir, ahead: true }),
  person_died: (unit, { pinfl, on }) => ofPerson(unit, pinfl, on, {}),
  employer_liquidated: (unit, { stir, on }) => ofEmployer(unit, stir, on),
  async employer_reorganised(unit, { stir, successorStir, on }) {
    const concern = await ofEmployer(unit, stir, on);
    return concern && { ...concern, isCircle: await circleOf(unit.tx, { stir, successorStir }) };
  },
  wages_corrected: (unit, { stir, month }) => ofEmployer(unit, stir, `${month}-01`),
  payment_settled: (unit, { key, on }) => ofPayment(unit, key, on),
  payment_returned: (unit, { key, on }) => ofPayment(unit, key, on),
};

/** A contract may begin or end some time ahead; nobody is hired before their birth, or dies before they were hired. */
async function ofPerson(
  unit: Unit,
  pinfl: string,
  on: Day,
  { stir, ahead = false }: { stir?: string; ahead?: boolean },
): Promise<Concern | null> {
  const person = await unit.tx.person.findUnique({
    where: { pinfl },
    include: { cases: { where: { open: true } } },
  });
  const employer = stir === undefined ? undefined : await unit.tx.employer.findUnique({ where: { stir } });
  if (!person || employer === null) return null;
  const job = await unit.tx.employment.aggregate({
    where: { personId: person.id, open: true },
    _max: { hiredOn: true },
  });
  const [held] = person.cases;
  const personId = person.id;
  return {
    kind: 'told_of_person',
    // Not the case's: what a register told may outlive it.
    place: { area: held?.area ?? person.mahalla, assigneeId: held?.managerId ?? null, personId },
    about: { personId, ...(held && { caseId: held.id }), ...(employer && { employerId: employer.id }) },
    on,
    bounds: ahead
      ? { notBefore: person.birth, notAfter: addDays(unit.today, unit.settings.toldAheadDays) }
      : { notBefore: job._max.hiredOn ?? person.birth, notAfter: unit.today },
  };
}

async function ofEmployer(unit: Unit, stir: string, on: Day): Promise<Concern | null> {
  const employer = await unit.tx.employer.findUnique({ where: { stir } });
  return (
    employer && {
      kind: 'told_of_employer',
      place: { area: employer.district, employerId: employer.id },
      about: { employerId: employer.id },
      on,
      bounds: { notAfter: unit.today },
    }
  );
}

async function ofPayment(unit: Unit, key: string, on: Day): Promise<Concern | null> {
  const payment = await unit.tx.payment.findUnique({ where: { key }, include: { claim: true } });
  return (
    payment && {
      kind: 'told_of_payment',
      place: { area: payment.claim.area },
      about: { employerId: payment.claim.employerId },
      on,
      bounds: { notAfter: unit.today },
    }
  );
}

/**
 * Leaves to a person what a register told and what cannot be: an impossible day, or an employer that becomes one that became
 * it. The news is kept as it came, and nothing follows from it by itself.
 *
 * @returns whom it is about, where it was left to a person
 */
export async function leftToPerson(unit: Unit, news: News): Promise<About | undefined> {
  const look = concerns[news.type] as ((unit: Unit, told: News) => Promise<Concern | null>) | undefined;
  const concern = await look?.(unit, news);
  if (!concern) return undefined;
  const doubt: DayDoubt | 'circle' | undefined =
    dayDoubt(concern.on, concern.bounds) ?? (concern.isCircle ? 'circle' : undefined);
  if (!doubt) return undefined;
  await openTask(unit, { ...concern.place, kind: concern.kind });
  const params = { register: news.register, type: news.type, on: concern.on, doubt };
  await record(unit, 'left_to_person', concern.about, params);
  return concern.about;
}
