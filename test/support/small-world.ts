import type { Claims } from '../../api/http/auth';
import { makePinfl } from '../../domain/pinfl';
import type { Db } from '../../prisma/db';
import { nextNumber } from '../../records/kernel/numbers';

const MAHALLA = '1726262001';
const DISTRICT = '1726262';
const REGION = '1726';
const STIR = '301234567';
const CENTRE = 'TC-000001';
export const COURSE = 'CO-000001';

/** A person of each role in one district. Their tokens have the same claims. */
export const officials = {
  caseManager: { sub: 'case_manager-1', role: 'case_manager', area: MAHALLA },
  supervisor: { sub: 'supervisor-1', role: 'supervisor', area: DISTRICT },
  employmentOfficer: { sub: 'employment_officer-1', role: 'employment_officer', area: DISTRICT },
  headOfEmployment: { sub: 'employment_officer-2', role: 'employment_officer', rank: 'head', area: DISTRICT },
  inspector: { sub: 'labour_inspector-1', role: 'labour_inspector', area: REGION },
  chiefInspector: { sub: 'labour_inspector-2', role: 'labour_inspector', rank: 'head', area: REGION },
  financeOfficer: { sub: 'finance_officer-1', role: 'finance_officer', area: REGION },
  secondFinanceOfficer: { sub: 'finance_officer-2', role: 'finance_officer', area: REGION },
  chiefFinance: { sub: 'finance_officer-3', role: 'finance_officer', rank: 'head', area: REGION },
  trainingOfficer: { sub: 'training_officer-1', role: 'training_officer', area: DISTRICT },
  auditor: { sub: 'auditor-1', role: 'auditor', area: '' },
  administrator: { sub: 'administrator-1', role: 'administrator', area: '' },
} as const satisfies Record<string, Claims>;

export const employer = { sub: 'employer-1', role: 'employer', employer: STIR } as const satisfies Claims;
export const stir = STIR;

/** A district with its officials, and an employer with a vacant and a reserved job with many places each. */
export async function loadSmallWorld(db: Db, at: Date) {
  await db.territory.createMany({
    data: [
      [REGION, 'region', null],
      [DISTRICT, 'district', REGION],
      [MAHALLA, 'mahalla', DISTRICT],
    ].map(([code, kind, parent]) => ({
      code: code ?? '',
      kind: kind ?? '',
      parent: parent ?? null,
      nameLatn: `Area ${code}`,
    })),
  });
  await addCentre(db);
  await db.official.createMany({
    data: Object.values<Claims>(officials).map(({ sub, role, rank = 'officer', area = '' }) => ({
      id: sub,
      name: sub,
      role,
      rank,
      area,
      email: `${sub}@example.uz`,
      centreId: role === 'training_officer' ? CENTRE : null,
    })),
  });
  const employerId = await nextNumber(db, 'employer');
  await db.employer.create({
    data: {
      id: employerId,
      stir: STIR,
      name: 'Nur Tikuv MChJ',
      district: DISTRICT,
      phone: '+998711234567',
      email: 'hr@nurtikuv.example.uz',
    },
  });
  for (const kind of ['vacant', 'reserved']) {
    const id = await nextNumber(db, 'vacancy');
    const job = { work: 'sewing', title: 'Tailor', places: 500, conditions: [], skills: [] };
    await db.vacancy.create({
      data: { id, employerId, kind, ...job, hoursPerWeek: 40, wage: 2_000_000n, district: DISTRICT },
    });
  }
  return smallWorldIn(db, at);
}

/** A centre of vocational training with one course. */
async function addCentre(db: Db): Promise<void> {
  await db.centre.create({
    data: { id: CENTRE, stir: '300000400', kind: 'ngo', name: 'Hunar', district: DISTRICT },
  });
  await db.course.create({
    data: {
      id: COURSE,
      centreId: CENTRE,
      field: '753',
      title: 'Sewing for beginners',
      level: 'beginner',
      language: 'uz',
      places: 20,
      firstDay: '2023-04-03',
      lastDay: '2023-05-31',
      heldOn: ['monday', 'wednesday', 'friday'],
      startsAt: '09:00',
      endsAt: '13:00',
    },
  });
}

/** The small world that is in a database. */
export async function smallWorldIn(db: Db, at: Date) {
  const vacancy = async (kind: 'vacant' | 'reserved') =>
    (await db.vacancy.findFirstOrThrow({ where: { kind } })).id;
  let people = await db.person.count();
  return {
    employerId: (await db.employer.findFirstOrThrow()).id,
    vacant: await vacancy('vacant'),
    reserved: await vacancy('reserved'),

    /** Another person of the mahalla. */
    async person(): Promise<{ id: string; pinfl: string }> {
      const pinfl = makePinfl('1985-04-12', 'female', String(++people).padStart(6, '0'));
      const id = await nextNumber(db, 'person');
      await db.person.create({
        data: {
          id,
          pinfl,
          name: `Person ${people}`,
          birth: '1985-04-12',
          sex: 'female',
          mahalla: MAHALLA,
          phone: `+99890${String(people).padStart(7, '0')}`,
          skills: ['sewing'],
          createdAt: at,
        },
      });
      return { id, pinfl };
    },
  };
}
