import { figuresOf, withFigures } from './document';
import { countRow, exact, type Row } from './frame';

const measured = {
  id: 'P3',
  title: 'Events',
  baseline: 'by hand',
  server: 'dev' as const,
  minutes: 1.2,
  rows: [
    countRow({ what: 'a pathway', unit: 'events', target: { atMost: 1.15 } }, 110, 100),
    countRow({ what: 'a | subsidy', unit: 'events', target: { atMost: 1.4 } }, 180, 100),
  ],
  notes: ['timers: 3'],
};
const report = {
  at: '2026-11-30T03:00:00.000Z',
  rounds: 7,
  surroundings: {
    machine: '2 × A processor, 24 GiB',
    load: '9.1 8 8',
    code: 'abc',
    node: 'v20',
    postgresql: '18',
    temporal: '1',
  },
  measures: [measured],
};

test('figures come between the marks, and the words around them stay', () => {
  const document = 'Before.\n<!-- figures of P3 -->\nold\n<!-- end of P3 -->\nAfter.\n';
  const written = withFigures(document, 'P3', figuresOf(report, measured));
  expect(written).toMatch(
    /^Before\.\n<!-- figures of P3 -->\n\nBaseline: by hand\. Measured on 2026-11-30 in 2 minutes, 7 rounds/,
  );
  expect(written).toContain('**the machine was crowded**');
  expect(written).toContain('1 of 2 targets are kept.');
  expect(written).toContain('| a pathway | 110 events | 100 | 1.10 | ≤ 1.15: kept |');
  expect(written).toContain('| a \\| subsidy | 180 events | 100 | 1.80 | ≤ 1.4: short |');
  expect(written).toMatch(/timers: 3\n```\n\n<\/details>\n\n<!-- end of P3 -->\nAfter\.\n$/);
  expect(written).not.toContain('old');
  expect(() => withFigures('', 'P3', '')).toThrow('no marks of P3');
});

test('where the parts were measured, the table has a column for them', () => {
  const [first, second] = measured.rows as [Row, Row];
  const rows: Row[] = [{ ...first, floor: exact(1.2) }, second];
  const figures = figuresOf(report, { ...measured, rows });
  expect(figures).toContain('|  | Product | Baseline | Ratio | Parts alone | Target |');
  expect(figures).toContain('| a pathway | 110 events | 100 | 1.10 | 1.20 | ≤ 1.15: kept |');
  expect(figures).toContain('| a \\| subsidy | 180 events | 100 | 1.80 |  | ≤ 1.4: short |');
});

test('of a long table only the lines that are short are shown', () => {
  const rows = Array.from({ length: 50 }, (_, n) =>
    countRow({ what: `request ${n}`, unit: 'ms', target: { atMost: 1.3 } }, n === 7 ? 200 : 100, 100),
  );
  const figures = figuresOf(report, { ...measured, rows });
  expect(figures).toContain('49 of 50 targets are kept. The others are:');
  expect(figures).toContain('request 7 ');
  expect(figures).not.toContain('request 8 ');
});
