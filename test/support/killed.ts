import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './stack';

let kills = 0;

/** Kills a process during an act with `kill -9`, each time a little later than before, and starts it again. */
export async function killedDuring<T>(victim: Running, doing: Promise<T>): Promise<T> {
  doing.catch(() => undefined);
  await sleep((kills++ * 7) % 40);
  await victim.kill9();
  await victim.restart();
  return doing;
}
