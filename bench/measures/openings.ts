import { randomUUID } from 'node:crypto';
import { officials } from '../../test/support/small-world';
import { insertByHand } from '../by-hand/activities';
import { interleaved, load, type Measure, PER_SECOND, type Row, rowOf } from '../frame';
import { must } from '../http';
import { startLive } from '../live';
import { bareStatements, partsAlone, refusedRequest, statementsOf } from '../parts';

/** Openings of a round by the number of clients. */
const SIZES = [
  [1, 40],
  [8, 120],
  [32, 256],
] as const;

export const openings: Measure = {
  id: 'P1',
  title: 'Opening a case over HTTP',
  baseline: 'the start of an empty workflow and one INSERT. No worker polls, on either side',
  async run(setting) {
    const live = await startLive(setting);
    try {
      for (const worker of live.stack.workers) await worker.halt();
      const token = await live.stack.tokenOf(officials.caseManager);
      const people = await live.people(
        60 + setting.rounds * SIZES.reduce((sum, [, count]) => sum + count, 0),
      );
      const open = () =>
        must('POST', `${live.stack.apiUrl}/v1/cases`, token, {
          person: people.pop(),
          consent: { by: 'person' },
        });
      const begin = () =>
        live.client.workflow.start('empty', { workflowId: randomUUID(), taskQueue: 'nobody' });
      const start = async () => {
        await insertByHand(live.pool, 'empty', 'opened');
        await begin();
      };
      const parts = {
        request: refusedRequest(live.stack.apiUrl, token),
        call: begin,
        // The answer does not wait for the DELETE from the outbox.
        statements: bareStatements(live.pool, statementsOf('opening') - 1),
      };
      await load(4, 60, open);
      await load(4, 60, start);
      const rows: Row[] = [];
      for (const [clients, count] of SIZES) {
        const rounds = await interleaved<string>(setting, `${clients} clients`, {
          product: () => load(clients, count, open),
          baseline: () => load(clients, count, start),
          parts: () => partsAlone({ clients, count }, parts),
        });
        const each = (figure: string): string[] => Object.keys(parts).map((part) => `${part} ${figure}`);
        const of = `opening, ${clients} client${clients > 1 ? 's' : ''}`;
        rows.push(
          rowOf(
            rounds,
            'p50',
            { what: `${of}, p50`, unit: 'ms', target: { atMost: clients === 1 ? 1.3 : 1.4 } },
            'p50',
            each('p50'),
          ),
          rowOf(rounds, 'p95', { what: `${of}, p95`, unit: 'ms' }),
          rowOf(
            rounds,
            'throughput',
            { what: `${of}, throughput`, unit: PER_SECOND, target: { atLeast: 0.8 } },
            'throughput',
            each('throughput'),
          ),
        );
      }
      return { rows };
    } finally {
      await live.close();
    }
  },
};
