import { z } from 'zod';
import { LAST_DAY } from '../domain/day';
import { isWithoutEnd } from '../domain/told-days';
import type { Answer, Connection } from './answer';
import { ask } from './ask';
import { day, pinfl, words } from './fields';

/** TIEK (MSEK), the register of disability examinations and their recommendations about work. */
export interface Tiek {
  /**
   * Whether the person has a work recommendation in force: `yes` with all of it, or `no` with the register's reason
   * (such as `not_examined`, `expired`, `work_not_recommended`, `died`).
   */
  recommendation(pinfl: string): Promise<RecommendationAnswer>;
}

export type RecommendationAnswer = Answer<Recommendation, { reason: string }>;

export type Recommendation = z.infer<typeof recommendation>;

/** @returns the adapter; its questions never throw, an answer that does not come or makes no sense is `unknown` */
export const createTiek = (connection: Connection): Tiek => ({
  async recommendation(person) {
    const about = recommendationSaid.refine((said) => said.pinfl === person);
    const reply = await ask(connection, { path: '/recommendations/query', body: { pinfl: person } }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    return said.recommended
      ? { answer: 'yes', ...said.recommendation, raw }
      : { answer: 'no', reason: said.reason, raw };
  },
});

const kindsOfWork = z.array(z.string().min(1).max(100)).max(200);

const recommendation = z.object({
  group: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** The last day on which it is valid. A recommendation without end is valid until the last possible day. */
  validUntil: day.transform((told) => (isWithoutEnd(told) ? LAST_DAY : told)),
  suitableKinds: kindsOfWork,
  unsuitableKinds: kindsOfWork,
  /** The conditions that a workplace must meet for the person. */
  conditions: z.array(z.string().min(1).max(200)).max(100),
  maxHoursPerWeek: z.exactOptional(z.number().int().min(1).max(48)),
  /** The recommendation in the examiners' own words. */
  words,
});

const recommendationSaid = z.discriminatedUnion('recommended', [
  z.object({ pinfl, recommended: z.literal(true), recommendation }),
  z.object({ pinfl, recommended: z.literal(false), reason: z.string().min(1).max(200) }),
]);
