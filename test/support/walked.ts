import type { createRowActivities } from '../../activities/row-activities';
import type { Db } from '../../prisma/db';
import { rowOf } from '../../records/kernel/rows';
import { type Surroundings, walk } from '../../workflows/loop';
import { stagesOf } from '../../records/kernel/kinds';
import type { View } from '../../workflows/view';

type RowActivities = ReturnType<typeof createRowActivities>;

/** The state of a row at rest, and the tasks whose register must be asked now. */
export type AtRest = View & { asks: string[] };

/** Thrown where the loop would wait. In a test without Temporal the row is then at rest. */
class Rest extends Error {}

/**
 * The product's own loop over the activities of rows, without Temporal: it does what is due, one step after another, and stops
 * where it would wait. Messages, waking and questions are left to the test.
 */
export function walked(db: Db, rows: RowActivities) {
  const stagesFor = (subject: string) => {
    const row = rowOf(subject);
    if (!row) throw new Error(`${subject} is no row`);
    return stagesOf(row.kind);
  };

  function loopOf(subject: string) {
    let last: View | undefined;
    const surroundings: Surroundings = {
      async step(activity, ...args) {
        const { named, ...generic } = rows;
        const work = named[activity] ?? generic[activity as 'look' | 'remind'];
        const [task = '', state] = args;
        last = await work(subject, task, state);
        const { state: now, open, offset, next, status } = last;
        const view: View = { state: now, open, offset, unsent: false, wakes: false };
        return { ...view, ...(next && { next }), ...(status !== undefined && { status }) };
      },
      ask: () => Promise.reject(new Error('questions are asked by the test')),
      sendNotices: () => Promise.reject(new Error('messages are sent by the test')),
      wakeOthers: () => Promise.reject(new Error('the test wakes the others')),
      timer: () => ({ hasFired: () => false, cancel: () => undefined }),
      until: (met) => (met() ? Promise.resolve() : Promise.reject(new Rest())),
      isIdle: () => true,
      isLong: () => false,
      show: () => undefined,
    };
    return { ...walk(stagesFor(subject), surroundings), last: () => last };
  }

  return {
    ...rows,

    /** Does all due acts of the row, as its workflow does when it is woken. */
    async advance(subject: string): Promise<AtRest> {
      const loop = loopOf(subject);
      await loop.run().catch((error: unknown) => {
        if (!(error instanceof Rest)) throw error;
      });
      const view = loop.last();
      if (!view) throw new Error(`${subject} was not looked at`);
      return { ...view, asks: view.question?.inMs === 0 ? [view.question.task] : [] };
    },

    /** Carries out a given command, and what comes before it, as the Update's handler does. */
    async carryOut(commandId: string): Promise<View & { status: number }> {
      const { subject, name } = await db.command.findUniqueOrThrow({ where: { id: commandId } });
      const loop = loopOf(subject);
      const status = await loop.command(name, commandId);
      return { ...(loop.last() as View), status };
    },
  };
}
