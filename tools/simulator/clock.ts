import { tsToMs } from '@temporalio/common/lib/time';
import type { TimeSkipping } from '../../test/support/time-skipping';
import type { Clock } from '../../domain/clock';

const DAY_MS = 86_400_000;

export interface VirtualClock extends Clock {
  /** The clock shows this instant now, and continues from it. */
  set(instant: Date): Promise<void>;
  /** Lets time pass until the instant, a day at a time, while deadlines fire. Does nothing if the instant is past. */
  advanceTo(instant: Date): Promise<void>;
  /** Lets these milliseconds pass. Never returns early, and returns late only while work is running. */
  pass(ms: number): Promise<void>;
}

/**
 * The time-skipping server's time plus an offset, because that server always begins at the machine's date. Every process
 * of a scenario reads this one clock. While nobody advances the clock, it runs like real time.
 */
export function virtualClock(env: Pick<TimeSkipping, 'nativeConnection' | 'sleep'>): VirtualClock {
  let offset = 0;
  /** Every act reads the clock. Over this connection a reading takes a third of the time that it takes over the other. */
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
        // One long sleep with many open workflows has hung before. A day at a time has not.
        await env.sleep(Math.ceil(Math.min(left, DAY_MS)));
      }
    },
  };
}
