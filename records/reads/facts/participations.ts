import type { Participation } from '../../../domain/money/participations';
import { personBehind } from '../../kernel/participations';
import type { View } from '../../kernel/view';

/** The parts that the person behind the caller's account took in these matters, by matter. */
export async function ownParts(
  { tx, actor }: View,
  subjects: readonly string[],
): Promise<{ person: string; partsIn: (subjects: readonly string[]) => Participation[] }> {
  const person = await personBehind(tx, actor);
  const parts = await tx.participation.findMany({ where: { person, subject: { in: [...subjects] } } });
  return {
    person,
    partsIn: (some) => parts.filter(({ subject }) => some.includes(subject)) as Participation[],
  };
}
