import { temporal } from '@temporalio/proto';
import { freshDatabase } from '../../test/support/database';
import { activitiesIn, type History } from '../../test/support/histories';
import { startPathwayServer } from '../../test/support/pathway-server';
import { timeSkippingServer } from '../../test/support/time-skipping';
import { BY_HAND } from '../by-hand/activities';
import { byHandBundle } from '../by-hand/bundles';
import { startByHand } from '../by-hand/worker';
import { countRow, type Measure, type Setting } from '../frame';
import { paidSubsidy, rowsOf, type Story, wholePathway } from '../stories';

/** The number of stored events, by the act or wait that caused them. */
export type Causes = Record<string, number>;

/** Scheduled, started and completed. */
export const TASKS = 'workflow tasks';

const EventType = temporal.api.enums.v1.EventType;

/** The events of a history by cause. A timer has two events: its start and its end. */
export function causesOf({ events }: History): Causes {
  const causes: Causes = {};
  const count = (cause: string): void => void (causes[cause] = (causes[cause] ?? 0) + 1);
  const ends = new Map<string, string>();
  const tasks = new Map<string, string>();
  for (const { timerFiredEventAttributes: fired, timerCanceledEventAttributes: cancelled } of events ?? []) {
    if (fired?.timerId) ends.set(fired.timerId, 'timers that fired');
    if (cancelled?.timerId) ends.set(cancelled.timerId, 'timers that were cancelled');
  }
  for (const event of events ?? []) {
    const type = EventType[event.eventType ?? 0]?.replace('EVENT_TYPE_', '') ?? '';
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) tasks.set(String(event.eventId), scheduled.activityType?.name ?? '');
    const started =
      event.activityTaskStartedEventAttributes?.scheduledEventId ??
      event.activityTaskCompletedEventAttributes?.scheduledEventId ??
      event.activityTaskFailedEventAttributes?.scheduledEventId;
    const timer =
      event.timerStartedEventAttributes ??
      event.timerFiredEventAttributes ??
      event.timerCanceledEventAttributes;
    if (type.startsWith('WORKFLOW_TASK')) count(TASKS);
    else if (type.includes('_UPDATE_')) count('decisions (Updates)');
    else if (type.includes('SIGNALED')) count('signals');
    else if (timer) count(ends.get(timer.timerId ?? '') ?? 'timers that run');
    else if (type.startsWith('ACTIVITY_TASK'))
      count(`activity ${scheduled?.activityType?.name ?? tasks.get(String(started)) ?? ''}`);
    else if (type !== 'MARKER_RECORDED') count('begin and end');
  }
  for (const { name } of activitiesIn({ events } as History)) count(`local activity ${name}`);
  return causes;
}

const sum = (all: readonly Causes[]): Causes => {
  const total: Causes = {};
  for (const causes of all)
    for (const [cause, events] of Object.entries(causes)) total[cause] = (total[cause] ?? 0) + events;
  return total;
};

/** The events of the product's own rows in a story, by row and cause. */
export async function productEvents(story: Story): Promise<Record<string, Causes>> {
  const server = await startPathwayServer();
  try {
    const on = await server.begin(story.from);
    await story.tell(on);
    const byRow: Record<string, Causes> = {};
    for (const { workflowId, history } of rowsOf(story, await on.allRuns()))
      byRow[workflowId] = sum([byRow[workflowId] ?? {}, causesOf(history)]);
    await on.end();
    return byRow;
  } finally {
    await server.stop();
  }
}

/** The acts of the same two stories on the programs written by hand. */
interface ByHand {
  decide(row: string, decision: string): Promise<unknown>;
  days(count: number): Promise<void>;
}
const byHand: Record<'pathway' | 'subsidy', { type: string; tell(on: ByHand, row: string): Promise<void> }> =
  {
    pathway: {
      type: 'handCase',
      async tell({ decide, days }, row) {
        await days(2);
        for (const decision of ['assessment', 'plan', 'referral']) await decide(row, decision);
        await days(2);
        await decide(`${row}/R`, 'decision');
        await days(8);
        await decide(`${row}/R`, 'contract');
        for (let check = 1; check <= 6; check++) {
          await days(31);
          if (check < 6) await decide(`${row}/J`, `conversation ${check}`);
        }
        await decide(row, 'closure');
      },
    },
    subsidy: {
      type: 'handSubsidy',
      async tell({ decide, days }, row) {
        for (const decision of ['review', 'order']) await decide(row, decision);
        for (let month = 1; month <= 6; month++) {
          await days(36);
          await decide(`${row}-${month}`, 'approval');
          await days(2);
        }
      },
    },
  };

/** The histories of the programs written by hand in both stories, by row. */
export async function handHistories(): Promise<Record<keyof typeof byHand, Record<string, History>>> {
  const [env, database] = await Promise.all([timeSkippingServer(), freshDatabase()]);
  const hands = await startByHand(env, database.url, await byHandBundle());
  const { client, pool } = hands;
  const on: ByHand = {
    async decide(row, decision) {
      await client.workflow.getHandle(row).executeUpdate('decide', { args: [decision] });
      await env.sleep('1s');
    },
    async days(count) {
      for (let day = 0; day < count; day++) await env.sleep('1 day');
      await env.sleep('1s');
    },
  };
  const told = async (name: keyof typeof byHand): Promise<Record<string, History>> => {
    const { type, tell } = byHand[name];
    await client.workflow.start(type, { workflowId: name, args: [name], taskQueue: BY_HAND });
    await env.sleep('1s');
    await tell(on, name);
    await client.workflow.getHandle(name).result();
    const { rows } = await pool.query<{ row: string }>(
      'SELECT DISTINCT row FROM by_hand WHERE row LIKE $1 ORDER BY row',
      [`${name}%`],
    );
    const byRow: Record<string, History> = {};
    for (const { row } of rows) byRow[row] = await client.workflow.getHandle(row).fetchHistory();
    return byRow;
  };
  try {
    return { pathway: await told('pathway'), subsidy: await told('subsidy') };
  } finally {
    await hands.stop();
    await env.teardown();
    await database.drop();
  }
}

/** The events of all rows by cause. */
export const causesIn = (byRow: Record<string, Causes>): Causes => sum(Object.values(byRow));

export const sumOf = (causes: Causes): number =>
  Object.values(causes).reduce((all, events) => all + events, 0);

/** Both sides' events by cause, a line each. */
function sideBySide(product: Record<string, Causes>, baseline: Record<string, Causes>): string[] {
  const ours = causesIn(product);
  const theirs = causesIn(baseline);
  const causes = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const most = (cause: string): number => Math.max(ours[cause] ?? 0, theirs[cause] ?? 0);
  return causes
    .toSorted((a, b) => most(b) - most(a))
    .map((cause) => `${cause}: ${ours[cause] ?? 0} | by hand ${theirs[cause] ?? 0}`);
}

export const events: Measure = {
  id: 'P3',
  title: 'Events of a whole pathway and of a paid subsidy',
  baseline:
    'a program written by hand, run: an Update and a marker a decision, a timer a wait, an activity a call',
  async run({ progress }: Setting) {
    progress('the programs written by hand');
    const histories = await handHistories();
    const causesByRow = (byRow: Record<string, History>): Record<string, Causes> =>
      Object.fromEntries(Object.entries(byRow).map(([row, history]) => [row, causesOf(history)]));
    const hand = { pathway: causesByRow(histories.pathway), subsidy: causesByRow(histories.subsidy) };
    progress('the whole pathway');
    const pathway = await productEvents(wholePathway);
    progress('the subsidy with six paid claims');
    const subsidy = await productEvents(paidSubsidy);
    const row = (
      what: string,
      product: Record<string, Causes>,
      baseline: Record<string, Causes>,
      atMost: number,
    ) =>
      countRow(
        { what, unit: 'events', target: { atMost } },
        sumOf(causesIn(product)),
        sumOf(causesIn(baseline)),
      );
    return {
      rows: [
        row('a whole pathway (job, six checks)', pathway, hand.pathway, 1.15),
        row('a subsidy with six paid claims', subsidy, hand.subsidy, 1.4),
      ],
      notes: [
        'The pathway by cause:',
        ...sideBySide(pathway, hand.pathway),
        'The subsidy by cause:',
        ...sideBySide(subsidy, hand.subsidy),
      ],
    };
  },
};
