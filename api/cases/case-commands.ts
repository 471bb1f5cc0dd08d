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
      'Each call gives the whole plan. A job begins with the hire. A training, an own business and public works begin and end with a row of their own, to which the person is referred. The case manager enters the end (`endedOn`, `outcome`) of a measure that was begun by hand before, and may repeat its `startedOn`. A version that leaves out a service under way, or a measure that has begun, is refused: list it with `dropped` and the reason.',
  },
  service: {
    path: rowPath('case', '/services'),
    summary: 'Record the outcome of a service of the plan',
    description: 'Each service is a task of the case manager until its outcome is recorded.',
  },
  eligibility: {
    summary: 'Enter a certificate in place of TIEK’s answer, ask TIEK again, or arrange a new examination',
    description:
      'Enter what the certificate says about work. The jobs are matched by it until TIEK answers. While it says nothing about work, no job is known to be suitable, and each referral needs the supervisor’s consent.',
  },
  withdrawal: { previews: true, summary: 'The person withdraws: the case and all its steps end' },
  transfer: {
    previews: true,
    summary: 'The person moved: the case goes to the new mahalla, and its deadlines stay',
    description:
      'The old case manager keeps the case until the new one takes it over. With its own mahalla as `to` the case stays.',
  },
  closure: {
    previews: true,
    summary: 'Close a case with its outcome and summary',
    description:
      'Against the person’s wish it needs the supervisor’s consent. The case manager’s call asks for consent. The supervisor says yes with `agreed` to the closure as it was asked for, or declines with `declined`.',
  },
  reopening: { summary: 'Reopen a case within the policy’s time, 12 months by default: its record is kept' },
});

const referral = commandRoute({
  kind: 'case',
  name: 'referral',
  path: rowPath('case', '/referrals'),
  summary: 'Refer the person to a job',
  description:
    'A job that the work recommendation calls not suitable, or that is not known to be suitable, needs `exception` and the supervisor’s consent. The case manager’s call asks for consent (200, the case). The supervisor’s call issues the referral (201) for the wish and the adaptation that were asked about, or declines with `declined`.',
  answers: { 200: caseShape, 201: referralShape },
});

export const caseCommands = [...commands, referral];
