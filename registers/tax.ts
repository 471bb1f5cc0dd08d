import { z } from 'zod';
import type { Day } from '../domain/day';
import type { Answer, Connection } from './answer';
import { ask } from './ask';
import { day, month, pinfl, soum, stir } from './fields';

/** The tax authority: the wage that an employer accrued to a person in a month, and the income tax on it. */
export interface Tax {
  /**
   * The accrued wage of a month: `yes` with the sums, or `no` because nothing was accrued. Employers report until the middle
   * of the next month. A `no` before that is not final, and a `yes` may be corrected later.
   */
  wages(work: Work): Promise<WagesAnswer>;
}

export interface Work {
  readonly pinfl: string;
  readonly stir: string;
  /** `YYYY-MM` */
  readonly month: string;
}

/** Sums in so'm; `on` is the day on which the register last entered them. */
export type WagesAnswer = Answer<{ accrued: bigint; tax: bigint; on: Day }, object>;

/** @returns the adapter; its questions never throw, an answer that does not come or makes no sense is `unknown` */
export const createTax = (connection: Connection): Tax => ({
  async wages(work) {
    const about = wagesSaid.refine(
      (said) => said.pinfl === work.pinfl && said.stir === work.stir && said.month === work.month,
    );
    const body = { pinfl: work.pinfl, stir: work.stir, month: work.month };
    const reply = await ask(connection, { path: '/wages/query', body }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'nothing') return { answer: 'no', raw };
    return { answer: 'yes', accrued: BigInt(said.accrued), tax: BigInt(said.tax), on: said.on, raw };
  },
});

const work = { pinfl, stir, month };

const wagesSaid = z.discriminatedUnion('state', [
  z
    .object({ ...work, state: z.literal('accrued'), accrued: soum.min(1), tax: soum, on: day })
    .refine(({ accrued, tax }) => tax <= accrued),
  z.object({ ...work, state: z.literal('nothing') }),
]);
