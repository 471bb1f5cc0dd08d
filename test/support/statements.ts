import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { Context } from '@temporalio/activity';
import { Client } from 'pg';

/** A statement that went to PostgreSQL, and its sender: a request such as `PUT /v1/cases/C-000001/plan`, an activity, or a test. */
export interface Statement {
  by: string;
  sql: string;
  values: readonly unknown[];
}

const TEST = 'test';
const REQUEST = /^[A-Z]+ \//;

/**
 * Notes the statements of this process, those of Prisma and those of `pg` alike. A transaction's BEGIN and COMMIT count. The API's
 * requests must come over HTTP, and the worker must run in this process.
 */
export function watchStatements() {
  const statements: Statement[] = [];
  const requests = new AsyncLocalStorage<string>();
  const started = channel('http.server.request.start');
  const enter = (message: unknown): void => {
    const { method, url } = (message as { request: IncomingMessage }).request;
    requests.enterWith(`${method} ${url}`);
  };
  started.subscribe(enter);
  const sender = (): string => {
    try {
      return Context.current().info.activityType;
    } catch {
      return requests.getStore() ?? TEST;
    }
  };
  const plain = Client.prototype.query;
  const noting = function query(this: Client, ...args: unknown[]): unknown {
    const [said, values] = args as [string | { text: string; values?: unknown[] }, unknown];
    statements.push({
      by: sender(),
      sql: typeof said === 'string' ? said : said.text,
      values: (typeof said === 'string' ? undefined : said.values) ?? (Array.isArray(values) ? values : []),
    });
    return Reflect.apply(plain, this, args);
  };
  Client.prototype.query = noting as typeof plain;

  return {
    /** The statements of some work, until the returned promise is fulfilled. */
    async of(work: () => Promise<unknown>): Promise<Statement[]> {
      const from = statements.length;
      await work();
      return statements.slice(from).filter(({ by }) => by !== TEST);
    },

    stop(): void {
      Client.prototype.query = plain;
      started.unsubscribe(enter);
    },
  };
}

/** The number of statements by sender. All requests have one name. */
export function bySender(statements: readonly Statement[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { by } of statements) {
    const name = REQUEST.test(by) ? 'request' : by;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The statements in their order, a line each, to compare two of them. */
export const listed = (statements: readonly Statement[]): string =>
  statements.map(({ by, sql }) => `${by}: ${sql.replaceAll(/\s+/g, ' ').slice(0, 200)}`).join('\n');
