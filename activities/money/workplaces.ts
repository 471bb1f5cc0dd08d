import type { AdaptationApplication } from '../../domain/money/commands';
import type { Subsidy } from '../../prisma/generated/client';
import { acceptedCosts } from '../../records/money/terms';
import { notNow } from '../../records/refusal';
import type { Unit } from '../../records/unit';

/** How many of the people named for an adaptation were hired and still work there. */
export async function stillEmployed(unit: Unit, { application, employerId }: Subsidy): Promise<number> {
  const { workers } = application as AdaptationApplication;
  const employed = await unit.tx.employment.findMany({
    where: {
      personId: { in: workers.map(({ person }) => person) },
      employerId,
      state: { not: 'ended' },
      endedOn: null,
    },
    distinct: ['personId'],
    select: { personId: true },
  });
  return employed.length;
}

/** @throws Refusal 409 for more workplaces whose costs were accepted than people named who still work there [PQ-4804] */
export async function mustBeEnoughWorkers(unit: Unit, row: Subsidy): Promise<void> {
  const accepted = acceptedCosts(row).filter(({ acceptedTiyin }) => acceptedTiyin > 0n);
  const workplaces = new Set(accepted.map(({ workplace }) => workplace)).size;
  const employed = await stillEmployed(unit, row);
  if (workplaces > employed)
    throw notNow(
      'too_many_workplaces',
      `${workplaces} workplaces were adapted and ${employed} of the people named still work there.`,
    );
}
