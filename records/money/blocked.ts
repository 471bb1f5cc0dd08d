import type { Tx } from '../../prisma/db';

/**
 * Of these claims those whose approval has a blocker now, found in one statement. `domain/money/blockers.ts` defines the blockers; a
 * test compares the two.
 */
export async function blockedAmong(
  tx: Pick<Tx, '$queryRaw'>,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM claims c
    JOIN subsidies s ON s.id = c.subsidy_id
    LEFT JOIN employments e ON e.id = s.employment_id AND e.state = 'ending'
    LEFT JOIN commitments k ON k.subsidy_id = c.subsidy_id AND k.month = c.month
    LEFT JOIN accounts a ON a.payee = c.payee AND a.state = 'confirmed'
    WHERE c.id = ANY(${[...ids]}) AND (
      NOT c.check_passed
      OR c.month <> '' AND left(least(s.end_reported->>'on', e.ending->>'on'), 7) <= c.month
      OR coalesce(k.amount, 0) < coalesce(c.amount, 0) - c.set_off_done
      OR a.usable_from IS NULL OR a.usable_from > ${now}
      OR c.state = 'disputed'
      OR EXISTS (
        SELECT FROM payments p WHERE p.claim_id = c.id AND (
          p.word = 'officer' AND p.state <> 'settled'
          OR p.key IN (SELECT ref FROM tasks WHERE kind = 'difference' AND closed_at IS NULL))))`;
  return new Set(rows.map(({ id }) => id));
}
