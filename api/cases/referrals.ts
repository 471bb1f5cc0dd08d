import { commandRoutes } from '../http/command-route';
import { instants } from '../http/filters';
import { betweenFilters, itemOf, listRoute, withoutCase } from '../http/lists';
import { jobReaders } from '../http/readers';
import { oneRoute, rowPath, stateful } from '../http/stateful';
import { referralShape, states, summary } from './referral-shape';
import { commandsThatMayBeLate } from './referral-or-inspection';

const item = itemOf(summary);

const list = listRoute({
  kind: 'referral',
  summary: 'Referrals of the caller’s area, cases or enterprise',
  who: jobReaders,
  filters: { ...betweenFilters(states), ...instants('issuedAt', 'Issued') },
  item: stateful('ReferralItem', summary),
  read: (db, find) => db.referral.findMany(find),
  shown: (row, actor) => withoutCase(item(row), actor),
});

const one = oneRoute({
  kind: 'referral',
  summary: 'One referral',
  description:
    'Of the person the employer sees the name, the contacts, the skills and the conditions that the work must meet.',
  who: jobReaders,
  shape: referralShape,
});

const commands = commandRoutes('referral', referralShape, {
  delivery: {
    summary: 'Deliver the referral by phone or in person, correct the contact, or end it as undeliverable',
    description: 'Only the employment officer corrects the contact, or ends the referral as undeliverable.',
  },
  extensionRequest: {
    path: rowPath('referral', '/extension-request'),
    summary: 'Ask for more time to answer, with the reason',
    description: 'Once, within the employer’s time, for at most 5 more days. The supervisor decides.',
  },
  extension: {
    summary: 'Give the employer the time it asked for, or decline',
    description:
      'For the supervisor. The reminders move with the time. The person is told, and may be referred elsewhere.',
  },
  start: {
    summary: 'Propose another start day, as the employer',
    description:
      'Once, for a day at most 30 days after the first (the policy’s number `startWithinDays`). The case manager asks the person within 3 working days. Without the person’s yes the day does not move.',
  },
  startAnswer: {
    path: rowPath('referral', '/start-answer'),
    summary: 'Enter the person’s answer to another start day',
    description: 'With a yes the start day moves, and the deadline of the contract with it. Both are told.',
  },
  hearing: {
    summary: 'Record the person’s answer to the employer’s claim that they did not come, or declined',
  },
  evidence: { summary: 'Enter a document in place of the labour register’s answer' },
  finding: {
    summary: 'Close the referral of a person who worked there before, with a finding',
    description:
      'For the employment officer. The contract is older than the referral, so nobody was hired. The referral stopped holding the person and the place at once.',
  },
});

export const referralRoutes = [list, one, ...commands, ...commandsThatMayBeLate];
