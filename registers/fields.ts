import { z } from 'zod';
import { isDay } from '../domain/day';

/** The shapes that registers' answers and news are made of. Who a PINFL belongs to is theirs to check, not ours. */
export const pinfl = z.string().regex(/^\d{14}$/);
export const stir = z.string().regex(/^\d{9}$/);
export const day = z.string().refine(isDay);
export const instant = z.iso.datetime({ offset: true });
export const contractNumber = z.string().min(1).max(60);
export const words = z.string().max(2000);

/** Why a contract ended, as YAMMT codes it. */
export const endReason = z.enum(['resigned', 'dismissed', 'contract_expired', 'liquidated', 'died', 'other']);
export type EndReason = z.infer<typeof endReason>;
