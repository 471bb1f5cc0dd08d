import { z } from 'zod';
import { instant } from './fields';

const common = {
  id: z.string(),
  account: z
    .string()
    .meta({ description: 'Callers who do not need the whole number see its last four digits.' }),
  mfo: z.string(),
};

const times = {
  state: z.enum(['proposed', 'confirmed', 'refused', 'replaced']),
  proposedAt: instant,
  confirmedAt: instant.nullable(),
  usableFrom: instant.nullable().meta({ description: 'The instant from which payments go to it.' }),
  proposedBy: z.string().optional(),
  proposedByName: z.string().optional(),
  confirmedBy: z.string().nullable().optional(),
  confirmedByName: z.string().optional(),
};

/** The accounts of a payee. `holder` is the field that says whose an account is. */
export function accountsShape<H extends z.ZodRawShape>(id: string, holder: H) {
  const account = z.object({ ...common, ...holder, ...times }).meta({ id });
  return z.object({
    confirmed: account.nullable(),
    proposed: account
      .extend({
        approval: z.string().nullable().meta({ description: 'The number of the proposal, AP-000001.' }),
      })
      .nullable(),
    history: z.array(account),
  });
}
