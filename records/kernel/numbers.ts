import { Prisma } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';

const sequences = {
  person: ['P', 'person_number'],
  employer: ['E', 'employer_number'],
  vacancy: ['V', 'vacancy_number'],
  case: ['C', 'case_number'],
  referral: ['R', 'referral_number'],
  inspection: ['I', 'inspection_number'],
  employment: ['J', 'employment_number'],
  calendarChange: ['K', 'calendar_change_number'],
  subsidy: ['S', 'subsidy_number'],
  adaptation: ['A', 'adaptation_number'],
  approval: ['AP', 'approval_number'],
  recovery: ['RC', 'recovery_number'],
  account: ['AC', 'account_number'],
  policy: ['PV', 'policy_number'],
} as const;

/** The next `n` business numbers of a kind. */
export async function nextNumbers(
  tx: Pick<Tx, '$queryRaw'>,
  kind: keyof typeof sequences,
  n: number,
): Promise<string[]> {
  const [letter, sequence] = sequences[kind];
  const rows = await tx.$queryRaw<{ n: bigint }[]>(
    Prisma.sql`SELECT nextval(${sequence}::regclass) AS n FROM generate_series(1, ${n}::int)`,
  );
  return rows.map((row) => numbered(letter, row.n));
}

/** The next business number of a kind, e.g. `C-000042`. */
export async function nextNumber(tx: Pick<Tx, '$queryRaw'>, kind: keyof typeof sequences): Promise<string> {
  const [letter, sequence] = sequences[kind];
  const [row] = await tx.$queryRaw<[{ n: bigint }]>(Prisma.sql`SELECT nextval(${sequence}::regclass) AS n`);
  return numbered(letter, row.n);
}

const numbered = (letter: string, n: bigint): string => `${letter}-${String(n).padStart(6, '0')}`;
