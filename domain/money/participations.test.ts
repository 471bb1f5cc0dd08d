import { type Act, acts, barred, type FourEyesDecision } from './participations';

const partsInSubsidy: Act[] = [
  'submitted',
  'completed',
  'objected',
  'reviewed',
  'ordered',
  'evidence',
  'resolved_mismatch',
  'proposed_correction',
  'proposed_stop',
  'proposed_account',
  'admitted',
  'entered_attendance',
];

test.each<[FourEyesDecision, Act[]]>([
  ['review', ['submitted', 'completed', 'objected']],
  ['order', ['submitted', 'completed', 'objected', 'reviewed', 'evidence']],
  ['claim', partsInSubsidy],
  ['recovery', ['proposed_correction', 'approved_correction']],
  ['objection', ['objected', 'reviewed']],
  ['approval', ['proposed', 'spoke']],
])('from deciding on %s are barred those who …', (subject, expected) => {
  const barring = acts.filter((act) => barred([{ person: 'A', act }], subject).length > 0);
  expect(barring).toEqual(expected);
});

test('persons are named once, however many parts they had; others are not named', () => {
  const participations = [
    { person: 'A', act: 'submitted' },
    { person: 'A', act: 'reviewed' },
    { person: 'B', act: 'approved_correction' },
    { person: 'C', act: 'ordered' },
  ] as const;
  expect(barred(participations, 'claim')).toEqual(['A', 'C']);
  expect(barred(participations, 'recovery')).toEqual(['B']);
  expect(barred([], 'claim')).toEqual([]);
});
