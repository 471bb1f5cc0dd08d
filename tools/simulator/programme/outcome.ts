import { afterDay, at, type Day, dayOf, daysBetween } from '../../../domain/day';
import { median, percentile } from '../../../domain/quantile';
import { figuresOf, noPathway, type PathwayFigures } from '../../../domain/reports/pathway';
import type { Db } from '../../../prisma/db';
import { readPathway } from '../../../records/reads/reports/pathway';

/** Calendar days of waiting: how many waits, half of them at most this long, nine of ten at most this long. */
export interface Wait {
  n: number;
  median: number | undefined;
  p90: number | undefined;
}

/** The year's outcome for the pathway: the figures of its report, and the waits. */
export interface Outcome {
  figures: PathwayFigures;
  waits: { work: Wait; answer: Wait; resolution: Wait };
  /** Persons with a plan for a job and without any hire. */
  withoutWork: number;
}

/** Reads the outcome of a year that was played. */
export async function readOutcome(
  db: Db,
  { from, to, now }: { from: Day; to: Day; now: Date },
): Promise<Outcome> {
  const report = await readPathway(db, { from, to, now });
  const seekers = await db.case.findMany({
    where: {
      plannedAt: { gte: at(from, '00:00'), lt: afterDay(to) },
      measures: { some: { n: 1, kind: 'job' } },
    },
    select: {
      plannedAt: true,
      employments: { where: { how: { not: 'successor' } }, select: { confirmedAt: true } },
    },
  });
  const inspections = await db.inspection.findMany({
    where: { openedAt: { gte: at(from, '00:00'), lt: afterDay(to) }, resolvedAt: { not: null } },
  });
  return {
    figures: figuresOf(report.get('') ?? noPathway),
    waits: {
      work: waitOf(
        seekers.flatMap(({ plannedAt, employments }) => {
          const [first] = employments.map(({ confirmedAt }) => dayOf(confirmedAt)).toSorted();
          return first === undefined || plannedAt === null ? [] : daysBetween(dayOf(plannedAt), first);
        }),
      ),
      answer: waitOf(await daysToAnswer(db)),
      resolution: waitOf(
        inspections.flatMap(({ openedAt, resolvedAt }) =>
          resolvedAt === null ? [] : daysBetween(dayOf(openedAt), dayOf(resolvedAt)),
        ),
      ),
    },
    withoutWork: seekers.filter(({ employments }) => employments.length === 0).length,
  };
}

const waitOf = (days: readonly number[]): Wait => ({
  n: days.length,
  median: median(days),
  p90: percentile(days, 90),
});

/** The days from each referral's issue until the employer's answer, or until the end of the employer's time without one. */
async function daysToAnswer(db: Db): Promise<number[]> {
  const rows = await db.$queryRaw<{ issued: Date; answered: Date }[]>`
    SELECT r.issued_at AS issued, least(r.decided_at, t.due) AS answered
    FROM referrals r
    LEFT JOIN LATERAL (
      SELECT due FROM tasks WHERE subject = 'referral/' || r.id AND kind = 'decision' ORDER BY id DESC LIMIT 1
    ) t ON true
    WHERE r.decided_at IS NOT NULL OR r.state = 'silent'`;
  return rows.map(({ issued, answered }) => daysBetween(dayOf(issued), dayOf(answered)));
}
