import { events } from './counts.json';
import { causesIn, eventsIn, productEvents, TASKS } from './p3';
import { paidSubsidy, wholePathway } from './stories';

/*
 * The events of two stories by cause. A number in counts.json falls with a workflow that needs less. A crowded machine may split a
 * workflow task in two, so the sum has some room.
 */

const ROOM = 1.02;

test('the events of a whole pathway and of a subsidy with six paid claims', async () => {
  const [pathway, subsidy] = await Promise.all([productEvents(wholePathway), productEvents(paidSubsidy)]);
  const without = ({ [TASKS]: _, ...causes }: Record<string, number>): object => causes;
  expect({ pathway: without(causesIn(pathway)), subsidy: without(causesIn(subsidy)) }).toEqual({
    pathway: without(events.pathway),
    subsidy: without(events.subsidy),
  });
  const sum = (causes: object): number =>
    Object.values(causes).reduce((all: number, n: number) => all + n, 0);
  expect(eventsIn(pathway)).toBeLessThanOrEqual(sum(events.pathway) * ROOM);
  expect(eventsIn(subsidy)).toBeLessThanOrEqual(sum(events.subsidy) * ROOM);
});
