import { adaptationRule as rule } from '../../test/support/policies';
import { bhms } from '../../test/support/published';
import { adaptationAmount, adaptationFaults, type CostLine, withoutPerson } from './adaptation';
import { costCap, documentKey } from './costs';

const CAP = 13_200_000n;
const nothing = { workplaces: [], documents: [], others: [] };
const people = (...names: string[]) => names;
let n = 0;
const cost = (workplace: string, soum: number, tiyin = 0): CostLine => ({
  workplace,
  acceptedTiyin: BigInt(soum) * 100n + BigInt(tiyin),
  document: { issuerStir: '301234567', number: `A-${(n += 1)}`, date: '2023-09-01' },
});

test('the cap is 40 × BHM on the order’s date: 13.2 million so’m in 2023', () => {
  expect(costCap(rule, 'workplace_adaptation', bhms, '2023-09-15')).toBe(CAP);
  expect(costCap(rule, 'workplace_adaptation', bhms, '2023-12-01')).toBe(13_600_000n);
  expect(() => costCap({ ...rule, cap: null }, 'workplace_adaptation', bhms, '2023-09-15')).toThrow(
    expect.objectContaining({ code: 'amount_not_set' }),
  );
  expect(() => costCap(rule, 'workplace_adaptation', bhms, '2019-08-31')).toThrow(
    expect.objectContaining({ code: 'no_bhm' }),
  );
});

test.each<[string, CostLine[], bigint, boolean[]]>([
  ['below the cap', [cost('W1', 5_000_000)], 5_000_000n, [false]],
  ['at the cap', [cost('W1', 13_200_000)], CAP, [false]],
  ['above the cap', [cost('W1', 13_200_001)], CAP, [true]],
  ['several costs of one workplace are capped together', [cost('W1', 9e6), cost('W1', 9e6)], CAP, [true]],
  [
    'what one workplace leaves over is not the other’s',
    [cost('W1', 20e6), cost('W2', 1e6)],
    CAP + 1_000_000n,
    [true, false],
  ],
  ['one workplace in two spellings is capped once', [cost('Desk 1', 9e6), cost('desk  1', 9e6)], CAP, [true]],
  ['tiyin are added before they are cut', [cost('W1', 10, 60), cost('W1', 10, 60)], 21n, [false]],
  ['tiyin are cut per workplace', [cost('W1', 10, 60), cost('W2', 10, 60)], 20n, [false, false]],
  ['nothing accepted', [cost('W1', 0)], 0n, [false]],
])('%s', (_name, lines, amount, capped) => {
  const reckoned = adaptationAmount(lines, CAP);
  expect(reckoned.amount).toBe(amount);
  expect(reckoned.workplaces.map((each) => each.capped)).toEqual(capped);
});

test('as many workplaces as people who are hired and still employed', () => {
  const lines = [cost('W1', 1), cost('W2', 1), cost('W1', 1)];
  expect(adaptationFaults(lines, people('A', 'B'), nothing)).toEqual([]);
  expect(adaptationFaults(lines, people('A'), nothing)).toEqual([
    { code: 'too_many_workplaces', about: ['W2'] },
  ]);
  expect(adaptationFaults(lines, [], nothing)[0]?.about).toEqual(['W1', 'W2']);
});

test.each([
  ['the one person stands for another already', people('A'), [['A']], ['W1', 'W2']],
  ['one of two is left', people('A', 'B'), [['A']], ['W2']],
  ['the other adaptation has somebody else, who makes room', people('A', 'B'), [['A', 'C']], []],
  [
    'two others, and everybody is needed',
    people('A', 'B', 'C'),
    [
      ['A', 'B'],
      ['B', 'C'],
    ],
    ['W2'],
  ],
  ['others for other people', people('A', 'B'), [['C'], ['D']], []],
])('a person stands for one workplace, whatever the application: %s', (_what, named, others, left) => {
  const each = others.map((theirs) => ({ workplaces: ['other'], people: theirs }));
  expect(withoutPerson({ workplaces: ['W1', 'W2'], people: named }, each)).toEqual(left);
});

test('a workplace is subsidised once', () => {
  expect(
    adaptationFaults([cost('W1', 1), cost('w 2', 1)], people('A', 'B'), {
      ...nothing,
      workplaces: ['W2', 'W9'],
    }),
  ).toEqual([{ code: 'workplace_subsidised', about: ['w 2'] }]);
});

test('a document counts once in the whole system, however its number is written', () => {
  const first = cost('W1', 1);
  const same = {
    ...cost('W2', 1),
    document: { ...first.document, number: ` ${first.document.number.toLowerCase()} ` },
  };
  const key = documentKey(first.document);
  expect(adaptationFaults([first, same], people('A', 'B'), nothing)).toEqual([
    { code: 'document_used', about: [key] },
  ]);
  expect(adaptationFaults([same], people('A'), { ...nothing, documents: [key] })).toEqual([
    { code: 'document_used', about: [key] },
  ]);
  const another = { ...first, document: { ...first.document, date: '2023-09-02' } };
  expect(adaptationFaults([first, another], people('A'), nothing)).toEqual([]);
});
