import path from 'node:path';
import { defineConfig } from 'prisma/config';

// The native schema-engine is downloaded from binaries.prisma.sh; use the WASM engine shipped inside `prisma` instead.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.resolve('tools/schema-engine.mjs');
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres:postgres@127.0.0.1:5577/app1' },
});
