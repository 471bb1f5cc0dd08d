import { contains } from '../../domain/soato';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { Refusal, wrongField } from '../../records/kernel/refusal';

/** What a new or changed row says of its area: it must be a territory, and lie within the caller's. */
export async function checkArea(tx: Tx, actor: Actor, field: string, code: string): Promise<void> {
  if (!contains(actor.area, code))
    throw new Refusal(404, 'not_found', 'That place does not lie in your area.');
  const [wrong] = await wrongAreas(tx, actor, [code]);
  if (wrong) throw wrongField(field, 'unknown_territory', wrong.detail);
}

/** Of many codes those that are no territories, or lie outside the caller's area. */
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
    if (!known.has(code)) return [{ code, detail: 'Is no territory that is recorded.' }];
    return contains(actor.area, code) ? [] : [{ code, detail: 'Does not lie in your area.' }];
  });
}
