import { randomUUID } from 'node:crypto';
import { BY_HAND, insertByHand } from '../by-hand/activities';
import { load, PER_SECOND, type Row, rowOf, type Rounds } from '../frame';
import type { Live } from '../live';
import {
  bareStatements,
  type Counted,
  type Figures,
  partsAlone,
  refusedRequest,
  type Size,
  statementsOf,
} from '../parts';

/** What P2 measures beside each kind of decision. */

/** Decisions of a round by the number of clients. */
export const SIZES: readonly Size[] = [
  { clients: 1, count: 20 },
  { clients: 8, count: 64 },
];

/** A kind of decision that people take, and the act whose statements are counted. */
export interface Act {
  name: string;
  counted: Counted;
  target?: { atMost: number };
}

/** The sides beside the product: the decisions written by hand, and the parts of each act. */
export function besides(
  { client, pool, stack }: Live,
  size: Size,
  { token, acts }: { token: string; acts: readonly Act[] },
): { baseline(): Promise<Figures>; parts(): Promise<Figures> } {
  const { clients, count } = size;
  const update = (id: string | undefined): Promise<unknown> =>
    client.workflow.getHandle(id ?? '').executeUpdate('decide', { args: ['x'], updateId: randomUUID() });

  /** Workflows of a type written by hand, in their worker's cache. */
  const begun = async (type: string): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    await load(4, count, (n) =>
      client.workflow.start(type, { workflowId: ids[n] ?? '', taskQueue: BY_HAND }),
    );
    await load(4, count, (n) => update(ids[n]));
    return ids;
  };

  return {
    async baseline() {
      const floor = await begun('emptyDecision');
      const bare = await begun('bareUpdate');
      const decided = await load(clients, count, async (n) => {
        await insertByHand(pool, 'decision', 'made');
        await update(floor[n]);
      });
      const updated = await load(clients, count, (n) => update(bare[n]));
      return { ...decided, 'bare p50': updated.p50 };
    },

    async parts() {
      const floor = await begun('emptyDecision');
      const statements = acts.map(
        ({ name, counted }) => [statementsPart(name), bareStatements(pool, statementsOf(counted))] as const,
      );
      return partsAlone(size, {
        request: refusedRequest(stack.apiUrl, token),
        call: (n) => update(floor[n]),
        ...Object.fromEntries(statements),
      });
    },
  };
}

const statementsPart = (name: string): string => `statements of ${name}`;

/** The lines of an act: its times, its throughput, and a bare Update. */
export function rowsOf(rounds: Rounds<string>, { clients }: Size, { name, target }: Act): Row[] {
  const of = `${name}, ${clients} client${clients > 1 ? 's' : ''}`;
  const each = (figure: string): string[] =>
    ['request', 'call', statementsPart(name)].map((part) => `${part} ${figure}`);
  const row = (figure: string, unit: string, more: object = {}, beside = figure, parts: string[] = []): Row =>
    rowOf(rounds, `${name} ${figure}`, { what: `${of}, ${figure}`, unit, ...more }, beside, parts);
  return [
    row('p50', 'ms', target && { target }, 'p50', each('p50')),
    row('p95', 'ms'),
    row('throughput', PER_SECOND, {}, 'throughput', each('throughput')),
    row('p50', 'ms', { what: `${of}, p50 beside a bare Update` }, 'bare p50'),
  ];
}
