import fc from 'fast-check';
import { type GivenCommand, nextOf, type OpenWait } from './next';

const HOUR = 3_600_000;

const wait = (
  name: string,
  nextAt: number | null,
  endsAt: number | null,
  more: Partial<OpenWait> = {},
): OpenWait => ({
  task: name,
  wait: name,
  nextAt: nextAt === null ? null : nextAt * HOUR,
  endsAt: endsAt === null ? null : endsAt * HOUR,
  asideUntil: null,
  ofClock: false,
  hasNextOwner: false,
  isQuestion: false,
  wasAsked: false,
  stayed: false,
  ...more,
});
const given = (at: number, id = `c${at}`): GivenCommand => ({ id, name: 'decision', at: at * HOUR });
const next = (open: readonly OpenWait[], commands: readonly GivenCommand[], now: number) =>
  nextOf(open, commands, now * HOUR);

test('nothing waits: nothing is next', () => {
  expect(next([], [], 1)).toEqual({});
  expect(next([wait('hearing', null, 5)], [], 10)).toEqual({});
});

test('what ended first comes first, however late it is looked at', () => {
  const open = [wait('decision', 50, 49), wait('delivery', 30, 29)];
  expect(next(open, [], 100).next).toMatchObject({ does: 'over', wait: 'delivery', inMs: 0 });
});

test('a command given in time comes before the end of the wait, one given late after it', () => {
  const open = [wait('decision', 50, 49)];
  expect(next(open, [given(40)], 100).next).toMatchObject({ does: 'command', id: 'c40' });
  expect(next(open, [given(60)], 100).next).toMatchObject({ does: 'over', wait: 'decision' });
});

test('of two commands the one given first', () => {
  expect(next([], [given(3), given(2)], 9).next).toMatchObject({ id: 'c2' });
});

test('a command comes before a reminder that is due', () => {
  expect(next([wait('decision', 10, 90)], [given(20)], 30).next).toMatchObject({ does: 'command' });
});

test('the time of one owner is over and another follows: it goes up; without another, the step', () => {
  expect(next([wait('resolution', 10, 9, { hasNextOwner: true })], [], 20).next).toMatchObject({
    does: 'escalate',
  });
  expect(next([wait('resolution', 10, 9)], [], 20).next).toMatchObject({ does: 'over' });
});

test('a wait that stays with its owner is only reminded of', () => {
  expect(next([wait('measure', 30, 9, { stayed: true })], [], 40).next).toMatchObject({
    does: 'remind',
    inMs: 0,
  });
});

test('a wait of the clock is over as soon as its instant has come', () => {
  const check = wait('check', 50, 50, { ofClock: true });
  expect(next([check], [], 50).next).toMatchObject({ does: 'over', inMs: 0 });
  expect(next([check], [], 10).next).toMatchObject({ does: 'over', at: 50 * HOUR, inMs: 40 * HOUR });
});

test('a reminder ahead, and when', () => {
  expect(next([wait('decision', 50, 90)], [], 10)).toEqual({
    next: { does: 'remind', wait: 'decision', task: 'decision', at: 50 * HOUR, inMs: 40 * HOUR },
  });
});

describe('a question to a register', () => {
  const question = (nextAt: number, endsAt: number, wasAsked: boolean) =>
    wait('contract_answer', nextAt, endsAt, { isQuestion: true, wasAsked });

  test('is asked beside what comes next', () => {
    expect(next([question(10, 90, false), wait('contract', 40, 39)], [], 20)).toMatchObject({
      question: { task: 'contract_answer', inMs: 0 },
      next: { does: 'over', wait: 'contract', inMs: 20 * HOUR },
    });
  });

  test('is asked though its time is over, if nobody asked: a register that was not asked has not been silent', () => {
    expect(next([question(10, 20, false)], [], 100)).toEqual({
      question: { wait: 'contract_answer', task: 'contract_answer', at: 10 * HOUR, inMs: 0 },
    });
  });

  test('is over when it was asked and its time has passed', () => {
    expect(next([question(30, 20, true)], [], 100)).toMatchObject({ next: { does: 'over' } });
    expect(next([question(30, 20, true)], [], 100).question).toBeUndefined();
  });

  test('of two the earlier one', () => {
    const open = [question(30, 90, true), { ...question(20, 90, true), task: 'other' }];
    expect(next(open, [], 40).question).toMatchObject({ task: 'other' });
  });
});

describe('a wait that a defect put aside', () => {
  const aside = wait('decision', 50, 49, { asideUntil: 80 * HOUR });

  test('is passed over until then, and what waits behind it goes on', () => {
    const open = [aside, wait('delivery', 60, 59)];
    expect(next(open, [], 70).next).toMatchObject({ wait: 'delivery' });
    expect(next([aside], [given(75)], 76).next).toMatchObject({ does: 'command' });
  });

  test('is next again at that instant', () => {
    expect(next([aside], [], 70).next).toMatchObject({ does: 'over', at: 80 * HOUR, inMs: 10 * HOUR });
    expect(next([aside], [], 80).next).toMatchObject({ does: 'over', inMs: 0 });
  });
});

/**
 * A naive model that is there all the time and goes second by second: in each it does what falls due then, and the commands
 * that are given then. Somebody who was away and asks `nextOf` afterwards does the same, in the same order.
 */
test('a row that nobody looked at does the same, in the same order, as one that was looked at every second', () => {
  const LAST = 40;
  const waits = fc.uniqueArray(
    fc.record({ name: fc.constantFrom('a', 'b', 'd', 'e'), ends: fc.nat(LAST - 2) }),
    {
      selector: ({ ends }) => ends,
      maxLength: 4,
    },
  );
  const commands = fc.uniqueArray(fc.integer({ min: 1, max: LAST }), { maxLength: 4 });
  fc.assert(
    fc.property(waits, commands, (ended, given) => {
      const open = ended.map(({ name, ends }) => ({
        ...wait(`${name}${ends}`, null, null),
        nextAt: (ends + 1) * 1000,
        endsAt: ends * 1000,
      }));
      const all = given.map((at) => ({ id: `c${at}`, name: 'decision', at: at * 1000 }));

      const naive: string[] = [];
      for (let second = 0; second <= LAST; second++) {
        naive.push(...open.filter(({ nextAt }) => nextAt === second * 1000).map(({ task }) => task));
        naive.push(...all.filter(({ at }) => at === second * 1000).map(({ id }) => id));
      }

      const away: string[] = [];
      for (;;) {
        const { next: does } = nextOf(
          open.filter(({ task }) => !away.includes(task)),
          all.filter(({ id }) => !away.includes(id)),
          (LAST + 10) * 1000,
        );
        if (!does) break;
        away.push(does.does === 'command' ? does.id : 'task' in does ? does.task : '');
      }
      expect(away).toEqual(naive);
    }),
  );
});
