import type { Day } from '../../domain/day';
import { system } from '../../domain/roles';
import { defaultSettings } from '../../domain/settings';
import { openLine, setLine } from '../../records/money/lines';
import { change } from '../../records/kernel/change';
import { confirmedAccount } from './money';
import { employer, officials, stir } from './small-world';
import type { Call, Stack } from './stack';

/** A confirmed account of the employer, and money for wage subsidies on the lines of this year and the next. */
export async function furnish({ db, clock, world }: Stack, year: number): Promise<void> {
  await confirmedAccount({ db, clock }, world.employerId);
  const cause = { actor: system, subject: 'line/test', correlationId: 'test' };
  for (const lineYear of [year, year + 1])
    await change({ db, clock, settings: defaultSettings }, cause, async (transaction) => {
      const id = await openLine(transaction, { programme: 'hire_pwd', region: '1726', year: lineYear });
      await setLine(transaction, id, 1_000_000_000n, `Budget ${lineYear}`);
    });
  await db.outbox.deleteMany();
}

/** The labour register's knowledge of a person who works at the employer since a day. */
export const worksSince = (pinfl: string, on: Day) => ({ yammt: { hires: { pinfl, stir, on } } });

/** A person who works at the employer since a day, and the employer's application for the wage subsidy. @returns the answer */
export async function applied(stack: Stack, hiredOn: Day): Promise<{ id: string; pinfl: string }> {
  const { pinfl } = await stack.world.person();
  await stack.register(worksSince(pinfl, hiredOn));
  const body = {
    programme: 'hire_pwd',
    pinfl,
    group: 2,
    hiredOn,
    contract: 'T-1',
    documents: { hiring_order: { number: '12', date: hiredOn, issuer: 'Nur Tikuv MChJ' } },
  };
  const answer = await stack.done({ as: employer, to: '/subsidies', body });
  await stack.quiet();
  return { ...answer, pinfl };
}

/** The application is reviewed, and its order is signed today. @returns the answer to the order */
export async function order(stack: Stack, id: string): Promise<object> {
  await stack.done({
    as: officials.employmentOfficer,
    to: `/subsidies/${id}/review`,
    body: { outcome: 'propose' },
  });
  const date = (await stack.clock.now()).toISOString().slice(0, 10);
  return stack.done({
    as: officials.headOfEmployment,
    to: `/subsidies/${id}/order`,
    body: { number: `B-${id}`, date },
  });
}

/** The finance officer's approval of a claim, with the revision and the amount that it has now. */
export async function approval(stack: Stack, claim: string): Promise<Call> {
  const as = officials.financeOfficer;
  const { revision, amount } = await stack.get(as, `/claims/${claim}`);
  return { as, to: `/claims/${claim}/approval`, body: { revision, amount } };
}
