import { admits, allowedActions, leadsTo, type Pathway } from './transitions';

const pathway = {
  open: ['asked', 'answered'],
  closed: ['silent'],
  commands: {
    answer: { from: ['asked'], by: ['employer'], to: ['answered'], takesBack: ['silent'] },
    remark: { from: ['answered'], by: ['employer'], to: ['answered'] },
  },
  steps: { silence: ['silent'] },
  events: { asked: { from: ['answered'], to: ['asked'] } },
} as const satisfies Pathway<'asked' | 'answered' | 'silent'>;
const { answer, remark } = pathway.commands;
const employer = { id: 'x', role: 'employer', rank: 'officer', area: '' } as const;

test('a command is admitted where it is valid, and where its absence has led to', () => {
  expect(['asked', 'answered', 'silent'].map((state) => admits(answer, state))).toEqual([true, false, true]);
  expect(['asked', 'answered', 'silent'].map((state) => admits(remark, state))).toEqual([false, true, false]);
});

test('it is offered to nobody where it only takes back', () => {
  expect(allowedActions(pathway, 'asked', employer)).toEqual(['answer']);
  expect(allowedActions(pathway, 'silent', employer)).toEqual([]);
});

test('taking back leads where the command leads; nothing else leads out of a closed state', () => {
  expect(leadsTo(pathway, 'silent', 'answered', [])).toBe(true);
  expect(leadsTo(pathway, 'silent', 'asked', [])).toBe(false);
});

test('an event leads from its own states, and a step from those whose stage names it', () => {
  expect(leadsTo(pathway, 'answered', 'asked', [])).toBe(true);
  expect(leadsTo(pathway, 'asked', 'silent', ['silence'])).toBe(true);
  expect(leadsTo(pathway, 'asked', 'silent', [])).toBe(false);
});
