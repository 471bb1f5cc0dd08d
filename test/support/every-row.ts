import { approvalKinds, type ApprovalKind } from '../../domain/pathways/approval';
import type { RowKind, States } from '../../domain/pathways';
import type { Role } from '../../domain/roles';
import type { Prisma } from '../../prisma/generated/client';
import type { Claims } from '../../api/http/auth';
import { people as officials, territories, type testApi } from './api';

/** A row of every kind, about one person, employer and job, and the persons who read them. */

const STIR = '301234567';
export const MAHALLA = officials.case_manager.area;
export const DISTRICT = '1703202';
export const REGION = '1703';
export const PERSON = 'Nodira Karimova';
export const TWIN = 'Nodira Karimovna';
export const EMPLOYER = 'Nur Tikuv MChJ';
export const HEIR = 'Yangi Tikuv MChJ';
export const JOB = 'Tailor';
export const CENTRE = 'Hunar markazi';
export const COURSE = 'Own business for beginners';

const head = (role: Role, area: string, sub: string): Claims => ({ sub, role, rank: 'head', area });

/** A person of each role, heads and officers, in the district of the rows. */
export const readers: Readonly<Record<string, Claims>> = {
  ...officials,
  employer: { sub: 'S-1', role: 'employer', employer: STIR },
  employment_head: head('employment_officer', DISTRICT, 'O-14'),
  chief_inspector: head('labour_inspector', REGION, 'O-15'),
  chief_finance: head('finance_officer', REGION, 'O-16'),
  training_officer: { ...officials.training_officer, sub: 'O-17', area: DISTRICT },
  centre_head: head('training_officer', DISTRICT, 'O-18'),
};
/** Those who have none of it: another employer, and the offices of another region. */
export const elsewhere: readonly Claims[] = [
  { sub: 'S-2', role: 'employer', employer: '302345678' },
  { sub: 'O-21', role: 'case_manager', area: '1706204001' },
  { sub: 'O-33', role: 'supervisor', area: '1706204' },
  head('employment_officer', '1706204', 'O-34'),
  head('labour_inspector', '1706', 'O-35'),
  head('finance_officer', '1706', 'O-36'),
];

/** The number of the row of each kind; proposals have one of each kind, and news two. */
export const ids: Readonly<Record<RowKind, string>> = {
  case: 'C-000001',
  referral: 'R-000001',
  inspection: 'I-000001',
  retention: 'J-000001',
  'public-works': 'W-000001',
  training: 'T-000001',
  business: 'B-000001',
  subsidy: 'S-000001',
  adaptation: 'A-000001',
  stipend: 'ST-000001',
  'start-subsidy': 'SS-000001',
  claim: 'S-000001-2026-01',
  approval: '',
  recovery: 'RC-000001',
  line: 'hire_pwd-1703-2026',
  statement: '2026-03-04',
  news: '',
};
/** The number of the proposal of each kind. */
export const approvalIdOf = (kind: ApprovalKind): string => `AP-90000${approvalKinds.indexOf(kind)}`;

/** Enters the rows. The triggers of the database do not look at them. */
export async function everyRow({
  db,
  time: { now },
}: Pick<Awaited<ReturnType<typeof testApi>>, 'db' | 'time'>) {
  await db.territory.createMany({ data: territories });
  const begun = { since: now, correlationId: 'test' };
  const at = { ...begun, openedAt: now };
  const about = { personId: 'P-000001', employerId: 'E-000001' };
  const born = { birth: '1990-05-17', sex: 'female', mahalla: MAHALLA, skills: [], createdAt: now };
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.person.createMany({
      data: [
        { id: 'P-000001', pinfl: '41705902040017', name: PERSON, ...born },
        { id: 'P-000002', pinfl: '41705902040018', name: TWIN, ...born },
      ],
    });
    const place = { district: DISTRICT, phone: '+998711234567' };
    await tx.employer.createMany({
      data: [
        { id: 'E-000001', stir: STIR, name: EMPLOYER, ...place },
        { id: 'E-000002', stir: '302345678', name: HEIR, ...place },
      ],
    });
    await tx.vacancy.create({
      data: {
        id: 'V-000001',
        employerId: 'E-000001',
        kind: 'vacant',
        work: '753',
        title: JOB,
        places: 1,
        conditions: [],
        skills: [],
        hoursPerWeek: 40,
        wage: 2_000_000n,
        district: DISTRICT,
      },
    });
    await tx.case.create({
      data: {
        id: ids.case,
        personId: about.personId,
        area: MAHALLA,
        managerId: officials.case_manager.sub,
        movesTo: officials.neighbour.area,
        state: 'planning' satisfies States['case'],
        consent: { by: 'person', on: '2026-03-02', for: 'a case' },
        eligibility: 'yes',
        closureAsked: { outcome: 'other', summary: 'No job was found' },
        ...at,
      },
    });
    await tx.measure.create({ data: { caseId: ids.case, n: 1, kind: 'training', startedOn: '2026-02-01' } });
    await tx.service.create({
      data: { caseId: ids.case, n: 1, kind: 'psychological', provider: 'Mehr', addedOn: '2026-02-01' },
    });
    const told = { at: now, actorId: 'system', actorRole: 'system', correlationId: 'test' };
    await tx.event.createMany({
      data: [
        {
          ...told,
          subject: `case/${ids.case}`,
          type: 'words_not_known',
          params: { words: 'loom work' },
        },
        ...['yammt/1', 'treasury/1'].map((id) => ({
          ...told,
          subject: `news/${id}`,
          type: 'left_to_person',
          params: { register: 'YAMMT', type: 'person_died', on: '2026-12-04', doubt: 'still_to_come' },
        })),
      ],
    });
    await tx.referral.create({
      data: {
        id: ids.referral,
        ...about,
        caseId: ids.case,
        vacancyId: 'V-000001',
        kind: 'vacant',
        measure: 1,
        area: MAHALLA,
        state: 'issued' satisfies States['referral'],
        issuedAt: now,
        decision: { decision: 'reject', code: 'did_not_come', grounds: 'Nobody came' },
        extension: { days: 3, reason: 'The director is away' },
        startChange: { from: '2026-03-09', startOn: '2026-03-16', reason: 'The workshop is repaired' },
        ...begun,
      },
    });
    await tx.inspection.create({
      data: {
        id: ids.inspection,
        ...about,
        referralId: ids.referral,
        caseId: ids.case,
        caseArea: MAHALLA,
        employerDistrict: DISTRICT,
        ground: 'rejection',
        jobKind: 'vacant',
        area: REGION,
        state: 'examining' satisfies States['inspection'],
        facts: {},
        steps: [{ kind: 'explanation', question: 'Whom did you hire?', at: now.toISOString(), by: 'O-5' }],
        ...at,
      },
    });
    await tx.employment.create({
      data: {
        id: ids.retention,
        ...about,
        caseId: ids.case,
        referralId: ids.referral,
        hiredOn: '2026-01-05',
        confirmedAt: now,
        how: 'referral',
        proof: 'yammt',
        area: MAHALLA,
        state: 'in_force' satisfies States['retention'],
        ending: { on: '2026-03-01', source: 'employer' },
        ...begun,
      },
    });
    await tx.publicWorks.create({
      data: {
        id: ids['public-works'],
        ...about,
        caseId: ids.case,
        measure: 2,
        area: MAHALLA,
        state: 'working' satisfies States['public-works'],
        proposedAt: now,
        title: JOB,
        conditions: [],
        firstOn: '2026-02-02',
        lastOn: '2026-04-30',
        startedOn: '2026-02-02',
        claim: { code: 'left', words: 'She left', said: '2026-03-01', stage: 'hearing' },
        ...begun,
      },
    });
    const centre = { stir: '303456789', kind: 'ngo', name: CENTRE, district: DISTRICT };
    await tx.centre.create({ data: { id: 'TC-000001', ...centre, phone: '+998901230000' } });
    for (const { sub: id, rank = 'officer' } of [
      readers['training_officer'],
      readers['centre_head'],
    ] as Claims[])
      await tx.official.create({
        data: {
          id,
          name: `Official ${id}`,
          role: 'training_officer',
          rank,
          area: DISTRICT,
          centreId: 'TC-000001',
        },
      });
    await tx.course.create({
      data: {
        id: 'CO-000001',
        centreId: 'TC-000001',
        field: 'entrepreneurship',
        title: COURSE,
        level: 'beginner',
        language: 'uz',
        places: 10,
        firstDay: '2026-02-02',
        lastDay: '2026-04-30',
        heldOn: ['monday', 'wednesday'],
        startsAt: '09:00',
        endsAt: '13:00',
      },
    });
    await tx.training.create({
      data: {
        id: ids.training,
        ...about,
        employerId: undefined,
        caseId: ids.case,
        measure: 3,
        centreId: 'TC-000001',
        courseId: 'CO-000001',
        area: DISTRICT,
        caseArea: MAHALLA,
        state: 'hearing' satisfies States['training'],
        referredAt: now,
        firstOn: '2026-02-02',
        lastOn: '2026-04-30',
        startedOn: '2026-02-02',
        cameFrom: 'studying',
        claim: { code: 'dropped_out', words: 'She left', said: '2026-03-01', stage: 'hearing' },
        ...begun,
      },
    });
    await tx.business.create({
      data: {
        id: ids.business,
        personId: about.personId,
        caseId: ids.case,
        measure: 3,
        area: MAHALLA,
        state: 'active' satisfies States['business'],
        preparedAt: now,
        form: 'farm',
        firstOn: '2026-02-02',
        startedOn: '2026-02-02',
        months: 6,
        ending: { on: '2026-03-01', check: 1, claim: 'to_be_heard' },
        ...begun,
      },
    });
    const applied = {
      employerId: 'E-000001',
      area: DISTRICT,
      state: 'review' satisfies States['subsidy'],
      appliedOn: '2026-02-10',
      appliedAt: now,
      confirmedAt: now,
      policyId: 'none',
      review: {
        outcome: 'return',
        missing: [{ field: 'documents', detail: 'The hiring order is missing.' }],
      },
      objection: { words: 'The order was sent' },
      ...begun,
    };
    await tx.subsidy.createMany({
      data: [
        {
          id: ids.subsidy,
          programme: 'hire_pwd',
          personId: about.personId,
          employmentId: ids.retention,
          application: { programme: 'hire_pwd' },
          ...applied,
        },
        {
          id: ids.adaptation,
          programme: 'workplace_adaptation',
          application: { workers: [{ person: 'P-000001', hiredOn: '2026-01-05' }], costs: [] },
          ...applied,
        },
        {
          id: ids.stipend,
          programme: 'training_stipend',
          personId: about.personId,
          personArea: MAHALLA,
          caseId: ids.case,
          trainingId: ids.training,
          application: {},
          area: DISTRICT,
          state: 'ordering' satisfies States['stipend'],
          appliedOn: '2026-02-01',
          appliedAt: now,
          confirmedAt: now,
          policyId: 'none',
          periodFrom: '2026-02-02',
          periodTo: '2026-04-30',
          ...begun,
        },
        {
          id: ids['start-subsidy'],
          programme: 'self_employment_start',
          personId: about.personId,
          personArea: MAHALLA,
          caseId: ids.case,
          businessId: ids.business,
          application: { signedOn: '2026-02-20', costs: [] },
          area: DISTRICT.slice(0, 4),
          state: 'review' satisfies States['start-subsidy'],
          appliedOn: '2026-02-20',
          appliedAt: now,
          confirmedAt: now,
          policyId: 'none',
          ...begun,
        },
      ],
    });
    await tx.claim.create({
      data: {
        id: ids.claim,
        subsidyId: ids.subsidy,
        month: '2026-01',
        entitlementId: 1n,
        lineId: ids.line,
        employerId: 'E-000001',
        area: DISTRICT,
        state: 'to_review' satisfies States['claim'],
        amount: 469_333n,
        mismatch: { why: 'document_missing', before: 'none' },
        returned: { code: 'document_missing', words: 'Show the order.' },
        policyId: 'none',
        ...at,
      },
    });
    await tx.recovery.create({
      data: {
        id: ids.recovery,
        claimId: ids.claim,
        subsidyId: ids.subsidy,
        employerId: 'E-000001',
        lineId: ids.line,
        area: DISTRICT,
        state: 'demanded' satisfies States['recovery'],
        amount: 469_333n,
        left: 469_333n,
        demandedAt: now,
        ...begun,
      },
    });
    const bodies: Readonly<
      Record<ApprovalKind, { about: string; employerId?: string; body: Prisma.InputJsonObject }>
    > = {
      correction: {
        about: `claim/${ids.claim}`,
        employerId: 'E-000001',
        body: { claim: ids.claim, before: 469_333, after: 200_000 },
      },
      account: { about: 'employer/E-000001', employerId: 'E-000001', body: { account: 'AC-1' } },
      policy: { about: 'policy/POL-1', body: { policy: 'POL-1', base: null, act: 'PQ-57' } },
      line: { about: `line/${ids.line}`, body: { line: ids.line, amount: 5, before: 0, act: 'PQ-57' } },
      successor: { about: 'employer/E-000001', employerId: 'E-000001', body: { successor: '302345678' } },
      join: { about: 'person/P-000001', body: { person: 'P-000001', into: 'P-000002' } },
      separation: { about: 'person/P-000001', body: { person: 'P-000001', into: 'P-000002' } },
      resolution_withdrawal: { about: `inspection/${ids.inspection}`, body: { inspection: ids.inspection } },
      employer: { about: 'employer/303456789', body: { stir: '303456789', name: 'Yangi korxona' } },
      persons_account: { about: 'person/P-000001', body: { account: 'AC-2' } },
    };
    for (const kind of approvalKinds)
      await tx.approval.create({
        data: {
          id: approvalIdOf(kind),
          kind,
          area: REGION,
          state: 'deciding' satisfies States['approval'],
          ...bodies[kind],
          ...begun,
        },
      });
    for (const [id, body] of [
      ['yammt/1', { type: 'person_died', pinfl: '41705902040017' }],
      ['treasury/1', { type: 'payment_settled', key: `${ids.claim}/1` }],
    ] as const)
      await tx.news.create({
        data: {
          id,
          register: id,
          event: '1',
          type: body.type,
          body,
          at: now,
          state: 'received' satisfies States['news'],
          ...begun,
        },
      });
  });
}
