import { type Flow, subsidiesByRegion, type SubsidyFacts, subsidyTotals } from './subsidies';

const here = { region: '1703', programme: 'hire_pwd' } as const;
const flow = (
  subsidy: string,
  month: string,
  event: Flow['event'],
  amount: bigint,
  more: Partial<Flow> = {},
): Flow => ({
  ...here,
  subsidy,
  month,
  persons: [`P-${subsidy}`],
  event,
  amount,
  ...more,
});
const none = { filed: [], flows: [], standing: [] };
const figures = (facts: Partial<SubsidyFacts>) => subsidyTotals({ ...none, ...facts }).total;

test('nothing: all regions and programmes with zeros, and no average', () => {
  const rows = subsidiesByRegion(none);
  expect(rows).toHaveLength(70);
  expect(rows[5]).toEqual({
    soato: '1703',
    region: 'Andijon viloyati',
    programme: 'hire_pwd',
    applied: 0,
    ordered: 0,
    paid: 0n,
    returned: 0n,
    recovered: 0n,
    committed: 0n,
    payable: 0n,
    people: 0,
    months: 0,
    average: null,
  });
});

test('what is filed and what stands counts where it lies', () => {
  const rows = subsidiesByRegion({
    ...none,
    filed: [
      { ...here, what: 'applied' },
      { ...here, what: 'applied' },
      { ...here, what: 'ordered' },
      { ...here, region: '1726', what: 'ordered' },
    ],
    standing: [
      { ...here, account: 'committed', amount: 7n },
      { ...here, account: 'payable', amount: 5n },
      { ...here, programme: 'above_quota', account: 'payable', amount: 3n },
    ],
  });
  expect(rows[5]).toMatchObject({ applied: 2, ordered: 1, committed: 7n, payable: 5n });
  expect(rows[6]).toMatchObject({ programme: 'above_quota', applied: 0, committed: 0n, payable: 3n });
});

test('the average is what was paid by the months paid for, rounded down', () => {
  const facts = [
    flow('S-1', '2024-03', 'settled', 279_677n),
    flow('S-1', '2024-04', 'settled', 510_000n),
    flow('S-2', '2024-04', 'settled', 510_000n),
  ];
  expect(figures({ flows: facts })).toMatchObject({
    paid: 1_299_677n,
    people: 2,
    months: 3,
    average: 433_225n,
  });
});

test('what came back and was paid anew is one month; what came back alone is none', () => {
  const anew = [
    flow('S-1', '2024-03', 'settled', 100n),
    flow('S-1', '2024-03', 'returned_after_settlement', 100n),
    flow('S-1', '2024-03', 'settled', 100n),
  ];
  expect(figures({ flows: anew })).toMatchObject({
    paid: 200n,
    returned: 100n,
    months: 1,
    average: 100n,
    people: 1,
  });
  expect(figures({ flows: anew.slice(0, 2) })).toMatchObject({ months: 0, average: null, people: 0 });
  // A return posted later than the report of the payment counts in its own time.
  expect(figures({ flows: anew.slice(1, 2) })).toMatchObject({
    paid: 0n,
    returned: 100n,
    months: 0,
    people: 0,
  });
});

test('set off: paid and recovered at once; recovered whole, nobody was paid for', () => {
  const flows = [
    flow('S-1', '2024-03', 'settled', 100n),
    flow('S-2', '2024-04', 'set_off', 40n),
    flow('S-1', '2024-03', 'set_off_recovered', 40n),
    flow('S-1', '2024-03', 'repaid', 60n),
  ];
  expect(figures({ flows })).toMatchObject({
    paid: 140n,
    recovered: 100n,
    people: 1,
    months: 2,
    average: 70n,
  });
});

test('a person in two programmes is one, those of an adaptation are each one', () => {
  const flows = [
    flow('S-1', '2024-03', 'settled', 100n, { persons: ['P-1'] }),
    flow('A-1', '', 'settled', 500n, { programme: 'workplace_adaptation', persons: ['P-1', 'P-2'] }),
  ];
  const totals = subsidyTotals({ ...none, flows });
  expect(totals.hire_pwd.people).toBe(1);
  expect(totals.workplace_adaptation).toMatchObject({ people: 2, months: 1, average: 500n });
  expect(totals.total).toMatchObject({ people: 2, months: 2, paid: 600n });
});
