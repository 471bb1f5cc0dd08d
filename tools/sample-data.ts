import { temporalAt } from '../api/http/workflows';
import { type Db, openDb } from '../prisma/db';
import { addDays, addMonths, type Day, dayOf } from '../domain/day';
import { birthDayOf, sexOf } from '../domain/pinfl';
import { lineOf } from '../domain/money/lines';
import { programmes } from '../domain/policy';
import { levelOf, parentsOf } from '../domain/soato';
import { systemClock } from '../records/kernel/clock';
import { type Entry, recordAll } from '../records/kernel/events';
import { openLine, setLine } from '../records/money/lines';
import { nextNumber, nextNumbers } from '../records/kernel/numbers';
import { commonConfig, readEnv, temporalConnection, settingsOf } from '../records/kernel/config';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import * as sample from './sample/tables';

export { sampleRegisterWorld } from './sample/tables';

const SAMPLE = 'sample';

/** So'm on every line of the sample regions. */
const ON_A_LINE = 20_000_000_000n;
/** The number of years with lines. The twelfth month of a hire in December is payable two years later. */
const YEARS = 3;

/**
 * Loads the sample world: territories, calendar, officials, employers with vacancies, and people with work recommendations that are
 * valid from today. Rows that exist stay as they are, so the load can be run again.
 *
 * @param money whether to add budget lines with money and the employers' accounts
 */
export async function loadSampleData({
  records,
  money = true,
}: {
  records: Records;
  money?: boolean;
}): Promise<void> {
  const actor = { id: 'administrator-1', role: 'administrator', rank: 'officer', area: '' } as const;
  const cause = { actor, subject: SAMPLE, correlationId: 'sample-data' };
  const steps = [
    loadTerritories,
    loadCalendar,
    loadCentres,
    loadOfficials,
    loadEmployers,
    loadPeople,
    ...(money ? [loadAccounts, loadLines] : []),
  ];
  for (const step of steps) await change(records, cause, step);
}

async function loadCalendar(transaction: Transaction): Promise<void> {
  await transaction.tx.calendarEntry.createMany({ data: sample.calendar(), skipDuplicates: true });
}

/** Begins the workflows of the sample rows. If a server does not answer, `npm run reconcile` begins the rest. */
export async function wakeSampleRows(db: Db, refresh: (subject: string) => Promise<void>): Promise<void> {
  for (const { id, target } of await db.outbox.findMany({ where: { subject: SAMPLE } })) {
    await refresh(target);
    await db.outbox.delete({ where: { id } });
  }
}

/** The rows of a list that are missing in the record, compared by their key. */
function missing<Key extends string, Row extends Record<Key, string>>(
  key: Key,
  wanted: readonly Row[],
  there: readonly Record<Key, string>[],
): Row[] {
  const known = new Set(there.map((row) => row[key]));
  return wanted.filter((row) => !known.has(row[key]));
}

/** Rows with the next business numbers of their kind. */
async function numbered<Row extends object>(
  { tx }: Transaction,
  kind: 'employer' | 'vacancy' | 'person' | 'centre' | 'course',
  rows: readonly Row[],
): Promise<(Row & { id: string })[]> {
  const ids = await nextNumbers(tx, kind, rows.length);
  return rows.map((row, n) => ({ ...row, id: ids[n] ?? '' }));
}

async function loadTerritories(transaction: Transaction): Promise<void> {
  const regions = sample.regions().map(({ soato: code, ...names }) => ({ code, ...names }));
  const wanted = [...regions, ...sample.territories().map((place) => ({ ...place, name_cyrl: null }))];
  const there = await transaction.tx.territory.findMany({ select: { code: true } });
  const places = missing('code', wanted, there);
  await transaction.tx.territory.createMany({
    data: places.map(({ code, name_latn: nameLatn, name_cyrl: nameCyrl }) => ({
      code,
      kind: levelOf(code),
      parent: parentsOf(code)[0] || null,
      nameLatn,
      nameCyrl,
    })),
  });
  const recorded = { type: 'territory_recorded', about: {} } as const;
  await recordAll(
    transaction,
    places.map(({ code }) => ({ ...recorded, subject: `territory/${code}`, params: { code } })),
  );
}

async function loadCentres(transaction: Transaction): Promise<void> {
  const there = await transaction.tx.centre.findMany({ select: { stir: true } });
  const centres = await numbered(transaction, 'centre', missing('stir', sample.centres(), there));
  await transaction.tx.centre.createMany({ data: centres });
  const offered = centres.flatMap(({ id: centreId, stir }) =>
    sample
      .courses()
      .flatMap((course) => (course.stir === stir ? [courseOf(course, centreId, transaction.today)] : [])),
  );
  const courses = await numbered(transaction, 'course', offered);
  await transaction.tx.course.createMany({ data: courses });
  await recordAll(transaction, [
    ...centres.map(({ id }): Entry => ({ type: 'centre_recorded', subject: `centre/${id}`, about: {} })),
    ...courses.map(({ id }): Entry => ({ type: 'course_recorded', subject: `course/${id}`, about: {} })),
  ]);
}

/** A course of a centre. Its days are counted from the first day of the sample world. */
function courseOf(course: ReturnType<typeof sample.courses>[number], centreId: string, from: Day) {
  const { field, title, level, language, places, weeks, skills, conditions, begins, ends } = course;
  return {
    centreId,
    field,
    title,
    level,
    language,
    places,
    rolling: weeks !== null,
    weeks,
    firstDay: begins === null ? null : addMonths(from, begins),
    lastDay: ends === null ? null : addDays(addMonths(from, ends), -1),
    heldOn: course.held_on,
    startsAt: course.starts_at,
    endsAt: course.ends_at,
    skills,
    entryConditions: course.entry_conditions,
    conditions,
  };
}

async function loadOfficials(transaction: Transaction): Promise<void> {
  const there = await transaction.tx.official.findMany({ select: { id: true } });
  const stirs = await transaction.tx.centre.findMany({ select: { id: true, stir: true } });
  const idOf = new Map(stirs.map(({ id, stir }) => [stir, id]));
  const officials = missing('id', sample.officials(), there).map(({ centre, ...official }) => ({
    ...official,
    centreId: centre === null ? null : (idOf.get(centre) ?? null),
  }));
  await transaction.tx.official.createMany({ data: officials });
  const recorded = { type: 'official_recorded', about: {} } as const;
  await recordAll(
    transaction,
    officials.map(({ id, name }) => ({
      ...recorded,
      subject: `official/${id}`,
      params: { official: id, name },
    })),
  );
}

const employerEntry = (type: Entry['type'], subject: string, employerId: string): Entry => ({
  type,
  subject,
  about: { employerId },
});

async function loadEmployers(transaction: Transaction): Promise<void> {
  const there = await transaction.tx.employer.findMany({ select: { stir: true } });
  const employers = await numbered(transaction, 'employer', missing('stir', sample.employers(), there));
  await transaction.tx.employer.createMany({ data: employers });
  const offered = sample.vacancies();
  const jobs = employers.flatMap((employer) =>
    offered
      .filter(({ stir }) => stir === employer.stir)
      .map(({ stir: _, hours_per_week: hoursPerWeek, ...job }) => ({
        ...job,
        employerId: employer.id,
        hoursPerWeek,
      })),
  );
  const vacancies = await numbered(transaction, 'vacancy', jobs);
  await transaction.tx.vacancy.createMany({ data: vacancies });
  const entries: Entry[] = [
    ...employers.map(({ id }) => employerEntry('employer_recorded', `employer/${id}`, id)),
    ...vacancies.map((job) => employerEntry('vacancy_recorded', `vacancy/${job.id}`, job.employerId)),
  ];
  await recordAll(transaction, entries);
}

/** Every employer's account is confirmed. */
async function loadAccounts(transaction: Transaction): Promise<void> {
  const stirs = sample.employers().map(({ stir }) => stir);
  const employers = await transaction.tx.employer.findMany({ where: { stir: { in: stirs } } });
  for (const { id: employerId, stir } of employers) {
    if (await transaction.tx.account.findFirst({ where: { employerId } })) continue;
    await transaction.tx.account.create({
      data: {
        id: await nextNumber(transaction.tx, 'account'),
        employerId,
        number: `20208000${stir}001`,
        mfo: '00014',
        holderStir: stir,
        state: 'confirmed',
        proposedBy: SAMPLE,
        proposedAt: transaction.now,
        confirmedBy: SAMPLE,
        confirmedAt: transaction.now,
        usableFrom: transaction.now,
      },
    });
  }
}

/** Every programme has money in the employers' regions. */
async function loadLines(transaction: Transaction): Promise<void> {
  const regions = new Set(sample.employers().map(({ district }) => district.slice(0, 4)));
  const first = Number(transaction.today.slice(0, 4));
  for (const region of regions)
    for (const programme of programmes)
      for (let year = first; year < first + YEARS; year++) {
        if (await transaction.tx.budgetLine.findUnique({ where: { id: lineOf(programme, region, year) } }))
          continue;
        const id = await openLine(transaction, { programme, region, year });
        await setLine(transaction, id, ON_A_LINE, `Sample budget of ${year}`);
      }
}

async function loadPeople(transaction: Transaction): Promise<void> {
  const there = await transaction.tx.person.findMany({ select: { pinfl: true } });
  const people = await numbered(transaction, 'person', missing('pinfl', sample.people(), there));
  await transaction.tx.person.createMany({
    data: people.map((person) => {
      const { id, pinfl, name, mahalla, phone, email, skills, wishes: kinds } = person;
      const { validUntil = null, ...recommendation } =
        sample.recommendationOf(person, transaction.today) ?? {};
      return {
        id,
        pinfl,
        name,
        birth: birthDayOf(pinfl),
        sex: sexOf(pinfl),
        mahalla,
        phone,
        email,
        skills,
        wishes: { kinds },
        ...(validUntil !== null && { recommendation, recommendedUntil: validUntil }),
        createdAt: transaction.now,
      };
    }),
  });
  await recordAll(
    transaction,
    people.map(({ id }) => ({ subject: `person/${id}`, type: 'person_recorded', about: { personId: id } })),
  );
}

/** `tsx tools/sample-data.ts`: loads the rows into DATABASE_URL, and the registers' data into the sandbox at REGISTERS_URL. */
async function main(): Promise<void> {
  const env = readEnv(commonConfig, process.env);
  const db = openDb(env.DATABASE_URL, 2);
  const temporal = temporalAt(temporalConnection(env), env.TEMPORAL_NAMESPACE);
  try {
    await loadSampleData({ records: { db, clock: systemClock, settings: settingsOf(env) } });
    await wakeSampleRows(db, (subject) => temporal.workflows.refresh(subject)).catch(() =>
      console.error('Temporal does not answer. When it does, begin the workflows: npm run reconcile'),
    );
  } finally {
    await temporal.close();
    await db.$disconnect();
  }
  const sandbox = process.env['REGISTERS_URL'];
  if (sandbox) await loadRegisters(sandbox, dayOf(await systemClock.now()));
}

async function loadRegisters(sandbox: string, today: string): Promise<void> {
  const answer = await fetch(`${sandbox}/script`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ load: sample.sampleRegisterWorld(today) }),
  });
  if (!answer.ok) throw new Error(`the sandbox registers refused the sample data: ${await answer.text()}`);
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
