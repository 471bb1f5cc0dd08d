import {
  countRow,
  interleaved,
  inWords,
  isKept,
  load,
  PER_SECOND,
  quantile,
  rowOf,
  spread,
  verdict,
} from './frame';

const setting = { rounds: 3, progress: () => undefined };

test('a spread is the median with the ends, and a ratio is taken round by round', async () => {
  const product = [4, 9, 8];
  const baseline = [2, 3, 4];
  const order: string[] = [];
  const rounds = await interleaved(setting, 'x', {
    product: () => Promise.resolve({ ms: order.push('product') }),
    baseline: () => Promise.resolve({ ms: order.push('baseline') }),
  });
  expect(order).toEqual(['product', 'baseline', 'baseline', 'product', 'product', 'baseline']);
  expect(rounds).toEqual({
    product: [{ ms: 1 }, { ms: 4 }, { ms: 5 }],
    baseline: [{ ms: 2 }, { ms: 3 }, { ms: 6 }],
  });
  const row = rowOf(
    { product: product.map((ms) => ({ ms })), baseline: baseline.map((ms) => ({ ms })) },
    'ms',
    { what: 'x', unit: 'ms', target: { atMost: 2 } },
  );
  expect(row).toMatchObject({
    product: { median: 8, least: 4, most: 9 },
    baseline: { median: 3, least: 2, most: 4 },
    ratio: { median: 2, least: 2, most: 3 },
  });
  expect([isKept(row), verdict(row), inWords(row.product)]).toEqual([true, '≤ 2: kept', '8 [4–9]']);
});

test('a target that is not kept is short, and a line without a target has no verdict', () => {
  const row = countRow({ what: 'events', unit: 'events', target: { atMost: 1.15 } }, 120, 100);
  expect([isKept(row), verdict(row)]).toEqual([false, '≤ 1.15: short']);
  expect(verdict({ what: 'x', unit: 'ms', product: spread([1]) })).toBe('');
  expect(
    isKept({
      what: 'throughput',
      unit: '',
      product: spread([9]),
      ratio: spread([0.7]),
      target: { atLeast: 0.8 },
    }),
  ).toBe(false);
});

test('what the parts alone need forbids a target, and is said beside the figure', async () => {
  const rounds = await interleaved<string>(setting, 'x', {
    product: () => Promise.resolve({ p50: 30, throughput: 30 }),
    baseline: () => Promise.resolve({ p50: 10, throughput: 100 }),
    parts: () =>
      Promise.resolve({ 'call p50': 9, 'request p50': 6, 'call throughput': 100, 'request throughput': 300 }),
  });
  const parts = (figure: string) => [`call ${figure}`, `request ${figure}`];
  const line = (atMost: number) =>
    rowOf(rounds, 'p50', { what: 'x', unit: 'ms', target: { atMost } }, 'p50', parts('p50'));
  expect(line(1.4).floor).toMatchObject({ median: 1.5 });
  expect([1.4, 1.6, 3].map((atMost) => verdict(line(atMost)))).toEqual([
    '≤ 1.4: forbidden by arithmetic: the parts alone are 1.50 ×',
    '≤ 1.6: short',
    '≤ 3: kept',
  ]);
  const said = { what: 'x', unit: PER_SECOND, target: { atLeast: 0.8 } };
  const throughput = rowOf(rounds, 'throughput', said, 'throughput', parts('throughput'));
  expect(throughput.floor?.median).toBeCloseTo(0.75);
  expect(verdict(throughput)).toBe('≥ 0.8: forbidden by arithmetic: the parts alone are 0.75 ×');
});

test('quantiles', () => {
  expect([quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 0.95), quantile([7], 0.5)]).toEqual([2, 3, 7]);
  expect(() => quantile([], 0.5)).toThrow('no figures');
});

test('load runs each job once', async () => {
  const done: number[] = [];
  const { p50, throughput } = await load(3, 10, (n) => Promise.resolve(done.push(n)));
  expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([p50 >= 0, throughput > 0]).toEqual([true, true]);
});
