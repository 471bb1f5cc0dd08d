/**
 * Applies the migrations of prisma/migrations to DATABASE_URL without the Prisma CLI:
 * `node tools/migrate.mjs [--create] [--to <migration>]`. With --create the database is created if it does not exist. With --to
 * later migrations are left out.
 */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createDatabase, openEngine, readMigrations } from './schema-engine-lib.mjs';

const folder = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const url = process.env.DATABASE_URL;

async function migrate() {
  if (!url) throw new Error('DATABASE_URL is not set');
  const { values: args } = parseArgs({ options: { create: { type: 'boolean' }, to: { type: 'string' } } });
  if (args.create) await createIfMissing();
  if (!fs.existsSync(folder)) return [];
  const engine = await openEngine(url);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: upTo(args.to, readMigrations(folder)),
    filters: { externalTables: [], externalEnums: [] },
  });
  return appliedMigrationNames;
}

function upTo(last, migrations) {
  if (last === undefined) return migrations;
  const wanted = migrations.migrationDirectories.filter(({ path }) => path <= last);
  if (wanted.at(-1)?.path !== last) throw new Error(`there is no migration ${last}`);
  return { ...migrations, migrationDirectories: wanted };
}

const createIfMissing = () =>
  createDatabase(url).catch((error) => {
    if (error.code !== 'P1009') throw error;
  });

try {
  const applied = await migrate();
  console.log(applied.length > 0 ? `migrations applied: ${applied.join(', ')}` : 'no new migrations');
  process.exit(0); // the engine leaves a timer of ten seconds running
} catch (error) {
  console.error(`migrations not applied: ${error.message}`);
  process.exit(1);
}
