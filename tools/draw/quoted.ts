const BLOCK = /(```ts\n)[\s\S]*?(```)/;

/**
 * The document, with the source without imports as its first block of TypeScript.
 *
 * @throws Error if the document has no such block
 */
export function quoted(document: string, source: string): string {
  if (!BLOCK.test(document))
    throw new Error('the document has no block of TypeScript to quote the stages in');
  const shown = source.replace(/^(import [^\n]*\n)+\n/, '');
  return document.replace(BLOCK, (_all, begin: string, end: string) => `${begin}${shown}${end}`);
}
