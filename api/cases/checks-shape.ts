import { z } from 'zod';
import { checkStates } from '../../domain/pathways/employment';

/** The monthly checks of an employment or of an own business, in an answer. */
export const checksShape = z.array(z.looseObject({ n: z.int(), on: z.string(), state: z.enum(checkStates) }));
