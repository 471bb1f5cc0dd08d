import fc from 'fast-check';
import { caseManager, type Bench } from '../test/support/bench';
import { oneOf, runs, sequences, timeFor } from '../test/support/model';
import { actsOf, addCourse, anotherCase, trainingBench } from '../test/support/training';
import { dayOf } from '../domain/day';
import { holdsPlace } from '../domain/pathways/training';
import { ordered } from '../domain/training/waiting-list';

/*
 * Several people apply for a few places. They answer, are not reached, withdraw or are silent, in a random order. A course gives no
 * more places than it has, a free place waits for nobody, and nobody is passed over: a place from the waiting list goes to the first
 * in order, a person apart who was not reached about it [measures §2].
 */

const PEOPLE = 4;

interface World {
  bench: Bench;
  acts: ReturnType<typeof actsOf>;
  cases: string[];
}

const rows = ({ bench }: World) => bench.db.training.findMany({ orderBy: { id: 'asc' } });

/** One of the trainings in a state, if there is any. */
async function anyIn(world: World, states: string[], pick: number): Promise<string | undefined> {
  const found = (await rows(world)).filter(({ state }) => states.includes(state));
  return oneOf(found, pick)?.id;
}

const acting = {
  async refer({ acts, cases }: World, pick: number) {
    await acts.refer(oneOf(cases, pick) ?? '');
  },
  async decide(world: World, pick: number) {
    const id = await anyIn(world, ['referred'], pick);
    if (id === undefined) return;
    const { status } = await world.acts.decide({ decision: 'offer' }, id);
    if (status !== 200) await world.acts.decide({ decision: 'waiting_list' }, id);
  },
  async answer(world: World, pick: number) {
    const id = await anyIn(world, ['offered'], pick);
    if (id !== undefined) await world.acts.answer(pick % 3 === 0, id);
  },
  async notReached(world: World, pick: number) {
    const id = await anyIn(world, ['offered'], pick);
    if (id !== undefined) await world.acts.act('notReached', { words: 'called' }, caseManager, id);
  },
  async nextCourse(world: World, pick: number) {
    const id = await anyIn(world, ['waiting_list'], pick);
    const said = { goesOn: pick % 2 === 0, words: 'so' };
    if (id !== undefined) await world.acts.act('nextCourse', said, caseManager, id);
  },
  async withdraw(world: World, pick: number) {
    const id = await anyIn(world, ['waiting_list', 'offered', 'admitted'], pick);
    if (id !== undefined) await world.acts.act('withdrawal', { words: 'no' }, caseManager, id);
  },
  time: ({ bench }: World, pick: number) => bench.pass(oneOf(['1d', '3d', '6d'], pick) ?? '1d'),
};

/** The faults of the present rows, in words. */
async function faults(world: World): Promise<string[]> {
  const { bench } = world;
  const wrong: string[] = [];
  const today = dayOf(await bench.clock.now());
  for (const { id, places, trainings, freedAt } of await bench.db.course.findMany({
    include: { trainings: true },
  })) {
    const taken = trainings.filter((one) => holdsPlace(one, today)).length;
    const waiting = trainings.filter(({ state }) => state === 'waiting_list');
    if (taken > places) wrong.push(`${id} gave ${taken} of ${places} places`);
    if (taken < places && waiting.length > 0) wrong.push(`${id} has a free place, and people wait`);
    const wasReached = waiting.filter(({ passedAt }) => passedAt === null || (freedAt && passedAt < freedAt));
    const [first] = ordered(wasReached.map((one) => ({ id: one.id, referredOn: dayOf(one.referredAt) })));
    const offered = trainings.filter(({ state, offer }) => state === 'offered' && isFromList(offer));
    for (const one of offered) {
      const ahead = first && ordered([first, { id: one.id, referredOn: dayOf(one.referredAt) }])[0];
      const earlier = trainings.find(({ id: it }) => it === ahead?.id);
      if (earlier && earlier.id !== one.id && (earlier.listedOn ?? '') < (dayIn(one.offer) ?? ''))
        wrong.push(`${one.id} was offered a place before ${earlier.id}`);
    }
  }
  return wrong;
}

const isFromList = (offer: unknown): boolean => (offer as { kind?: string } | null)?.kind === 'list';
const dayIn = (offer: unknown): string | undefined => (offer as { on?: string } | null)?.on;

const trials = runs(8);

test(
  'the waiting list is first come, first served, whatever is answered, withdrawn or left',
  async () => {
    const steps = sequences(
      { refer: 3, decide: 4, answer: 3, notReached: 2, nextCourse: 1, withdraw: 1, time: 3 },
      { minLength: 12, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 2 }), async (acts, places) => {
        const { bench, caseId } = await trainingBench();
        try {
          await bench.db.course.updateMany({ data: { places, lastDay: '2030-06-30' } });
          await addCourse(bench, 'CO-000002', { firstDay: '2023-04-24', lastDay: '2030-07-31', places });
          const others: string[] = [];
          for (let n = 1; n < PEOPLE; n++) others.push(await anotherCase(bench, n));
          const world: World = { bench, acts: actsOf(bench), cases: [caseId, ...others] };
          for (const [name, pick] of acts) {
            await acting[name](world, pick);
            await bench.settle();
            expect(await faults(world)).toEqual([]);
          }
        } finally {
          await bench.close();
        }
      }),
      trials,
    );
  },
  timeFor(trials),
);
