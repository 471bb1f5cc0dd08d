import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import counts from './counts.json';
import type { Causes } from './measures/events';

/** The counts that CI holds. */
export interface Counts {
  /** Statements of an act, by sender. */
  statements: Record<string, Record<string, number>>;
  /** Events of a story, by cause. */
  events: { pathway: Causes; subsidy: Causes };
  /** Of a request at 10,000 cases: the rows of growing tables that it reads, and those tables that no index serves. */
  plans: Record<string, { rows: number; scanned: string[] }>;
}

const known: Counts = counts;

/**
 * What a test holds. With KEEP_COUNTS=yes the counts that it found are kept instead, and a review sees what changed.
 *
 * @param section of counts.json
 */
export function held<Section extends keyof Counts>(
  section: Section,
  found: Counts[Section],
): Counts[Section] {
  if (!process.env['KEEP_COUNTS']) return known[section];
  // Tests of other sections may have written theirs since this process read the file.
  const file = path.join(__dirname, 'counts.json');
  const kept = { ...(JSON.parse(readFileSync(file, 'utf8')) as Counts), [section]: found };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  return found;
}
