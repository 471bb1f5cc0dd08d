/** Instants are milliseconds since 1970, so that the workflow can compare them with each other. */
export type Instant = number;

/** An open wait, as far as the order of a row's steps depends on it. */
export interface OpenWait {
  task: string;
  wait: string;
  /** When it asks for something next: a reminder, a question, or what follows; null while nothing is to come. */
  nextAt: Instant | null;
  /** When its owner's time ends; null where nothing ends it. */
  endsAt: Instant | null;
  /** Put aside until then, after a defect. */
  asideUntil: Instant | null;
  /** The clock's own: over as soon as its instant has come. */
  ofClock: boolean;
  hasNextOwner: boolean;
  isQuestion: boolean;
  wasAsked: boolean;
  /** Its last owner's time has passed, and it stays with them. */
  stayed: boolean;
}

/** A command that was given and has no answer yet. */
export interface GivenCommand {
  id: string;
  name: string;
  at: Instant;
}

/** What a row does next, by itself or because a person said so, and when: `inMs` is 0 where that is now. */
export type Next =
  | { does: 'command'; name: string; id: string; at: Instant; inMs: 0 }
  | { does: 'over' | 'escalate' | 'remind'; wait: string; task: string; at: Instant; inMs: number }
  /** The row could not be read as a whole: it is looked at again. */
  | { does: 'look'; at: Instant; inMs: number };

/** A register to be asked, beside whatever else the row does. */
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
 * What a row does next, and which register it asks meanwhile: what was over before the first given command, in the order in
 * which it ended; then that command; then what is over by now; then reminders; else what comes first [design §3]. A register
 * that was never asked has not been silent, so its wait is not over. A wait that was put aside is passed over until its time.
 *
 * @param open in the order in which they were opened
 * @param now the clock's instant, in milliseconds since 1970, as everything here
 */
export function nextOf(open: readonly OpenWait[], given: readonly GivenCommand[], now: Instant): WhatNext {
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
  if (over) return { ...asked, next: passing(over.wait, over.at, now) };
  if (command)
    return {
      ...asked,
      next: { does: 'command', name: command.name, id: command.id, at: command.at, inMs: 0 },
    };
  const first = earliest(others);
  if (!first) return asked;
  const next: Next = isOver(first.wait, Math.max(first.at, now))
    ? passing(first.wait, first.at, now)
    : { does: 'remind', wait: first.wait.wait, task: first.wait.task, ...timed(first.at, now) };
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

/** Whether the time of a wait's owner was over by an instant. */
const isOver = (wait: OpenWait, by: Instant): boolean =>
  wait.nextAt !== null &&
  wait.nextAt <= by &&
  (wait.ofClock || (wait.endsAt !== null && wait.endsAt < by)) &&
  !wait.stayed &&
  (!wait.isQuestion || wait.wasAsked);

const endOf = ({ endsAt, nextAt }: OpenWait): Instant => endsAt ?? nextAt ?? Infinity;

/** When a wait asks for something: not before the end of the time for which it was put aside. */
const startOf = ({ nextAt, asideUntil }: OpenWait, now: Instant): Instant =>
  asideUntil !== null && asideUntil > now ? Math.max(nextAt ?? 0, asideUntil) : (nextAt ?? Infinity);

const earliest = (waiting: readonly Waiting[]): Waiting | undefined =>
  waiting.toSorted((a, b) => a.at - b.at)[0];
