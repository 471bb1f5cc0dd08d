import { addDays, addMonths, type Day } from '../../domain/day';
import { ScenarioError } from './scenario';

const NAMED = /\$\{([^}]*)\}/g;
const TODAY = /^today(?:([+-])(\d{1,4})(d|mo))?$/;

/**
 * Replaces names by the saved values of earlier steps (`${case}`), and by days: `${today}`, `${today+3d}`, `${today-1mo}`. A text that
 * is only a name becomes the saved value with its type.
 *
 * @throws ScenarioError for a name without a saved value
 */
export function substitute<T>(written: T, saved: ReadonlyMap<string, unknown>, today: Day): T;
export function substitute(written: unknown, saved: ReadonlyMap<string, unknown>, today: Day): unknown {
  const valueOf = (name: string): unknown => {
    const [isDay, sign, count = '0', unit] = TODAY.exec(name) ?? [];
    if (isDay !== undefined) {
      const n = sign === '-' ? -Number(count) : Number(count);
      return unit === 'mo' ? addMonths(today, n) : addDays(today, n);
    }
    if (!saved.has(name)) throw new ScenarioError(`nothing was saved as "${name}" so far`);
    return saved.get(name);
  };
  if (typeof written === 'string') {
    const [whole, name] = /^\$\{([^}]*)\}$/.exec(written) ?? [];
    if (whole !== undefined) return valueOf(name ?? '');
    return written.replaceAll(NAMED, (_text, inner: string) => inWords(valueOf(inner)));
  }
  if (Array.isArray(written)) return written.map((each: unknown) => substitute(each, saved, today));
  if (typeof written === 'object' && written !== null)
    return Object.fromEntries(
      Object.entries(written).map(([key, value]: [string, unknown]) => [
        key,
        substitute(value, saved, today),
      ]),
    );
  return written;
}

const inWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The value at a dotted path, such as `items.0.id`; `-1` is the last item of a list.
 *
 * @throws ScenarioError if there is no value
 */
export function pick(body: unknown, path: string): unknown {
  let value = body;
  for (const key of path.split('.')) {
    const here: unknown = Array.isArray(value)
      ? (value as unknown[]).at(/^-?\d+$/.test(key) ? Number(key) : NaN)
      : (value as Record<string, unknown> | null | undefined)?.[key];
    if (here === undefined) throw new ScenarioError(`the answer has no "${path}"`);
    value = here;
  }
  return value;
}
