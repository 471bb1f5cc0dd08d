import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { type Activities, createActivities } from '../../activities';
import { workflowsOf } from '../../api/http/workflows';
import { at, type Day } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { testSettings } from './settings';
import type { Db } from '../../prisma/db';
import { newsSubject, type Pushed, receiveNews } from '../../records/news';
import { change } from '../../records/kernel/change';
import type { Transaction } from '../../records/kernel/transaction';
import { registersAt } from '../../registers/registers';
import { later } from '../../registers/sandbox/duration';
import { createSandbox } from '../../registers/sandbox/server';
import { virtualClock } from '../../tools/simulator/clock';
import type { OpenDatabase } from '../../tools/simulator/ground';
import { type Server, serverOf, wrapped } from '../../tools/simulator/server';
import { workflowOf } from '../../records/kernel/walking';
import { administrator, caseManager, seed } from './bench';
import { openCaseOf } from './cases';
import { warmDatabase } from './database';
import { type History, historiesOf, type Run, type RunWithHistory } from './histories';
import { commandsRecorded } from './recorded-command';
import { timeSkippingServer } from './time-skipping';
import { quietTemporal, workflowCode } from './workflow-code';

export const FROM = '2023-03-01T09:00:00+05:00';

export const CONNECTIONS = 10;
const REGISTER_TIMEOUT_MS = 2000;
const MOMENT_MS = 1000;
const MOMENTS = 120;
const LOCAL_TIMEOUT_MS = 5200;

/** Texts that people wrote. They must stay in the record only. */
export const written = {
  assessment: {
    capabilities: 'sews well and reads patterns',
    needs: 'a chair with a back',
    wishes: 'work near her sister',
    conditions: 'no heavy lifting',
    barriers: 'afraid of the bus',
  },
  plan: { measures: [{ kind: 'job' }], services: [{ kind: 'legal', provider: 'the advice centre' }] },
  rejection: { decision: 'reject', code: 'qualification', grounds: 'the person has no diploma of tailoring' },
};

/**
 * A fault of the database in an activity. Either nothing is done, or all is done and the answer is lost, or the answer comes when the
 * promise resolves.
 */
export type Fault = 'before' | 'after' | Promise<void>;

/**
 * A time-skipping server for one pathway after another, each from its own date.
 *
 * @param code other workflows than the product's
 */
export async function startPathwayServer(code?: { code: string }) {
  quietTemporal();
  const [env, workflowBundle] = await Promise.all([timeSkippingServer(), code ?? workflowCode()]);
  const server = serverOf(env, { workflowBundle, connections: CONNECTIONS });
  const lastFailure = { at: -Infinity };
  return {
    workflowBundle,
    begin: async (from = FROM, database?: OpenDatabase) =>
      begin(server, lastFailure, from, database ?? (await warmDatabase(CONNECTIONS))),
    async stop() {
      // If a worker ends sooner after a failed local activity than its time-out, the SDK's core panics, without effect.
      await sleep(Math.max(0, lastFailure.at + LOCAL_TIMEOUT_MS - performance.now()));
      await server.stop();
    },
  };
}

export type Pathway = Awaited<ReturnType<typeof begin>>;

/**
 * The record, the registers and a real worker on virtual time that begins at `from`.
 *
 * @param lastFailure is called when an activity is made to fail
 */
async function begin(server: Server, lastFailure: { at: number }, from: string, database: OpenDatabase) {
  const { env, client } = server;
  const { db, close: giveBack } = database;
  const clock = virtualClock(env);
  await clock.set(new Date(from));
  const records = { db, clock, settings: testSettings };
  const sandbox = createSandbox({ clock, webhook: undefined });
  const { url, close: closeRegisters } = await listening(
    (request, response) => void sandbox.app(request, response),
  );
  const workflows = workflowsOf(client);
  const { activities, runs, faults } = watched(
    createActivities({
      records,
      registers: registersAt(url, REGISTER_TIMEOUT_MS),
      client,
    }),
    lastFailure,
  );
  await server.serve(activities);
  let planned = new Date(from);

  /** Returns when all due work is done. */
  async function settle(): Promise<void> {
    let left: string[] = [];
    for (let moment = 1; moment <= MOMENTS; moment++) {
      const due = await clock.now();
      await clock.pass(MOMENT_MS);
      const tasks = await db.task.findMany({ where: { closedAt: null, nextAt: { lte: due } } });
      const wakes = await db.outbox.findMany();
      const commands = await db.command.findMany({ where: { state: 'pending' } });
      left = [
        ...tasks.map(({ subject, kind }) => `${subject}: ${kind}`),
        ...wakes.map(({ subject, target }) => `${subject} wakes ${target}`),
        ...commands.map(({ subject, name }) => `${subject}: ${name}`),
      ];
      if (left.length === 0) return;
    }
    throw new Error(`the rows do not come to rest: ${left.join(', ')}`);
  }

  /** Changes the record as a command without a workflow does. The workflows that it wakes are woken at once. */
  async function write<T>(
    subject: string,
    work: (transaction: Transaction) => Promise<T>,
    actor: Actor = administrator,
  ): Promise<T> {
    const written = await change(records, { actor, subject, correlationId: 'test' }, work);
    const wakes = await db.outbox.findMany({ where: { subject } });
    for (const target of new Set(wakes.map((wake) => wake.target))) await workflows.refresh(target);
    await db.outbox.deleteMany({ where: { id: { in: wakes.map(({ id }) => id) } } });
    return written;
  }

  const record = commandsRecorded(db, clock);

  const answerOf = async (commandId: string) => {
    const { state, status, answer } = await db.command.findUniqueOrThrow({ where: { id: commandId } });
    return { state, status: status ?? 0, body: answer as Record<string, unknown> };
  };

  /** Gives a command in the API's own way to Temporal. Returns the recorded answer. */
  async function give(subject: string, name: string, body: object, actor: Actor) {
    const id = await record(subject, name, body, actor);
    await workflows.carryOut(subject, name, id);
    await settle();
    return answerOf(id);
  }

  const allRuns = async (): Promise<RunWithHistory[]> => historiesOf(client, [...runs.values()]);

  return {
    db,
    records,
    clock,
    sandbox,
    client,
    workflows,
    faults,
    settle,
    write,
    record,
    answerOf,
    give,

    /** Sends the Update of a recorded command under any update id. The API uses the command's own id. */
    update(subject: string, name: string, commandId: string, updateId = commandId): Promise<number> {
      const [type, options] = workflowOf(subject);
      return client.workflow.executeUpdateWithStart<() => Promise<string>, number, [string]>(name, {
        args: [commandId],
        updateId,
        startWorkflowOperation: new WithStartWorkflowOperation(type, {
          ...options,
          workflowIdConflictPolicy: 'USE_EXISTING',
        } as never),
      });
    },

    /** Lets time pass, counted from the planned end of the last wait. */
    async pass(duration: string): Promise<void> {
      planned = later(planned, duration);
      await clock.advanceTo(planned);
      await settle();
    },

    /** Lets time pass until this time of the day in Tashkent, to the second. */
    async until(day: Day, time: string): Promise<void> {
      planned = at(day, time);
      await clock.advanceTo(planned);
      await settle();
    },

    /** A case opened as the API does: the row, then its workflow. */
    async openCase(personId: string): Promise<string> {
      const id = await write('cases', (transaction) => openCaseOf(transaction, personId));
      await workflows.refresh(`case/${id}`);
      await settle();
      return id;
    },

    /** A case opened, assessed, planned for a job and referred to it. */
    async referred(world: Awaited<ReturnType<typeof seed>>) {
      const caseId = await this.openCase(world.personId);
      await give(`case/${caseId}`, 'assessment', written.assessment, caseManager);
      await give(`case/${caseId}`, 'plan', written.plan, caseManager);
      const { body } = await give(`case/${caseId}`, 'referral', { vacancy: world.vacant }, caseManager);
      return { caseId, referralId: body['id'] as string };
    },

    /** News that the API gets from a register. It is recorded once; then its workflow is begun, even if the news came before. */
    async news(news: Pushed): Promise<'new' | 'known'> {
      const subject = newsSubject(news);
      const known = await write(subject, (transaction) => receiveNews(transaction, news));
      await workflows.refresh(subject);
      await settle();
      return known;
    },

    stopWorker: () => server.rest(),
    startWorker: () => server.serve(activities),

    /** Ends the row's workflow, as if Temporal had lost it. */
    lose: (subject: string) => client.workflow.getHandle(subject).terminate('lost'),

    async isRunning(subject: string): Promise<boolean> {
      const { status } = await client.workflow.getHandle(subject).describe();
      return status.name === 'RUNNING';
    },

    /** The number of executions of this row's workflow. */
    executions: (subject: string) =>
      [...runs.values()].filter(({ workflowId }) => workflowId === subject).length,

    historyOf: (subject: string): Promise<History> => client.workflow.getHandle(subject).fetchHistory(),

    events: async (subject: string): Promise<string[]> =>
      (await db.event.findMany({ where: { subject }, orderBy: { id: 'asc' } })).map(({ type }) => type),

    /** The open waits of a row: kind and owner. */
    waits: async (subject: string): Promise<string[]> =>
      (await db.task.findMany({ where: { subject, closedAt: null }, orderBy: { id: 'asc' } })).map(
        ({ kind, role }) => `${kind}: ${role}`,
      ),

    allRuns,

    /** The status of every execution: `RUNNING` and `COMPLETED` are good. */
    outcomes: async (): Promise<Set<string>> => {
      const all = [...runs.values()].map(({ workflowId, runId }) =>
        client.workflow.getHandle(workflowId, runId).describe(),
      );
      return new Set((await Promise.all(all)).map(({ status }) => status.name));
    },

    /** The people's texts and personal data. Temporal may have none of them. */
    personalData: () => personalData(db),

    /** Ends every execution and stops everything but the server. */
    async end(): Promise<void> {
      faults.clear();
      await server.clear();
      await closeRegisters();
      await giveBack();
    },
  };
}

/** Notes which executions run activities. The activities that `faults` names fail; `*` means every activity. */
function watched(activities: Activities, lastFailure: { at: number }) {
  const runs = new Map<string, Run>();
  const faults = new Map<string, Fault>();
  const fail = (why: string): never => {
    lastFailure.at = performance.now();
    throw new Error(why);
  };
  const watching = wrapped(activities, (name, activity) => async (...args) => {
    const run = Context.current().info.workflowExecution;
    if (run) runs.set(`${run.workflowId} ${run.runId}`, run);
    const fault = faults.get(name) ?? faults.get('*');
    if (fault === 'before') fail('the database does not answer');
    const answer = await activity(...args);
    if (typeof fault === 'object') await fault;
    if ((faults.get(name) ?? faults.get('*')) === 'after') fail('the answer was lost');
    return answer;
  });
  return { activities: watching, runs, faults };
}

async function personalData(db: Db): Promise<string[]> {
  const people = await db.person.findMany();
  const employers = await db.employer.findMany();
  const officials = await db.official.findMany();
  const accounts = await db.account.findMany();
  const commands = await db.command.findMany();
  const fields = [
    ...people.flatMap(({ pinfl, name, phone, phoneBefore, email, address }) => [
      pinfl,
      ...name.split(' '),
      phone,
      phoneBefore,
      email,
      address,
    ]),
    ...employers.flatMap(({ stir, name, phone, email }) => [stir, name, phone, email]),
    ...officials.flatMap(({ phone, email, pinfl }) => [phone, email, pinfl]),
    ...accounts.flatMap(({ number, holderStir, holderPinfl }) => [number, holderStir, holderPinfl]),
    ...commands.flatMap(({ body }) => textsIn(body)).filter((text) => text.includes(' ')),
  ];
  return fields.filter((field): field is string => typeof field === 'string' && field !== '');
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

async function listening(app: RequestListener) {
  const server = createServer(app);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
