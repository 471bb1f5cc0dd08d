import { z } from 'zod';
import { type Day, isDay } from '../domain/day';
import { MOST_SOUM } from '../domain/money/soum';
import { birthDayOf, pinflProblem } from '../domain/pinfl';

/** The shapes of the fields in registers' answers and news. The registers check the owner of a PINFL, not we. */
export const pinfl = z.string().regex(/^\d{14}$/);
export const stir = z.string().regex(/^\d{9}$/);
export const day = z.string().refine(isDay);
/** A calendar month, `YYYY-MM`. */
export const month = z.string().regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/);
export const instant = z.iso.datetime({ offset: true }).refine((text) => isDay(text.slice(0, 10)));
export const contractNumber = z.string().min(1).max(60);
/** The number of a business in its register. */
export const registrationNumber = z.string().min(1).max(60);
export const words = z.string().max(2000);
/** A bank account of 20 digits or a treasury account of 27. */
export const account = z.string().regex(/^(\d{20}|\d{27})$/);
/** The code of a bank's branch. */
export const mfo = z.string().regex(/^\d{5}$/);
/** Whole so'm from 0, with the one bound for sums. */
export const soum = z.int().min(0).max(MOST_SOUM);
/** Our key of a payment order at the treasury: `<payable>/<attempt>`. */
export const orderKey = z.string().min(1).max(200);
/** The reference of incoming money, such as the number of a recovery. */
export const reference = z.string().min(1).max(100);
/** The treasury's code for the refusal or the return of an order. */
export const code = z.string().regex(/^[A-Za-z0-9._-]{1,50}$/);

/** Nobody is hired or registered before their birth, which their number tells. */
export const isBornBy = (person: string, told: Day): boolean =>
  pinflProblem(person) !== undefined || birthDayOf(person) <= told;

/** YAMMT's codes for the end of a contract. */
export const endReason = z.enum(['resigned', 'dismissed', 'contract_expired', 'liquidated', 'died', 'other']);
export type EndReason = z.infer<typeof endReason>;
