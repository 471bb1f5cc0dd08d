/** Does work in the order of arrival, at most so many at once. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** @param atOnce the most at once */
export function turns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
