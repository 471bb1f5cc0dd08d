import type { Unit } from './unit';

/** Begins or wakes another row's workflow once this unit is committed: the subject's own workflow does it. */
export async function wake(unit: Unit, target: string): Promise<void> {
  if (target === unit.subject || unit.woken.has(target)) return;
  unit.woken.add(target);
  await unit.tx.outbox.create({ data: { subject: unit.subject, target, at: unit.now } });
}
