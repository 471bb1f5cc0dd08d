import type { Actor } from '../../../domain/roles';
import type { Tx } from '../../../prisma/db';
import { codeIn } from '../../codes';

/** The numbers of rows that lead to a caller's rows beside the area. They are few. */

const idsOf = async (rows: Promise<{ id: string }[]>): Promise<string[]> => (await rows).map(({ id }) => id);

/** Cases of another area that are the caller's own, or move to the caller's area. */
export const casesBeside = (tx: Pick<Tx, 'case'>, { id, area }: Actor): Promise<string[]> =>
  idsOf(
    tx.case.findMany({
      where: { NOT: { area: codeIn(area) }, OR: [{ managerId: id }, { movesTo: codeIn(area) }] },
      select: { id: true },
    }),
  );

export const employersHere = (tx: Pick<Tx, 'employer'>, { area }: Actor): Promise<string[]> =>
  idsOf(tx.employer.findMany({ where: { district: { startsWith: area } }, select: { id: true } }));

/** People with an open case of the caller, without those who live here. These are told apart by an index alone. */
export async function peopleOfCases(tx: Pick<Tx, '$queryRaw'>, { id, area }: Actor): Promise<string[]> {
  const within = `${area}%`;
  const people = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT person_id AS id FROM cases
    WHERE open AND (area LIKE ${within} OR manager_id = ${id} OR moves_to LIKE ${within})
      AND NOT EXISTS (SELECT FROM people WHERE id = person_id AND mahalla LIKE ${within} AND joined_to IS NULL)`;
  return people.map((person) => person.id);
}
