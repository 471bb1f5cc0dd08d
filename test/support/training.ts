import { businessHandlers } from '../../activities/business';
import { publicWorksHandlers } from '../../activities/public-works';
import { trainingHandlers } from '../../activities/training';
import type { Actor } from '../../domain/roles';
import {
  type Bench,
  caseManager,
  DISTRICT,
  employmentHead,
  knowOfficials,
  MAHALLA,
  pathwayHandlers,
  recommendation,
  seed,
  startBench,
  supervisor,
} from './bench';
import { findings, openedCase } from './cases';

export const CENTRE = 'TC-000001';
export const COURSE = 'CO-000001';
const officer = (rank: Actor['rank'], id: string): Actor => ({
  id,
  role: 'training_officer',
  rank,
  area: DISTRICT,
  centreId: CENTRE,
});
export const trainingOfficer = officer('officer', 'training_officer-1');
export const centreHead = officer('head', 'training_officer-head');

/** A centre with its officers and one course. */
export async function addCentre(bench: Pick<Bench, 'db'>): Promise<void> {
  const centre = { stir: '300000400', kind: 'ngo', name: 'Hunar', district: DISTRICT };
  await bench.db.centre.create({ data: { id: CENTRE, ...centre } });
  for (const { id, rank } of [trainingOfficer, centreHead])
    await bench.db.official.create({
      data: {
        id,
        name: id,
        role: 'training_officer',
        rank,
        area: DISTRICT,
        centreId: CENTRE,
        phone: '+998901112233',
      },
    });
  await addCourse(bench);
}

/** A case with a plan of training, and a centre with its officers and one course. Wednesday, 1 March 2023. */
export async function trainingBench() {
  const bench = await startBench([
    ...pathwayHandlers,
    publicWorksHandlers,
    trainingHandlers,
    businessHandlers,
  ]);
  const world = await seed(bench);
  await knowOfficials(bench.db, [employmentHead]);
  await addCentre(bench);
  const caseId = await openedCase(bench, world.personId);
  await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  await bench.give(
    `case/${caseId}`,
    'plan',
    { measures: [{ kind: 'training' }, { kind: 'job' }], services: [] },
    caseManager,
  );
  return { bench, world, caseId };
}

/** A course from 3 April to 30 June 2023, on Mondays, Wednesdays and Fridays. */
export const addCourse = (bench: Pick<Bench, 'db'>, id = COURSE, more: object = {}) =>
  bench.db.course.create({
    data: {
      id,
      centreId: CENTRE,
      field: 'entrepreneurship',
      title: `Own business ${id}`,
      level: 'beginner',
      language: 'uz',
      places: 1,
      firstDay: '2023-04-03',
      lastDay: '2023-06-30',
      heldOn: ['monday', 'wednesday', 'friday'],
      startsAt: '09:00',
      endsAt: '13:00',
      ...more,
    },
  });

/** Another person with a case and a plan of training. @returns the number of the case */
export async function anotherCase(bench: Bench, n: number): Promise<string> {
  const id = `P-90000${n}`;
  const pinfl = `3121063204090${n}`;
  await bench.db.person.create({
    data: {
      id,
      pinfl,
      name: `Another ${n}`,
      birth: '1963-10-12',
      sex: 'female',
      mahalla: MAHALLA,
      phone: `+99890123456${n}`,
      skills: [],
      recommendation,
      recommendedUntil: recommendation.validUntil,
      createdAt: await bench.clock.now(),
    },
  });
  await bench.sandbox.script({ tiek: { knows: { pinfl, ...recommendation } } });
  const caseId = await openedCase(bench, id);
  await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  await bench.give(`case/${caseId}`, 'plan', { measures: [{ kind: 'training' }], services: [] }, caseManager);
  return caseId;
}

/** The acts on trainings of a bench. */
export const actsOf = (bench: Bench) => {
  const act = (name: string, body: object, by: Actor, id = 'T-000001') =>
    bench.give(`training/${id}`, name, body, by);
  return {
    act,
    refer: (caseId: string, body: object = {}, by: Actor = caseManager) =>
      bench.give(`case/${caseId}`, 'training', { course: COURSE, ...body }, by),
    decide: (body: object, id?: string, by: Actor = trainingOfficer) => act('decision', body, by, id),
    answer: (yes: boolean, id?: string) => act('answer', { yes, words: 'as she says' }, caseManager, id),
    row: (id = 'T-000001') => bench.db.training.findUniqueOrThrow({ where: { id } }),
    waits: async (id = 'T-000001') =>
      (await bench.waits(`training/${id}`)).map(({ kind, role, due }) =>
        `${kind} ${role} ${due ?? ''}`.trim(),
      ),
    told: async () =>
      (await bench.db.notice.findMany({ orderBy: { createdAt: 'asc' } })).map(({ type }) => type),
    supervisor,
  };
};
