import type { Db } from '../prisma/db';

/**
 * Writes anew where they differ: the area of an inspection's case, the district of its referral's employer, and the region of a job's employer. They differ only by a fault.
 *
 * @returns the numbers of these inspections and jobs
 */
export async function mendAreas(db: Db): Promise<string[]> {
  const inspections = await db.$queryRaw<{ id: string }[]>`
    UPDATE inspections SET case_area = cases.area FROM cases
    WHERE cases.id = case_id AND case_area IS DISTINCT FROM cases.area RETURNING inspections.id`;
  const districts = await db.$queryRaw<{ id: string }[]>`
    UPDATE inspections SET employer_district = employers.district FROM referrals JOIN employers ON employers.id = referrals.employer_id
    WHERE referrals.id = referral_id AND employer_district IS DISTINCT FROM employers.district RETURNING inspections.id`;
  const jobs = await db.$queryRaw<{ id: string }[]>`
    UPDATE vacancies SET employer_elsewhere = nullif(left(employers.district, 4), left(vacancies.district, 4)) FROM employers
    WHERE employers.id = employer_id
      AND employer_elsewhere IS DISTINCT FROM nullif(left(employers.district, 4), left(vacancies.district, 4))
    RETURNING vacancies.id`;
  return [...inspections, ...districts, ...jobs].map(({ id }) => id).toSorted();
}
