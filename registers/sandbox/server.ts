import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Clock } from '../../domain/clock';
import { businessForms } from '../../domain/business';
import { registerNames, type RegisterName } from '../../domain/registers';
import { faultOf, misbehave } from './faults';
import { Impossible } from './impossible';
import { createBusinessSide } from './business';
import { createNotificationsSide } from './notifications';
import { action, type Action, type Manner, type Push } from './script';
import type { Happening, Reply, Side } from './side';
import { createTaxSide } from './tax';
import { createTiekSide } from './tiek';
import { createTreasurySide } from './treasury';
import { createPush, type Delivery, type Webhook } from './webhooks';
import { asJson, emptyWorld, type HeldNews, type World } from './world';
import { createYammtSide } from './yammt';

export interface Sandbox {
  readonly app: Express;
  /**
   * Does one action (script.ts lists them) and waits until its news has been pushed.
   *
   * @returns the answers to each piece of news
   * @throws ZodError if this is no action, Impossible if the action does not fit the world
   */
  script(action: Action): Promise<{ pushed: Delivery[] }>;
  /** The facts of the outside world, to read. */
  readonly world: World;
}

/**
 * All registers, simulated: YAMMT under `/yammt`, TIEK under `/tiek`, the tax authority under `/tax`, the treasury under `/treasury`,
 * the notification gateway under `/notifications`, the registers of business under `/self_employed`, `/entrepreneur` and `/farm`. `POST /script` does an action. `GET /state` shows the whole world,
 * `GET /messages?to=` an inbox. `GET /orders?account=` lists the payment orders: how often each was `seen` and `executed`, and its
 * state now.
 *
 * @param clock gives the day, and the end of a fault
 * @param webhook the address for news; without it no news is pushed
 * @param world the facts to begin with, changed in place
 * @param save called after every change, before the answer
 */
export const createSandbox = ({
  clock,
  webhook,
  world = emptyWorld(),
  save = () => Promise.resolve(),
}: {
  clock: Clock;
  webhook: Webhook | undefined;
  world?: World;
  save?: () => Promise<void>;
}): Sandbox => {
  const yammt = createYammtSide(world);
  const tiek = createTiekSide(world);
  const tax = createTaxSide(world);
  const treasury = createTreasurySide(world);
  const notifications = createNotificationsSide(world);
  const businesses = {
    self_employed: createBusinessSide(world, 'self_employed'),
    entrepreneur: createBusinessSide(world, 'entrepreneur'),
    farm: createBusinessSide(world, 'farm'),
  };
  const push = createPush({ clock, webhook });

  const release = (order: 'as_happened' | 'reversed'): HeldNews[] => {
    const held = world.held.splice(0);
    world.holding = false;
    return order === 'reversed' ? held.toReversed() : held;
  };

  const act = (written: Action, now: Date): HeldNews[] => {
    const said = action.parse(written);
    for (const register of registerNames) misbehave(world, register, said[register] ?? {}, now);
    if (said.load) {
      tiek.load(said.load.people);
      yammt.load(said.load.contracts);
      tax.load(said.load.wages);
      treasury.load(said.load.accounts);
      for (const { form, ...registered } of said.load.businesses) businesses[form].load(registered);
    }
    if (said.hold) world.holding = true;
    if (said.release) return release(said.release.order);
    if (said.push) return [asTold(said.push, now)];
    for (const form of businessForms) businesses[form].act(said[form] ?? {}, now);
    return [
      ...newsOf('yammt', yammt.act(said.yammt ?? {}, now), now),
      ...newsOf('tiek', tiek.act(said.tiek ?? {}, now), now),
      ...newsOf('tax', tax.act(said.tax ?? {}, now), now),
      ...newsOf('treasury', treasury.act(said.treasury ?? {}, now), now),
      ...newsOf('notifications', notifications.act(said.notifications ?? {}, now), now),
    ];
  };

  /** Saves the world, and pushes the news or keeps it back. */
  const tell = async (news: HeldNews[]): Promise<Delivery[]> => {
    if (world.holding) world.held.push(...news.splice(0));
    await save();
    const pushed: Delivery[] = [];
    for (const { news: told, manner } of news) pushed.push(await push(told, manner));
    return pushed;
  };

  const script: Sandbox['script'] = async (written) => ({
    pushed: await tell(act(written, await clock.now())),
  });

  /** Answers one question, with the register's present fault. */
  const answering =
    (register: RegisterName, reply: (request: Request, now: Date) => Reply): RequestHandler =>
    async (request, response) => {
      const now = await clock.now();
      const fault = faultOf(world, register, now);
      if (fault?.kind === 'down') {
        request.socket.destroy();
        return;
      }
      if (fault?.kind === 'refuses') {
        response.status(fault.status).json({ error: 'refused' });
        return;
      }
      const { said, news, lateMs = 0, lost } = reply(request, now);
      await tell(newsOf(register, news, now));
      if (lost === true) {
        request.socket.destroy();
        return;
      }
      const slowMs = fault?.kind === 'slow' ? fault.ms : 0;
      if (slowMs + lateMs > 0) await sleep(slowMs + lateMs, undefined, { ref: false });
      if (fault?.kind === 'garbage') response.send(fault.body);
      else response.json(said);
    };

  const app = express().disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.use(express.json({ limit: '64mb' }));
  const sides: Record<RegisterName, Side<never>> = {
    yammt,
    tiek,
    tax,
    treasury,
    notifications,
    ...businesses,
  };
  for (const register of registerNames) {
    const { questions, orders = {} } = sides[register];
    for (const [path, answer] of Object.entries(questions))
      app.post(
        `/${register}${path}`,
        answering(register, ({ body }, now) => ({ said: answer(body, now), news: [] })),
      );
    for (const [path, reply] of Object.entries(orders))
      app.put(
        `/${register}${path}`,
        answering(register, ({ params, body }, now) => reply(underItsOwn(params, body), now)),
      );
  }
  app.post(
    '/script',
    async (request, response) => void response.json(await script(action.parse(request.body))),
  );
  app.get('/state', (_request, response) => void response.type('json').send(asJson(world)));
  app.get('/messages', (request, response) => {
    const { to } = request.query;
    const inbox = [...world.messages.values()];
    response.json(to === undefined ? inbox : inbox.filter((message) => message.to === to));
  });
  app.get('/orders', async (request, response) => {
    const { account } = request.query;
    const orders = treasury.list(await clock.now());
    response.json(account === undefined ? orders : orders.filter((order) => order.account === account));
  });
  app.use(problem);

  return { app, script, world };
};

/** The body of a PUT, which repeats the key of the path. */
const underItsOwn = (path: object, body: unknown): unknown => {
  const said = z.looseObject({}).parse(body);
  for (const [name, value] of Object.entries(path)) z.literal(String(value)).parse(said[name]);
  return said;
};

const newsOf = (register: RegisterName, happenings: Happening[], now: Date): HeldNews[] =>
  happenings.flatMap(({ told, push }) => {
    if (push === false) return [];
    const { event = randomUUID(), at = now.toISOString(), ...manner } = mannerOf(push);
    return [{ news: { event, register, at, ...told }, manner }];
  });

const mannerOf = (push: Exclude<Push, false>): Exclude<Push, boolean> => (push === true ? {} : push);

/** News exactly as a script has it. */
const asTold = (
  {
    times,
    signature,
    reliable,
    ...told
  }: Manner & { register: RegisterName; event?: string | undefined; at?: string | undefined },
  now: Date,
): HeldNews => ({
  news: { ...told, event: told.event ?? randomUUID(), at: told.at ?? now.toISOString() },
  manner: { times, signature, reliable },
});

const problem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof z.ZodError)
    response.status(400).json({ error: 'not understood', issues: error.issues });
  else if (error instanceof Impossible) response.status(409).json({ error: error.message });
  else if (error instanceof SyntaxError) response.status(400).json({ error: 'not JSON' });
  else response.status(500).json({ error: 'the sandbox failed' });
};
