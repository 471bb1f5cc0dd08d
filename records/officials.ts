import type { Rank, Role } from '../domain/roles';
import { contains, type Soato } from '../domain/soato';
import type { Tx } from '../prisma/db';
import type { Official } from '../prisma/generated/client';
import { assign, vacate } from './assignments';
import { recordChange } from './kernel/changes';
import { record } from './kernel/events';
import { fillGap, type Post } from './kernel/gaps';
import { appointing } from './kernel/offices';
import { notNow, Refusal, wrongField } from './kernel/refusal';
import type { Transaction } from './kernel/transaction';

/** The office that an official gets. */
export interface Office {
  area: Soato;
  rank: Rank;
  /** Of a training officer of a centre. */
  centreId: string | null;
  /** Of a finance officer. Without it the fund stays. */
  fund?: string;
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
  { to, fund = before.fund, ...office }: Office & { to: string },
): Promise<{ cases: number; tasks: number }> {
  if (before.leftOn !== null)
    throw notNow('left_already', 'The official has left. Bring them back by POST /officials/{id}/return.');
  const said = { ...office, fund };
  const stays = before.area === said.area && before.centreId === said.centreId;
  if (stays && before.rank === said.rank && before.fund === fund)
    throw wrongField(
      'area',
      'same_office',
      'Give another area, centre, rank or fund: this is the present one.',
    );
  const moved = stays ? { cases: 0, tasks: 0 } : await assign(transaction, { from: before.id, to });
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
  await fillGap(transaction, postOf(before.role as Role, said));
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
  { fund = before.fund, ...said }: Office,
): Promise<void> {
  if (before.leftOn === null)
    throw notNow('not_left', 'The official has not left. POST /officials/{id}/move changes their office.');
  await transaction.tx.official.update({ where: { id: before.id }, data: { leftOn: null, ...said, fund } });
  const role = before.role as Role;
  const { area, rank } = said;
  await record(transaction, 'official_returned', {}, { official: before.id, role, rank, area });
  await fillGap(transaction, postOf(role, { ...said, fund }));
}

/** The post that an official fills: in the office of an area, or of a centre. */
export const postOf = (role: Role, { area, rank, centreId, fund }: Office): Post => ({
  role,
  rank,
  area: centreId ?? area,
  ...(fund !== undefined && { fund }),
});

/**
 * Checks the centre of an official: a training officer may belong to one in the office's area.
 *
 * @throws Refusal 422
 */
export async function checkCentre(
  tx: Pick<Tx, 'centre'>,
  { role, area }: { role: string; area: Soato },
  centreId: string | null,
): Promise<void> {
  if (centreId === null) return;
  const centre = await tx.centre.findUnique({ where: { id: centreId } });
  const wrong = centreProblem({ role, area }, centre);
  if (wrong) throw wrongField('centre', wrong.code, wrong.detail);
}

/** Why an official cannot belong to a centre; undefined when they can. */
export function centreProblem(
  { role, area }: { role: string; area: Soato },
  centre: { district: Soato } | null | undefined,
): { code: string; detail: string } | undefined {
  if (role !== 'training_officer')
    return { code: 'wrong_role', detail: 'Leave this out: only a training officer belongs to a centre.' };
  if (!centre) return { code: 'unknown_centre', detail: 'No such centre is recorded. Check the number.' };
  return contains(area, centre.district)
    ? undefined
    : {
        code: 'outside_area',
        detail: 'The centre lies outside the official’s area. Give another of the two.',
      };
}

/** An official whose office changes, locked. @throws Refusal 404 when there is none */
export async function lockOfficial({ tx }: Transaction, id: string): Promise<Official> {
  await tx.$queryRaw`SELECT id FROM officials WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.official.findUnique({ where: { id } });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such official. Check the id.');
  return row;
}
