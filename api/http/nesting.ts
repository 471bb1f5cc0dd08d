/** The deepest JSON that the API accepts. The rules of a policy, its deepest body, are nested a third as deep. */
export const DEEPEST = 32;

/**
 * Whether the objects and lists of a JSON text are nested deeper than `DEEPEST`. It reads the text once and does not parse it:
 * a function that walks a very deep value could run out of stack.
 */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (isInString) {
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '[' || char === '{') {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (char === ']' || char === '}') depth -= 1;
  }
  return false;
}
