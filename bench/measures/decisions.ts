import { randomUUID } from 'node:crypto';
import { employer, officials } from '../../test/support/small-world';
import { BY_HAND, insertByHand } from '../by-hand/activities';
import { interleaved, load, type Measure, type Row, rowOf } from '../frame';
import { must } from '../http';
import { startLive } from '../live';

/** Decisions of a round by the number of clients. */
const SIZES = [
  [1, 20],
  [8, 64],
] as const;

export const findings = {
  capabilities: 'Sews and embroiders',
  needs: 'Good light',
  wishes: 'Sewing near home',
  conditions: 'Light manual work, 40 hours a week',
  barriers: 'None',
};
export const plan = { measures: [{ kind: 'job' }], services: [] };

/** What people decide, in this order. A new referral begins a workflow and sends messages, so it has no target. */
const acts = {
  assessment: { name: 'assessment', target: { atMost: 1.5 } },
  plan: { name: 'plan', target: { atMost: 1.5 } },
  referral: { name: 'new referral' },
  decision: { name: 'employer’s decision', target: { atMost: 1.5 } },
} as const;
type Act = keyof typeof acts;
const inOrder = Object.keys(acts) as Act[];

export const decisions: Measure = {
  id: 'P2',
  title: 'A decision over HTTP',
  baseline:
    'an Update whose handler runs one empty local activity, and one INSERT. A bare Update is beside it',
  async run(setting) {
    const live = await startLive(setting);
    try {
      await live.startByHand();
      const { apiUrl, tokenOf, world } = live.stack;
      const manager = await tokenOf(officials.caseManager);
      const theEmployer = await tokenOf(employer);
      const at = (path: string): string => `${apiUrl}/v1${path}`;

      /** Cases at rest, each with its workflow in the worker's cache. */
      const opened = async (count: number): Promise<string[]> => {
        const people = await live.people(count, 'recommended');
        const ids: string[] = [];
        await load(4, count, async (n) => {
          const { id } = await must('POST', at('/cases'), manager, {
            person: people[n],
            consent: { by: 'person' },
          });
          ids.push(String(id));
        });
        await live.rest();
        return ids;
      };
      /** Workflows of a type written by hand, in their worker's cache. */
      const begun = async (type: string, count: number): Promise<string[]> => {
        const ids = Array.from({ length: count }, () => randomUUID());
        await load(4, count, (n) =>
          live.client.workflow.start(type, { workflowId: ids[n] ?? '', taskQueue: BY_HAND }),
        );
        await load(4, count, (n) => update(ids[n]));
        return ids;
      };
      const update = (id: string | undefined): Promise<unknown> =>
        live.client.workflow
          .getHandle(id ?? '')
          .executeUpdate('decide', { args: ['x'], updateId: randomUUID() });

      const rows: Row[] = [];
      for (const [clients, count] of SIZES) {
        const rounds = await interleaved<string>(setting, `${clients} clients`, {
          async product() {
            const cases = await opened(count);
            const referrals: string[] = [];
            const give: Record<Act, (n: number) => Promise<unknown>> = {
              assessment: (n) => must('PUT', at(`/cases/${cases[n]}/assessment`), manager, findings),
              plan: (n) => must('PUT', at(`/cases/${cases[n]}/plan`), manager, plan),
              async referral(n) {
                const made = await must('POST', at(`/cases/${cases[n]}/referrals`), manager, {
                  vacancy: world.vacant,
                });
                referrals[n] = String(made['id']);
              },
              decision: (n) =>
                must('POST', at(`/referrals/${referrals[n]}/decision`), theEmployer, {
                  decision: 'reject',
                  code: 'no_longer_vacant',
                  grounds: 'The place is taken.',
                }),
            };
            const figures: Record<string, number> = {};
            for (const act of inOrder) {
              const { p50, p95, throughput } = await load(clients, count, give[act]);
              Object.assign(figures, {
                [`${act} p50`]: p50,
                [`${act} p95`]: p95,
                [`${act} throughput`]: throughput,
              });
              await live.rest();
            }
            return figures;
          },
          async baseline() {
            const floor = await begun('emptyDecision', count);
            const bare = await begun('bareUpdate', count);
            const decided = await load(clients, count, async (n) => {
              await insertByHand(live.pool, 'decision', 'made');
              await update(floor[n]);
            });
            const updated = await load(clients, count, (n) => update(bare[n]));
            return { ...decided, 'bare p50': updated.p50 };
          },
        });
        for (const act of inOrder) {
          const { name, ...bound } = acts[act];
          const of = `${name}, ${clients} client${clients > 1 ? 's' : ''}`;
          rows.push(
            rowOf(rounds, `${act} p50`, { what: `${of}, p50`, unit: 'ms', ...bound }, 'p50'),
            rowOf(rounds, `${act} p95`, { what: `${of}, p95`, unit: 'ms' }, 'p95'),
            rowOf(rounds, `${act} throughput`, { what: `${of}, throughput`, unit: 'a second' }, 'throughput'),
            rowOf(rounds, `${act} p50`, { what: `${of}, p50 beside a bare Update`, unit: 'ms' }, 'bare p50'),
          );
        }
      }
      return { rows };
    } finally {
      await live.close();
    }
  },
};
