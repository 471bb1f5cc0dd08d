import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Claims } from '../../../api/http/auth';
import { addDays, addMonths, type Day } from '../../../domain/day';
import { makePinfl, sexOf } from '../../../domain/pinfl';
import { acting } from '../people';
import type { Answer, Call, World } from '../world';
import { type Draw, drawOf } from './draw';
import type { Profile } from './profile';
import { type Column, columns, jobs, type RegionRow, totalOf } from './table';

/** A person who sends requests. */
export type Voice = (method: Call['method'], path: string, body?: unknown) => Promise<Answer>;

/** One of the programme's people, with the measure and the case manager. */
export interface Participant {
  pinfl: string;
  column: Column;
  /** Disability group, as TIEK has it. */
  group: 1 | 2 | 3;
  manager: Voice;
}

export interface Job {
  id: string;
  kind: 'vacant' | 'reserved';
  employerId: string;
  stir: string;
}

/** A region on the first day: its people, its jobs, and the callers who answer and decide. */
export interface Region {
  participants: Participant[];
  jobs: Job[];
  inspector: Voice;
  chief: Voice;
  employmentOfficer: Voice;
  employmentHead: Voice;
  /** The number of the region's centre, and its officer. */
  centre: string;
  trainingOfficer: Voice;
  employer(stir: string): Voice;
}

const works = ['office', 'assembly', 'sewing', 'warehouse', 'kitchen', 'handicraft', 'call_centre'] as const;
const names = ['Karimov', 'Rahimov', 'Yusupov', 'Tursunov', 'Saidov', 'Nazarov', 'Aliyev', 'Umarov'] as const;

export interface RegionSetting {
  profile: Profile;
  seed: number;
  /** The region's place in the table. It makes the region's numbers different from those of other regions. */
  n: number;
  from: Day;
  speak: (who: Claims) => Voice;
}

/**
 * Sets up a region through the API: a district with mahallas and their case managers, a supervisor, an employment office, employers
 * with vacant and reserved jobs, and the people. TIEK knows the people's recommendations.
 */
export async function setUpRegion(
  world: World,
  row: RegionRow,
  { profile, seed, n, from, speak }: RegionSetting,
): Promise<Region> {
  const draw = drawOf(seed, row.soato);
  const administrator = speak(acting('administrator').claims);
  const mahallas = await foundDistrict(administrator, row, profile.peoplePerMahalla);
  const managers = await appoint(administrator, row.soato, mahallas, speak);

  const people = peopleOf(row, draw, n).map((person, i) => ({
    ...person,
    mahalla: mahallas[i % mahallas.length] ?? '',
  }));
  await send(
    administrator,
    '/v1/people/import',
    people.map(({ column: _, ...person }) => person),
  );
  const recommendations = people.map(({ pinfl }) => recommendation(pinfl, draw, from));
  await world.register({ load: { people: recommendations } });
  const groups = new Map(recommendations.map(({ pinfl, group }) => [pinfl, group]));
  await putMoney(administrator, row.soato, from, speak);
  const { centre, trainingOfficer } = await foundCentre(administrator, row, n, speak);

  const district = districtOf(row);
  const inspectors = { role: 'labour_inspector', area: row.soato } as const;
  return {
    participants: people.map(({ pinfl, mahalla, column }) => ({
      pinfl,
      column,
      group: groups.get(pinfl) ?? 3,
      manager: managers.get(mahalla) ?? administrator,
    })),
    jobs: await openJobs(administrator, row, n, profile),
    inspector: speak(acting(inspectors).claims),
    chief: speak(acting({ ...inspectors, rank: 'head' }).claims),
    employmentOfficer: speak({
      sub: `employment_officer-${district}`,
      role: 'employment_officer',
      area: district,
    }),
    employmentHead: speak({
      sub: `employment_head-${district}`,
      role: 'employment_officer',
      rank: 'head',
      area: district,
    }),
    centre,
    trainingOfficer,
    employer: (stir) => speak(acting(`employer:${stir}`).claims),
  };
}

/** The most requests at once. */
const AT_ONCE = 6;

/** Sends at most this many requests at once; the others wait for their turn. */
export function voicesOf(world: World): (who: Claims) => Voice {
  let speaking = 0;
  const queue: (() => void)[] = [];
  return (who) => async (method, path, body) => {
    if (speaking >= AT_ONCE) await new Promise<void>((turn) => queue.push(turn));
    speaking += 1;
    try {
      return await world.call(who, { method, path, body });
    } finally {
      speaking -= 1;
      queue.shift()?.();
    }
  };
}

async function foundDistrict(
  administrator: Voice,
  row: RegionRow,
  peoplePerMahalla: number,
): Promise<string[]> {
  const district = districtOf(row);
  const mahallas = Array.from(
    { length: Math.ceil(totalOf(row) / peoplePerMahalla) },
    (_, i) => district + String(i + 1).padStart(3, '0'),
  );
  await send(administrator, '/v1/territories/import', [
    { code: district, nameLatn: `${row.name}, dastur tumani` },
    ...mahallas.map((code, i) => ({ code, nameLatn: `${i + 1}-mahalla` })),
  ]);
  return mahallas;
}

const districtOf = (row: RegionRow): string => `${row.soato}999`;

/** A supervisor and an employment office for the district, a case manager for each mahalla. */
async function appoint(
  administrator: Voice,
  region: string,
  mahallas: readonly string[],
  speak: (who: Claims) => Voice,
): Promise<Map<string, Voice>> {
  const district = `${region}999`;
  const record = async (
    id: string,
    role: Claims['role'],
    area: string,
    rank: 'officer' | 'head' = 'officer',
  ) => {
    const name = `${role} of ${area}`;
    mustBeDone(
      await administrator('POST', '/v1/officials', { id, name, role, rank, area }),
      `official ${id}`,
    );
  };
  await record(`supervisor-${district}`, 'supervisor', district);
  await record(`employment_officer-${district}`, 'employment_officer', district);
  await record(`employment_head-${district}`, 'employment_officer', district, 'head');
  const managers = new Map<string, Voice>();
  for (const mahalla of mahallas) {
    const id = `case_manager-${mahalla}`;
    await record(id, 'case_manager', mahalla);
    managers.set(mahalla, speak({ sub: id, role: 'case_manager', area: mahalla }));
  }
  return managers;
}

/** The weeks of a course. */
const COURSE_WEEKS = 10;

/** A centre with an officer, and rolling courses that teach all kinds of work of the region, and an own business. */
async function foundCentre(
  administrator: Voice,
  row: RegionRow,
  n: number,
  speak: (who: Claims) => Voice,
): Promise<Pick<Region, 'centre' | 'trainingOfficer'>> {
  const district = districtOf(row);
  const stir = String(390_000_000 + n);
  const founded = { stir, kind: 'monomarkaz', name: `${row.name} monomarkazi`, district };
  const { id: centre } = z
    .object({ id: z.string() })
    .parse(mustBeDone(await administrator('POST', '/v1/centres', founded), 'centre'));
  const role = 'training_officer' as const;
  for (const rank of ['officer', 'head'] as const) {
    const official = { id: `${role}-${rank}-${district}`, name: `${role} of ${centre}`, role, rank };
    mustBeDone(
      await administrator('POST', '/v1/officials', { ...official, area: district, centre }),
      `official ${official.id}`,
    );
  }
  await send(
    administrator,
    '/v1/courses/import',
    ['entrepreneurship', ...works].map((field) => ({
      stir,
      field,
      title: field,
      level: 'beginner',
      language: 'uz',
      places: Math.max(2, row.counts.training),
      rolling: 'yes',
      weeks: COURSE_WEEKS,
      heldOn: 'monday;wednesday;friday',
      startsAt: '09:00',
      endsAt: '13:00',
    })),
  );
  return { centre, trainingOfficer: speak({ sub: `${role}-officer-${district}`, role, area: district }) };
}

/** One finance officer proposes the year's line and the next's for wage subsidies, another decides. */
async function putMoney(
  administrator: Voice,
  region: string,
  from: Day,
  speak: (who: Claims) => Voice,
): Promise<void> {
  const finance = async (which: string): Promise<Voice> => {
    const office = { role: 'finance_officer', rank: 'officer', area: region } as const;
    const id = `finance-${which}-${region}`;
    const recorded = await administrator('POST', '/v1/officials', { id, name: id, ...office });
    mustBeDone(recorded, `official ${id}`);
    return speak({ sub: id, ...office });
  };
  const [proposer, decider] = [await finance('1'), await finance('2')];
  const year = Number(from.slice(0, 4));
  for (const each of [year, year + 1]) {
    const line = `/v1/budget-lines/hire_pwd-${region}-${each}`;
    const asked = await proposer('PUT', line, { amount: 1e12, act: `Budget of ${each}` });
    const { id } = z.object({ id: z.string() }).parse(mustBeDone(asked, line));
    const decision = `/v1/approvals/${id}/decision`;
    mustBeDone(await decider('POST', decision, { approve: true }), decision);
  }
}

/** People of working age in random order, with the row's number of people for each column. */
function peopleOf(row: RegionRow, draw: Draw, n: number) {
  return columns
    .flatMap((column) => Array.from({ length: row.counts[column] }, () => column))
    .map((column, i) => {
      const birth = addDays('1964-01-01', draw.between([0, 40 * 365]));
      const pinfl = makePinfl(
        birth,
        draw.from(['male', 'female']),
        `${String(n).padStart(2, '0')}${String(i).padStart(4, '0')}`,
      );
      const name = `${sexOf(pinfl) === 'male' ? 'Anvar' : 'Anora'} ${draw.from(names)}${sexOf(pinfl) === 'male' ? '' : 'a'}`;
      const phone = `+9989${String(n).padStart(2, '0')}${String(i).padStart(6, '0')}`;
      return { column, pinfl, name, phone, at: draw.number() };
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ at: _, ...person }) => person);
}

const recommendation = (pinfl: string, draw: Draw, from: Day) => ({
  pinfl,
  group: draw.from([1, 2, 2, 3, 3, 3] as const),
  validUntil: addMonths(from, draw.between([24, 48])),
  suitableKinds: [draw.from(works), draw.from(works)],
  words: 'Within the limits named.',
});

/** Each employer has a vacant and a reserved job, with enough places for everybody. */
async function openJobs(administrator: Voice, row: RegionRow, n: number, profile: Profile): Promise<Job[]> {
  const seekers = jobs.reduce((sum, column) => sum + row.counts[column], 0);
  const stirs = Array.from({ length: Math.max(4, Math.ceil(seekers / profile.peoplePerEmployer)) }, (_, i) =>
    String(400_000_000 + n * 10_000 + i),
  );
  const district = districtOf(row);
  await send(
    administrator,
    '/v1/employers/import',
    stirs.map((stir, i) => ({
      stir,
      name: `${row.name}, ${i + 1}-korxona`,
      district,
      phone: `+99871${stir.slice(2)}`,
      email: `kadrlar@k${stir}.example.uz`,
    })),
  );
  await send(
    administrator,
    '/v1/vacancies/import',
    stirs.flatMap((stir, i) =>
      (['vacant', 'reserved'] as const).map((kind) => ({
        stir,
        kind,
        work: works[i % works.length],
        title: `${works[i % works.length]} (${kind})`,
        places: Math.max(2, seekers),
        wage: 3_000_000,
        district,
        hoursPerWeek: 36,
      })),
    ),
  );
  return listJobs(administrator, district);
}

const employer = z.object({ id: z.string(), stir: z.string() });
const vacancy = z.object({ id: z.string(), kind: z.enum(['vacant', 'reserved']), employerId: z.string() });

async function listJobs(administrator: Voice, district: string): Promise<Job[]> {
  const employers = await listAll(administrator, `/v1/employers?district=${district}`, employer);
  const stirs = new Map(employers.map(({ id, stir }) => [id, stir]));
  const vacancies = await listAll(administrator, `/v1/vacancies?district=${district}`, vacancy);
  return vacancies.map(({ id, kind, employerId }) => ({
    id,
    kind,
    employerId,
    stir: stirs.get(employerId) ?? '',
  }));
}

async function listAll<T extends z.ZodType>(who: Voice, path: string, item: T): Promise<z.output<T>[]> {
  const shape = z.object({ items: z.array(item), next: z.string().nullable() });
  const found: z.output<T>[] = [];
  for (let from: string | null = ''; from !== null;) {
    const page: z.output<typeof shape> = shape.parse(
      mustBeDone(await who('GET', `${path}&limit=200${from}`), path),
    );
    found.push(...page.items);
    from = page.next === null ? null : `&cursor=${page.next}`;
  }
  return found;
}

const report = z.object({ rejected: z.array(z.unknown()) });

async function send(who: Voice, path: string, rows: object[]): Promise<void> {
  const { rejected } = report.parse(
    mustBeDone(await who('POST', path, stringify(rows, { header: true })), path),
  );
  if (rejected.length > 0) throw new Error(`${path}: ${JSON.stringify(rejected.slice(0, 5))}`);
}

/** A request that was refused. */
export class Refused extends Error {
  constructor(
    what: string,
    readonly answer: Answer,
  ) {
    super(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/** @returns the answer's body @throws Refused */
export function mustBeDone(answer: Answer, what: string): unknown {
  if (answer.status < 300) return answer.body;
  throw new Refused(what, answer);
}
