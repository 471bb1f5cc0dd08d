import { CASE, DAY, MANAGER, RECOMMENDATION } from './story';

const ASSESSMENT = {
  capabilities: 'Sews and embroiders.',
  needs: 'Good light.',
  wishes: 'Sewing, near home.',
  conditions: 'Light manual work, 40 hours a week.',
  barriers: 'None.',
};

/** Cases: consent, eligibility, assessment, plan, matches, transfer, closure. */
export const cases = {
  caseId: CASE,
  managerId: MANAGER,
  assignee: MANAGER,
  assigneeName: 'Dilnoza Yusupova',
  personsWish: 'Sewing, near home.',
  'consent.by': 'person',
  'consent.on': DAY,
  capabilities: 'Sews and embroiders.',
  needs: 'Good light.',
  'assessment.conditions': 'Light manual work, 40 hours a week.',
  barriers: 'None.',
  service: 1,
  summary: 'She has kept the job for six months.',
  declined: 'Talk to the person again first.',
  outcome: null,
  closedAt: null,
  'Case.eligibility': 'yes',
  'Case.evidence': null,
  'certificate.issuer': 'TIEK, Toshkent shahri',
  'certificate.conditions': [],
  'certificate.words': RECOMMENDATION.words,
  'eligibility.on': '2026-04-10',
  'Case.assessment': ASSESSMENT,
  'assessments.items': { body: ASSESSMENT },
  'Version.body': { measures: [{ kind: 'job' }], services: [] },
  'plan.measures': [{ kind: 'job' }],
  'plan.services': [
    { n: 1, kind: 'documents', provider: 'Mirzo Ulugʻbek tumani adliya boʻlimi', dueOn: '2026-04-01' },
  ],
  'services.outcome': 'The certificate was issued.',
  'Case.referrals': [],
  'Case.employments': [],
  'Case.closure': null,
  'closure.on': undefined,
  'reopening.reason': 'She looks for work again.',
  'transfer.to': '1726269002',
  'transfer.reason': 'She moved to Oqqoʻrgʻon MFY.',
  'cases.withdrawal.reason': 'She does not look for work any more.',
  score: 4,
  freePlaces: 3,
  'Reason.code': 'kind_recommended',
  'Reason.words': 'Your work recommendation names this kind of work: Garment and related trades workers.',
  'notSuitable.vacancy': { id: 'V-000002', title: 'Packer', work: '821', workName: 'Assemblers' },
  'notSuitable.because': [
    {
      code: 'kind_unsuitable',
      for: false,
      words:
        'Your work recommendation says that this work is not suitable for you: Assemblers. It says: heavy_labour.',
    },
  ],
};
