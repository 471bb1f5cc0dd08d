import { Client } from 'pg';
import { IN_UTC, QUICK_PAGES } from '../prisma/db';
import type { Statement } from '../test/support/statements';

/** The part of EXPLAIN's answer that is read here. */
interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Filter?: string;
  Plans?: Node[];
}
interface Explained {
  Plan: Node;
  'Execution Time': number;
}

/** What PostgreSQL does for a statement. */
export interface Planned {
  sql: string;
  /** The least time of the tries: other work of the machine only adds to it. */
  ms: number;
  /** Rows of growing tables that its scans read, also those that a filter removes. */
  rows: number;
  /** Growing tables that are read from end to end. */
  scanned: string[];
  /** The scans, a line each. */
  lines: string[];
}

/** Tables that are as large as the republic, however many cases it has. */
const BOUNDED = new Set([
  'officials',
  'territories',
  'budget_lines',
  'line_balances',
  'policy_versions',
  'dated_amounts',
  'vocabulary_terms',
  'calendar',
]);

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plans of the statements that read, each once. */
export interface Planner {
  of(statements: readonly Statement[]): Promise<Planned[]>;
  close(): Promise<void>;
}

/**
 * @param options such as `enable_seqscan=off`: a table is then scanned only if no index can serve the statement
 * @param tries how often each statement runs
 */
export async function planner(url: string, options = '', tries = 1): Promise<Planner> {
  const client = new Client({ connectionString: url, options: `${IN_UTC} ${QUICK_PAGES} ${options}` });
  await client.connect();

  async function explain({ sql, values }: Statement): Promise<Explained> {
    const { rows } = await client.query<{ 'QUERY PLAN': [Explained] }>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`,
      [...values],
    );
    const explained = rows[0]?.['QUERY PLAN'][0];
    if (!explained) throw new Error(`no plan of ${sql}`);
    return explained;
  }

  async function planOf(statement: Statement): Promise<Planned> {
    const explained = await explain(statement);
    const times = [explained['Execution Time']];
    while (times.length < tries) times.push((await explain(statement))['Execution Time']);
    const scans = nodesOf(explained.Plan).filter(
      (node) => node['Relation Name'] !== undefined && !BOUNDED.has(node['Relation Name']),
    );
    const read = (node: Node): number =>
      Math.round(
        ((node['Actual Rows'] ?? 0) +
          (node['Rows Removed by Filter'] ?? 0) +
          (node['Rows Removed by Index Recheck'] ?? 0)) *
          (node['Actual Loops'] ?? 1),
      );
    return {
      sql: statement.sql,
      ms: Math.min(...times),
      rows: scans.reduce((sum, node) => sum + read(node), 0),
      scanned: scans
        .filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Loops'] !== 0)
        .map((node) => node['Relation Name'] ?? ''),
      lines: scans.map(
        (node) =>
          `${node['Node Type']} on ${node['Relation Name']}${node['Index Name'] ? ` by ${node['Index Name']}` : ''}: ${read(node)} rows`,
      ),
    };
  }

  const isRead = ({ sql }: Statement): boolean => /^\s*(SELECT|WITH)\b/i.test(sql);
  return {
    async of(statements) {
      const different = new Map(
        statements.filter(isRead).map((one) => [`${one.sql} ${JSON.stringify(one.values, plain)}`, one]),
      );
      const plans: Planned[] = [];
      await client.query('BEGIN');
      for (const { sql } of statements) if (sql.startsWith('SET LOCAL')) await client.query(sql);
      for (const statement of different.values()) plans.push(await planOf(statement));
      await client.query('ROLLBACK');
      return plans;
    },
    close: () => client.end(),
  };
}

const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
