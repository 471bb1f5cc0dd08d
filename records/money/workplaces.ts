import { employingIn } from './payees';
import type { AdaptationApplication } from '../../contracts/adaptation';
import { type Adapted, withoutPerson, workplacesOf } from '../../domain/money/adaptation';
import type { Subsidy } from '../../prisma/generated/client';
import { notNow } from '../kernel/refusal';
import type { Transaction } from '../kernel/transaction';
import { acceptedCosts } from './terms';

/** The people named for an adaptation who were hired, live and still work there. */
export async function stillEmployed(transaction: Transaction, row: Subsidy): Promise<string[]> {
  const people = peopleOf(row);
  const employed = await transaction.tx.employment.findMany({
    where: {
      personId: { in: people },
      employerId: employingIn(row),
      state: { not: 'ended' },
      endedOn: null,
    },
    distinct: ['personId'],
    select: { personId: true },
  });
  const living = await transaction.tx.person.findMany({
    where: { id: { in: employed.map(({ personId }) => personId) }, diedOn: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return living.map(({ id }) => id);
}

/**
 * The other valid adaptations for some of these people, with the people who count for their workplaces: those who still work
 * there or, while the labour register is asked, all who are named. Two applications for one person follow each other.
 *
 * @param except the adaptation's own number, once it has one
 */
export async function othersFor(
  transaction: Transaction,
  people: readonly string[],
  except?: string,
): Promise<Adapted[]> {
  await transaction.tx
    .$queryRaw`SELECT id FROM people WHERE id = ANY(${[...people]}) ORDER BY id FOR NO KEY UPDATE`;
  const standing = await transaction.tx.subsidy.findMany({
    where: {
      programme: 'workplace_adaptation',
      state: { notIn: ['refused', 'abandoned', 'stopped'] },
      OR: people.map((person) => ({
        application: { path: ['workers'], array_contains: [{ person }] },
      })),
      ...(except !== undefined && { id: { not: except } }),
    },
    orderBy: { id: 'asc' },
  });
  const adapted: Adapted[] = [];
  for (const row of standing)
    adapted.push({
      workplaces: workplacesPaidFor(row),
      people: row.confirmedAt === null ? peopleOf(row) : await stillEmployed(transaction, row),
    });
  return adapted;
}

const peopleOf = ({ application }: Subsidy): string[] => [
  ...new Set((application as AdaptationApplication).workers.map(({ person }) => person)),
];

/** The workplaces whose costs were accepted, or all before the review. */
const workplacesPaidFor = (row: Subsidy): string[] =>
  workplacesOf(acceptedCosts(row).filter(({ acceptedTiyin }) => acceptedTiyin > 0n));

/** @throws Refusal 409 for more workplaces with accepted costs than people who count for one [PQ-4804, money §2] */
export async function mustBeEnoughWorkers(transaction: Transaction, row: Subsidy): Promise<void> {
  const workplaces = workplacesPaidFor(row);
  const people = await stillEmployed(transaction, row);
  const left = withoutPerson({ workplaces, people }, await othersFor(transaction, people, row.id));
  if (left.length > 0)
    throw notNow(
      'too_many_workplaces',
      `${workplaces.length} workplaces were adapted and ${people.length} of the people named still work there; ` +
        `nobody who does not stand for another workplace is left for ${left.join(', ')}.`,
    );
}
