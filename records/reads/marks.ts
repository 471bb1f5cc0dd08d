import type { Day } from '../../domain/day';
import { codeIn, type Goods } from '../../domain/marks';
import type { Db } from '../../prisma/db';

/** A valid mark, as everybody may know it: nothing of it says whose it is. */
interface PublicMark {
  goods: Goods;
  until: Day;
  /** The region of the person, where enough others of it have a valid mark for the same goods. */
  region: string | null;
}

/**
 * The valid mark of a code; undefined for one that is unknown, expired or revoked. Each recorded death revokes it.
 *
 * @param least the valid marks for the same goods from which a region is named
 */
export async function readMark(
  db: Pick<Db, '$queryRaw'>,
  code: string,
  today: Day,
  least: number,
): Promise<PublicMark | undefined> {
  const [mark] = await db.$queryRaw<PublicMark[]>`
    WITH asked AS (
      SELECT goods, until, left(mahalla, 4) AS region FROM marks JOIN people ON people.id = person_id
      WHERE code = ${codeIn(code)} AND revoked_on IS NULL AND until >= ${today} AND died_on IS NULL
    ),
    alike AS (
      SELECT count(*) AS n FROM (
        SELECT DISTINCT person_id FROM marks JOIN people ON people.id = person_id JOIN asked ON asked.goods = marks.goods
        WHERE revoked_on IS NULL AND marks.until >= ${today} AND died_on IS NULL AND left(mahalla, 4) = asked.region
        LIMIT ${least}
      ) AS others
    )
    SELECT goods, until, CASE WHEN n >= ${least} THEN region END AS region FROM asked, alike`;
  return mark;
}
