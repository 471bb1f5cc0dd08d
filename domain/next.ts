/** An instant in milliseconds since 1970, so that the workflow can compare instants with each other. */
export type Instant = number;

/** The part of an open wait that decides on the order of a row's steps. */
export interface OpenWait {
  task: string;
  wait: string;
  /** The instant of the next reminder, question or step; null while nothing is to come. */
  nextAt: Instant | null;
  /** The end of its owner's time; null where nothing ends it. */
  endsAt: Instant | null;
  /** After a defect the wait is put aside until this instant. */
  asideUntil: Instant | null;
  /** The clock owns the wait: it is over at its instant. Another wait is over after its last second. */
  ofClock: boolean;
  hasNextOwner: boolean;
  isQuestion: boolean;
  wasAsked: boolean;
  /** Its last owner's time has passed, and the wait stays with this owner. */
  stayed: boolean;
}

/** A command that was given and has no answer yet. */
export interface GivenCommand {
  id: string;
  name: string;
  at: Instant;
}

/** A row's next act, by itself or by a person's command, and its instant. `inMs` is 0 where the act is due now. */
export type Next =
  | { does: 'command'; name: string; id: string; at: Instant; inMs: 0 }
  | { does: 'over' | 'escalate' | 'remind'; wait: string; task: string; at: Instant; inMs: number }
  /** The row could not be read as a whole, and is read again. */
  | { does: 'look'; at: Instant; inMs: number };

/** A question to a register, beside the row's other acts. */
export interface Question {
  wait: string;
  task: string;
  at: Instant;
  inMs: number;
}

export interface WhatNext {
  next?: Next;
  question?: Question;
}

/**
 * A row's next act, and the question that it asks a register meanwhile [design §3]. First come the waits that were over before
 * the first given command, in the order of their ends. Then come that command, the waits that are over by now, and the
 * reminders. Otherwise the next act is the earliest ahead. A register that nobody asked has not been silent, so its wait is not
 * over. A wait that was put aside is left out until its instant.
 *
 * @param open the open waits, in the order of their opening
 * @param now the clock's instant
 * @param delay milliseconds between the end of a wait and the row's act (`delayOf`). A given command has none: it meets the row as it
 *   stood at its instant
 */
export function nextOf(
  open: readonly OpenWait[],
  given: readonly GivenCommand[],
  now: Instant,
  delay = 0,
): WhatNext {
  const waiting = open.flatMap((wait) => (wait.nextAt === null ? [] : [{ wait, at: startOf(wait, now) }]));
  const question = earliest(waiting.filter(({ wait, at }) => wait.isQuestion && !isOver(wait, at)));
  const asked: WhatNext = question
    ? { question: { wait: question.wait.wait, task: question.wait.task, ...timed(question.at, now) } }
    : {};
  const others = waiting.filter(
    (one) => one !== question && !(one.wait.isQuestion && !isOver(one.wait, one.at)),
  );
  const [command] = given.toSorted((a, b) => a.at - b.at);
  const over = others
    .filter(({ wait, at }) => at <= now && isOver(wait, Math.min(command?.at ?? now, now)))
    .toSorted((a, b) => endOf(a.wait) - endOf(b.wait))[0];
  if (over) return { ...asked, next: passing(over.wait, over.at + (command ? 0 : delay), now) };
  if (command)
    return {
      ...asked,
      next: { does: 'command', name: command.name, id: command.id, at: command.at, inMs: 0 },
    };
  const first = earliest(others);
  if (!first) return asked;
  const at = first.at + delay;
  const next: Next = isOver(first.wait, Math.max(first.at, now))
    ? passing(first.wait, at, now)
    : { does: 'remind', wait: first.wait.wait, task: first.wait.task, ...timed(at, now) };
  return { ...asked, next };
}

interface Waiting {
  wait: OpenWait;
  at: Instant;
}

const timed = (at: Instant, now: Instant) => ({ at, inMs: Math.max(0, at - now) });

const passing = ({ wait, task, hasNextOwner }: OpenWait, at: Instant, now: Instant): Next => ({
  does: hasNextOwner ? 'escalate' : 'over',
  wait,
  task,
  ...timed(at, now),
});

/** Whether the time of a wait's owner was over at an instant. */
const isOver = (wait: OpenWait, by: Instant): boolean =>
  wait.nextAt !== null &&
  wait.nextAt <= by &&
  (wait.ofClock || (wait.endsAt !== null && wait.endsAt < by)) &&
  !wait.stayed &&
  (!wait.isQuestion || wait.wasAsked);

const endOf = ({ endsAt, nextAt }: OpenWait): Instant => endsAt ?? nextAt ?? Infinity;

/** The instant of a wait's next act. A wait that was put aside acts at the end of that time at the earliest. */
const startOf = ({ nextAt, asideUntil }: OpenWait, now: Instant): Instant =>
  asideUntil !== null && asideUntil > now ? Math.max(nextAt ?? 0, asideUntil) : (nextAt ?? Infinity);

const earliest = (waiting: readonly Waiting[]): Waiting | undefined =>
  waiting.toSorted((a, b) => a.at - b.at)[0];
