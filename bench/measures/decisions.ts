import { addDays, dayOf } from '../../domain/day';
import { employer, officials } from '../../test/support/small-world';
import { interleaved, load, type Measure, type Row, type Setting } from '../frame';
import { must } from '../http';
import { type Live, startLive } from '../live';
import { type Figures, figuresOf, type Size } from '../parts';
import { approvals } from './approvals';
import { type Act, besides, rowsOf, SIZES } from './deciding';

export const findings = {
  capabilities: 'Sews and embroiders',
  needs: 'Good light',
  wishes: 'Sewing near home',
  conditions: 'Light manual work, 40 hours a week',
  barriers: 'None',
};
export const plan = { measures: [{ kind: 'job' }], services: [] };

/**
 * The decisions on the way to a job, in this order. A new referral and a rejection begin another workflow and send its messages, so they
 * have no target.
 */
const acts = {
  assessment: { name: 'assessment', counted: 'assessment', target: { atMost: 1.5 } },
  plan: { name: 'plan', counted: 'plan', target: { atMost: 1.5 } },
  referral: { name: 'new referral', counted: 'referral' },
  decision: { name: 'employer’s decision', counted: 'decision of a referral', target: { atMost: 1.5 } },
  secondReferral: { name: 'second referral', counted: 'referral' },
  rejection: { name: 'rejection', counted: 'rejection of a referral' },
} as const satisfies Record<string, Act>;
type Name = keyof typeof acts;
const inOrder = Object.keys(acts) as Name[];

export const decisions: Measure = {
  id: 'P2',
  title: 'A decision over HTTP',
  baseline:
    'an Update whose handler runs one empty local activity, and one INSERT. A bare Update is beside it',
  run: async (setting) => ({ rows: [...(await towardsJob(setting)), ...(await approvals(setting))] }),
};

async function towardsJob(setting: Setting): Promise<Row[]> {
  const live = await startLive(setting);
  try {
    return await measured(live, setting);
  } finally {
    await live.close();
  }
}

async function measured(live: Live, setting: Setting): Promise<Row[]> {
  await live.startByHand();
  const { apiUrl, clock, tokenOf, world } = live.stack;
  const manager = await tokenOf(officials.caseManager);
  const theEmployer = await tokenOf(employer);
  const at = (path: string): string => `${apiUrl}/v1${path}`;
  const startOn = addDays(dayOf(await clock.now()), 7);

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

  const decided = async ({ clients, count }: Size): Promise<Figures> => {
    const cases = await opened(count);
    const referrals: string[] = [];
    const refer = async (n: number, vacancy: string): Promise<void> => {
      const made = await must('POST', at(`/cases/${cases[n]}/referrals`), manager, { vacancy });
      referrals[n] = String(made['id']);
    };
    const decide = (n: number, body: object): Promise<unknown> =>
      must('POST', at(`/referrals/${referrals[n]}/decision`), theEmployer, body);
    const give: Record<Name, (n: number) => Promise<unknown>> = {
      assessment: (n) => must('PUT', at(`/cases/${cases[n]}/assessment`), manager, findings),
      plan: (n) => must('PUT', at(`/cases/${cases[n]}/plan`), manager, plan),
      referral: (n) => refer(n, world.vacant),
      decision: (n) => decide(n, { decision: 'accept', startOn }),
      secondReferral: (n) => refer(n, world.reserved),
      rejection: (n) =>
        decide(n, { decision: 'reject', code: 'no_longer_vacant', grounds: 'The place is taken.' }),
    };
    const figures: Figures = {};
    for (const act of inOrder) {
      Object.assign(figures, figuresOf(acts[act].name, await load(clients, count, give[act])));
      await live.rest();
    }
    return figures;
  };

  const rows: Row[] = [];
  for (const size of SIZES) {
    const rounds = await interleaved<string>(setting, `${size.clients} clients`, {
      product: () => decided(size),
      ...besides(live, size, { token: manager, acts: Object.values(acts) }),
    });
    rows.push(...Object.values(acts).flatMap((act) => rowsOf(rounds, size, act)));
  }
  return rows;
}
