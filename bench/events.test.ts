import { held } from './counts';
import { type Causes, causesIn, productEvents, sumOf, TASKS } from './measures/events';
import { paidSubsidy, wholePathway } from './stories';

/*
 * The events of two stories by cause. A number in counts.json falls with a workflow that needs less. A crowded machine may split a
 * workflow task in two, so their number has some room.
 */

const ROOM = 1.03;

const without = ({ [TASKS]: _, ...causes }: Causes): Causes => causes;

test('the events of a whole pathway and of a subsidy with six paid claims', async () => {
  const [pathway, subsidy] = await Promise.all([productEvents(wholePathway), productEvents(paidSubsidy)]);
  const found = { pathway: causesIn(pathway), subsidy: causesIn(subsidy) };
  const known = held('events', found);
  for (const story of ['pathway', 'subsidy'] as const) {
    expect(without(found[story])).toEqual(without(known[story]));
    expect(sumOf(found[story])).toBeLessThanOrEqual(sumOf(known[story]) * ROOM);
  }
});
