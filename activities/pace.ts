/** Bounds how many acts begin a second. The number of one second may begin at once. */
export interface Pace {
  /** @returns how many of the wanted acts begin now; they count */
  take(wanted: number): number;
}

/**
 * @param aSecond the bound; 0: none
 * @param elapsed milliseconds since some instant
 */
export function paceOf(aSecond: number, elapsed: () => number = () => performance.now()): Pace {
  if (aSecond === 0) return { take: (wanted) => wanted };
  let free = aSecond;
  let before = elapsed();
  return {
    take(wanted) {
      const now = elapsed();
      free = Math.min(aSecond, free + ((now - before) / 1000) * aSecond);
      before = now;
      const taken = Math.min(wanted, Math.floor(free));
      free -= taken;
      return taken;
    },
  };
}
