import { z } from 'zod';
import { at } from '../../../domain/day';
import { defaultSettings } from '../../../domain/settings';
import { openDb } from '../../../prisma/db';
import { loadSampleData } from '../../sample-data';
import type { Ground } from '../ground';
import { ScenarioError } from '../scenario';
import { createWorld, standingAt, type World } from '../world';
import { Diary } from './diary';
import { type Counted, liveYear, nothingCounted } from './lives';
import { readProfile } from './profile';
import { setUpRegion } from './region';
import { compared, readReport, type Reported } from './report';
import { readTable, type RegionRow, totalOf } from './table';

const FIRST_DAY = '2023-01-01';
const LAST_DAY = '2023-12-31';
const starts = at(FIRST_DAY, '09:00');
const LANES = 2;

const options = z.object({
  table: z.string(),
  profile: z.string().optional(),
  share: z.coerce.number().gt(0).max(1).default(1),
  seed: z.coerce.number().int().default(1),
});

type Write = (line: string) => void;

/**
 * Plays the year 2023 of the programme's table through the API, each region on a time-skipping server of its own and all in one
 * database, and compares the report with the table.
 *
 * @param share how much of the table, rounded by largest remainder
 * @param seed another seed is another year with the same sums
 * @returns whether the columns of jobs agree to the person
 * @throws ScenarioError for options that make no sense
 */
export async function playProgramme(
  ground: Ground,
  given: z.input<typeof options>,
  write: Write,
): Promise<boolean> {
  const read = options.safeParse(given);
  if (!read.success) throw new ScenarioError(z.prettifyError(read.error));
  const { table, share, seed } = read.data;
  const profile = readProfile(read.data.profile);
  const rows = readTable(table, share).filter((row) => totalOf(row) > 0);
  const people = rows.reduce((sum, row) => sum + totalOf(row), 0);
  write(`${people} people in ${rows.length} regions, ${FIRST_DAY} to ${LAST_DAY}\n`);

  const database = await ground.freshDatabase();
  const begun = performance.now();
  let report: Reported[];
  try {
    await loadSample(database.url);
    await inLanes(rows, async (row, n) => {
      const world = await createWorld(ground, { starts, database: database.url });
      try {
        await playRegion(world, row, { profile, seed, n }, write);
      } finally {
        await world.stop();
      }
    });
    const world = await createWorld(ground, { starts: at(LAST_DAY, '23:00'), database: database.url });
    try {
      report = await readReport(world, FIRST_DAY, LAST_DAY);
    } finally {
      await world.stop();
    }
  } finally {
    await database.drop();
  }
  const { lines, agrees } = compared(rows, report);
  for (const line of ['', ...lines]) write(line);
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  write(
    `\n${agrees ? 'The columns of jobs agree to the person.' : 'The columns of jobs do not agree.'} It took ${minutes} minutes.`,
  );
  return agrees;
}

async function loadSample(url: string): Promise<void> {
  const db = openDb(url, 2);
  await loadSampleData({ records: { db, clock: standingAt(starts), settings: defaultSettings } });
  await db.$disconnect();
}

/** Two regions at a time: while one waits for its server, the other works. */
async function inLanes<T>(items: readonly T[], work: (item: T, n: number) => Promise<void>): Promise<void> {
  const left = items.map((item, n) => ({ item, n }));
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next.item, next.n);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function playRegion(
  world: World,
  row: RegionRow,
  setting: Pick<Parameters<typeof setUpRegion>[2], 'profile' | 'seed' | 'n'>,
  write: Write,
): Promise<void> {
  const begun = performance.now();
  const region = await setUpRegion(world, row, { ...setting, from: FIRST_DAY });
  const diary = new Diary(FIRST_DAY);
  const counted = nothingCounted();
  const year = { world, region, diary, counted, profile: setting.profile, seed: setting.seed };
  for (const person of region.participants) diary.begin(() => liveYear(year, person));

  let month = '';
  const isLong = totalOf(row) > 100;
  await diary.live(LAST_DAY, async (day) => {
    if (isLong && day.slice(0, 7) !== month) write(`  ${row.name} ${day.slice(0, 7)}: ${inWords(counted)}`);
    month = day.slice(0, 7);
    await world.clock.advanceTo(at(day, '10:00'));
    await world.settle();
  });
  await world.clock.advanceTo(at(LAST_DAY, '20:00'));
  await world.settle();
  write(`${row.name}: ${inWords(counted)} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
}

const inWords = ({
  placed,
  begun,
  referrals,
  rejected,
  silent,
  complied,
  breached,
  jobsLost,
}: Counted): string =>
  `${placed} placed, ${begun} in other measures; ${referrals} referrals, ${rejected} rejected, ${silent} unanswered; ` +
  `${complied} brought to hire, ${breached} breaches; ${jobsLost} lost the job`;
