import { beginMeasure } from '../../activities/steps/carried-out';
import { awaitProgress } from '../../activities/steps/measure';
import { placeOf } from '../../activities/steps/place';
import type { Day } from '../../domain/day';
import { carriedOutBy } from '../../domain/measure-rows';
import { takeAggregate } from '../../records/kernel/aggregates';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import { type NewCase, openCase } from '../../records/opening';
import { lockPerson } from '../../records/joining';
import type { Transaction } from '../../records/kernel/transaction';
import { nextNumber } from '../../records/kernel/numbers';
import { type Bench, caseManager, MAHALLA, PINFL } from './bench';

/** Opens a case of the case manager for a person. */
export async function openCaseOf(
  transaction: Transaction,
  personId: string,
  more: Partial<NewCase> = {},
): Promise<string> {
  const locked = await lockPerson(transaction, { id: personId });
  if (!locked) throw new Error(`there is no person ${personId}`);
  const it = { consent: { by: 'person' }, managerId: caseManager.id, area: MAHALLA, ...more } as const;
  return openCase(transaction, it, locked);
}

/** A case opened as the API would, with all steps that follow at once. */
export async function openedCase(
  bench: Bench,
  personId: string,
  more: Partial<NewCase> = {},
): Promise<string> {
  const id = await bench.write(
    'cases',
    (transaction) => openCaseOf(transaction, personId, more),
    caseManager,
  );
  await bench.settle();
  return id;
}

/** The code of a refused write. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
  );

export const findings = {
  capabilities: 'sews, reads plans',
  needs: 'a chair with a back',
  wishes: 'work near home',
  conditions: 'no lifting',
  barriers: 'the bus',
};

export const jobPlan = { measures: [{ kind: 'job' }], services: [] };

/** A case opened, assessed and planned for a job. */
export async function caseWithPlan(bench: Bench, personId: string): Promise<string> {
  const id = await openedCase(bench, personId);
  await planned(bench, id);
  return id;
}

/** Assesses an open case and plans it for a job. */
export async function planned(bench: Bench, id: string): Promise<void> {
  await bench.give(`case/${id}`, 'assessment', findings, caseManager);
  await bench.give(`case/${id}`, 'plan', jobPlan, caseManager);
}

/**
 * Begins a measure of the plan by its day alone, as versions before the rows of measures did. The case waits for its progress, unless
 * a referral holds it.
 */
export const begunByHand = (bench: Bench, id: string, on: Day, n = 1): Promise<void> =>
  bench.write(
    `case/${id}`,
    async (transaction) => {
      const { row, around } = await takeAggregate(transaction, 'case', id);
      const { kind, dueOn } = around.measures[n - 1] ?? {};
      const by = carriedOutBy(kind ?? '');
      if (by === undefined) throw new Error(`measure ${n} of ${id} has no rows`);
      const carrier = { id: 'by hand', caseId: id, personId: row.personId, measure: n };
      await beginMeasure(transaction, by, carrier, { on, about: placeOf(row) });
      if (row.state !== 'planning') return;
      await closeTasks(transaction, { kinds: ['plan', 'first_referral', 'next_step'] }, 'planned');
      await awaitProgress(transaction, row, { n, dueOn });
      await move(transaction, 'case', row, 'in_measure');
    },
    caseManager,
  );

export const rowOf = (bench: Bench, id: string) => bench.db.case.findUniqueOrThrow({ where: { id } });

/** The kinds of a case's own open waits, in alphabetical order. */
export const waitsOf = async (bench: Bench, id: string): Promise<string[]> =>
  (await bench.waits(`case/${id}`)).map(({ kind }) => kind).toSorted();

/** Another vacancy of an employer, with its differences. */
export async function vacancy(bench: Bench, employerId: string, more: object = {}): Promise<string> {
  const id = await nextNumber(bench.db, 'vacancy');
  await bench.db.vacancy.create({
    data: {
      id,
      employerId,
      kind: 'vacant',
      work: 'sewing',
      title: 'Tailor',
      places: 1,
      conditions: [],
      skills: [],
      hoursPerWeek: 40,
      wage: 2_000_000n,
      district: MAHALLA.slice(0, 7),
      ...more,
    },
  });
  return id;
}

/** A person of the mahalla, with the differences. */
export async function person(bench: Bench, more: object = {}): Promise<string> {
  const id = await nextNumber(bench.db, 'person');
  await bench.db.person.create({
    data: {
      id,
      pinfl: PINFL.slice(0, 8) + id.slice(2).padStart(6, '0'),
      name: 'Nodira Yusupova',
      birth: '1990-05-05',
      sex: 'female',
      mahalla: MAHALLA,
      skills: [],
      createdAt: await bench.clock.now(),
      ...more,
    },
  });
  return id;
}
