/** @throws Error for a name of two activities, because the worker would carry out only one of the two */
export function mustBeDifferent(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two activities are named ${twice}`);
}

/** Checks that no two files name the same activity, and returns the files. @throws Error for a name in two files */
export function allOf<P extends readonly object[]>(...parts: P): P {
  mustBeDifferent(parts.flatMap((part) => Object.keys(part)));
  return parts;
}
