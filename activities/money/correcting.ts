import { record } from '../../records/events';
import { worthOf } from '../../records/money/terms';
import { nextNumber } from '../../records/numbers';
import { subjectOf } from '../../records/rows';
import { openTask } from '../../records/tasks';
import type { Unit } from '../../records/unit';
import { on } from '../../records/wake';
import { aboutClaim, placeOfClaim, type WholeClaim } from './claims';

/**
 * News changed what a month is worth after it was decided: a correction is drafted, which a person has to propose and another
 * to approve, since the system is no person [money §6, §7].
 */
export async function draftCorrection(unit: Unit, claim: WholeClaim): Promise<void> {
  const { amount: worth } = await unit.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  const now = (await worthOf(unit, claim.subsidy, claim.month)).amount;
  if (now === worth) return;
  const about = subjectOf('claim', claim.id);
  if (await unit.tx.approval.findFirst({ where: { kind: 'correction', about, open: true } })) return;
  const id = await nextNumber(unit.tx, 'approval');
  await unit.tx.approval.create({
    data: {
      id,
      kind: 'correction',
      about,
      area: claim.area,
      employerId: claim.employerId,
      state: 'drafted',
      since: unit.now,
      body: { claim: claim.id, before: Number(worth), after: Number(now), reason: 'facts_changed' },
      correlationId: unit.correlationId,
    },
  });
  const there = await on(unit, subjectOf('approval', id));
  await openTask(there, { ...placeOfClaim(claim), kind: 'correction_draft' });
  await record(there, 'proposal', aboutClaim(claim), { kind: 'correction', approval: id, claim: claim.id });
}
