import { commandRoute } from '../http/command-route';
import { caseShape, tag } from './case-shape';
import { referralShape } from './referrals';

const answers = { 200: caseShape };

const assessment = commandRoute({
  kind: 'case',
  name: 'assessment',
  method: 'put',
  edits: true,
  path: '/cases/{id}/assessment',
  tag,
  summary: 'Record what was assessed with the person',
  answers,
});

const plan = commandRoute({
  kind: 'case',
  name: 'plan',
  method: 'put',
  edits: true,
  path: '/cases/{id}/plan',
  tag,
  summary: 'Write the plan: measures in order, and services',
  description:
    'The whole plan, each time. Measures other than `job` begin and end by hand (`startedOn`, `endedOn`, `outcome`); a job begins with the hire.',
  answers,
});

const eligibility = commandRoute({
  kind: 'case',
  name: 'eligibility',
  path: '/cases/{id}/eligibility',
  tag,
  summary: 'A certificate in place of a silent TIEK, TIEK asked again, or a new examination arranged',
  answers,
});

const referral = commandRoute({
  kind: 'case',
  name: 'referral',
  path: '/cases/{id}/referrals',
  tag,
  summary: 'Refer the person to a job',
  description:
    'A job that the work recommendation calls not suitable needs `exception` and the supervisor’s yes: the case manager’s call asks for it (200, the case), the supervisor’s issues the referral (201), and the supervisor’s `declined` is the no.',
  answers: { 200: caseShape, 201: referralShape },
});

const withdrawal = commandRoute({
  kind: 'case',
  name: 'withdrawal',
  path: '/cases/{id}/withdrawal',
  tag,
  summary: 'The person withdraws: everything stops together',
  answers,
});

const transfer = commandRoute({
  kind: 'case',
  name: 'transfer',
  path: '/cases/{id}/transfer',
  tag,
  summary: 'The person moved: the case goes to the new mahalla with its clocks',
  description:
    'The old case manager keeps it until the new one takes it over. `to` its own mahalla: the person stays.',
  answers,
});

const closure = commandRoute({
  kind: 'case',
  name: 'closure',
  path: '/cases/{id}/closure',
  tag,
  summary: 'Close a case with its outcome and summary',
  description:
    'Against the person’s wish it needs the supervisor’s yes: the case manager’s call asks for it, the supervisor’s closes, and `declined` is the no.',
  answers,
});

const reopening = commandRoute({
  kind: 'case',
  name: 'reopening',
  path: '/cases/{id}/reopening',
  tag,
  summary: 'Reopen a case within 12 months: nobody starts from zero',
  answers,
});

export const caseCommands = [
  assessment,
  plan,
  eligibility,
  referral,
  withdrawal,
  transfer,
  closure,
  reopening,
];
