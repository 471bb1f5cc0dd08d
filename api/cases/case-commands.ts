import { commandRoute, commandRoutes } from '../http/command-route';
import { rowPath } from '../http/stateful';
import { caseShape } from './case-shape';
import { referralShape } from './referral-shape';

const edit = { method: 'put', edits: true } as const;

const commands = commandRoutes('case', caseShape, {
  assessment: { ...edit, summary: 'Record what was assessed with the person' },
  plan: {
    ...edit,
    summary: 'Write the plan: measures in order, and services',
    description:
      'The whole plan, each time. Measures other than `job` begin and end by hand (`startedOn`, `endedOn`, `outcome`); a job begins with the hire.',
  },
  eligibility: {
    summary: 'A certificate in place of a silent TIEK, TIEK asked again, or a new examination arranged',
  },
  withdrawal: { summary: 'The person withdraws: everything stops together' },
  transfer: {
    summary: 'The person moved: the case goes to the new mahalla with its clocks',
    description:
      'The old case manager keeps it until the new one takes it over. `to` its own mahalla: the person stays.',
  },
  closure: {
    summary: 'Close a case with its outcome and summary',
    description:
      'Against the person’s wish it needs the supervisor’s yes: the case manager’s call asks for it, the supervisor’s closes, and `declined` is the no.',
  },
  reopening: { summary: 'Reopen a case within 12 months: nobody starts from zero' },
});

const referral = commandRoute({
  kind: 'case',
  name: 'referral',
  path: rowPath('case', '/referrals'),
  summary: 'Refer the person to a job',
  description:
    'A job that the work recommendation calls not suitable needs `exception` and the supervisor’s yes: the case manager’s call asks for it (200, the case), the supervisor’s issues the referral (201), and the supervisor’s `declined` is the no.',
  answers: { 200: caseShape, 201: referralShape },
});

export const caseCommands = [...commands, referral];
