import { UNITS } from './share';

/** A calculation on record, of a wage subsidy's month or of an adaptation. */
export interface Calculation {
  multiple?: number;
  share?: number;
  bhm?: readonly { amount: number; validFrom: string; act: string; days: number }[];
  act?: string;
  version?: string;
  workplaces?: readonly { workplace: string; amount: number; capped: boolean }[];
}

/**
 * A calculation in one line for the employer: BHM × multiple × share, act and version.
 *
 * @param amount whole so'm
 * @returns null without a calculation
 */
export function reachedInWords(calculation: Calculation | null, amount: bigint | null): string | null {
  if (calculation === null || amount === null) return null;
  const reckoned = wages(calculation) ?? workplaces(calculation);
  const by = [calculation.act, calculation.version].filter((word) => word !== undefined).join(', version ');
  return reckoned === undefined ? null : `${reckoned} = ${grouped(amount)} so'm (${by})`;
}

function wages({ bhm, multiple, share }: Calculation): string | undefined {
  if (!bhm || multiple === undefined || share === undefined) return undefined;
  const amounts = bhm.map(({ amount, days }) =>
    bhm.length === 1 ? grouped(amount) : `${grouped(amount)} on ${days} days`,
  );
  return `BHM ${amounts.join(', ')} × ${multiple / 100} × ${fraction(share)}`;
}

const workplaces = ({ workplaces: each }: Calculation): string | undefined =>
  each
    ?.map(({ workplace, amount, capped }) => `${workplace} ${grouped(amount)}${capped ? ' (the most)' : ''}`)
    .join(' + ');

/** A share of a month as a fraction in its lowest terms: 17/31; a whole month is 1. */
function fraction(share: number): string {
  const common = gcd(share, UNITS);
  const [above, below] = [share / common, UNITS / common];
  return below === 1 ? String(above) : `${above}/${below}`;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const grouped = (amount: number | bigint): string => String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ',');
