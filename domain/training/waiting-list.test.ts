import fc from 'fast-check';
import { addDays } from '../day';
import { nextInOrder, ordered, type Waiting } from './waiting-list';

const waiting = (id: string, referredOn = '2026-03-02'): Waiting => ({ id, referredOn });
const ids = (list: readonly Waiting[]) => list.map(({ id }) => id);

test('the order is the day of referral, then the number', () => {
  const list = [
    waiting('T-1000000'),
    waiting('T-000002'),
    waiting('T-000009', '2026-03-01'),
    waiting('T-000010'),
  ];
  expect(ids(ordered(list))).toEqual(['T-000009', 'T-000002', 'T-000010', 'T-1000000']);
});

test('who was not reached comes after the others for that place, and is offered it again where nobody else waits', () => {
  const list = [waiting('T-000001'), waiting('T-000002')];
  expect(ids(nextInOrder(list, 1))).toEqual(['T-000001']);
  expect(ids(nextInOrder(list, 1, ['T-000001']))).toEqual(['T-000002']);
  expect(ids(nextInOrder([waiting('T-000001')], 1, ['T-000001']))).toEqual(['T-000001']);
});

test.each([0, -1])('%i free places: nobody', (free) => {
  expect(nextInOrder([waiting('T-000001')], free)).toEqual([]);
});

/** What happens to a waiting list. A number chooses a person of the list, modulo its length. */
type Act = { kind: 'referred' } | { kind: 'gone'; who: number } | { kind: 'freed' } | { kind: 'nextDay' };
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant({ kind: 'referred' } as const),
  fc.record({ kind: fc.constant('gone' as const), who: fc.nat() }),
  fc.constant({ kind: 'freed' } as const),
  fc.constant({ kind: 'nextDay' } as const),
);

/** Plays the acts. @returns the numbers in the order of referral, those who left, and those who were offered a place, in order */
function played(acts: readonly Act[], shuffled: (list: Waiting[]) => Waiting[]) {
  const came: string[] = [];
  const left: string[] = [];
  const offered: string[] = [];
  let list: Waiting[] = [];
  let day = '2026-03-02';
  for (const act of acts) {
    if (act.kind === 'nextDay') day = addDays(day, 1);
    else if (act.kind === 'referred') {
      const id = `T-${String(999_990 + came.length)}`;
      came.push(id);
      list = shuffled([...list, waiting(id, day)]);
    } else {
      const first = act.kind === 'gone' ? list[act.who % Math.max(1, list.length)] : nextInOrder(list, 1)[0];
      if (!first) continue;
      (act.kind === 'gone' ? left : offered).push(first.id);
      list = list.filter(({ id }) => id !== first.id);
    }
  }
  return { came, left, offered };
}

test('first come, first served, whatever is cancelled and in whatever order the rows are read', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 60 }), fc.boolean(), (acts, backwards) => {
      const { came, left, offered } = played(acts, (list) => (backwards ? list.toReversed() : list));
      const stayed = came.filter((id) => !left.includes(id));
      expect(offered).toEqual(stayed.slice(0, offered.length));
    }),
  );
});

test('nobody is offered two places, and no more are offered than are free', () => {
  const anyList = fc
    .uniqueArray(fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 5 })), { selector: ([n]) => n })
    .map((list) =>
      list.map(([n, days]) => waiting(`T-${String(n).padStart(6, '0')}`, addDays('2026-03-02', days))),
    );
  fc.assert(
    fc.property(
      anyList,
      fc.integer({ min: -2, max: 8 }),
      fc.array(fc.nat({ max: 999 })),
      (list, free, numbers) => {
        const notReached = numbers.map((n) => `T-${String(n).padStart(6, '0')}`);
        const next = ids(nextInOrder(list, free, notReached));
        expect(new Set(next).size).toBe(next.length);
        expect(next).toHaveLength(Math.min(Math.max(0, free), list.length));
        const others = ids(ordered(list)).filter((id) => !notReached.includes(id));
        expect(next.filter((id) => !notReached.includes(id))).toEqual(others.slice(0, next.length));
      },
    ),
  );
});
