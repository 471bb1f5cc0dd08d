import type { Tx } from '../../prisma/db';

/** Whether a person lives: no death is recorded. */
export async function lives({ person }: Pick<Tx, 'person'>, id: string): Promise<boolean> {
  const { diedOn } = await person.findUniqueOrThrow({ where: { id }, select: { diedOn: true } });
  return diedOn === null;
}
