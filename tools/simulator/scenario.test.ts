import { differences } from './difference';
import { acting } from './people';
import { mayTouchMoney, parseScenario } from './scenario';
import { pick, substitute } from './substitute';

const written = (steps: string) => `name: one\nstarts: 2023-03-01T09:00:00+05:00\nsteps:\n${steps}`;

test('a scenario is read with its steps and their lines', () => {
  const { steps, starts } = parseScenario(
    written(
      '  - as: case_manager\n    post: /v1/cases\n    body: { pinfl: "31210632040244" }\n  - wait: 6d\n',
    ),
  );
  expect(starts.toISOString()).toBe('2023-03-01T04:00:00.000Z');
  expect(steps).toMatchObject([
    { does: 'request', method: 'POST', path: '/v1/cases', line: 4 },
    { does: 'wait', length: '6d', line: 7 },
  ]);
});

test.each([
  ['  - wait: 6 days', /scenario:4: step 1, wait: .*6d/],
  ['  - as: case_manager\n    pots: /v1/cases', /scenario:4: step 1: needs exactly one of: get, post/],
  ['  - as: case_manager\n    post: /v1/cases\n    bodi: {}', /scenario:4: step 1: unknown: bodi/],
  ['  - post: /v1/cases', /scenario:4: step 1, as: /],
  ['  - wait: 1d\n  - register: { yamt: {} }', /scenario:5: step 2, register: unknown: yamt/],
  [
    '  - wait: 1d\n  - register: { yammt: { hires: { pinfl: "1", stir: "1" } } }',
    /scenario:5: step 2, register.yammt.hires.pinfl/,
  ],
  ['  - as: [', /scenario:\d: /],
  [
    '  - wait: 1d\n    expect: { messages: [{ to: P-000001, language: de }] }',
    /scenario:5: step 1, expect.messages.0.language: /,
  ],
  ['  - wait: 1d\n    expect: { status: 200 }', /scenario:5: step 1, expect: unknown: status/],
])('an error names its line: %s', (steps, message) => {
  expect(() => parseScenario(written(steps))).toThrow(message);
});

test.each([
  ['  - { as: case_manager, post: /v1/cases }\n  - { as: supervisor, get: /v1/tasks?open=true }', false],
  ['  - { as: case_manager, post: /v1/cases }\n  - { as: finance_officer, get: /v1/budget-lines }', true],
  ['  - wait: 1d\n  - register: { treasury: { down: {} } }', true],
  ['  - wait: 1d\n  - register: { yammt: { down: {} } }', false],
])('a scenario needs money only if a step may use money: %s', (steps, money) => {
  expect(mayTouchMoney(parseScenario(written(steps)))).toBe(money);
});

test('an expected part is compared with the answer', () => {
  const body = {
    state: 'open',
    items: [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ],
    closedAt: null,
  };
  expect(differences({ state: 'open', closedAt: null, gone: null }, body)).toEqual([]);
  expect(differences({ items: [{ id: 'a' }] }, body)).toEqual([]);
  expect(
    differences({ items: { contains: { id: 'b', n: 2 }, lacks: { id: 'c' }, length: 2 } }, body),
  ).toEqual([]);
  expect(differences({ items: { contains: { id: 'b', n: 1 } } }, body)).toHaveLength(1);
  expect(differences({ state: 'closed', items: [{}, { n: 3 }] }, body)).toEqual([
    { at: 'body.state', expected: 'closed', got: 'open' },
    { at: 'body.items.1.n', expected: 3, got: 2 },
  ]);
});

test('names are replaced by saved values, and ${today} by days', () => {
  const saved = new Map<string, unknown>([
    ['case', 'C-000001'],
    ['n', 3],
  ]);
  const put = (text: unknown) => substitute(text, saved, '2023-01-31');
  expect(put({ a: ['/v1/cases/${case}', '${n}', 'n=${n}'] })).toEqual({
    a: ['/v1/cases/C-000001', 3, 'n=3'],
  });
  expect(put('${today} ${today+3d} ${today+1mo} ${today-1d}')).toBe(
    '2023-01-31 2023-02-03 2023-02-28 2023-01-30',
  );
  expect(() => put('${nobody}')).toThrow('nothing was saved as "nobody"');
  expect(pick({ items: [{ id: 1 }, { id: 2 }] }, 'items.-1.id')).toBe(2);
  expect(() => pick({}, 'items.0')).toThrow('the answer has no "items.0"');
});

test('the acting person of a step', () => {
  expect(acting('case_manager').claims).toMatchObject({ sub: 'case_manager-1', area: '1726269001' });
  expect(acting('case_manager-2').claims).toMatchObject({ sub: 'case_manager-2' });
  expect(acting('employer:300000001').claims).toMatchObject({ role: 'employer', employer: '300000001' });
  expect(acting({ role: 'labour_inspector', rank: 'head' }).claims.sub).toBe('chief_inspector-1');
  expect(acting({ role: 'labour_inspector', area: '1718' }).claims.sub).toBe('labour_inspector-2');
  expect(acting({ role: 'case_manager', area: '1735202001', name: 'x' }).claims).toMatchObject({ sub: 'x' });
  expect(() => acting('manager')).toThrow('there is nobody "manager"');
});
