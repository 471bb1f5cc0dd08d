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

test('among many rows a row acts some time after its wait ended, and a given command ends that time', () => {
  const delayed = (commands: readonly GivenCommand[], now: number) =>
    nextOf([wait('decision', 50, 49)], commands, now * HOUR, HOUR).next;
  expect(delayed([], 30)).toMatchObject({ does: 'over', at: 51 * HOUR, inMs: 21 * HOUR });
  expect(delayed([], 50.5)).toMatchObject({ does: 'over', at: 51 * HOUR, inMs: HOUR / 2 });
  expect(delayed([], 51)).toMatchObject({ does: 'over', inMs: 0 });
  expect(delayed([given(50.2)], 50.5)).toMatchObject({ does: 'over', inMs: 0 });
  expect(delayed([given(48)], 50.5)).toMatchObject({ does: 'command', id: 'c48' });
  expect(nextOf([wait('decision', 10, 90)], [], 10 * HOUR, HOUR).next).toMatchObject({
    does: 'remind',
    inMs: HOUR,
  });
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

/** The seconds in which the model below begins waits and gives commands. */
const LAST = 40;

/** A wait as its row opens it, in whole seconds. */
interface Opened {
  task: string;
  kind: 'person' | 'clock' | 'question';
  /** The last second of each owner, in turn. */
  ends: readonly number[];
  /** Reminders to a person, or the first question to a register. */
  calls: readonly number[];
  /** The wait stays with its last owner, who is reminded again and again. */
  stays: boolean;
}

/** A command, and the wait that it closes. */
interface Given {
  at: number;
  closes: string;
}

/** One act of a row: its second, its name and the wait that it is about. */
interface Act {
  at: number;
  does: string;
  task: string;
}

/** A wait as it develops. */
interface Wait extends Opened {
  owner: number;
  stayed: boolean;
  asked: boolean;
  /** The first second of the present owner. */
  since: number;
  /** When a wait that stays is reminded of, and when a register is asked, after the first time. */
  again: number | undefined;
}

const WEEK = 7;
const PAUSE = 3;

const opened = (waits: readonly Opened[]): Wait[] =>
  waits.map((one) => ({ ...one, owner: 0, stayed: false, asked: false, since: 0, again: undefined }));
const endOf = ({ ends, owner }: Wait): number => ends[owner] ?? 0;
const hasNextOwner = ({ ends, owner }: Wait): boolean => owner < ends.length - 1;

/** The time of a wait's owner has passed: the next owner has it, or the step follows and ends it, or it stays. */
function passed(wait: Wait, now: number): { does: string; isClosed: boolean } {
  if (hasNextOwner(wait)) {
    wait.since = endOf(wait) + 1;
    wait.owner += 1;
    return { does: 'escalate', isClosed: false };
  }
  wait.stayed = wait.stays;
  wait.again = now + WEEK;
  return { does: 'over', isClosed: !wait.stays };
}

/** The second in which a wait's time is over. A register that nobody asked has not been silent. */
function overAt(wait: Wait): number | undefined {
  if (wait.kind === 'clock') return endOf(wait);
  if (wait.kind === 'question' && !wait.asked) return undefined;
  return Math.max(wait.kind === 'question' ? (wait.again ?? 0) : 0, endOf(wait) + 1);
}

/** A naive row: somebody looks at it in every second, and does the acts that are due in this second. It does not use `nextOf`. */
function everySecond(waits: readonly Opened[], commands: readonly Given[], until: number): Act[] {
  let open = opened(waits);
  const acts: Act[] = [];
  for (let second = 0; second <= until; second++) {
    const act = (does: string, task: string) => void acts.push({ at: second, does, task });
    const over = open.filter((wait) => second === overAt(wait)).toSorted((a, b) => endOf(a) - endOf(b));
    for (const wait of over) {
      const { does, isClosed } = passed(wait, second);
      act(does, wait.task);
      if (isClosed) open = open.filter((one) => one !== wait);
    }
    for (const { at, closes } of commands.filter((one) => one.at === second)) {
      act(`command ${at}`, closes);
      open = open.filter(({ task }) => task !== closes);
    }
    for (const wait of open.filter(({ kind }) => kind === 'person')) {
      const isReminded = wait.calls.includes(second) && second <= endOf(wait);
      if (wait.stayed ? second === wait.again : isReminded) act('remind', wait.task);
      if (second === wait.again) wait.again = second + WEEK;
    }
    for (const wait of open.filter(({ kind }) => kind === 'question')) {
      if (second !== (wait.again ?? wait.calls[0])) continue;
      act('ask', wait.task);
      wait.asked = true;
      wait.again = Math.min(second + PAUSE, Math.max(second, endOf(wait)) + 1);
    }
  }
  return acts;
}

/** The same row as `nextOf` drives it: somebody looks at it first in a second, then at each instant that `nextOf` names. */
function asNextOfSays(
  waits: readonly Opened[],
  commands: readonly Given[],
  first: number,
  until: number,
): Act[] {
  let open = opened(waits);
  let given = commands;
  const acts: Act[] = [];
  let now = first;
  const waitOf = (task: string): Wait => open.find((one) => one.task === task) as Wait;
  while (now <= until) {
    const come = given.filter(({ at }) => at <= now);
    const { next, question } = nextOf(
      open.map(seen),
      come.map(({ at }) => ({ id: `${at}`, name: 'decision', at: at * 1000 })),
      now * 1000,
    );
    const act = (does: string, task: string) => void acts.push({ at: now, does, task });
    if (next?.inMs === 0 && next.does === 'command') {
      const command = come.find(({ at }) => `${at}` === next.id) as Given;
      act(`command ${command.at}`, command.closes);
      given = given.filter((one) => one !== command);
      open = open.filter(({ task }) => task !== command.closes);
    } else if (next?.inMs === 0 && next.does === 'remind') {
      act('remind', next.task);
      const wait = waitOf(next.task);
      if (wait.stayed) wait.again = now + WEEK;
      else wait.since = now + 1;
    } else if (next?.inMs === 0 && 'task' in next) {
      const wait = waitOf(next.task);
      act(next.does, next.task);
      if (passed(wait, now).isClosed) open = open.filter((one) => one !== wait);
    } else if (question?.inMs === 0) {
      act('ask', question.task);
      const wait = waitOf(question.task);
      wait.asked = true;
      wait.again = Math.min(now + PAUSE, Math.max(now, endOf(wait)) + 1);
    } else {
      const instants = [next?.at, question?.at, ...given.map(({ at }) => at * 1000)];
      now = Math.min(...instants.filter((at) => at !== undefined).map((at) => at / 1000), Infinity);
    }
  }
  return acts;
}

/** A wait as `nextOf` sees it. */
function seen(one: Wait): OpenWait {
  const { task, kind, calls, since, stayed, asked, again } = one;
  const end = endOf(one);
  const reminder = calls.toSorted((a, b) => a - b).find((at) => at >= since && at <= end);
  const nextAt = {
    person: stayed ? (again ?? 0) : (reminder ?? end + 1),
    clock: end,
    question: again ?? calls[0] ?? 0,
  }[kind];
  return {
    task,
    wait: task,
    nextAt: nextAt * 1000,
    endsAt: end * 1000,
    asideUntil: null,
    ofClock: kind === 'clock',
    hasNextOwner: hasNextOwner(one),
    isQuestion: kind === 'question',
    wasAsked: asked,
    stayed,
  };
}

describe('a row beside a naive model that goes second by second', () => {
  const second = fc.nat(LAST);
  const seconds = (most: number) =>
    fc.uniqueArray(second, { minLength: 1, maxLength: most }).map((all) => all.toSorted((a, b) => a - b));
  const kinds = fc.oneof(
    fc.record({
      kind: fc.constant('person' as const),
      ends: seconds(3),
      calls: fc.uniqueArray(second, { maxLength: 4 }),
      stays: fc.boolean(),
    }),
    second.map((at) => ({ kind: 'clock' as const, ends: [at], calls: [], stays: false })),
    fc.tuple(second, fc.integer({ min: -5, max: 15 })).map(([first, long]) => ({
      kind: 'question' as const,
      ends: [Math.max(0, first + long)],
      calls: [first],
      stays: false,
    })),
  );
  const waits = fc
    .array(kinds, { maxLength: 4 })
    .map((all) => all.map((one, i): Opened => ({ ...one, task: 'abcd'.charAt(i) })))
    // The clock's instants are never the last second of a day, in which the other waits end.
    .filter((all) => {
      const clocks = all.filter(({ kind }) => kind === 'clock').flatMap(({ ends }) => ends);
      return all.every(({ kind, ends }) => kind === 'clock' || !ends.some((end) => clocks.includes(end)));
    });
  const commands = fc.uniqueArray(fc.record({ at: second, closes: fc.constantFrom('a', 'b', 'none') }), {
    selector: ({ at }) => at,
    maxLength: 4,
  });
  const UNTIL = LAST + 20;

  test('does the same at the same time where it is looked at only at the named instants', () => {
    fc.assert(
      fc.property(waits, commands, (all, given) => {
        expect(asNextOfSays(all, given, 0, UNTIL)).toEqual(everySecond(all, given, UNTIL));
      }),
      { numRuns: 1000 },
    );
  });

  test('does the same in the same order after nobody looked at it for a while', () => {
    fc.assert(
      fc.property(waits, commands, fc.integer({ min: 0, max: UNTIL }), (all, given, back) => {
        const naive = everySecond(all, given, back);
        const caughtUp = asNextOfSays(all, given, back, back);
        const questions = all.filter(({ kind }) => kind === 'question').map(({ task }) => task);
        const inOrder = (acts: readonly Act[]) =>
          acts
            .filter(({ does }) => does !== 'remind' && does !== 'ask')
            // Nobody asked the registers meanwhile: their time is not over yet.
            .filter(({ does, task }) => !(does === 'over' && questions.includes(task)))
            .map(({ does, task }) => `${does} ${task}`);
        expect(inOrder(caughtUp)).toEqual(inOrder(naive));

        // Of several reminders the last is sent, and none about a wait that developed since.
        const due = all.flatMap(({ task }) => {
          const last = naive.findLast((act) => act.task === task);
          const isOver = naive.some((act) => act.task === task && act.does === 'over');
          return last?.does === 'remind' && !isOver ? [task] : [];
        });
        const reminded = caughtUp.filter(({ does }) => does === 'remind').map(({ task }) => task);
        expect(reminded.toSorted()).toEqual(due);

        // Each register that is still to answer is asked once.
        const closed = new Set<string>(given.filter(({ at }) => at <= back).map(({ closes }) => closes));
        const toAsk: Opened[] = all.filter(
          ({ task, kind, calls: [first = 0] }) => kind === 'question' && first <= back && !closed.has(task),
        );
        const asked = caughtUp.filter(({ does }) => does === 'ask').map(({ task }) => task);
        expect(asked.toSorted()).toEqual(toAsk.map(({ task }) => task));
      }),
      { numRuns: 1000 },
    );
  });
});
