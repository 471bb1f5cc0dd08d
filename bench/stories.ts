import { caseManager, employerActor, PINFL, seed, STIR } from '../test/support/bench';
import { jobPlan } from '../test/support/cases';
import type { RunWithHistory } from '../test/support/histories';
import { approve, claimsOf, furnish, ordered } from '../test/support/money';
import { type Pathway, written } from '../test/support/pathway-server';

/** The product's rows through a story, by their histories. */
export interface Story {
  from: string;
  tell(on: Pathway): Promise<void>;
  /** The kinds of rows that belong to the story. Statements of the treasury, for example, are everybody's. */
  kinds: readonly string[];
}

const CHECKS = ['04', '05', '06', '07', '08', '09'].map((month) => `2023-${month}-13`);

/** A job and six checks: opened, assessed, planned, referred, accepted, hired, spoken to each month but the last, closed. */
export const wholePathway: Story = {
  from: '2023-03-01T09:00:00+05:00',
  kinds: ['case', 'referral', 'retention'],
  async tell(on) {
    const world = await seed(on);
    const caseId = await on.openCase(world.personId);
    const employer = employerActor(world.employerId);
    const act = async (...command: Parameters<Pathway['give']>): Promise<Record<string, unknown>> => {
      const { status, body } = await on.give(...command);
      if (status >= 300) throw new Error(`${command[1]}: ${status} ${JSON.stringify(body)}`);
      return body;
    };
    await on.pass('2d');
    await act(`case/${caseId}`, 'assessment', written.assessment, caseManager);
    await act(`case/${caseId}`, 'plan', jobPlan, caseManager);
    const { id } = await act(`case/${caseId}`, 'referral', { vacancy: world.vacant }, caseManager);
    const referral = `referral/${String(id)}`;
    await on.pass('2d');
    await act(referral, 'decision', { decision: 'accept', startOn: '2023-03-13' }, employer);
    await on.until('2023-03-13', '10:00');
    await on.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'M-1' } } });
    await act(referral, 'contract', { contract: 'M-1', since: '2023-03-13' }, employer);
    const job = await on.db.employment.findFirstOrThrow();
    const spoken = { reached: true, works: true, paid: true, conditionsKept: true, wantsHelp: false };
    for (const [index, day] of CHECKS.entries()) {
      await on.until(day, '10:00');
      if (index < CHECKS.length - 1)
        await act(`retention/${job.id}`, 'conversation', { check: index + 1, ...spoken }, caseManager);
    }
    const closure = { outcome: 'retained', summary: 'in work for half a year', personAgrees: true };
    await act(`case/${caseId}`, 'closure', closure, caseManager);
  },
};

const MONTHS = ['07', '08', '09', '10', '11', '12'];
/** A day of the month after, when the registers have answered about a month. */
const APPROVED_ON = ['2024-08-12', '2024-09-12', '2024-10-14', '2024-11-12', '2024-12-12', '2025-01-13'];

/** A subsidy ordered in its first month, and six claims approved one after another, each paid. */
export const paidSubsidy: Story = {
  from: '2024-07-03T09:00:00+05:00',
  kinds: ['subsidy', 'claim'],
  async tell(pathway) {
    const on = { ...pathway, ...(await furnish(pathway)) };
    const id = await ordered(on, '2024-07-01');
    for (const [index, day] of APPROVED_ON.entries()) {
      await on.until(day, '12:00');
      const month = index < 6 ? `2024-${MONTHS[index]}` : '';
      const { status, body } = await approve(on, `${id}-${month}`);
      if (status >= 300) throw new Error(`${month}: ${status} ${JSON.stringify(body)}`);
      await on.pass('3d');
    }
    await on.pass('3d');
    const states = (await claimsOf(on, id)).map(([, state]) => state);
    if (states.some((state) => state !== 'settled')) throw new Error(`claims: ${states.join(', ')}`);
  },
};

/** The histories of a story's own rows. */
export const rowsOf = (story: Story, runs: readonly RunWithHistory[]): RunWithHistory[] =>
  runs.filter(({ workflowId }) => story.kinds.includes(workflowId.split('/')[0] ?? ''));
