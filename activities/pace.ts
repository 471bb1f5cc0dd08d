/** A bound on something that happens. A second's number may happen at once. */
export interface Pace {
  /** @returns how many of the wanted ones may happen now, which are then counted */
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
