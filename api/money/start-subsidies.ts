import { z } from 'zod';
import { startCosts } from '../../domain/money/start-subsidy';
import { startSubsidyPathway } from '../../domain/pathways/start-subsidy';
import { START } from '../../domain/policy';
import { commandRoute, commandRoutes } from '../http/command-route';
import { area, idOf, instant } from '../http/fields';
import { days, is, within } from '../http/filters';
import { itemOf, listRoute, byPerson, overdue } from '../http/lists';
import { payableReaders } from '../http/readers';
import { oneRoute, rowPath, stateful } from '../http/stateful';

const states = [...startSubsidyPathway.open, ...startSubsidyPathway.closed] as const;

const summary = {
  personId: z.string(),
  caseId: z.string(),
  businessId: z.string(),
  area: z.string().meta({ description: 'The region, on whose line it is paid.' }),
  appliedOn: z.string().meta({ description: 'The day on which the person signed.' }),
  orderedAt: instant.nullable(),
};

const shape = stateful('StartSubsidy', {
  ...summary,
  policyId: z.string().meta({ description: 'The version in force on the day of the signature.' }),
  costs: z
    .array(
      z.looseObject({
        kind: z.enum(startCosts),
        what: z.string().optional(),
        tiyin: z.int(),
        document: z.object({ issuerStir: z.string(), number: z.string(), date: z.string() }),
      }),
    )
    .meta({ description: 'The costs as they were entered, in hundredths of a so’m.' }),
  review: z
    .looseObject({ outcome: z.string(), accepted: z.array(z.int()).optional() })
    .nullable()
    .meta({
      description: 'The accepted part of each cost, in hundredths of a so’m; absent where all is accepted.',
    }),
  refusal: z.looseObject({ code: z.string() }).nullable(),
  refusedAt: instant.nullable(),
  stopped: z.looseObject({ code: z.string() }).nullable().meta({
    description: 'Why nothing is paid after all: the business is no longer registered, or has ended.',
  }),
  order: z.looseObject({ number: z.string().optional() }).nullable(),
  amount: z.int().nullable().meta({ description: 'Whole so’m, as ordered.' }),
  claims: z
    .array(
      z.looseObject({
        id: z.string(),
        state: z.string(),
        amount: z.int().nullable(),
        settledOn: z.string().nullable(),
      }),
    )
    .meta({ description: 'Its payment `<id>-pay`, a claim.' }),
  commitments: z
    .array(z.looseObject({ lineId: z.string(), needed: z.int(), amount: z.int() }))
    .meta({ description: 'The money that it needs, and the part that is reserved.' }),
});

const list = listRoute({
  kind: 'start-subsidy',
  summary: 'Start subsidies of the caller’s area',
  description: 'Case managers and supervisors see those of their people. No employer and no centre sees any.',
  who: payableReaders,
  filters: {
    state: is('state', z.enum(states)),
    person: byPerson('those'),
    business: is('businessId', idOf('B').meta({ description: 'Only those of this business.' })),
    region: within('area', area.meta({ description: 'Only this region: its code of 4 digits.' })),
    overdue,
    ...days('appliedOn', 'Signed'),
  },
  item: stateful('StartSubsidyItem', summary),
  where: { programme: START },
  read: (db, find) => db.subsidy.findMany(find),
  shown: itemOf(summary),
});

const one = oneRoute({
  kind: 'start-subsidy',
  summary: 'One start subsidy with its costs and its payment',
  who: payableReaders,
  shape,
});

const enter = commandRoute({
  kind: 'business',
  name: 'startSubsidy',
  path: rowPath('business', '/start-subsidy'),
  summary: 'Enter the person’s application for the costs of the registration',
  description:
    'The person signs on paper within 3 months of the registration (the policy’s number `startSubsidyMonths`). It is paid once to a person (409 `start_subsidy_had`), and not for an older registration (409 `worked_already`). Each document counts once in the whole system (422 `document_used`).',
  answers: { 201: shape },
});

const commands = commandRoutes('start-subsidy', shape, {
  review: {
    summary:
      'Accept the costs whole or in part, or refuse them with the grounds, as the supervisor of the district',
    description:
      'In 3 days. An official who entered it does not review it (403 `took_part`). Accepted costs are reserved on the line of the region. Refused documents may be entered again.',
  },
  order: {
    summary: 'Sign the order, as the supervisor of the region',
    description:
      'Its number is unique per region and year. An official who entered or reviewed it does not sign (403 `took_part`). Before the payment the register is asked whether the business is still registered.',
  },
});

export const startSubsidyRoutes = [list, enter, one, ...commands];
