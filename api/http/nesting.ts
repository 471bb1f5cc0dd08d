/** No JSON that is taken from outside is nested deeper: the deepest, the rules of a policy, are a third of it. */
export const DEEPEST = 32;

/**
 * Whether the objects and lists of a JSON text are nested deeper than `DEEPEST`, told in one pass without parsing it: what
 * walks a parsed value would pay for its depth, or run out of stack.
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
