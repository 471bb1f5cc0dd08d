import { type Blocker, blockersOf, type ClaimFacts } from './blockers';

const now = new Date('2024-05-06T12:00:00+05:00');
const clear: ClaimFacts = {
  month: '2024-04',
  amount: 510_000n,
  checkPassed: true,
  committed: 510_000n,
  accountUsableFrom: new Date('2024-05-06T12:00:00+05:00'),
  disputed: false,
  now,
};

test.each<[string, Partial<ClaimFacts>, Blocker[]]>([
  ['nothing', {}, []],
  ['its check', { checkPassed: false }, ['check_not_passed']],
  ['an end reported within the month', { endReportedOn: '2024-04-10' }, ['end_unconfirmed']],
  ['an end reported for its last day', { endReportedOn: '2024-04-30' }, ['end_unconfirmed']],
  ['an end reported for a month before', { endReportedOn: '2024-03-31' }, ['end_unconfirmed']],
  ['an end reported for the month after', { endReportedOn: '2024-05-01' }, []],
  ['too little reserved', { committed: 509_999n }, ['no_commitment']],
  ['more reserved than needed', { committed: 600_000n }, []],
  ['no confirmed account', { accountUsableFrom: undefined }, ['account_unconfirmed']],
  [
    'an account that still rests',
    { accountUsableFrom: new Date('2024-05-06T12:00:01+05:00') },
    ['account_unconfirmed'],
  ],
  ['a dispute', { disputed: true }, ['disputed']],
  ['an adaptation knows no end of a month', { month: undefined, endReportedOn: '2024-04-10' }, []],
  [
    'everything at once, in order',
    {
      checkPassed: false,
      endReportedOn: '2024-04-10',
      committed: 0n,
      accountUsableFrom: undefined,
      disputed: true,
    },
    ['check_not_passed', 'end_unconfirmed', 'no_commitment', 'account_unconfirmed', 'disputed'],
  ],
])('in the way stands %s', (_name, facts, expected) => {
  expect(blockersOf({ ...clear, ...facts })).toEqual(expected);
});
