import { eventually } from '../../test/support/eventually';
import { officials } from '../../test/support/small-world';
import { interleaved, load, type Row, type Setting } from '../frame';
import { must } from '../http';
import { startLive } from '../live';
import { figuresOf } from '../parts';
import { type Act, besides, rowsOf, SIZES } from './deciding';
import { BEGINS, FIRST, LIFTED, monthlyRun, runningSubsidies } from './monthly-run';

const act: Act = { name: 'claim’s approval', counted: 'approval of a claim', target: { atMost: 1.5 } };

interface Ready {
  id: string;
  revision: number;
  amount: number;
}

/** A finance officer approves claims that are ready. The clock of that month is read from the database at each act. */
export async function approvals(setting: Setting): Promise<Row[]> {
  const live = await startLive({ ...setting, begins: BEGINS, settings: LIFTED });
  try {
    await live.startByHand();
    const { apiUrl, tokenOf } = live.stack;
    const rounds = setting.rounds;
    const subjects = await runningSubsidies(
      live,
      rounds * SIZES.reduce((sum, { count }) => sum + count, 0),
      setting,
    );
    await monthlyRun(live, subjects, FIRST);
    const token = await tokenOf(officials.financeOfficer);
    const manager = await tokenOf(officials.caseManager);
    const { rows: ready } = await live.pool.query<Ready>(
      "SELECT id, revision, amount::int AS amount FROM claims WHERE state = 'ready' AND subsidy_id > 'S-5' ORDER BY id",
    );
    const approve = (): Promise<unknown> => {
      const { id = '', revision, amount } = ready.pop() ?? {};
      return must('POST', `${apiUrl}/v1/claims/${id}/approval`, token, { revision, amount });
    };
    /** Approved claims are sent to the treasury at once. */
    const sent = () =>
      eventually(async () => {
        const { rows: approved } = await live.pool.query(
          "SELECT FROM claims WHERE state = 'approved' LIMIT 1",
        );
        return approved.length === 0;
      });
    const rows: Row[] = [];
    for (const size of SIZES) {
      const measured = await interleaved<string>(setting, `${act.name}, ${size.clients} clients`, {
        async product() {
          const figures = figuresOf(act.name, await load(size.clients, size.count, approve));
          await sent();
          return figures;
        },
        ...besides(live, size, { token: manager, acts: [act] }),
      });
      rows.push(...rowsOf(measured, size, act));
    }
    return rows;
  } finally {
    await live.close();
  }
}
