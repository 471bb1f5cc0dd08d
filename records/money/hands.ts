import { type Act, barred, type FourEyes } from '../../domain/money/four-eyes';
import type { Tx } from '../../prisma/db';
import { Refusal } from '../refusal';
import type { Unit } from '../unit';

/** The person behind an account: one person may have several, with several roles. */
export async function personBehind(tx: Pick<Tx, 'official'>, actorId: string): Promise<string> {
  const official = await tx.official.findUnique({ where: { id: actorId }, select: { person: true } });
  return official?.person ?? actorId;
}

/** Remembers that whoever acts now took part in a matter; the service itself is no person. */
export async function tookPart(unit: Unit, act: Act, subject: string = unit.subject): Promise<void> {
  if (unit.actor.role === 'system') return;
  const person = await personBehind(unit.tx, unit.actor.id);
  await unit.tx.hand.create({ data: { subject, person, act, at: unit.now } });
}

/**
 * The persons who may not decide because of their part in the matters named.
 *
 * @param subjects the rows that the decision is about, e.g. the claim and its subsidy
 */
export async function barredFrom(
  tx: Pick<Tx, 'hand'>,
  decision: FourEyes,
  subjects: readonly string[],
): Promise<string[]> {
  const hands = await tx.hand.findMany({ where: { subject: { in: [...subjects] } } });
  return barred(
    hands.map(({ person, act }) => ({ person, act: act as Act })),
    decision,
  );
}

/** @throws Refusal 403 when whoever acts took part in the matter before: four eyes compare persons [money §7] */
export async function mustBeAnother(
  unit: Unit,
  decision: FourEyes,
  subjects: readonly string[],
): Promise<void> {
  const persons = await barredFrom(unit.tx, decision, subjects);
  if (!persons.includes(await personBehind(unit.tx, unit.actor.id))) return;
  throw new Refusal(403, 'took_part', 'You took part in this before: another person has to decide it.');
}
