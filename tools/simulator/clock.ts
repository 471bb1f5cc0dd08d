import { tsToMs } from '@temporalio/common/lib/time';
import type { TimeSkipping } from '../../test/support/time-skipping';
import type { Clock } from '../../domain/clock';

const DAY_MS = 86_400_000;

export interface VirtualClock extends Clock {
  /** From now on the clock shows this instant, and goes on from it. */
  set(instant: Date): Promise<void>;
  /** Lets time pass until the instant, a day at a time, however much fires on the way; nothing when it is past. */
  advanceTo(instant: Date): Promise<void>;
  /** Lets so much time pass, in milliseconds; returns early never, and late only while something is still running. */
  pass(ms: number): Promise<void>;
}

/**
 * The time-skipping server's time plus an offset, because that server always begins at the machine's date. Every process
 * of a scenario reads this one clock. While nobody advances it, it goes on as real time does.
 */
export function virtualClock(env: Pick<TimeSkipping, 'nativeConnection' | 'sleep'>): VirtualClock {
  let offset = 0;
  /** Every act reads the clock, and over this connection that costs a third of what it does over the other. */
  const ofServer = async () => tsToMs((await env.nativeConnection.testService?.getCurrentTime({}))?.time);
  const read = async () => (await ofServer()) + offset;
  return {
    now: async () => new Date(await read()),
    offset: () => Promise.resolve(offset),
    set: async (instant) => {
      offset = instant.getTime() - (await ofServer());
    },
    pass: (ms) => env.sleep(ms),
    async advanceTo(instant) {
      for (;;) {
        const left = instant.getTime() - (await read());
        if (left <= 0) return;
        // One long sleep with much open was seen to hang; a day at a time was not.
        await env.sleep(Math.ceil(Math.min(left, DAY_MS)));
      }
    },
  };
}
