import { contains } from '../../domain/soato';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { Refusal, wrongField } from '../../records/kernel/refusal';

/** Checks the area of a new or changed row. It must be a recorded territory within the caller's area. */
export async function checkArea(tx: Tx, actor: Actor, field: string, code: string): Promise<void> {
  if (!contains(actor.area, code))
    throw new Refusal(404, 'not_found', 'That place lies outside your area. Give one inside it.');
  const [wrong] = await wrongAreas(tx, actor, [code]);
  if (wrong) throw wrongField(field, 'unknown_territory', wrong.detail);
}

/** The codes that are no recorded territories, or lie outside the caller's area. */
export async function wrongAreas(
  tx: Tx,
  actor: Actor,
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
    return contains(actor.area, code) ? [] : [{ code, detail: 'Give a place in your area.' }];
  });
}
