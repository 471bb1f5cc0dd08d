import { commandRoutes } from '../http/command-route';
import { betweenQuery, betweenWhere, itemOf, listRoute, withoutCase } from '../http/lists';
import { jobReaders } from '../http/readers';
import { oneRoute, stateful } from '../http/stateful';
import { referralShape, states, summary } from './referral-shape';
import { commandsThatMayBeLate } from './referral-or-inspection';

const item = itemOf(summary);

const list = listRoute({
  kind: 'referral',
  summary: 'Referrals of the caller’s area, cases or enterprise',
  who: jobReaders,
  query: betweenQuery(states),
  item: stateful('ReferralItem', summary),
  where: betweenWhere,
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
