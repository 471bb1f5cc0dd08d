import { reachedInWords } from './reached';

const bhm = { amount: 340_000, validFrom: '2023-12-01', act: 'UP-1', days: 17 };
const wage = { multiple: 150, share: 207_060, bhm: [bhm], act: 'PQ-57', version: 'PV-2019' };

test.each([
  [wage, 279_677n, "BHM 340 000 so'm × 1.5 × 17/31 = 279 677 so'm (PQ-57, version PV-2019)"],
  [
    { ...wage, share: 377_580 },
    510_000n,
    "BHM 340 000 so'm × 1.5 × 1 = 510 000 so'm (PQ-57, version PV-2019)",
  ],
  [{ ...wage, share: 0 }, 0n, "BHM 340 000 so'm × 1.5 × 0 = 0 so'm (PQ-57, version PV-2019)"],
  [
    {
      ...wage,
      bhm: [
        { ...bhm, days: 2 },
        { ...bhm, amount: 400_000, days: 15 },
      ],
    },
    1n,
    "BHM 340 000 so'm on 2 days, 400 000 so'm on 15 days × 1.5 × 17/31 = 1 so'm (PQ-57, version PV-2019)",
  ],
  [
    {
      act: 'PQ-4804',
      version: 'PV-2019',
      workplaces: [
        { workplace: 'W1', amount: 1_200_000, capped: false },
        { workplace: 'W2', amount: 13_200_000, capped: true },
      ],
    },
    14_400_000n,
    "W1: 1 200 000 so'm + W2: 13 200 000 so'm (the most) = 14 400 000 so'm (PQ-4804, version PV-2019)",
  ],
  [null, null, null],
  [{ act: 'a correction' }, 5n, null],
])('%j', (calculation, amount, words) => {
  expect(reachedInWords({ language: 'en', today: '2026-11-29' }, calculation, amount)).toBe(words);
});
