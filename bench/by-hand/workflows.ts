import * as wf from '@temporalio/workflow';
import type { createActivities, Other } from './activities';

/*
 * Workflows written by hand, as plainly as somebody who wants them fast: one Update and one local activity a decision, one timer a
 * wait, one activity a call to another system. The same transaction begins or wakes the rows that come next.
 */

type Activities = ReturnType<typeof createActivities>;
const { write, nothing } = wf.proxyLocalActivities<Activities>({ startToCloseTimeout: '5s' });
const { call } = wf.proxyActivities<Activities>({ startToCloseTimeout: '30s' });

export const decide = wf.defineUpdate<void, [decision: string]>('decide');
export const woken = wf.defineSignal('woken');

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The decisions about a row, and how often it was woken. */
function inbox(row: string, then: Record<string, Other[]> = {}) {
  const made: string[] = [];
  const box = { made, woken: 0 };
  wf.setHandler(decide, async (decision) => {
    await write(row, decision, then[decision]);
    made.push(decision);
  });
  wf.setHandler(woken, () => void (box.woken += 1));
  /** Waits for a decision. When a part of its time is over, a reminder is written and sent. */
  const decided = async (decision: string, ...parts: number[]): Promise<void> => {
    const isMade = (): boolean => made.includes(decision);
    for (const part of parts) {
      if (await wf.condition(isMade, part)) return;
      await write(row, `${decision} reminded`);
      await call(row, 'message');
    }
    await wf.condition(isMade);
  };
  return { box, decided };
}

/** A case: assessed, planned, referred; when the job is kept, closed. */
export async function handCase(row: string): Promise<void> {
  const referral = { begin: 'handReferral', id: `${row}/R`, args: [`${row}/R`, row] };
  const { box, decided } = inbox(row, { referral: [referral] });
  await Promise.all([call(row, 'eligibility'), call(row, 'present work')]);
  await decided('assessment', 8 * DAY, 2 * DAY);
  await decided('plan', 3 * DAY, 2 * DAY);
  await decided('referral', 3 * DAY, 2 * DAY);
  await wf.condition(() => box.woken === 2); // hired, then retained
  await decided('closure', 8 * DAY, 2 * DAY);
}

/** A referral: delivered, decided by the employer, hired under a contract that the labour register confirms. */
export async function handReferral(row: string, ofCase: string): Promise<void> {
  const { decided } = inbox(row);
  const job = { begin: 'handRetention', id: `${ofCase}/J`, args: [`${ofCase}/J`, ofCase] };
  await call(row, 'message');
  await decided('decision', 3 * DAY, DAY, DAY);
  await call(row, 'message');
  await decided('contract', 6 * DAY, DAY, 2 * DAY);
  await call(row, 'employment', [job, { wake: ofCase }]);
  await call(row, 'message');
}

/** A job with its six monthly checks, and a conversation after each but the last. */
export async function handRetention(row: string, ofCase: string): Promise<void> {
  const { box } = inbox(row);
  for (let check = 1; check < 6; check++) {
    await wf.sleep(31 * DAY);
    await call(row, 'check');
    await wf.condition(() => box.made.length === check, 8 * DAY);
  }
  await wf.sleep(31 * DAY);
  await call(row, 'check', [{ wake: ofCase }]);
}

/** A job with the same events as the product's: each check falls due, is answered, is talked about, and is reminded of once. */
export async function handJob(row: string): Promise<void> {
  inbox(row);
  await write(row, 'begun');
  for (let check = 1; check <= 6; check++) {
    await wf.sleep(25 * DAY);
    await write(row, `check ${check} falls due`);
    await Promise.all([wf.sleep(4 * DAY), call(row, 'check')]);
    await write(row, 'conversation');
    await Promise.all([wf.sleep(2 * DAY), call(row, 'message')]);
    await write(row, 'reminded');
  }
  await write(row, 'over');
}

/** A subsidy: checked, reviewed, ordered; then a claim a month until all are settled. */
export async function handSubsidy(row: string): Promise<void> {
  const { box, decided } = inbox(row);
  await call(row, 'employment');
  await decided('review', 10 * DAY, 5 * DAY);
  await decided('order', 2 * DAY, DAY);
  await call(row, 'message');
  for (let month = 1; month <= 6; month++) {
    await wf.sleep(30 * DAY);
    const id = `${row}-${month}`;
    await write(row, `claim ${month}`, [{ begin: 'handClaim', id, args: [id, row] }]);
  }
  await wf.condition(() => box.woken === 6);
}

/** A month: the register is asked about its days when it can know them, a person approves, the treasury pays. */
export async function handClaim(row: string, ofSubsidy: string): Promise<void> {
  const { decided } = inbox(row);
  await wf.sleep(5 * DAY);
  await call(row, 'days');
  await decided('approval', 10 * DAY, 5 * DAY);
  await call(row, 'payment');
  await wf.sleep(18 * HOUR); // the treasury settles in the night
  await call(row, 'was it paid', [{ wake: ofSubsidy }]);
  await call(row, 'message');
}

/** An execution that waits for nothing in particular: the least that a row in the cache can weigh. */
export async function empty(): Promise<void> {
  await wf.condition(() => false);
}

/** A decision that writes nothing. */
export async function emptyDecision(): Promise<void> {
  wf.setHandler(decide, () => nothing());
  await wf.condition(() => false);
}

/** An Update without any activity. */
export async function bareUpdate(): Promise<void> {
  wf.setHandler(decide, () => undefined);
  await wf.condition(() => false);
}

/** A wait that ends at an instant with one local activity. */
export async function bareTimers(waits: readonly number[]): Promise<void> {
  for (const ms of waits) {
    await wf.sleep(ms);
    await nothing();
  }
}

/** A claim of a month as a bare child: opened, asked about, written. */
export async function bareClaim(row: string): Promise<void> {
  await write(row, 'opened');
  await call(row, 'days');
  await write(row, 'ready');
}

/** The month of some subsidies: a child each. */
export async function bareMonth(row: string, count: number): Promise<void> {
  const claims = Array.from({ length: count }, async (_, n) => {
    const claim = `${row}/${n}`;
    await write(row, claim);
    await wf.executeChild(bareClaim, { workflowId: claim, args: [claim] });
  });
  await Promise.all(claims);
}
