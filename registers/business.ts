import { z } from 'zod';
import type { Day } from '../domain/day';
import type { Answer, Connection } from './answer';
import { ask } from './ask';
import { day, isBornBy, pinfl, registrationNumber } from './fields';

/** A register of self-employed people, of entrepreneurs or of farms. All three answer alike [measures §3]. */
export interface BusinessRegister {
  /**
   * Whether the person is registered: `yes`, or `no` because the registration ended or there was none. Of several registrations
   * the one in force counts, else the last one.
   */
  registration(pinfl: string): Promise<RegistrationAnswer>;
}

export type RegistrationAnswer = Answer<
  { number: string; since: Day },
  | { because: 'none' }
  /** `until` is the day of the deregistration. */
  | { because: 'ended'; number: string; since: Day; until: Day }
>;

/** @returns the adapter; its questions never throw, an answer that does not come or makes no sense is `unknown` */
export const createBusinessRegister = (connection: Connection): BusinessRegister => ({
  async registration(person) {
    const about = registrationSaid.refine(
      (said) => said.pinfl === person && (said.state === 'none' || isBornBy(person, said.terms.since)),
    );
    const reply = await ask(connection, { path: '/registrations/query', body: { pinfl: person } }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'registered') return { answer: 'yes', ...said.terms, raw };
    if (said.state === 'ended') return { answer: 'no', because: 'ended', ...said.terms, raw };
    return { answer: 'no', because: 'none', raw };
  },
});

const registered = { number: registrationNumber, since: day };

const registrationSaid = z.discriminatedUnion('state', [
  z.object({ pinfl, state: z.literal('registered'), terms: z.object(registered) }),
  z.object({
    pinfl,
    state: z.literal('ended'),
    terms: z.object({ ...registered, until: day }).refine(({ since, until }) => since <= until),
  }),
  z.object({ pinfl, state: z.literal('none') }),
]);
