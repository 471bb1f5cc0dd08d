import { z } from 'zod';
import { dayOf } from '../../domain/day';
import { eventInWords } from '../../domain/words/words';
import { namedIn, namesOf } from '../../records/reads/names';
import { later } from '../../registers/sandbox/duration';
import type { Action } from '../../registers/sandbox/script';
import { Impossible } from '../../registers/sandbox/impossible';
import { type Difference, differences } from './difference';
import { createWorld, type World } from './world';
import type { Ground } from './ground';
import { messageDifferences, readMessages } from './messages';
import { shown } from './moment';
import { acting } from './people';
import { type Money, readMoney } from './money';
import { mayTouchMoney, type Scenario, ScenarioError, type Step } from './scenario';
import { pick, substitute } from './substitute';

/** The subject of the sample data's own events. */
const SAMPLE = 'sample-data';

/** An event, in words. */
export interface Happened {
  at: Date;
  type: string;
  words: string;
  subject: string;
  actorId: string;
  actorRole: string;
}

/** A step with its result. */
export interface Done {
  n: number;
  step: Step;
  /** The virtual time of the step; for a wait, the time of its end. */
  at: Date;
  /** The act: `POST /v1/cases`, `wait 6d`. */
  request: string;
  who?: string;
  status: number | null;
  body: unknown;
  happened: Happened[];
  /** Empty if every result was as expected. */
  wrong: Difference[];
}

export interface Summary {
  cases: { id: string; state: string; outcome: string | null }[];
  events: Happened[];
  tasks: object[];
  money: Money;
  at: Date;
}

/** Is told of each step of a scenario. */
export interface Listener {
  begins(scenario: Scenario): void;
  did(done: Done): void;
  ends(summary: Summary): void;
}

/**
 * Plays a scenario in a world of its own until its end or the first step that is not as expected.
 *
 * @param goOn whether it plays on after such a step
 * @returns whether every result was as expected
 * @throws ScenarioError if a step cannot be done
 * @throws MachineError if a result was not as expected because a server has ended, or the disk is full
 */
export async function runScenario(
  ground: Ground,
  scenario: Scenario,
  listener: Listener,
  { goOn = false } = {},
): Promise<boolean> {
  const world = await createWorld(ground, { starts: scenario.starts, money: mayTouchMoney(scenario) });
  try {
    listener.begins(scenario);
    const isAsExpected = await play(world, scenario, listener, goOn);
    if (!isAsExpected) await world.mustStand();
    listener.ends(await summaryOf(world));
    return isAsExpected;
  } catch (error) {
    if (!(error instanceof ScenarioError)) await world.mustStand();
    throw error;
  } finally {
    await world.stop();
  }
}

async function play(world: World, scenario: Scenario, listener: Listener, goOn: boolean): Promise<boolean> {
  const saved = new Map<string, unknown>();
  let seen = (await world.db.event.aggregate({ _max: { id: true } }))._max.id ?? 0n;
  // A wait is counted from the planned end of the wait before. So the moments between steps never add up.
  let planned = scenario.starts;
  let isAsExpected = true;
  for (const [index, step] of scenario.steps.entries()) {
    const told = await at(step, index, () => takeStep(world, step, saved, planned)).catch(
      async (error: unknown) => {
        if (isAsExpected || !(error instanceof ScenarioError)) throw error;
        return notTaken(await world.clock.now(), error);
      },
    );
    planned = told.planned ?? planned;
    await world.settle();
    const happened = await eventsAfter(world, seen);
    seen = happened.last ?? seen;
    const wrong = [...told.did.wrong, ...(await wrongMessages(world, step, saved))];
    listener.did({ n: index + 1, step, ...told.did, wrong, happened: happened.events });
    if (wrong.length > 0) isAsExpected = false;
    if (!isAsExpected && !goOn) return false;
    for (const [name, path] of Object.entries((step.does === 'request' && step.save) || {}))
      if (wrong.length === 0) saved.set(name, await at(step, index, () => pick(told.did.body, path)));
  }
  return isAsExpected;
}

/** A step that cannot be done because an earlier one was not as expected, for example for a value that was not saved. */
const notTaken = (now: Date, { message }: ScenarioError): Told => ({
  did: {
    at: now,
    request: 'not carried out',
    status: null,
    body: null,
    wrong: [{ at: 'step', expected: 'carried out', got: message }],
  },
});

async function wrongMessages(
  world: World,
  { expect }: Step,
  saved: ReadonlyMap<string, unknown>,
): Promise<Difference[]> {
  const sent = world.sent();
  if (!expect?.messages) return [];
  const wanted = substitute(expect.messages, saved, dayOf(await world.clock.now()));
  return messageDifferences(world.db, wanted, await readMessages(world.db, sent));
}

/** Adds the step to an error. */
async function at<T>(step: Step, index: number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new ScenarioError(`step ${index + 1} (line ${step.line}): ${error.message}`);
  }
}

interface Told {
  did: Omit<Done, 'n' | 'step' | 'happened'>;
  planned?: Date;
}

async function takeStep(
  world: World,
  step: Step,
  saved: ReadonlyMap<string, unknown>,
  planned: Date,
): Promise<Told> {
  const at = await world.clock.now();
  const filled = <T>(written: T): T => substitute(written, saved, dayOf(at));
  const nothing = { status: null, body: null, wrong: [] };

  if (step.does === 'register') {
    await world.register(filled(step.action) as Action).catch((error: unknown) => {
      if (error instanceof z.ZodError) throw new ScenarioError(`register: ${z.prettifyError(error)}`);
      if (error instanceof Impossible) throw new ScenarioError(`register: ${error.message}`);
      throw error;
    });
    return { did: { at, request: `register ${JSON.stringify(filled(step.action))}`, ...nothing } };
  }

  if (step.does !== 'request') {
    const target = step.does === 'until' ? step.until : later(planned, step.length);
    if (target < at) throw new ScenarioError(`${shown(target)} is past: it is ${shown(at)}`);
    await world.clock.advanceTo(target);
    const request = step.does === 'until' ? `wait until ${shown(step.until)}` : `wait ${step.length}`;
    return { did: { at: target, request, ...nothing }, planned: target };
  }

  const { claims, name } = acting(step.as);
  const { method, headers } = step;
  const path = filled(step.path);
  const { status, body } = await world.call(claims, {
    method,
    path,
    ...(step.body !== undefined && { body: filled(step.body) }),
    ...(headers && { headers: filled(headers) }),
  });
  const { status: wanted, body: part } = step.expect ?? {};
  const wrong = [
    ...(wanted !== undefined
      ? differences(wanted, status, 'status')
      : status >= 400
        ? [unexpected(status)]
        : []),
    ...(part !== undefined ? differences(filled(part), body) : []),
  ];
  return { did: { at, request: `${method} ${path}`, who: name, status, body, wrong } };
}

/** A step without an expected status expects a status below 400. */
const unexpected = (status: number): Difference => ({ at: 'status', expected: 'below 400', got: status });

async function eventsAfter(
  world: World,
  id: bigint,
): Promise<{ events: Happened[]; last: bigint | undefined }> {
  const rows = await world.db.event.findMany({
    where: { id: { gt: id }, correlationId: { not: SAMPLE } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  const nameOf = await namesOf(world.db, namedIn(rows));
  return {
    events: rows.map(({ at, type, params, subject, actorId, actorRole }) => ({
      at,
      type,
      words: eventInWords(
        { language: 'en', today: dayOf(at), nameOf },
        type,
        params as Record<string, unknown>,
      ),
      subject,
      actorId,
      actorRole,
    })),
    last: rows
      .map((row) => row.id)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .at(-1),
  };
}

async function summaryOf(world: World): Promise<Summary> {
  const { db } = world;
  const [cases, tasks, { events }, money] = await Promise.all([
    db.case.findMany({ select: { id: true, state: true, outcome: true }, orderBy: { id: 'asc' } }),
    db.task.findMany({
      select: {
        subject: true,
        kind: true,
        role: true,
        rank: true,
        area: true,
        since: true,
        due: true,
        closedAt: true,
        closedHow: true,
      },
      orderBy: { id: 'asc' },
    }),
    eventsAfter(world, 0n),
    readMoney(db),
  ]);
  return { cases, events, tasks, money, at: await world.clock.now() };
}
