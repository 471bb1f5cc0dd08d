import type { Db } from '../prisma/db';
import { Prisma } from '../prisma/generated/client';

/** Facts that the database keeps beside the rows from which they follow. Triggers write them, so they differ only by a fault. */

/** A row with a fact that differs. */
interface Difference {
  id: string;
  /** What was kept and what is right, where that is no personal data. */
  said?: string;
}

interface KeptFact {
  /** Of a row, for people. */
  name: string;
  /** The statement that finds the differences, in the order of their ids. */
  differences: Prisma.Sql;
  /** Writes the fact of a row anew. */
  mend: (db: Db, id: string) => Promise<unknown>;
}

/** So long may the mending of a row wait for others. */
const WITHIN = { timeoutMs: 30_000 };

const SUMMED = Prisma.sql`
  SELECT line_id, jsonb_object_agg(account, amount) AS accounts
  FROM (SELECT line_id, account, sum(amount)::bigint AS amount FROM ledger_entries GROUP BY line_id, account) AS sums
  GROUP BY line_id`;

const keptFacts = {
  /** By account, in so'm. */
  balances: {
    name: 'balances',
    differences: Prisma.sql`
      SELECT coalesce(kept.line_id, summed.line_id) AS id,
        format('%s was kept, the ledger has %s', coalesce(kept.accounts, '{}'), coalesce(summed.accounts, '{}')) AS said
      FROM line_balances kept FULL JOIN (${SUMMED}) AS summed ON summed.line_id = kept.line_id
      WHERE coalesce(kept.accounts, '{}') <> coalesce(summed.accounts, '{}') ORDER BY 1`,
    // Under the lock of the balances nobody commits a posting on the line.
    mend: (db, id) =>
      db.inTransaction(async (tx) => {
        await tx.$executeRaw`INSERT INTO line_balances VALUES (${id}, '{}') ON CONFLICT DO NOTHING`;
        await tx.$queryRaw`SELECT FROM line_balances WHERE line_id = ${id} FOR UPDATE`;
        await tx.$executeRaw`
          UPDATE line_balances SET accounts = coalesce((SELECT accounts FROM (${SUMMED}) AS summed WHERE line_id = ${id}), '{}')
          WHERE line_id = ${id}`;
      }, WITHIN),
  },
  /** `possible_doubles` defines them. A pair is a fact of its older record. */
  doubles: {
    name: 'doubles',
    differences: Prisma.sql`
      SELECT DISTINCT a AS id FROM doubles kept FULL JOIN possible_doubles possible USING (a, b)
      WHERE kept.mahalla IS DISTINCT FROM possible.mahalla ORDER BY 1`,
    mend: (db, id) => db.$executeRaw`SELECT keep_doubles_of(people) FROM people WHERE id = ${id}`,
  },
  areasOfCases: {
    name: 'area of the case',
    differences: Prisma.sql`
      SELECT inspections.id FROM inspections LEFT JOIN cases ON cases.id = case_id
      WHERE case_area IS DISTINCT FROM cases.area ORDER BY 1`,
    mend: (db, id) => db.$executeRaw`UPDATE inspections SET case_id = case_id WHERE id = ${id}`,
  },
  areasOfPayables: {
    name: 'area of the person',
    differences: Prisma.sql`
      SELECT id FROM (TABLE payables_of_persons) AS payable
      WHERE person_area IS DISTINCT FROM area_of_payee(payee) ORDER BY 1`,
    mend: (db, id) => db.$executeRaw`
      SELECT keep_area_of_payables(substr(payee, 8)) FROM payables_of_persons WHERE id = ${id}`,
  },
  districtsOfEmployers: {
    name: 'district of the employer',
    differences: Prisma.sql`
      SELECT inspections.id FROM inspections LEFT JOIN referrals ON referrals.id = referral_id
      LEFT JOIN employers ON employers.id = referrals.employer_id
      WHERE employer_district IS DISTINCT FROM employers.district ORDER BY 1`,
    mend: (db, id) => db.$executeRaw`UPDATE inspections SET referral_id = referral_id WHERE id = ${id}`,
  },
  /** Only of a job in another region. */
  regionsOfEmployers: {
    name: 'region of the employer',
    differences: Prisma.sql`
      SELECT vacancies.id FROM vacancies JOIN employers ON employers.id = employer_id
      WHERE employer_elsewhere IS DISTINCT FROM nullif(left(employers.district, 4), left(vacancies.district, 4)) ORDER BY 1`,
    mend: (db, id) => db.$executeRaw`UPDATE vacancies SET employer_id = employer_id WHERE id = ${id}`,
  },
  /** `counted_participations` defines them. */
  participations: {
    name: 'participations',
    differences: Prisma.sql`
      SELECT DISTINCT case_id AS id FROM (
        (TABLE participations EXCEPT TABLE counted_participations)
        UNION ALL
        (TABLE counted_participations EXCEPT TABLE participations)
      ) AS different ORDER BY 1`,
    mend: (db, id) => db.$executeRaw`SELECT keep_participations_of(${id})`,
  },
} satisfies Record<string, KeptFact>;

type FactName = keyof typeof keptFacts;

/**
 * Writes anew the kept facts that differ from the rows from which they follow.
 *
 * @param names all facts, if none are named
 * @returns the differences, in words
 */
export async function mendKept(
  db: Db,
  names = Object.keys(keptFacts) as readonly FactName[],
): Promise<string[]> {
  const words: string[] = [];
  for (const { name, differences, mend } of names.map((one): KeptFact => keptFacts[one])) {
    for (const { id, said } of await db.$queryRaw<Difference[]>(differences)) {
      await mend(db, id);
      words.push(`${name} of ${id}${said === undefined ? '' : `: ${said}`}`);
    }
  }
  return words;
}
