// Fails when the migrations do not make the schema from an empty database. The check starts a server for a shadow database.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'yollanma-migrations-'));
chmodSync(dir, 0o755);
const server = await startPostgres({ dir: path.join(dir, 'postgres'), durable: false });
try {
  const args = [
    'migrate',
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema',
    'prisma/schema.prisma',
    '--exit-code',
  ];
  const { status } = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: server.url('postgres') },
  });
  if (status !== 0)
    console.error(
      'schema.prisma and prisma/migrations differ. Make a migration: npx prisma migrate dev --create-only --name <name>',
    );
  process.exitCode = status ?? 1;
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
