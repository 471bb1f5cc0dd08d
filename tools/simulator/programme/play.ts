import { z } from 'zod';
import { at } from '../../../domain/day';
import { defaultSettings } from '../../../domain/settings';
import { openDb } from '../../../prisma/db';
import { loadSampleData } from '../../sample-data';
import type { Ground } from '../ground';
import { ScenarioError } from '../scenario';
import { createWorld, standingAt, type World } from '../world';
import { Diary } from './diary';
import { type Counted, liveYear, nothingCounted, type Year } from './lives';
import { type Profile, readProfile } from './profile';
import { readOutcome } from './outcome';
import { Refused, setUpRegion, voicesOf } from './region';
import { compared, readReport } from './report';
import { changedLaw, decree, type Law, lawOn } from './rules';
import { type Played, sideBySide } from './side-by-side';
import { readTable, type RegionRow, totalOf } from './table';

const FIRST_DAY = '2023-01-01';
const LAST_DAY = '2023-12-31';
const starts = at(FIRST_DAY, '09:00');
const LANES = 2;
/** The most people on one server. A server with two thousand open executions has hung before. */
const MOST_TOGETHER = 400;

const options = z.object({
  table: z.string(),
  policy: z.string().optional(),
  profile: z.string().optional(),
  share: z.coerce.number().gt(0).max(1).default(1),
  seed: z.coerce.number().int().default(1),
});

type Write = (line: string) => void;

/**
 * Plays the year 2023 of the programme's table through the API, on a few time-skipping servers and in one database. Then compares the
 * report with the table. With a policy's changes it plays the year again under them, and prints both years side by side.
 *
 * @param share the played part of the table, rounded by largest remainder
 * @param seed another seed gives another year with the same sums
 * @param policy a file with a part of the rules
 * @returns whether all columns agree to the person, under the law as it is
 * @throws ScenarioError for options that make no sense
 */
export async function playProgramme(
  ground: Ground,
  given: z.input<typeof options>,
  write: Write,
): Promise<boolean> {
  const read = options.safeParse(given);
  if (!read.success) throw new ScenarioError(z.prettifyError(read.error));
  const { table, share, seed, policy } = read.data;
  const profile = readProfile(read.data.profile);
  const law = lawOn(FIRST_DAY);
  const other = policy === undefined ? undefined : changedLaw(law, policy);
  const rows = readTable(table, share).filter((row) => totalOf(row) > 0);
  const people = rows.reduce((sum, row) => sum + totalOf(row), 0);
  write(`${people} people in ${rows.length} regions, ${FIRST_DAY} to ${LAST_DAY}\n`);

  const play = (under: Law) => playYear(ground, rows, { profile, seed, law: under }, write);
  const played = await play(law);
  if (other?.changed) {
    write(`\nThe same year again, with ${other.changed.file}\n`);
    const again = await play(other);
    for (const line of ['', ...sideBySide(played, again, other.changed)]) write(line);
  }
  return played.agrees;
}

interface Compared extends Played {
  agrees: boolean;
}

/** Plays the year under one law, in a fresh database, and compares the report with the table. */
async function playYear(
  ground: Ground,
  rows: readonly RegionRow[],
  setting: Setting,
  write: Write,
): Promise<Compared> {
  const database = await ground.freshDatabase();
  const begun = performance.now();
  const stopped = new Map<string, number>();
  try {
    await prepare(database.url, setting.law);
    await inLanes(batchesOf(rows), async (batch) => {
      const world = await createWorld(ground, { starts, database: database.url });
      try {
        await playBatch(world, batch, { ...setting, stopped }, write);
      } finally {
        await world.stop();
      }
    });
    const now = at(LAST_DAY, '23:00');
    const world = await createWorld(ground, { starts: now, database: database.url });
    try {
      const { lines, agrees } = compared(rows, await readReport(world, FIRST_DAY, LAST_DAY));
      for (const line of ['', ...lines]) write(line);
      const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
      write(
        `\n${agrees ? 'All columns agree to the person.' : 'Columns do not agree.'} It took ${minutes} minutes.`,
      );
      return {
        agrees,
        stopped,
        outcome: await readOutcome(world.db, { from: FIRST_DAY, to: LAST_DAY, now }),
      };
    } finally {
      await world.stop();
    }
  } finally {
    await database.drop();
  }
}

interface Setting {
  profile: Profile;
  seed: number;
  law: Law;
}

async function prepare(url: string, law: Law): Promise<void> {
  const db = openDb(url, 2);
  await loadSampleData({ records: { db, clock: standingAt(starts), settings: defaultSettings } });
  await decree(db, law, FIRST_DAY, starts);
  await db.$disconnect();
}

/**
 * Ends a life that a rule refuses. Only changed rules may do so: under the law as it is a refusal is a mistake of the simulator.
 *
 * @param stopped the lives that ended so, by the refusal's words
 */
const untilRefused =
  (life: () => Promise<void>, { changed }: Law, stopped: Map<string, number>) =>
  async (): Promise<void> => {
    try {
      await life();
    } catch (error) {
      if (!(error instanceof Refused) || !changed || error.answer.status >= 500) throw error;
      const { detail } = problem.parse(error.answer.body);
      stopped.set(detail, (stopped.get(detail) ?? 0) + 1);
    }
  };
const problem = z.object({ detail: z.string() });

interface Numbered {
  row: RegionRow;
  n: number;
}

/** The regions that are played together on one server. Small regions share a server, a large region has its own. */
function batchesOf(rows: readonly RegionRow[]): Numbered[][] {
  const people = rows.reduce((sum, row) => sum + totalOf(row), 0);
  const most = Math.min(MOST_TOGETHER, Math.ceil(people / LANES));
  const batches: Numbered[][] = [];
  let room = 0;
  for (const [n, row] of rows.entries()) {
    if (room < totalOf(row) / 2) {
      batches.push([]);
      room = most;
    }
    batches.at(-1)?.push({ row, n });
    room -= totalOf(row);
  }
  return batches;
}

/** Two servers run at a time: one works while the other waits. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function playBatch(
  world: World,
  batch: readonly Numbered[],
  { profile, seed, law, stopped }: Setting & { stopped: Map<string, number> },
  write: Write,
): Promise<void> {
  const begun = performance.now();
  const speak = voicesOf(world);
  const diary = new Diary(FIRST_DAY);
  const begin: Year['begin'] = (life) => diary.begin(untilRefused(life, law, stopped));
  const years: (Year & { row: RegionRow })[] = [];
  for (const { row, n } of batch) {
    const region = await setUpRegion(world, row, { profile, seed, n, from: FIRST_DAY, speak });
    const { rules } = law;
    years.push({ world, region, diary, counted: nothingCounted(), profile, seed, rules, begin, row });
  }
  for (const year of years)
    for (const person of year.region.participants) begin(() => liveYear(year, person));

  const name = years.map(({ row }) => row.soato).join(' ');
  let month = FIRST_DAY.slice(0, 7);
  await diary.live(LAST_DAY, async (day) => {
    if (day.slice(0, 7) !== month) write(`  ${name}: ${month} is over, ${begunOf(years)} people have begun`);
    month = day.slice(0, 7);
    await world.clock.advanceTo(at(day, '10:00'));
    await world.settle();
  });
  await world.clock.advanceTo(at(LAST_DAY, '20:00'));
  await world.settle();
  for (const { row, counted } of years) write(`${row.name}: ${inWords(counted)}`);
  write(`  (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
}

const begunOf = (years: readonly Year[]): number =>
  years.reduce((sum, { counted }) => sum + counted.placed + counted.begun, 0);

const inWords = ({
  placed,
  begun,
  referrals,
  rejected,
  silent,
  complied,
  breached,
  jobsLost,
  subsidised,
}: Counted): string =>
  `${placed} placed, ${begun} in other measures; ${referrals} referrals, ${rejected} rejected, ${silent} unanswered; ` +
  `${complied} brought to hire, ${breached} breaches; ${jobsLost} lost the job; ${subsidised} subsidies ordered`;
