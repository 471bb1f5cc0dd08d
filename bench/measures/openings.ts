import { randomUUID } from 'node:crypto';
import { officials } from '../../test/support/small-world';
import { insertByHand } from '../by-hand/activities';
import { interleaved, load, type Measure, type Row, rowOf } from '../frame';
import { must } from '../http';
import { startLive } from '../live';

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
      const start = async () => {
        await insertByHand(live.pool, 'empty', 'opened');
        await live.client.workflow.start('empty', { workflowId: randomUUID(), taskQueue: 'nobody' });
      };
      await load(4, 60, open);
      await load(4, 60, start);
      const rows: Row[] = [];
      for (const [clients, count] of SIZES) {
        const rounds = await interleaved(setting, `${clients} clients`, {
          product: () => load(clients, count, open),
          baseline: () => load(clients, count, start),
        });
        const of = `opening, ${clients} client${clients > 1 ? 's' : ''}`;
        rows.push(
          rowOf(rounds, 'p50', {
            what: `${of}, p50`,
            unit: 'ms',
            target: { atMost: clients === 1 ? 1.3 : 1.4 },
          }),
          rowOf(rounds, 'p95', { what: `${of}, p95`, unit: 'ms' }),
          rowOf(rounds, 'throughput', {
            what: `${of}, throughput`,
            unit: 'a second',
            target: { atLeast: 0.8 },
          }),
        );
      }
      return { rows };
    } finally {
      await live.close();
    }
  },
};
