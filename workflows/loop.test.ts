import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { type GivenCommand, nextOf, type OpenWait } from '../domain/next';
import { activityFor, type Ending, NotCarriedOut, stageInWords, type Surroundings, walk } from './loop';
import { referralStages as stages } from './referral';
import type { View } from './view';

const MANY_TURNS = 3000;

interface Going {
  /** Lets the activity begin its one transaction. */
  commit(): void;
  /** Lets its answer reach the workflow. */
  answer(): void;
  committed: boolean;
}

/**
 * A row, a clock and a worker. The test decides when each activity commits and answers. A crash forgets the loop and its activities in
 * progress, like the kill of a worker, and begins another loop over the same row.
 */
class World {
  /** The machine's time, which the timers use. The row's clock is ahead by the offset. */
  private machine = 0;
  private offset = 0;
  state = 'delivered';
  open = true;
  waits: OpenWait[] = [];
  given: GivenCommand[] = [];
  readonly done: string[] = [];
  readonly follows = new Map<string, OpenWait>();
  /** The steps that queue a message; `waking`: the steps that wake another row. */
  readonly telling = new Set<string>();
  readonly waking = new Set<string>();
  private unsent = 0;
  private unwoken = 0;
  readonly messages = { queued: 0, sent: 0 };
  readonly wakes = { queued: 0, done: 0 };
  /** The delay of a timer after the row's next step was due; `busy`: the whole time of the activities. */
  overslept = 0;
  busy = 0;
  readonly statuses: number[] = [];
  ending: Ending | undefined;
  looks = 0;
  mostAtOnce = 0;
  private steps = 0;
  private going: Going[] = [];
  private timers: { at: number; fired: boolean; cancelled: boolean }[] = [];
  private waiters: { met: () => boolean; resolve: () => void }[] = [];
  private updates = 0;
  private life = 0;
  loop = this.begin();

  private begin() {
    const life = ++this.life;
    this.going = [];
    this.timers = [];
    this.waiters = [];
    this.updates = 0;
    this.steps = 0;
    const loop = walk(stages, this.surroundings());
    void loop.run().then((ending) => {
      if (life === this.life) this.ending = ending;
    });
    return loop;
  }

  crash(): void {
    this.loop = this.begin();
  }

  private view(): View {
    const next = nextOf(this.open ? this.waits : [], this.given, this.now);
    const { state, open, offset } = this;
    return { state, open, ...next, offset, unsent: this.unsent > 0, wakes: this.unwoken > 0 };
  }

  private get now(): number {
    return this.machine + this.offset;
  }

  private activity<T>(transaction: () => T): Promise<T> {
    return new Promise((resolve) => {
      let answer: T;
      const going: Going = {
        committed: false,
        commit: () => {
          answer = transaction();
          going.committed = true;
        },
        answer: () => resolve(answer),
      };
      this.going.push(going);
    });
  }

  surroundings(): Surroundings {
    const life = this.life;
    return {
      step: async (name, ...args) => {
        this.mostAtOnce = Math.max(this.mostAtOnce, ++this.steps);
        try {
          return await this.activity(() => this.transaction(name, args));
        } finally {
          this.steps -= 1;
        }
      },
      ask: ({ task }) =>
        this.activity(() => {
          this.note(`asked ${task}`);
          this.waits = this.waits.filter((one) => one.task !== task);
          return this.view();
        }),
      sendNotices: () =>
        this.activity(() => {
          this.messages.sent += this.unsent;
          this.unsent = 0;
          return this.view();
        }),
      wakeOthers: () =>
        this.activity(() => {
          this.wakes.done += this.unwoken;
          this.unwoken = 0;
          return [];
        }),
      timer: (ms) => {
        const timer = { at: this.machine + ms, fired: false, cancelled: false };
        if (life === this.life) this.timers.push(timer);
        return { hasFired: () => timer.fired, cancel: () => (timer.cancelled = true) };
      },
      until: (met) =>
        met() ? Promise.resolve() : new Promise((resolve) => this.waiters.push({ met, resolve })),
      isIdle: () => this.updates === 0,
      isLong: () => false,
      show: () => undefined,
    };
  }

  /** Notes an act, and opens the wait that follows it, as a step of the product does. */
  private note(what: string): void {
    this.done.push(what);
    const next = this.follows.get(what);
    if (next) this.waits.push({ ...next, nextAt: this.now + (next.nextAt ?? 0) });
    if (this.telling.has(what)) this.queueMessage();
    if (!this.waking.has(what)) return;
    this.unwoken += 1;
    this.wakes.queued += 1;
  }

  private queueMessage(): void {
    this.unsent += 1;
    this.messages.queued += 1;
  }

  /** Another row's transaction queues a message for this row, and wakes this row. */
  tell(): void {
    this.queueMessage();
    this.loop.refresh();
  }

  /** The clock is set forward, and the row is woken. */
  setForward(by: number): void {
    this.offset += by;
    this.loop.refresh();
  }

  /** Whether the row has a due act that no timer and no activity will bring. */
  get isLeft(): boolean {
    const { next: due, question: asked } = nextOf(this.open ? this.waits : [], this.given, this.now);
    return due !== undefined || asked !== undefined;
  }

  /** One transaction. It decides again from the row, as the product's transactions do. */
  private transaction(name: string, [id = '', chosenIn]: string[]): View {
    if (name === 'look') {
      this.looks += 1;
      return this.view();
    }
    const { next } = this.view();
    if (name === 'referral.decision') {
      const mine = this.given.find((command) => command.id === id);
      if (!mine) return { ...this.view(), status: 200 };
      if (!(next?.does === 'command' && next.id === id)) return this.view();
      this.given = this.given.filter((command) => command !== mine);
      this.note(id);
      return { ...this.view(), status: 200 };
    }
    const isIt =
      next !== undefined &&
      'task' in next &&
      next.inMs === 0 &&
      next.task === id &&
      activityFor(stages, this.state, next)[0] === name &&
      (chosenIn === undefined || chosenIn === this.state);
    if (!isIt) return this.view();
    this.note(id);
    this.waits = this.waits.filter((one) => one.task !== id);
    if (this.waits.length === 0 && this.given.length === 0) this.close();
    return this.view();
  }

  private close(): void {
    this.open = false;
    this.state = 'silent';
  }

  /** Every possible next event, each separate. */
  choices(): (() => void)[] {
    const going = this.going.flatMap((one) =>
      one.committed ? [() => this.answer(one)] : [() => one.commit()],
    );
    const timers = this.timers.filter(({ fired, cancelled }) => !fired && !cancelled);
    const first = timers.toSorted((a, b) => a.at - b.at)[0];
    return [...going, ...(first ? [() => this.fire(first)] : [])];
  }

  private answer(one: Going): void {
    this.going = this.going.filter((other) => other !== one);
    one.answer();
  }

  private fire(timer: { at: number; fired: boolean }): void {
    const { next, question: asked } = nextOf(this.open ? this.waits : [], this.given, this.now);
    const passes = Math.max(0, timer.at - this.machine);
    this.machine += passes;
    timer.fired = true;
    const due = Math.min(next?.at ?? Infinity, asked?.at ?? Infinity);
    if (this.going.length > 0) this.busy += passes;
    else this.overslept = Math.max(this.overslept, this.now - due);
  }

  give(id: string): void {
    this.given.push({ id, name: 'decision', at: this.now });
    const life = this.life;
    this.updates += 1;
    this.loop
      .command('decision', id)
      .then((status) => this.statuses.push(status))
      .catch((error: unknown) => {
        if (!(error instanceof NotCarriedOut)) throw error;
      })
      .finally(() => {
        if (life === this.life) this.updates -= 1;
      });
  }

  /** Lets promises run, and resolves the waits whose conditions are met. */
  async pump(): Promise<void> {
    for (;;) {
      await turn();
      const ready = this.waiters.filter(({ met }) => met());
      if (ready.length === 0) return;
      this.waiters = this.waiters.filter((one) => !ready.includes(one));
      for (const { resolve } of ready) resolve();
    }
  }

  /** Lets the possible events happen in order until the row is at rest. */
  async rest(): Promise<void> {
    for (let turns = 0; turns < MANY_TURNS; turns++) {
      await this.pump();
      const [first] = this.choices();
      if (!first) return;
      first();
    }
    throw new Error('the loop does not come to rest');
  }
}

const wait = (task: string, nextAt: number, more: Partial<OpenWait> = {}): OpenWait => ({
  task,
  wait: 'decision',
  nextAt,
  endsAt: nextAt - 1,
  asideUntil: null,
  ofClock: false,
  hasNextOwner: false,
  isQuestion: false,
  wasAsked: false,
  stayed: false,
  ...more,
});
const question = (task: string, nextAt: number) =>
  wait(task, nextAt, { wait: 'contract_answer', endsAt: nextAt + 100, isQuestion: true });

/** Surroundings without questions, messages and timers. */
const nothing: Omit<Surroundings, 'step'> = {
  ask: () => Promise.reject(new Error('nothing is asked')),
  sendNotices: () => Promise.reject(new Error('nothing is sent')),
  wakeOthers: () => Promise.resolve([]),
  timer: () => ({ hasFired: () => false, cancel: () => undefined }),
  until: () => new Promise(() => undefined),
  isIdle: () => true,
  isLong: () => false,
  show: () => undefined,
};

async function world(...waits: OpenWait[]): Promise<World> {
  const made = new World();
  made.waits = waits;
  await made.pump();
  return made;
}

test('an open row without waits stays open', async () => {
  const it = await world();
  await it.rest();
  expect([it.ending, it.looks]).toEqual([undefined, 1]);
});

test('a row that is closed when it is read ends the loop', async () => {
  const it = await world();
  it.open = false;
  it.state = 'withdrawn';
  await it.rest();
  expect(it.ending).toEqual({ closed: 'withdrawn' });
});

test('a silent employer: the row is read once, and each step is done once, with one timer for each instant', async () => {
  const it = await world(wait('1', 10, { endsAt: 99 }), wait('2', 20));
  await it.rest();
  expect([it.done, it.looks, it.ending]).toEqual([['1', '2'], 1, { closed: 'silent' }]);
});

test('a refresh reads the row again', async () => {
  const it = await world();
  await it.rest();
  it.loop.refresh();
  await it.rest();
  expect(it.looks).toBe(2);
});

test('a question whose register hangs delays nothing else', async () => {
  const it = await world(question('q', 5), wait('late', 20));
  for (let turns = 0; turns < 40; turns++) {
    await it.pump();
    // Every event but the answer to the question, which is the last in progress.
    const choices = it.choices();
    const other = it.done.includes('late') ? undefined : choices.at(-1);
    if (!other) break;
    other();
  }
  expect(it.done).toContain('late');
});

test('an update gives up after 20 acts that come before it', async () => {
  const it = await world(...Array.from({ length: 30 }, (_, n) => wait(`w${n}`, n + 1)));
  await it.rest();
  expect(it.done).toHaveLength(30);
  let steps = 0;
  const loop = walk(stages, {
    ...nothing,
    step: () =>
      Promise.resolve({
        state: 'delivered',
        open: true,
        offset: 0,
        unsent: false,
        wakes: false,
        next: { does: 'remind', wait: 'decision', task: String(++steps), at: 1, inMs: 0 },
      }),
  });
  await expect(loop.command('decision', 'c1')).rejects.toThrow(NotCarriedOut);
});

test.each([
  ['nobody signals meanwhile', 1],
  ['somebody signals meanwhile', 2],
])('other rows are woken once, and %s: the row is read %i times', async (signal, looks) => {
  const steps: string[] = [];
  const loop = walk(stages, {
    ...nothing,
    step: (name) => {
      steps.push(name);
      const wakes = steps.length === 1;
      return Promise.resolve({ state: 'delivered', open: true, offset: 0, unsent: false, wakes });
    },
    wakeOthers: () => {
      steps.push('wakeOthers');
      if (signal.startsWith('somebody')) loop.refresh();
      return Promise.resolve([]);
    },
    until: (met) => (met() ? Promise.resolve() : new Promise(() => undefined)),
  });
  void loop.run();
  await turn();
  expect(steps).toEqual(['look', 'wakeOthers', ...(looks === 2 ? ['look'] : [])]);
});

test('the wait of a step that changes nothing is put aside, and the step is not tried without end', async () => {
  const steps: string[] = [];
  const view = (next: View['next']): View => ({
    state: 'delivered',
    open: true,
    offset: 0,
    unsent: false,
    wakes: false,
    ...(next && { next }),
  });
  const over = { does: 'over', wait: 'decision', task: '7', at: 5, inMs: 0 } as const;
  const loop = walk(stages, {
    ...nothing,
    step: (name) => {
      steps.push(name);
      return Promise.resolve(view(name === 'undecided' ? undefined : over));
    },
  });
  void loop.run();
  await turn();
  expect(steps).toEqual(['look', 'referral.silence', 'undecided']);
});

test('a wait that no stage names is undecided, and a wait marked to stay stays', () => {
  const over = { does: 'over', task: '1', at: 0, inMs: 0 } as const;
  expect(activityFor(stages, 'delivered', { ...over, wait: 'hearing' })).toEqual(['undecided', '1']);
  expect(activityFor(stages, 'undelivered', { ...over, wait: 'correct_contact' })).toEqual(['stay', '1']);
  expect(activityFor(stages, 'issued', { ...over, wait: 'decision' })).toEqual([
    'referral.silence',
    '1',
    'issued',
  ]);
});

test('a stage is shown with its waits and the steps that follow', () => {
  expect(stageInWords(stages, 'delivered')).toBe(
    'delivered\ndecision: then silence\nextension_answer: then stays\ncontract_answer: then evidenceOfContract',
  );
});

test('a long history: the loop ends to begin anew once no activity is in progress', async () => {
  const it = await world(wait('1', 10));
  await it.rest();
  let sent = false;
  const surroundings = {
    ...it.surroundings(),
    step: () =>
      Promise.resolve<View>({ state: 'delivered', open: true, offset: 0, unsent: !sent, wakes: false }),
    sendNotices: async () => {
      await turn();
      sent = true;
      return { state: 'delivered', open: true, offset: 0, unsent: false, wakes: false };
    },
    isLong: () => true,
    until: async (met: () => boolean) => {
      while (!met()) await turn();
    },
  };
  expect(await walk(stages, surroundings).run()).toBe('anew');
  expect(sent).toBe(true);
});

/** Commands, messages, wakes, timers, another offset of the clock, crashes and slow activities, in any order. */
test('in any order of events each act is done once, and no due act is left', async () => {
  const waits = fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 50 }),
      kind: fc.constantFrom('over', 'remind', 'ask'),
      tells: fc.boolean(),
      wakes: fc.boolean(),
    }),
    { maxLength: 5 },
  );
  const acts = fc.array(
    fc.oneof(
      { weight: 12, arbitrary: fc.record({ does: fc.constant('choice' as const), n: fc.nat(20) }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('give' as const), n: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('refresh' as const), n: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('crash' as const), n: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('tell' as const), n: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('forward' as const), n: fc.nat(20) }) },
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(waits, acts, async (all, happens) => {
      const open = all.map(({ at, kind }, n) =>
        kind === 'ask' ? question(`q${n}`, at) : wait(`w${n}`, at, kind === 'remind' ? { endsAt: 1000 } : {}),
      );
      const it = await world(...open);
      for (const [n, { task, isQuestion }] of open.entries()) {
        const name = isQuestion ? `asked ${task}` : task;
        it.follows.set(name, wait(`after ${task}`, 3));
        if (all[n]?.tells) it.telling.add(name).add(`after ${task}`);
        if (all[n]?.wakes) it.waking.add(name).add(`after ${task}`);
      }
      const commands: string[] = [];
      for (const { does, n } of happens) {
        await it.pump();
        const choices = it.choices();
        if (does === 'crash') it.crash();
        else if (does === 'refresh') it.loop.refresh();
        else if (does === 'forward') it.setForward(n);
        else if (does === 'tell' && it.ending === undefined) it.tell();
        else if (does === 'give' && it.open && it.ending === undefined) {
          commands.push(`c${commands.length}`);
          it.give(commands.at(-1) as string);
        } else if (does === 'choice') choices[n % Math.max(1, choices.length)]?.();
      }
      await it.rest();
      expect([it.isLeft, it.mostAtOnce]).toEqual([false, 1]);
      // The time to the next act in a late answer is too long by the delay.
      expect(it.overslept).toBeLessThanOrEqual(it.busy);
      expect(it.messages.sent).toBe(it.messages.queued);
      expect(it.wakes.done).toBe(it.wakes.queued);
      const expected = [
        ...open.map(({ task, isQuestion }) => (isQuestion ? `asked ${task}` : task)),
        ...open.map(({ task }) => `after ${task}`),
        ...commands,
      ];
      expect(it.done.toSorted()).toEqual(expected.toSorted());
      expect(it.ending).toEqual(it.open ? undefined : { closed: it.state });
    }),
    { numRuns: 300 },
  );
});
