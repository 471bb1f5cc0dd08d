import { effectOf, type Effect, type LifeEvent } from './life-events';

const events = [
  'hired',
  'left_service',
  'closed',
  'closed_in_measure',
  'moved',
  'died',
] as const satisfies LifeEvent[];
const E: Effect = 'ends';
const G: Effect = 'goes_on';
const A: Effect = 'asks';

test.each([
  ['referred', [E, E, E, G, G, E]],
  ['waiting_list', [E, E, E, G, G, E]],
  ['offered', [E, E, E, G, G, E]],
  ['admitted', [A, A, E, G, G, E]],
  ['studying', [A, A, G, G, G, E]],
  ['interrupted', [A, A, G, G, G, E]],
  ['completed', [G, G, G, G, G, E]],
  ['followed', [G, G, G, G, G, E]],
  ['refused', [G, G, G, G, G, G]],
  ['withdrawn', [G, G, G, G, G, G]],
  ['cancelled', [G, G, G, G, G, G]],
] as const)('%s: hired, left, closed, closed in a measure, moved, died', (state, effects) => {
  expect(events.map((event) => effectOf(event, state))).toEqual(effects);
});
