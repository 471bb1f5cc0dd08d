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
