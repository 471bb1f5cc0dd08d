import { z } from 'zod';
import { causes } from '../../domain/pathways/claim';
import { recoveryPathway } from '../../domain/pathways/recovery';
import { commandRoutes } from '../http/command-route';
import { instant } from '../http/fields';
import { instants, is } from '../http/filters';
import { itemOf, listRoute, ofEmployer, byPerson, overdue } from '../http/lists';
import { payableReaders } from '../http/readers';
import { oneRoute, stateful } from '../http/stateful';

const states = [...recoveryPathway.open, ...recoveryPathway.closed] as const;

const som = z.int().meta({ description: 'So’m.' });
const summary = {
  claimId: z.string().meta({ description: 'The claim that was overpaid.' }),
  subsidyId: z.string(),
  employerId: z.string().nullable().meta({ description: 'Null where a person was paid.' }),
  lineId: z.string(),
  area: z.string(),
  amount: som,
  left: som,
  demandedAt: instant,
  reason: z
    .string()
    .nullable()
    .meta({ description: 'The reason of the overpayment: the words of the correction, or its code.' }),
  repayTo: z
    .object({ holder: z.string(), number: z.string(), mfo: z.string() })
    .nullable()
    .meta({ description: 'The fund’s account to repay to, naming the recovery’s number.' }),
};
const recoveryShape = stateful('Recovery', {
  ...summary,
  month: z.string().meta({ description: 'The month that was overpaid; empty for an adaptation.' }),
  setOffs: z
    .array(z.object({ claimId: z.string(), amount: som, done: z.boolean() }))
    .meta({ description: 'The employer’s claims against which the overpayment was set off.' }),
  instalmentsFrom: z.string().nullable().meta({
    description: 'Of a debt of a person: the day from which its equal monthly parts count.',
  }),
  consent: z.looseObject({ consents: z.boolean() }).nullable().meta({
    description: 'Whether the person lets a part of later payments be kept back.',
  }),
  causedBy: z.string().nullable().meta({
    description: 'The office against which an overpayment is counted that the person does not owe.',
  }),
  outcome: z.looseObject({}).nullable(),
});

const list = listRoute({
  kind: 'recovery',
  summary: 'Overpayments that are demanded back, of the caller’s area or enterprise',
  who: payableReaders,
  filters: {
    state: is('state', z.enum(states)),
    employer: ofEmployer,
    person: byPerson('those'),
    causedBy: is('causedBy', z.enum(causes).meta({ description: 'Only those counted against this office.' })),
    overdue,
    ...instants('demandedAt', 'Demanded'),
  },
  item: stateful('RecoveryItem', summary),
  read: (db, find) => db.recovery.findMany(find),
  shown: itemOf(summary),
});

const one = oneRoute({
  kind: 'recovery',
  summary: 'One recovery',
  who: payableReaders,
  shape: recoveryShape,
});

const commands = commandRoutes('recovery', recoveryShape, {
  setOffConsent: {
    path: '/recoveries/{id}/set-off-consent',
    summary: 'Enter whether the person lets a part of later payments be kept back towards their debt',
    description:
      'The case manager enters what the person signed on paper. At most a tenth of a payment is kept back (`personsSetOffPercent`). It can be taken back.',
  },
  decision: {
    summary: 'Extend the time to repay once, hand the recovery to a court, or write it off',
    description: 'Not the officer who proposed or approved its correction.',
  },
});

export const recoveryRoutes = [list, one, ...commands];
