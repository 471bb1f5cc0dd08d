import { contains } from '../../domain/soato';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { Refusal, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';

/** Checks the area of a new or changed row. It must be a recorded territory within the caller's area. */
export async function checkArea(tx: Tx, actor: Actor, field: string, code: string): Promise<void> {
  if (!contains(actor.area, code))
    throw new Refusal(404, 'not_found', 'That place lies outside your area. Give one inside it.');
  await mustBeRecorded(tx, actor, field, code);
}

/** Checks the district of a job or an employer. It must be recorded, and may lie outside the caller's area. */
export const checkDistrict = ({ tx }: Transaction, code: string): Promise<void> =>
  mustBeRecorded(tx, anywhere, 'district', code);

/** The area of somebody who may name any place. */
export const anywhere = { area: '' };

async function mustBeRecorded(tx: Tx, within: Within, field: string, code: string): Promise<void> {
  const [wrong] = await wrongAreas(tx, within, [code]);
  if (wrong) throw wrongField(field, 'unknown_territory', wrong.detail);
}

type Within = Pick<Actor, 'area'>;

/** The codes that are no recorded territories, or lie outside an area. */
export async function wrongAreas(
  tx: Tx,
  within: Within,
  codes: readonly string[],
): Promise<{ code: string; detail: string }[]> {
  const found = await tx.territory.findMany({
    where: { code: { in: [...new Set(codes)] } },
    select: { code: true },
  });
  const known = new Set(found.map(({ code }) => code));
  return [...new Set(codes)].flatMap((code) => {
    if (!known.has(code))
      return [{ code, detail: 'No territory with this code is recorded. Check the code.' }];
    return contains(within.area, code) ? [] : [{ code, detail: 'Give a place in your area.' }];
  });
}
