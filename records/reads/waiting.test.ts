import type { ObligationKind } from '../../domain/obligations';
import type { Task } from '../../prisma/generated/client';
import { firstWait } from './waiting';

const now = new Date('2023-03-10T09:00:00+05:00');
const wait = (kind: ObligationKind, role: string, due: string | null): Task => ({
  id: 1n,
  subject: 'case/C-000001',
  kind,
  ref: '',
  role,
  rank: null,
  fund: 'employment',
  area: '1726262001',
  home: '1726262001',
  assigneeId: null,
  employerId: null,
  centreId: null,
  caseId: 'C-000001',
  personId: 'P-000001',
  since: new Date('2023-03-01T09:00:00+05:00'),
  due: due === null ? null : new Date(`2023-${due}T23:59:59+05:00`),
  rule: null,
  policyId: '',
  paused: null,
  rung: 0,
  nextAt: now,
  asideUntil: null,
  attempts: 0,
  escalated: 0,
  extended: false,
  closedAt: null,
  closedHow: null,
});

const conversation = wait('conversation', 'case_manager', '03-02');
const renewal = wait('renew_recommendation', 'case_manager', '03-05');
const nextStep = wait('next_step', 'case_manager', '03-15');
const progress = wait('measure_progress', 'case_manager', '03-03');
const decision = wait('decision', 'employer', '03-12');
const moreTime = wait('extension_answer', 'supervisor', '03-11');
const contract = wait('contract', 'employer', '03-14');
const otherStart = wait('start_answer', 'case_manager', '03-13');
const hearing = wait('hearing', 'case_manager', '03-08');
const closure = wait('closure', 'case_manager', '03-20');
const check = wait('check', 'clock', '03-11');
const paused = wait('contract', 'employer', null);

test.each([
  ['an advisory wait does not hide the closure', [conversation, renewal, closure], 'closure'],
  ['an act beside the pathway does not hide the next step', [conversation, renewal, nextStep], 'next_step'],
  ['the employer’s answer before the training’s overdue progress', [progress, decision], 'decision'],
  ['the employer’s answer before the supervisor’s on more time', [moreTime, decision], 'decision'],
  ['the contract before the person’s answer on another start', [otherStart, contract], 'contract'],
  ['of the acts that must be done the overdue one is first', [decision, hearing, closure], 'hearing'],
  ['a wait without an end is after a wait with one', [paused, closure], 'closure'],
  ['a person’s act is before the clock', [check, conversation], 'conversation'],
  ['the clock when no person owes an act', [check], 'check'],
])('%s', (_, tasks, kind) => {
  expect(firstWait(tasks, now)?.what).toBe(kind);
  expect(firstWait(tasks.toReversed(), now)?.what).toBe(kind);
});

test('a wait that went to the head is overdue, though the head’s own time runs; a machine’s wait is not', () => {
  const passedOn = { ...wait('resolution', 'labour_inspector', '03-20'), rank: 'head', escalated: 1 };
  const evidence = { ...wait('sending_watch', 'finance_officer', '03-20'), escalated: 1 };
  expect(firstWait([passedOn], now)).toMatchObject({ overdue: true, dueOn: '2023-03-20' });
  expect(firstWait([evidence], now)?.overdue).toBe(false);
});

test('the wait of a colleague does not stay with the reader', () => {
  const assigned = { ...nextStep, assigneeId: 'case_manager-2' };
  const then = (id: string) =>
    firstWait([assigned], now, { id, role: 'case_manager', rank: 'officer' })?.then;
  expect(then('case_manager-2')).toBe('it stays with you, reminded weekly and listed as overdue');
  expect(then('case_manager-1')).toBe('it stays with them, reminded weekly and listed as overdue');
});

test('no open wait: null', () => {
  expect(firstWait([], now)).toBeNull();
});
