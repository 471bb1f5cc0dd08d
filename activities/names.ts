/** @throws Error for a name that two activities have: the worker would carry out one in place of the other */
export function mustBeDifferent(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two activities are named ${twice}`);
}

/** The activities of several files. @throws Error for a name that two files have */
export function allOf<P extends readonly object[]>(...parts: P): P {
  mustBeDifferent(parts.flatMap((part) => Object.keys(part)));
  return parts;
}
