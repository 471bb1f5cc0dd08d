import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is neither false nor an error. The time is limited, and long enough for a slow machine.
 *
 * @throws the last error
 */
export async function eventually<T>(
  ask: () => Promise<T | false>,
  { seconds = 120, everyMs = 40 } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  let last: unknown = new Error('it is not so');
  do {
    try {
      const found = await ask();
      if (found !== false) return found;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  } while (performance.now() < deadline);
  throw last;
}
