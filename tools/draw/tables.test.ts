import type { Pathway } from '../../domain/transitions';
import { kindOf, type Lengths } from './tables';

const days = (n: number) => ({ n, unit: 'days' }) as const;
const lengths = {
  employerDecision: days(5),
  contactCorrection: days(1),
  resolution: { n: 15, unit: 'workingDays' },
  resolutionByHead: { n: 10, unit: 'workingDays' },
  measureAfterBreach: { n: 1, unit: 'months' },
} as Lengths;
const pathway: Pathway<string> = {
  open: ['issued', 'not_delivered'],
  closed: ['hired', 'silent'],
  commands: {
    lateDecision: { from: ['issued'], by: ['employer', 'case_manager'], to: ['hired'] },
    order: { from: ['not_delivered'], by: ['employment_officer'], rank: 'head', to: ['issued'] },
    withdrawal: { from: ['issued', 'not_delivered'], by: ['supervisor'], to: ['silent'] },
    reopening: { from: ['silent'], by: ['supervisor'], to: ['issued', 'not_delivered'] },
  },
  steps: { silence: ['silent'], fallsDue: [] },
  events: { hired: { from: ['issued'], to: ['hired'] } },
};
const kind = kindOf(
  'A referral',
  pathway,
  {
    kind: 'referral',
    table: {
      issued: { decision: 'silence' },
      not_delivered: { correct_contact: 'stays' },
      anyStage: { resolution: 'fallsDue', measure: 'stays' },
    },
  },
  lengths,
);

test('a stage has its waits with the next step and its state, its commands and its automatic steps', () => {
  expect(kind.stages[0]).toEqual({
    state: 'issued',
    waits: [
      {
        wait: 'decision',
        owner: 'employer',
        words: 'employer, 5 days',
        then: 'silence counts as a rejection without reasons and goes to the labour inspectorate → silent',
      },
    ],
    steps: [
      { name: 'late decision', by: ['employer', 'case manager'], to: ['hired'] },
      { name: 'hired', by: [], to: ['hired'] },
    ],
  });
});

test('a wait that stays names its last owner, and a command of the head names the head', () => {
  expect(kind.stages[1]).toEqual({
    state: 'not delivered',
    waits: [
      {
        wait: 'correct contact',
        owner: 'employment officer',
        words: 'employment officer, 1 day, then the head, with whom it stays',
      },
    ],
    steps: [{ name: 'order', by: ['head employment officer'], to: ['issued'] }],
  });
});

test('waits and steps of any stage are separate; a step without words of its own has its name', () => {
  expect(kind.anyStage).toEqual({
    waits: [
      {
        wait: 'resolution',
        owner: 'labour inspector',
        words: 'labour inspector, 15 working days, then the head, 10 working days',
        then: 'falls due',
      },
      {
        wait: 'measure',
        owner: 'labour inspector',
        words: 'head labour inspector, 1 month, with whom it stays',
      },
    ],
    steps: [{ name: 'withdrawal', by: ['supervisor'], to: ['silent'] }],
  });
});

test('the ends, and the steps that lead out of them', () => {
  expect(kind.ends).toEqual(['hired', 'silent']);
  expect(kind.afterwards).toEqual([
    { name: 'reopening', by: ['supervisor'], to: ['any of these'], from: ['silent'] },
  ]);
});

test('a step whose place the pathway does not say cannot be drawn', () => {
  const table = { issued: { decision: 'silence' } };
  expect(() => kindOf('A referral', { ...pathway, steps: {} }, { kind: 'referral', table }, lengths)).toThrow(
    'the pathway does not say to where silence leads',
  );
});

test('a step of several stages is shown once', () => {
  const open = ['issued', 'delivered', 'accepted', 'confirming'];
  const gone = { from: ['issued', 'delivered', 'accepted', 'hired'], to: ['withdrawn'] };
  const stages = { kind: 'referral', table: {} } as const;
  const several = kindOf(
    'A referral',
    { open, closed: ['hired'], commands: {}, steps: {}, events: { gone } },
    stages,
    lengths,
  );
  expect(several.severalStages).toEqual([
    { name: 'gone', by: [], to: ['withdrawn'], from: ['any but confirming'] },
  ]);
  expect(several.stages.flatMap(({ steps }) => steps)).toEqual([]);
});
