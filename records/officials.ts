import type { Rank, Role } from '../domain/roles';
import type { Soato } from '../domain/soato';
import type { Official } from '../prisma/generated/client';
import { assign, vacate } from './assignments';
import { recordChange } from './kernel/changes';
import { record } from './kernel/events';
import { fillGap } from './kernel/gaps';
import { appointing } from './kernel/offices';
import { notNow, Refusal, wrongField } from './kernel/refusal';
import type { Transaction } from './kernel/transaction';

/** The office that an official gets. */
export interface Office {
  area: Soato;
  rank: Rank;
}

/**
 * An official changes office. Their open cases and tasks stay with the old office, as of one who leaves. Where the old office has
 * nobody else, its work goes to the next level. Work that the next level did for the new office comes back [pathway §1].
 *
 * @param to the case manager who gets the cases, or `office`: the head's worklist
 * @returns how many cases and tasks went to somebody else
 * @throws Refusal 404 for an unknown official; 409 for one who has left; 422 for the same office, or a wrong `to`
 */
export async function moveOfficial(
  transaction: Transaction,
  before: Official,
  { area, rank, to }: Office & { to: string },
): Promise<{ cases: number; tasks: number }> {
  if (before.leftOn !== null)
    throw notNow('left_already', 'The official has left. Bring them back by POST /officials/{id}/return.');
  if (before.area === area && before.rank === rank)
    throw wrongField('area', 'same_office', 'Give another area or rank: this is the present one.');
  const moved =
    before.area === area ? { cases: 0, tasks: 0 } : await assign(transaction, { from: before.id, to });
  const said = { area, rank };
  await transaction.tx.official.update({ where: { id: before.id }, data: said });
  await recordChange(transaction, {
    kind: 'official',
    type: 'official_moved',
    key: before.id,
    before,
    said,
    params: { official: before.id },
  });
  // The gaps of the old office take the same lock, shared: two moves of a role cannot both raise it.
  await appointing(transaction.tx, before.role as Role);
  const orphans = await vacate(transaction, before);
  await fillGap(transaction, { role: before.role as Role, ...said });
  return { cases: moved.cases, tasks: moved.tasks + orphans };
}

/**
 * An official who left comes back, to their old office or another. The work that the next level did for the office comes back.
 * Cases are given by name, as to a new official.
 *
 * @throws Refusal 409 for an official who has not left
 */
export async function returnOfficial(
  transaction: Transaction,
  before: Official,
  { area, rank }: Office,
): Promise<void> {
  if (before.leftOn === null)
    throw notNow('not_left', 'The official has not left. POST /officials/{id}/move changes their office.');
  await transaction.tx.official.update({ where: { id: before.id }, data: { leftOn: null, area, rank } });
  const role = before.role as Role;
  await record(transaction, 'official_returned', {}, { official: before.id, role, rank, area });
  await fillGap(transaction, { role, rank, area });
}

/** An official whose office changes, locked. @throws Refusal 404 when there is none */
export async function lockOfficial({ tx }: Transaction, id: string): Promise<Official> {
  await tx.$queryRaw`SELECT id FROM officials WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.official.findUnique({ where: { id } });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such official. Check the id.');
  return row;
}
