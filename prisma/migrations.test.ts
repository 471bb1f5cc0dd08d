import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/*
 * A migration is one transaction. PostgreSQL refuses to change a table after rows of it were changed there, while its deferred triggers
 * wait: "pending trigger events". An empty table has none, so only a filled record shows it.
 */

const folder = path.join(__dirname, 'migrations');
const migrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [name, readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')] as const);

const ROWS = /^\s*(?:UPDATE|INSERT INTO|DELETE FROM)\s+"?(\w+)"?/;
const TABLE = /^\s*(?:ALTER TABLE|CREATE (?:UNIQUE )?INDEX "?\w+"? ON)\s+"?(\w+)"?/;
const NOW = /^\s*SET CONSTRAINTS ALL IMMEDIATE/;

/** The tables that a migration changes after it has changed their rows. */
function changedAfterRows(sql: string): string[] {
  const waiting = new Set<string>();
  const found: string[] = [];
  for (const statement of sql.replaceAll(/--.*$/gm, '').split(';')) {
    if (NOW.test(statement)) waiting.clear();
    const [, rows] = ROWS.exec(statement) ?? [];
    if (rows) waiting.add(rows);
    const [, table] = TABLE.exec(statement) ?? [];
    if (table && waiting.has(table)) found.push(table);
  }
  return found;
}

test('the check finds an index that follows an update', () => {
  expect(
    changedAfterRows('UPDATE "a" SET b = 1; CREATE INDEX i ON c(d); CREATE INDEX "j" ON "a"("b");'),
  ).toEqual(['a']);
  expect(
    changedAfterRows('UPDATE a SET b = 1; SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE a DROP b;'),
  ).toEqual([]);
});

test.each(migrations)('%s changes no table after its rows', (_, sql) => {
  expect(changedAfterRows(sql)).toEqual([]);
});
