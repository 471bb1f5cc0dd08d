import { Prisma } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import { kinds, type NumberedKind } from './kinds';
import { insertUnder } from './writing';

/** Things with a number that are no rows with waits. */
const others = {
  person: { prefix: 'P', sequence: 'person_number' },
  employer: { prefix: 'E', sequence: 'employer_number' },
  vacancy: { prefix: 'V', sequence: 'vacancy_number' },
  centre: { prefix: 'TC', sequence: 'centre_number' },
  course: { prefix: 'CO', sequence: 'course_number' },
  calendarChange: { prefix: 'K', sequence: 'calendar_change_number' },
  account: { prefix: 'AC', sequence: 'account_number' },
  policy: { prefix: 'PV', sequence: 'policy_number' },
} as const;

type Numbered = keyof typeof others | NumberedKind;

const numberOf = (kind: Numbered): { prefix: string; sequence: string } =>
  kind in others ? others[kind as keyof typeof others] : kinds[kind as NumberedKind].number;

/** The next `n` business numbers of a kind. */
export async function nextNumbers(tx: Pick<Tx, '$queryRaw'>, kind: Numbered, n: number): Promise<string[]> {
  const { prefix, sequence } = numberOf(kind);
  const rows = await tx.$queryRaw<{ n: bigint }[]>(
    Prisma.sql`SELECT nextval(${sequence}::regclass) AS n FROM generate_series(1, ${n}::int)`,
  );
  return rows.map((row) => numbered(prefix, row.n));
}

/** The next business number of a kind, e.g. `C-000042`. */
export async function nextNumber(tx: Pick<Tx, '$queryRaw'>, kind: Numbered): Promise<string> {
  const { prefix, sequence } = numberOf(kind);
  const [row] = await tx.$queryRaw<[{ n: bigint }]>(Prisma.sql`SELECT nextval(${sequence}::regclass) AS n`);
  return numbered(prefix, row.n);
}

/** The next business number of a kind, within a statement. */
export function nextNumberSql(kind: Numbered): Prisma.Sql {
  const { prefix, sequence } = numberOf(kind);
  return Prisma.sql`(SELECT ${`${prefix}-`} || lpad(n::text, greatest(6, length(n::text)), '0')
    FROM (SELECT nextval(${sequence}::regclass) AS n) AS next)`;
}

/** Inserts a row of a kind under its next number. @returns the number */
export const insertNumbered = (
  tx: Pick<Tx, '$queryRaw'>,
  kind: NumberedKind,
  fields: object,
): Promise<string> => insertUnder(tx, kinds[kind].table, nextNumberSql(kind), fields);

const numbered = (prefix: string, n: bigint): string => `${prefix}-${String(n).padStart(6, '0')}`;
