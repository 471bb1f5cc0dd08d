import type { AnyRowHandlers } from '../../activities/row-handlers';

/** The steps and commands that throw for now, by name. */
export type Broken = Record<string, boolean>;

/** A row's handlers whose steps and commands throw while they are named as broken. */
export function breakable(file: AnyRowHandlers, broken: () => Broken): AnyRowHandlers {
  const wrap = <W extends (...args: never[]) => Promise<unknown>>(works: Readonly<Record<string, W>>) =>
    Object.fromEntries(
      Object.entries(works).map(([name, work]) => [
        name,
        ((...args: never[]) => {
          if (broken()[name]) throw new RangeError('a value that repeats a name');
          return work(...args);
        }) as W,
      ]),
    );
  return { ...file, commands: wrap(file.commands), steps: wrap(file.steps) };
}
