import type { Actor } from '../../domain/roles';
import {
  type Bench,
  caseManager,
  employerActor,
  pathwayHandlers,
  plannedCase,
  refer,
  seed,
  startBench,
} from './bench';
import { findings, jobPlan, openedCase } from './cases';
import { financeOfficer, ordered, startMoneyBench } from './money';

interface Decision {
  subject: string;
  name: string;
  body: object;
  actor: Actor;
}

/** A decision as it was given: its row's activity, and the command's number. */
export interface Given {
  subject: string;
  activity: string;
  command: string;
}

/** Everything that a decision may write. */
export async function onRecord({ db }: Bench): Promise<unknown[]> {
  const byId = { orderBy: { id: 'asc' } } as const;
  return [
    await db.case.findMany(byId),
    await db.referral.findMany(byId),
    await db.inspection.findMany(byId),
    await db.measure.findMany(),
    await db.caseVersion.findMany(),
    await db.task.findMany(byId),
    await db.event.findMany(byId),
    await db.notice.findMany({ orderBy: { key: 'asc' } }),
    await db.outbox.findMany(byId),
    await db.command.findMany(byId),
    await db.claim.findMany(byId),
    await db.commitment.findMany(),
    await db.payment.findMany({ orderBy: { key: 'asc' } }),
    await db.ledgerEntry.findMany(byId),
    await db.lineBalance.findMany({ orderBy: { lineId: 'asc' } }),
    await db.participation.findMany(byId),
  ];
}

/** A bench and a decision on it, on a row that is ready for it. */
interface Ready extends Decision {
  bench: Bench;
}

async function onPathway() {
  const bench = await startBench(pathwayHandlers);
  return { bench, ...(await seed(bench)) };
}

const decisions = {
  async assessment() {
    const { bench, personId } = await onPathway();
    const id = await openedCase(bench, personId);
    return { bench, subject: `case/${id}`, name: 'assessment', body: findings, actor: caseManager };
  },
  async plan() {
    const { bench, personId } = await onPathway();
    const id = await openedCase(bench, personId);
    await bench.give(`case/${id}`, 'assessment', findings, caseManager);
    return { bench, subject: `case/${id}`, name: 'plan', body: jobPlan, actor: caseManager };
  },
  async 'the referral'() {
    const { bench, personId, vacant: vacancy } = await onPathway();
    const id = await plannedCase(bench, personId);
    return { bench, subject: `case/${id}`, name: 'referral', body: { vacancy }, actor: caseManager };
  },
  async 'an acceptance'() {
    const { bench, personId, vacant, employerId } = await onPathway();
    const id = await refer(bench, await plannedCase(bench, personId), vacant);
    const body = { decision: 'accept', startOn: '2023-03-06' };
    return { bench, subject: `referral/${id}`, name: 'decision', body, actor: employerActor(employerId) };
  },
  async 'a claim’s approval'() {
    const bench = await startMoneyBench('2024-03-04T09:00:00+05:00');
    const id = `${await ordered(bench, '2024-03-01')}-2024-03`;
    await bench.pass('1mo');
    const { revision, amount } = await bench.db.claim.findUniqueOrThrow({ where: { id } });
    const body = { revision, amount: Number(amount) };
    return { bench, subject: `claim/${id}`, name: 'approval', body, actor: financeOfficer };
  },
} satisfies Record<string, () => Promise<Ready>>;

export type DecisionName = keyof typeof decisions;
export const decisionNames = Object.keys(decisions) as DecisionName[];

/** The status of a decision's answer. */
export const statusOf = (which: DecisionName): number => (which === 'the referral' ? 201 : 200);

/** Gives a decision on a bench of its own. Nobody carries it out yet. */
export async function given(which: DecisionName): Promise<Given & { bench: Bench }> {
  const { bench, subject, name, body, actor } = await decisions[which]();
  const [kind] = subject.split('/');
  const command = await bench.record(subject, name, body, actor);
  return { bench, subject, activity: `${kind}.${name}`, command };
}
