import { temporalAt } from '../api/workflows';
import { type Db, openDb, type Json } from '../prisma/db';
import { dayOf } from '../domain/day';
import { birthDayOf, sexOf } from '../domain/pinfl';
import { lineOf } from '../domain/money/lines';
import { programmes } from '../domain/policy';
import { levelOf, parentsOf } from '../domain/soato';
import type { EventType } from '../domain/words/events.en';
import { systemClock } from '../records/clock';
import { record } from '../records/events';
import { openLine, setLine } from '../records/money/lines';
import { nextNumber } from '../records/numbers';
import { commonConfig, readEnv, temporalConnection } from '../records/config';
import { readSettings } from '../records/settings';
import { change, type Records, type Unit } from '../records/unit';
import * as sample from './sample/tables';

export { sampleRegisterWorld } from './sample/tables';

const SAMPLE = 'sample';

/** So'm on every line of the sample regions. */
const ON_A_LINE = 20_000_000_000n;
/** Lines of so many years: the twelfth month of somebody hired in December is payable two years later. */
const YEARS = 3;

/**
 * Loads the sample world: territories, calendar, officials, employers with vacancies, people with their work
 * recommendations valid from today on. What is there already stays as it is, so it can be run again.
 */
export async function loadSampleData({ records }: { records: Records }): Promise<void> {
  const actor = { id: 'administrator-1', role: 'administrator', rank: 'officer', area: '' } as const;
  const cause = { actor, subject: SAMPLE, correlationId: 'sample-data' };
  const steps = [
    loadTerritories,
    loadCalendar,
    loadOfficials,
    loadEmployers,
    loadPeople,
    loadAccounts,
    loadLines,
  ];
  for (const step of steps) await change(records, cause, step);
}

async function loadCalendar(unit: Unit): Promise<void> {
  await unit.tx.calendarEntry.createMany({ data: sample.calendar(), skipDuplicates: true });
}

/** Begins the workflows of the rows that the sample world has; those that a server does not take now `npm run reconcile` begins. */
export async function wakeSampleRows(db: Db, refresh: (subject: string) => Promise<void>): Promise<void> {
  for (const { id, target } of await db.outbox.findMany({ where: { subject: SAMPLE } })) {
    await refresh(target);
    await db.outbox.delete({ where: { id } });
  }
}

/** One event about one thing, under its own name. */
const note = (
  unit: Unit,
  subject: string,
  type: EventType,
  about: object = {},
  params: Record<string, Json> = {},
) => record({ ...unit, subject }, type, about, params);

async function loadTerritories(unit: Unit): Promise<void> {
  const regions = sample
    .regions()
    .map(({ soato: code, name_latn, name_cyrl }) => ({ code, name_latn, name_cyrl }));
  const wanted = [...regions, ...sample.territories().map((place) => ({ ...place, name_cyrl: null }))];
  const known = new Set(
    (await unit.tx.territory.findMany({ select: { code: true } })).map(({ code }) => code),
  );
  for (const { code, name_latn, name_cyrl } of wanted.filter((place) => !known.has(place.code))) {
    await unit.tx.territory.create({
      data: {
        code,
        kind: levelOf(code),
        parent: parentsOf(code)[0] || null,
        nameLatn: name_latn,
        nameCyrl: name_cyrl,
      },
    });
    await note(unit, `territory/${code}`, 'territory_recorded', {}, { code });
  }
}

async function loadOfficials(unit: Unit): Promise<void> {
  const known = new Set((await unit.tx.official.findMany({ select: { id: true } })).map(({ id }) => id));
  for (const official of sample.officials().filter(({ id }) => !known.has(id))) {
    await unit.tx.official.create({ data: official });
    await note(unit, `official/${official.id}`, 'official_recorded', {}, { official: official.id });
  }
}

async function loadEmployers(unit: Unit): Promise<void> {
  const known = new Set(
    (await unit.tx.employer.findMany({ select: { stir: true } })).map(({ stir }) => stir),
  );
  const vacancies = sample.vacancies();
  for (const employer of sample.employers().filter(({ stir }) => !known.has(stir))) {
    const employerId = await nextNumber(unit.tx, 'employer');
    await unit.tx.employer.create({ data: { id: employerId, ...employer } });
    await note(unit, `employer/${employerId}`, 'employer_recorded', { employerId });
    for (const { stir, hours_per_week: hoursPerWeek, ...job } of vacancies) {
      if (stir !== employer.stir) continue;
      const id = await nextNumber(unit.tx, 'vacancy');
      await unit.tx.vacancy.create({ data: { id, employerId, hoursPerWeek, ...job } });
      await note(unit, `vacancy/${id}`, 'vacancy_recorded', { employerId });
    }
  }
}

/** Every employer's account is confirmed. */
async function loadAccounts(unit: Unit): Promise<void> {
  const stirs = sample.employers().map(({ stir }) => stir);
  const employers = await unit.tx.employer.findMany({ where: { stir: { in: stirs } } });
  for (const { id: employerId, stir } of employers) {
    if (await unit.tx.account.findFirst({ where: { employerId } })) continue;
    await unit.tx.account.create({
      data: {
        id: await nextNumber(unit.tx, 'account'),
        employerId,
        number: `20208000${stir}001`,
        mfo: '00014',
        holderStir: stir,
        state: 'confirmed',
        proposedBy: SAMPLE,
        proposedAt: unit.now,
        confirmedBy: SAMPLE,
        confirmedAt: unit.now,
        usableFrom: unit.now,
      },
    });
  }
}

/** Every programme has money in the employers' regions. */
async function loadLines(unit: Unit): Promise<void> {
  const regions = new Set(sample.employers().map(({ district }) => district.slice(0, 4)));
  const first = Number(unit.today.slice(0, 4));
  for (const region of regions)
    for (const programme of programmes)
      for (let year = first; year < first + YEARS; year++) {
        if (await unit.tx.budgetLine.findUnique({ where: { id: lineOf(programme, region, year) } })) continue;
        const id = await openLine(unit, { programme, region, year });
        await setLine(unit, id, ON_A_LINE, `Sample budget of ${year}`);
      }
}

async function loadPeople(unit: Unit): Promise<void> {
  const known = new Set(
    (await unit.tx.person.findMany({ select: { pinfl: true } })).map(({ pinfl }) => pinfl),
  );
  for (const person of sample.people().filter(({ pinfl }) => !known.has(pinfl))) {
    const { pinfl, name, mahalla, phone, email, skills, wishes: kinds } = person;
    const { validUntil = null, ...recommendation } = sample.recommendationOf(person, unit.today) ?? {};
    const id = await nextNumber(unit.tx, 'person');
    await unit.tx.person.create({
      data: {
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
        createdAt: unit.now,
      },
    });
    await note(unit, `person/${id}`, 'person_recorded', { personId: id });
  }
}

/** `tsx tools/sample-data.ts`: loads into DATABASE_URL, and what registers know into the sandbox at REGISTERS_URL. */
async function main(): Promise<void> {
  const env = readEnv(commonConfig, process.env);
  const db = openDb(env.DATABASE_URL, 2);
  const temporal = temporalAt(temporalConnection(env), env.TEMPORAL_NAMESPACE);
  try {
    await loadSampleData({ records: { db, clock: systemClock, settings: readSettings(env.SETTINGS_FILE) } });
    await wakeSampleRows(db, (subject) => temporal.workflows.refresh(subject)).catch(() =>
      console.error('Temporal does not answer: npm run reconcile begins what waits.'),
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
  if (!answer.ok)
    throw new Error(`the sandbox registers did not take the sample data: ${await answer.text()}`);
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
