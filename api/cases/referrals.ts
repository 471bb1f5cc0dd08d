import { commandRoutes } from '../http/command-route';
import { betweenQuery, betweenWhere, itemOf, listRoute, withoutCase } from '../http/lists';
import { jobReaders } from '../http/readers';
import { oneRoute, stateful } from '../http/stateful';
import { referralShape, states, summary } from './referral-shape';
import { commandsThatMayBeLate } from './referral-or-inspection';

const item = itemOf(summary);

const list = listRoute({
  kind: 'referral',
  summary: 'Referrals of the caller’s area, cases, or own enterprise',
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
  description: 'The employer sees of the person name, contact, skills and needed conditions.',
  who: jobReaders,
  shape: referralShape,
});

const commands = commandRoutes('referral', referralShape, {
  delivery: {
    summary: 'Delivered by phone or in person; or the contact corrected; or undeliverable',
    description:
      'Correcting the contact and ending the referral as undeliverable are the employment officer’s.',
  },
  hearing: {
    summary: 'The person is heard about the employer’s word that they did not come or declined',
  },
  evidence: { summary: 'A document in place of the labour register’s answer' },
  finding: {
    summary: 'The person worked there already: the referral is closed with a finding',
    description:
      'For the employment officer. The contract is older than the referral, so nobody was hired: for person and place the referral was over at once.',
  },
});

export const referralRoutes = [list, one, ...commands, ...commandsThatMayBeLate];
