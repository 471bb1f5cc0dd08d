import { z } from 'zod';
import { idOf } from '../http/fields';
import { commandRoute, commandRoutes } from '../http/command-route';
import { instants, is } from '../http/filters';
import { itemOf, listRoute, ofCase, overdue, withoutCase } from '../http/lists';
import { courseReaders } from '../http/readers';
import { oneRoute, rowPath, stateful } from '../http/stateful';
import { states, summary, trainingShape } from './training-shape';

const item = itemOf(summary);

const list = listRoute({
  kind: 'training',
  summary: 'Trainings of the caller’s area, cases or centre',
  description: 'A training officer sees the people who are referred to their centre.',
  who: courseReaders,
  filters: {
    state: is('state', z.enum(states)),
    centre: is('centreId', idOf('TC')),
    course: is('courseId', idOf('CO')),
    case: ofCase,
    overdue,
    ...instants('referredAt', 'Referred'),
  },
  item: stateful('TrainingItem', summary),
  read: (db, find) => db.training.findMany(find),
  shown: (row, actor) => withoutCase(item(row), actor),
});

const one = oneRoute({
  kind: 'training',
  summary: 'One training, with its course',
  description:
    'Of the person the centre sees the name, the contacts, the skills and the conditions that are needed, as long as something is open.',
  who: courseReaders,
  shape: trainingShape,
});

const refer = commandRoute({
  kind: 'case',
  name: 'training',
  path: rowPath('case', '/trainings'),
  summary: 'Refer the person to a course',
  description:
    'The plan has training that has not begun. The centre decides within 5 days, then its head, then the head of the employment department. A case has at most 3 open applications, to different courses (the policy’s number `openTrainingsPerCase`). For a course that the recommendation calls not suitable, or that is not known to be suitable, the supervisor refers the person with `exception`.',
  answers: { 201: trainingShape },
});

const commands = commandRoutes('training', trainingShape, {
  decision: {
    summary: 'Decide on the referral: offer a place, put the person on the waiting list, or refuse',
    description:
      'For the centre. Once its time and its head’s are over, for the head of the employment department. A place is offered only while one is free and nobody waits for it. *Did not come* and *declined* are words about the person: the case manager hears the person first.',
  },
  answer: {
    previews: true,
    summary: 'Record the person’s answer to the offered place',
    description:
      'With a yes the person is admitted. A no are the person’s own words, and costs nothing. One measure is possible at a time.',
  },
  notReached: {
    path: rowPath('training', '/not-reached'),
    summary: 'Record that the person was not reached about a place from the waiting list',
    description: 'Once. The place is kept for 3 working days more, and the supervisor is told.',
  },
  nextCourse: {
    path: rowPath('training', '/next-course'),
    summary: 'Record whether the person waits for the centre’s next course',
    description: 'Asked 5 working days before the first day. The person’s rank stays the same.',
  },
  word: {
    summary: 'Say that an admitted person did not come, declined, or left the course',
    description:
      'The centre’s word about the person is a claim. The case manager hears the person within 3 working days, and the place stays meanwhile.',
  },
  hearing: {
    summary: 'Record the person’s answer to the centre’s word about them',
    description:
      'If the person confirms it, it stands. If not, the head of the employment department of the centre’s district decides.',
  },
  claimDecision: {
    path: rowPath('training', '/claim-decision'),
    previews: true,
    summary: 'Decide whether the centre’s word about the person stands',
    description: 'For the head of the employment department, where the person contradicted or was not heard.',
  },
  goingOn: {
    path: rowPath('training', '/going-on'),
    previews: true,
    summary: 'Record whether the course goes on after a hire, or after the person left the service',
    description: 'Until it is recorded, the course goes on.',
  },
  attendance: {
    summary: 'Enter a month’s attendance, or correct it',
    description:
      'Due by the 5th of the next month, then from the centre’s head until the 15th. Then the case manager is asked for evidence. Where evidence was brought, a later entry may only say more days.',
  },
  attendanceEvidence: {
    path: rowPath('training', '/attendance-evidence'),
    summary: 'Bring evidence of a month’s attendance that the centre did not enter',
    description: 'The person’s word in writing, the timetable or a copy of the journal.',
  },
  attendanceHearing: {
    path: rowPath('training', '/attendance-hearing'),
    summary: 'Record the person’s words about attendance below the threshold',
    description: 'The threshold is the policy’s number `attendancePercent`.',
  },
  absence: {
    summary: 'Report that the person is absent because of illness or care',
    description:
      'Up to 15 working days running it is excused with the month’s attendance. On a longer absence the centre decides within 5 working days.',
  },
  interruption: {
    summary: 'Interrupt the course because of a long absence, or say why not',
    description:
      'The interruption begins after 15 working days of absence. All interruptions of a course take at most 3 months together. The same absence with another last day changes it.',
  },
  completion: {
    previews: true,
    summary: 'Enter that the person completed the course, with a certificate or without one',
    description:
      'Due 5 working days after the last day, then from the centre’s head, then from the head of the employment department. Of a person who left the course, the centre’s word says so.',
  },
  certificate: {
    summary: 'Enter the number of the certificate',
    description: 'It may follow the completion.',
  },
  placement: {
    summary: 'Propose a vacancy or an own business for the graduate, or report a job that was found',
    description: 'The case manager is told. The centre owes its first help within 28 days, then its head.',
  },
  lookBackEvidence: {
    path: rowPath('training', '/look-back-evidence'),
    summary: 'Bring a document whether the graduate works, where the register is silent',
    description: 'Otherwise it stays unknown.',
  },
  withdrawal: {
    previews: true,
    summary: 'Record that the person no longer wants the course, in their own words',
    description: 'It costs the person nothing.',
  },
  adaptation: {
    summary: 'Say what will be adapted, and until when, after *not accessible*',
    description: 'For the centre’s head, within 10 working days.',
  },
  replacement: {
    summary: 'Name another course in place of a cancelled one, or say that there is none',
    description: 'For the centre’s head, within 10 working days. The case manager is told.',
  },
});

export const trainingRoutes = [list, refer, one, ...commands];
