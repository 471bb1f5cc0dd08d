import { openDb } from '../../prisma/db';
import { caseManager, employerActor, seed } from '../support/bench';
import { replay } from '../support/histories';
import { CONNECTIONS, FROM, type Pathway, startPathwayServer } from '../support/pathway-server';
import { type PostgresServer, postgresServer } from '../support/postgres-server';
import { decisionsOn } from './referred';

/*
 * PostgreSQL is really stopped for an hour of the clock. Every activity is tried again without limit, a decision that was given in time
 * counts, and no execution fails in Temporal.
 */

const HOUR_MS = 3_600_000;

let server: Awaited<ReturnType<typeof startPathwayServer>>;
let postgres: PostgresServer;
let pathway: Pathway;
let world: Awaited<ReturnType<typeof seed>>;

beforeAll(async () => {
  [server, postgres] = await Promise.all([startPathwayServer(), postgresServer()]);
  const db = openDb(postgres.url, CONNECTIONS);
  pathway = await server.begin(FROM, { db, close: () => db.$disconnect() });
}, 120_000);
afterAll(async () => {
  await pathway.end();
  await server.stop();
  await postgres.stop();
});

/** Stops PostgreSQL for an hour of the clock, and then waits until the delayed work is done. */
async function away(meanwhile?: () => Promise<void>): Promise<void> {
  await postgres.halt();
  await meanwhile?.();
  await pathway.clock.pass(HOUR_MS);
  await postgres.restart();
  await pathway.clock.pass(2 * 60_000);
  await pathway.settle();
}

test('an outage across a deadline and an earlier decision: the decision counts, once', async () => {
  world = await seed(pathway);
  const { referralId } = await pathway.referred(world);
  const subject = `referral/${referralId}`;
  await pathway.until('2023-03-06', '23:30');
  const decision = { decision: 'reject', code: 'other', grounds: 'there is no work now' };
  const command = await pathway.record(subject, 'decision', decision, employerActor(world.employerId));
  await away(async () => {
    const given = pathway.workflows.carryOut(subject, 'decision', command).catch(() => 'not known');
    expect(await given).toBe('not known');
  });
  expect(await pathway.answerOf(command)).toMatchObject({ status: 200, body: { state: 'rejected' } });
  expect(await decided(subject)).toEqual(['referral_rejected']);
  await allWell();
}, 120_000);

test('an outage across a deadline without an answer: the next step happens once', async () => {
  const aCase = `case/${(await pathway.db.case.findFirstOrThrow()).id}`;
  const { body } = await pathway.give(aCase, 'referral', { vacancy: world.reserved }, caseManager);
  const subject = `referral/${String(body['id'])}`;
  const { due } = await pathway.db.task.findFirstOrThrow({ where: { subject, kind: 'decision' } });
  await pathway.clock.advanceTo(new Date((due as Date).getTime() - HOUR_MS / 2));
  await away();
  expect(await decided(subject)).toEqual(['referral_silent']);
  expect(await pathway.db.inspection.count({ where: { ground: 'silence' } })).toBe(1);
  await allWell();
}, 120_000);

const decided = (subject: string) => decisionsOn(pathway, subject);

/** No execution failed, and the code can replay all of them. */
async function allWell(): Promise<void> {
  expect([...(await pathway.outcomes())].filter((name) => !['RUNNING', 'COMPLETED'].includes(name))).toEqual(
    [],
  );
  expect(await pathway.db.event.count({ where: { type: 'defect' } })).toBe(0);
  expect(await replay(server.workflowBundle, await pathway.allRuns())).toEqual([]);
}
