import { rowHandlers } from '../../activities';
import { createRowActivities } from '../../activities/row-activities';
import { testApi } from './api';
import { plannedCase, refer, seed, startBench, STIR } from './bench';
import { breakable, type Broken } from './breakable';
import { walked } from './walked';

/**
 * The API over the rows themselves, carried out without Temporal, with one referral to an employer. A handler that is named in
 * `broken` fails.
 */
export async function startRowsApi() {
  const broken: Broken = {};
  const handlers = rowHandlers.map((file) => breakable(file, () => broken));
  const bench = await startBench(handlers, '2026-03-02T09:00:00+05:00');
  bench.expectDefects();
  const { personId, employerId, vacant } = await seed(bench);
  const referral = await refer(bench, await plannedCase(bench, personId), vacant);
  const rows = walked(bench.db, createRowActivities(bench.records, handlers, bench.sandbox.registers));
  const api = await testApi({
    records: bench.records,
    workflows: {
      refresh: async (subject) => void (await rows.advance(subject)),
      carryOut: async (_subject, _name, command) => {
        await rows.carryOut(command);
        return 'done';
      },
      reach: () => Promise.resolve(),
    },
  });
  // Who calls is looked up in the database of the API's own.
  const known = { id: employerId, stir: STIR, name: 'Nur Tikuv MChJ', district: '1726262' };
  await api.db.employer.create({ data: known });
  return { bench, api, broken, referral };
}

export type RowsApi = Awaited<ReturnType<typeof startRowsApi>>;
