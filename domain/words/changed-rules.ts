import type { Difference } from '../policy-changes';
import { wordsIn } from './catalogue';
import { codeInWords, fill, grouped, type Params, type Reader, type Show, sumInWords, written } from './show';

/** The changed values of the rules, each before and after; their paths are separated by commas. */
export const changedRules: Show = (value, reader, { values }) =>
  value
    .split(', ')
    .map((path) => {
      const { before, after } = ((values as Params)[path] ?? {}) as { before?: unknown; after?: unknown };
      return changeInWords(reader, { path, before, after });
    })
    .join('; ');

/** A changed value of the rules: `the employer's answer to a referral: 3 days (before: 5 days)`. */
export function changeInWords(reader: Reader, { path, before, after }: Difference): string {
  const { changes, codes: known } = wordsIn(reader.language);
  const labels: Readonly<Record<string, string>> = { ...known.rule, ...known.programme };
  const steps = path.split('.').filter((step) => !unsaid.has(step));
  const said = (value: unknown): string => valueInWords(reader, path, value) ?? changes.nothing;
  return fill(reader.language, changes.value, {
    field: steps.map((step) => labels[step] ?? step.replaceAll('_', ' ')).join(', '),
    before: said(before),
    after: said(after),
  });
}

/** The parts of the rules that say nothing to a reader. */
const unsaid: ReadonlySet<string> = new Set(['lengths', 'numbers', 'programmes']);

function valueInWords({ language }: Reader, path: string, value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && value !== null) {
    const { n, unit } = value as { n?: number; unit?: string };
    if (n === undefined || unit === undefined) return undefined;
    return fill(language, wordsIn(language).changes.length, { n, unit });
  }
  if (typeof value === 'boolean') return codeInWords(language, 'yes_no', String(value));
  if (typeof value !== 'number') return written(value);
  return path === 'bhm' || path === 'minimum_wage' ? sumInWords(value) : grouped(value);
}
