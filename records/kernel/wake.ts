import type { Unit } from './transaction';

/** Begins or wakes another row's workflow once this unit is committed. */
export async function wake(unit: Unit, target: string): Promise<void> {
  if (target === unit.waker || unit.woken.has(target)) return;
  unit.woken.add(target);
  await unit.tx.outbox.create({ data: { subject: unit.waker, target, at: unit.now } });
}

/**
 * Another row in the same transaction: what is written through the answer (tasks, events, notices) stands under its name,
 * and its workflow is woken.
 */
export async function on(unit: Unit, subject: string): Promise<Unit> {
  await wake(unit, subject);
  return { ...unit, subject };
}
