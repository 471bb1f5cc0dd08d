import { z } from 'zod';
import type { Day } from '../domain/day';
import { isWithoutEnd } from '../domain/told-days';
import type { Answer, Connection } from './answer';
import { ask } from './ask';
import { contractNumber, day, endReason, isBornBy, pinfl, stir, words, type EndReason } from './fields';

/** YAMMT, the Unified National Labour System: a person's contracts, with their first and last days. */
export interface Yammt {
  /** The person's present employments: `yes` with at least one, or `no`. */
  employments(pinfl: string): Promise<EmploymentsAnswer>;
  /**
   * Whether this person's contract with this employer is in force: `yes`, or `no` because it ended or never existed. Of several
   * contracts the one with the named number counts. Without a number, or with an unknown number, the last contract counts.
   */
  contract(parties: Parties & Named): Promise<ContractAnswer>;
}

export interface Parties {
  readonly pinfl: string;
  readonly stir: string;
}

/** The number of the contract in question. */
export interface Named {
  readonly contract?: string | undefined;
}

export type EmploymentsAnswer = Answer<{ employments: Employment[] }, object>;

export type ContractAnswer = Answer<
  /** `until` is an end agreed beforehand that still lies ahead. */
  { contract: string; since: Day; until?: Day },
  | { because: 'none' }
  /** `until` is the last day; `successorStir` names the employer that took the contract over. */
  | {
      because: 'ended';
      contract: string;
      since: Day;
      until: Day;
      endReason: EndReason;
      successorStir?: string;
    }
>;

export type Employment = z.infer<typeof employment>;

/** @returns the adapter; its questions never throw, an answer that does not come or makes no sense is `unknown` */
export const createYammt = (connection: Connection): Yammt => ({
  async employments(person) {
    const about = employmentsSaid.refine((said) => said.pinfl === person);
    const reply = await ask(connection, { path: '/employments/query', body: { pinfl: person } }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.employments.length === 0) return { answer: 'no', raw };
    return { answer: 'yes', employments: said.employments, raw };
  },

  async contract({ pinfl: person, stir: employer, contract }) {
    const about = contractSaid.refine(
      (said) =>
        said.pinfl === person &&
        said.stir === employer &&
        (said.state === 'none' || isBornBy(person, said.terms.since)),
    );
    const named = contractNumber.safeParse(contract).success && { contract };
    const body = { pinfl: person, stir: employer, ...named };
    const reply = await ask(connection, { path: '/contracts/query', body }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'in_force') return { answer: 'yes', ...said.terms, raw };
    if (said.state === 'ended') return { answer: 'no', because: 'ended', ...said.terms, raw };
    return { answer: 'no', because: 'none', raw };
  },
});

const inOrder = ({ since, until }: { since: Day; until?: Day }): boolean =>
  until === undefined || since <= until;

/** A contract without end has no last day. */
const endless = <Terms extends { until?: Day }>({ until, ...terms }: Terms) => ({
  ...terms,
  ...(until !== undefined && !isWithoutEnd(until) && { until }),
});

const employment = z
  .object({
    stir,
    contract: contractNumber,
    position: z.exactOptional(words),
    since: day,
    until: z.exactOptional(day),
    endReason: z.exactOptional(endReason),
  })
  .refine(inOrder)
  .transform(endless);

const employmentsSaid = z.object({ pinfl, employments: z.array(employment).max(100) });

const parties = { pinfl, stir };

const inForce = z
  .object({ contract: contractNumber, since: day, until: z.exactOptional(day) })
  .refine(inOrder)
  .transform(endless);

const ended = z
  .object({
    contract: contractNumber,
    since: day,
    until: day,
    endReason,
    successorStir: z.exactOptional(stir),
  })
  .refine(inOrder);

const contractSaid = z.discriminatedUnion('state', [
  z.object({ ...parties, state: z.literal('in_force'), terms: inForce }),
  z.object({ ...parties, state: z.literal('ended'), terms: ended }),
  z.object({ ...parties, state: z.literal('none') }),
]);
