import { dayOf } from '../../domain/day';
import type { Rules } from '../../domain/policy';
import { changedRules } from '../../records/money/policy-schema';
import type { Actor } from '../../domain/roles';
import { businessHandlers } from '../../activities/business';
import { caseHandlers } from '../../activities/case';
import { caseManager, knowOfficials, plannedCase, supervisor } from './bench';
import { type Furnished, line, type MoneyBench, startMoneyBench } from './money';

/** The supervisor of the region, who orders start subsidies, and the officers of the fund that pays them. */
export const supervisorOfRegion: Actor = {
  id: 'supervisor-region',
  role: 'supervisor',
  rank: 'officer',
  area: '1726',
};
export const protectionOfficer: Actor = {
  id: 'protection_finance-1',
  role: 'finance_officer',
  rank: 'officer',
  area: '1726',
  fund: 'social_protection',
};

export const LINE = 'self_employment_start-1726-2024';

/** A bench with the offices of the fund and a line. Cap: 10 × BHM, 3 400 000 so'm. */
export async function startStartBench({
  cap = 1000,
  onLine = 20_000_000n,
}: { cap?: number | null; onLine?: bigint } = {}): Promise<MoneyBench> {
  const beside = [caseHandlers, businessHandlers];
  const bench = await startMoneyBench('2024-02-26T09:00:00+05:00', { beside });
  await forStarts(bench, { cap, onLine });
  return bench;
}

/** A later version of the rules in force has a cap of start subsidies, in hundredths of the BHM. @returns its number */
export async function setCap({ db, clock }: Pick<Furnished, 'db' | 'clock'>, cap: number): Promise<string> {
  const now = await clock.now();
  const before = await db.policyVersion.findFirstOrThrow({
    where: { state: 'active', validFrom: { lte: dayOf(now) } },
    orderBy: [{ validFrom: 'desc' }, { recordedAt: 'desc' }],
  });
  const rules = changedRules(before.rules as Rules, { programmes: { self_employment_start: { cap } } });
  const id = `PV-start-${cap}`;
  await db.policyVersion.create({ data: { ...before, id, rules, recordedAt: now, dryRun: {} } });
  return id;
}

/** The offices of the fund, the cap and the line, in a world of the money. */
export async function forStarts(
  on: Furnished,
  { cap = 1000, onLine = 20_000_000n }: { cap?: number | null; onLine?: bigint } = {},
): Promise<void> {
  await knowOfficials(on.db, [supervisorOfRegion, protectionOfficer]);
  const year = (await on.clock.now()).getUTCFullYear();
  if (cap !== null) await setCap(on, cap);
  await line(on, 'self_employment_start', year, onLine);
}

/** The person is registered as a farm since today. @returns the number of the business */
export async function registeredBusiness(bench: Furnished): Promise<string> {
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: bench.personId } });
  const known = await bench.db.case.findFirst({ where: { personId: bench.personId } });
  const caseId = known?.id ?? (await plannedCase(bench, bench.personId));
  const { body } = await bench.give(`case/${caseId}`, 'business', {}, caseManager);
  const id = String(body['id']);
  await bench.sandbox.script({ farm: { registers: { pinfl, number: 'F-17' } } });
  await bench.give(
    `business/${id}`,
    'preparation',
    { form: 'farm', trade: 'Greenhouse', help: [] },
    caseManager,
  );
  return id;
}

let n = 0;

/** A cost of so'm, with a document of its own. */
export const startCost = (tiyin: number, number = `D-${(n += 1)}`) => ({
  kind: 'state_duty' as const,
  tiyin,
  document: { issuerStir: '305555555', number, date: '2024-02-26' },
});

export const enter = (bench: Furnished, business: string, costs: object[], signedOn = '2024-02-26') =>
  bench.give(`business/${business}`, 'startSubsidy', { signedOn, costs }, caseManager);

export const review = (
  bench: Furnished,
  id: string,
  body: object = { outcome: 'propose' },
  by = supervisor,
) => bench.give(`start-subsidy/${id}`, 'review', body, by);

export async function orderStart(bench: Furnished, id: string, by = supervisorOfRegion) {
  const date = (await bench.clock.now()).toISOString().slice(0, 10);
  return bench.give(`start-subsidy/${id}`, 'order', { number: `B-${id}`, date }, by);
}
