import { type Day, dayOf, daysBetween } from '../../../domain/day';
import { median, percentile } from '../../../domain/quantile';
import { type PathwayFigures, pathwayOf } from '../../../domain/reports/pathway';
import type { Db } from '../../../prisma/db';
import { readLaw } from '../../../records/kernel/law';
import { numberOn } from '../../../records/kernel/policy-numbers';
import { readPathwayFacts } from '../../../records/reads/reports';

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
  const facts = await readPathwayFacts(db, { from, to });
  const law = await readLaw(db, db, now);
  const monthsOn = (day: Day) => numberOn(law, 'retentionMonths', day).n;
  const seekers = facts.cases.filter(({ measures }) => measures[0]?.kind === 'job');
  return {
    figures: pathwayOf(facts, { from, to, now, monthsOn }),
    waits: {
      work: waitOf(
        seekers.flatMap(({ plannedOn, hires }) => {
          const [first] = hires.map(({ confirmedOn }) => confirmedOn).toSorted();
          return first === undefined ? [] : daysBetween(plannedOn, first);
        }),
      ),
      answer: waitOf(await daysToAnswer(db)),
      resolution: waitOf(
        facts.inspections.flatMap(({ openedAt, resolvedAt }) =>
          resolvedAt === null ? [] : daysBetween(dayOf(openedAt), dayOf(resolvedAt)),
        ),
      ),
    },
    withoutWork: seekers.filter(({ hires }) => hires.length === 0).length,
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
