import { openDb, type Json } from '../prisma/db';
import { dayOf } from '../domain/day';
import { birthDayOf, sexOf } from '../domain/pinfl';
import { levelOf, parentsOf } from '../domain/soato';
import type { EventType } from '../domain/words/events.en';
import { systemClock } from '../records/clock';
import { record } from '../records/events';
import { nextNumber } from '../records/numbers';
import { readSettings } from '../records/settings';
import { change, type Records, type Unit } from '../records/unit';
import * as sample from './sample/tables';

export { sampleRegisterWorld } from './sample/tables';

/**
 * Loads the sample world: territories, calendar, officials, employers with vacancies, people with their work
 * recommendations valid from today on. What is there already stays as it is, so it can be run again.
 */
export async function loadSampleData({ records }: { records: Records }): Promise<void> {
  const actor = { id: 'administrator-1', role: 'administrator', rank: 'officer', area: '' } as const;
  const cause = { actor, subject: 'sample', correlationId: 'sample-data' };
  await change(records, cause, async (unit) => {
    await loadTerritories(unit);
    await unit.tx.calendarEntry.createMany({ data: sample.calendar(), skipDuplicates: true });
    await loadOfficials(unit);
    await loadEmployers(unit);
    await loadPeople(unit);
  });
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
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is not set');
  const db = openDb(url, 2);
  try {
    await loadSampleData({
      records: { db, clock: systemClock, settings: readSettings(process.env['SETTINGS_FILE']) },
    });
  } finally {
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
