import { z } from 'zod';
import {
  code,
  contractNumber,
  day,
  endReason,
  instant,
  month,
  orderKey,
  pinfl,
  reference,
  stir,
} from './fields';

/** The fields of each kind of news, beside `event`, `register`, `type` and `at`. */
const told = {
  yammt: {
    contract_registered: { pinfl, stir, contract: contractNumber, since: day },
    contract_ended: { pinfl, stir, contract: z.exactOptional(contractNumber), on: day, reason: endReason },
    end_taken_back: { pinfl, stir, contract: z.exactOptional(contractNumber), since: day },
    employer_liquidated: { stir, on: day },
    employer_reorganised: { stir, successorStir: stir, on: day },
  },
  tiek: {
    recommendation_changed: { pinfl },
    person_died: { pinfl, on: day },
  },
  tax: {
    wages_corrected: { pinfl, stir, month },
  },
  treasury: {
    payment_settled: { key: orderKey, on: day },
    payment_returned: { key: orderKey, on: day, code },
    incoming: { reference, on: day },
  },
  notifications: {
    receipt: {
      key: z.string().min(1).max(200),
      status: z.enum(['delivered', 'failed']),
      why: z.exactOptional(z.string().max(200)),
    },
  },
};

/** The register's own name for an event. The same event has the same name when it is pushed again. It becomes a workflow's id. */
const event = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/);

const piece = <R extends string, T extends string, Told extends z.ZodRawShape>(
  register: R,
  type: T,
  shape: Told,
) => z.object({ event, register: z.literal(register), type: z.literal(type), at: instant, ...shape });

/**
 * News that a register pushes to `POST /v1/registers/{register}/events`, signed (see signature.ts). `at` is when it
 * happened at the register: news may come late, twice and out of order. Fields not named here are left out.
 */
export const news = z.discriminatedUnion('type', [
  piece('yammt', 'contract_registered', told.yammt.contract_registered),
  piece('yammt', 'contract_ended', told.yammt.contract_ended),
  piece('yammt', 'end_taken_back', told.yammt.end_taken_back),
  piece('yammt', 'employer_liquidated', told.yammt.employer_liquidated),
  piece('yammt', 'employer_reorganised', told.yammt.employer_reorganised),
  piece('tiek', 'recommendation_changed', told.tiek.recommendation_changed),
  piece('tiek', 'person_died', told.tiek.person_died),
  piece('tax', 'wages_corrected', told.tax.wages_corrected),
  piece('treasury', 'payment_settled', told.treasury.payment_settled),
  piece('treasury', 'payment_returned', told.treasury.payment_returned),
  piece('treasury', 'incoming', told.treasury.incoming),
  piece('notifications', 'receipt', told.notifications.receipt),
]);

export type News = z.infer<typeof news>;
export type NewsType = News['type'];
