import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Db, openDb } from '../../prisma/db';
import { storeFiles } from './dev-server';
import { applied, approval, order, worksSince } from './budget';
import type { DevStack, Stack } from './stack';
import { commands, newWalk, referred, type Walk } from './walk';

/*
 * An earlier version in use: its record and Temporal's store, half-way through a scenario. tools/record-version.ts kept them in a
 * checkout of that version.
 */

const folder = path.resolve(__dirname, '../version-before');
const RECORD = path.join(folder, 'record.json.gz');
const STORE = path.join(folder, 'temporal.sqlite.gz');

/** The rows of every table and the next number of every sequence, at a migration. */
interface KeptRecord {
  migration: string;
  /** The instant of the clock. */
  at: string;
  tables: Record<string, unknown[]>;
  sequences: { name: string; value: number; called: boolean }[];
  walks: Walks;
  subsidies: Subsidies;
}

type Walks = Record<'opened' | 'silent' | 'deciding' | 'accepted' | 'rejected' | 'employed', Walk>;
/** The numbers of the subsidies and of their persons. */
type Subsidies = Record<'applied' | 'decided' | 'paid', { id: string; pinfl: string }>;

/** The progress between the two halves: people on the pathway, and subsidies for other people. */
export interface HalfWay {
  walks: Walks;
  subsidies: Subsidies;
}

const HIRED = '2023-02-06';

/** The first half: people and subsidies in different stages, for three days. The lines and the account already exist. */
export async function firstHalf(stack: Stack): Promise<HalfWay> {
  const subsidies = {
    applied: await applied(stack, HIRED),
    decided: await ordered(stack),
    paid: await ordered(stack),
  };
  const walks = await onTheirWays(stack);
  await stack.done(await approval(stack, firstClaim(subsidies.paid)));
  await stack.quiet();
  return { walks, subsidies };
}

/** A subsidy whose first month waits for the finance officer. */
async function ordered(stack: Stack): Promise<{ id: string; pinfl: string }> {
  const { id, pinfl } = await applied(stack, HIRED);
  await order(stack, id);
  await stack.quiet();
  return { id, pinfl };
}

const firstClaim = ({ id }: { id: string }): string => `${id}-2023-02`;

async function onTheirWays(stack: Stack): Promise<Walks> {
  const opened = await newWalk(stack);
  opened.case = (await stack.done(commands.opening(opened))).id;
  const next = () => referred(stack, stack.world.reserved);
  const walks: Walks = {
    opened,
    silent: await next(),
    deciding: await next(),
    accepted: await next(),
    rejected: await next(),
    employed: await next(),
  };
  await stack.done(commands.acceptance(walks.accepted, '2023-03-10'));
  await stack.done(commands.rejection(walks.rejected));
  await stack.register(hires(walks.employed, '2023-03-01'));
  await stack.done(commands.contract(walks.employed, '2023-03-01'));
  await stack.step('3d');
  return walks;
}

/** The second half: people decide or stay silent, deadlines pass, and a month of work is checked. The registers keep their facts. */
export async function secondHalf(stack: Stack, { walks, subsidies }: HalfWay): Promise<void> {
  const { db } = stack;
  for (const { pinfl } of Object.values(subsidies)) await stack.register(worksSince(pinfl, HIRED));
  for (const { pinfl } of Object.values(walks))
    await stack.register({
      tiek: { knows: { pinfl, group: 2, validUntil: '2030-12-31', suitableKinds: ['sewing'] } },
    });
  await stack.register(hires(walks.employed, '2023-03-01'));
  await order(stack, subsidies.applied.id);
  await stack.quiet();
  await stack.done(await approval(stack, firstClaim(subsidies.decided)));
  await stack.done(commands.assessment(walks.opened));
  await stack.done(commands.acceptance(walks.deciding, '2023-03-09'));
  const { id: inspection } = await db.inspection.findFirstOrThrow({
    where: { referralId: walks.rejected.referral },
  });
  await stack.done(commands.directive({ ...walks.rejected, inspection }));
  await stack.step('6d');
  await stack.register(hires(walks.accepted, '2023-03-10'));
  await stack.done(commands.contract(walks.accepted, '2023-03-10'));
  await stack.step('35d', { seconds: 120 });
}

const hires = ({ pinfl }: Walk, on: string) => worksSince(pinfl, on);

/** Keeps a stack that has come to rest, and stops it. */
export async function keepVersion(stack: DevStack, halfWay: HalfWay): Promise<void> {
  const { db, clock } = stack;
  const at = (await clock.now()).toISOString();
  await stack.worker.stop();
  await stack.api.stop();
  const names = async (sql: string) =>
    (await db.$queryRawUnsafe<{ name: string }[]>(sql)).map(({ name }) => name);
  const all = await names("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
  const [migration = ''] = await names(
    'SELECT migration_name AS name FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1',
  );
  const tables: KeptRecord['tables'] = {};
  for (const table of all.filter((name) => name !== '_prisma_migrations'))
    tables[table] = (
      await db.$queryRawUnsafe<{ row: unknown }[]>(`SELECT to_json(t)::text AS row FROM "${table}" t`)
    ).map(({ row }) => JSON.parse(row as string) as unknown);
  const sequences = [];
  for (const name of await names(
    "SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'",
  )) {
    const [{ value, called } = { value: '1', called: false }] = await db.$queryRawUnsafe<
      { value: string; called: boolean }[]
    >(`SELECT last_value::text AS value, is_called AS called FROM "${name}"`);
    sequences.push({ name, value: Number(value), called });
  }
  const kept: KeptRecord = { migration, at, tables, sequences, ...halfWay };
  writeFileSync(RECORD, gzipSync(JSON.stringify(kept), { level: 9 }));
  await stack.temporal.halt();
  const [store = ''] = storeFiles(stack.temporal.databaseFile);
  writeFileSync(STORE, gzipSync(readFileSync(store), { level: 9 }));
}

/** The kept version: the progress of its walks, and its time. */
export function versionBefore() {
  const kept = JSON.parse(gunzipSync(readFileSync(RECORD)).toString()) as KeptRecord;
  return {
    at: new Date(kept.at),
    halfWay: { walks: kept.walks, subsidies: kept.subsidies },

    /** Temporal's store, for a server that does not run yet. */
    putStore: (databaseFile: string): void => writeFileSync(databaseFile, gunzipSync(readFileSync(STORE))),

    /** The record in a new database, first with its own migrations and then with the present ones. */
    async upgradeInto(url: string): Promise<void> {
      migrate(url, ['--create', '--to', kept.migration]);
      const db = openDb(url, 1);
      try {
        await load(db, kept);
      } finally {
        await db.$disconnect();
      }
      migrate(url, []);
    },
  };
}

async function load(db: Db, { tables, sequences }: KeptRecord): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const [table, rows] of Object.entries(tables)) {
      await tx.$executeRawUnsafe(`DELETE FROM "${table}"`);
      await tx.$executeRawUnsafe(
        `INSERT INTO "${table}" OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`,
        JSON.stringify(rows),
      );
    }
    for (const { name, value, called } of sequences)
      await tx.$queryRawUnsafe(`SELECT setval('"${name}"', ${value}, ${called})::text`);
  });
}

function migrate(url: string, args: string[]): void {
  const file = path.resolve(__dirname, '../../tools/migrate.mjs');
  execFileSync(process.execPath, [file, ...args], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'pipe',
  });
}
