import { inText } from './print';
import type { Summary } from './run';

test('the summary of a run says what was sent of a claim, and what was set off', () => {
  const lines: string[] = [];
  const claim = { id: 'S-000001-2023-04', month: '2023-04', state: 'sent', amount: 450_000, setOff: 225_000 };
  const money = { subsidies: [], claims: [claim], payments: [], recoveries: [], ledger: [] };
  const summary: Summary = {
    at: new Date('2023-05-23T09:00:00+05:00'),
    cases: [],
    events: [],
    tasks: [],
    money,
  };
  inText((line) => lines.push(line)).ends(summary);
  expect(lines.join(' ')).toContain("Claims: S-000001-2023-04 sent 225 000 so'm (and 225 000 so'm set off).");
});
