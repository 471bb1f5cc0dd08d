import type { Actor } from '../../domain/roles';
import { type Bench, caseManager, employerActor, plannedCase, refer, type seed } from './bench';
import { findings, jobPlan, openedCase } from './cases';

/** The rows that the bench's decisions are about. */
type World = Awaited<ReturnType<typeof seed>>;

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
  ];
}

/** The decisions, each on a row that is ready for it, with the status of its answer. */
const decisions = {
  async assessment(bench: Bench, { personId }: World) {
    const id = await openedCase(bench, personId);
    return { subject: `case/${id}`, name: 'assessment', body: findings, actor: caseManager };
  },
  async plan(bench: Bench, { personId }: World) {
    const id = await openedCase(bench, personId);
    await bench.give(`case/${id}`, 'assessment', findings, caseManager);
    return { subject: `case/${id}`, name: 'plan', body: jobPlan, actor: caseManager };
  },
  async 'the referral'(bench: Bench, { personId, vacant: vacancy }: World) {
    const id = await plannedCase(bench, personId);
    return { subject: `case/${id}`, name: 'referral', body: { vacancy }, actor: caseManager };
  },
  async 'an acceptance'(bench: Bench, { personId, vacant, employerId }: World) {
    const id = await refer(bench, await plannedCase(bench, personId), vacant);
    const body = { decision: 'accept', startOn: '2023-03-06' };
    return { subject: `referral/${id}`, name: 'decision', body, actor: employerActor(employerId) };
  },
} satisfies Record<string, (bench: Bench, world: World) => Promise<Decision>>;

export type DecisionName = keyof typeof decisions;
export const decisionNames = Object.keys(decisions) as DecisionName[];

/** The status of a decision's answer. */
export const statusOf = (which: DecisionName): number => (which === 'the referral' ? 201 : 200);

/** Gives a decision, which nobody carries out yet. */
export async function given(bench: Bench, world: World, which: DecisionName): Promise<Given> {
  const { subject, name, body, actor } = await decisions[which](bench, world);
  const [kind] = subject.split('/');
  return { subject, activity: `${kind}.${name}`, command: await bench.record(subject, name, body, actor) };
}
