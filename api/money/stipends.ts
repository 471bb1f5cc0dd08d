import { z } from 'zod';
import { stipendPathway } from '../../domain/pathways/stipend';
import { STIPEND } from '../../domain/policy';
import { commandRoutes } from '../http/command-route';
import { area, idOf, instant } from '../http/fields';
import { days, is, within } from '../http/filters';
import { itemOf, listRoute, byPerson, overdue } from '../http/lists';
import { payableReaders } from '../http/readers';
import { oneRoute, stateful } from '../http/stateful';

const states = [...stipendPathway.open, ...stipendPathway.closed] as const;

const summary = {
  personId: z.string(),
  caseId: z.string(),
  trainingId: z.string(),
  area: z.string().meta({ description: 'The district of the centre.' }),
  appliedOn: z.string().meta({ description: 'The day of the admission, which proposed it.' }),
  orderedAt: instant.nullable(),
  periodFrom: z.string().meta({ description: 'The person’s own first day of study, as it is known now.' }),
  periodTo: z.string().meta({ description: 'The last day of study, as it is known now.' }),
};

const shape = stateful('Stipend', {
  ...summary,
  policyId: z.string().meta({ description: 'The version in force on the first day of study.' }),
  order: z.looseObject({ number: z.string().optional() }).nullable(),
  claims: z.array(
    z.looseObject({
      id: z.string(),
      month: z.string(),
      state: z.string(),
      amount: z.int().nullable(),
      settledOn: z.string().nullable(),
    }),
  ),
  commitments: z
    .array(z.looseObject({ month: z.string(), lineId: z.string(), needed: z.int(), amount: z.int() }))
    .meta({ description: 'The money that each month needs, and the part that is reserved.' }),
});

const list = listRoute({
  kind: 'stipend',
  summary: 'Stipends of persons who study, of the caller’s area',
  description: 'Case managers and supervisors see those of their people. No employer and no centre sees any.',
  who: payableReaders,
  filters: {
    state: is('state', z.enum(states)),
    person: byPerson('those'),
    training: is('trainingId', idOf('T').meta({ description: 'Only that of this training.' })),
    region: within('area', area.meta({ description: 'Only this region: its code of 4 digits.' })),
    area: within(
      'area',
      area.meta({ description: 'Only this region or district: its code of 4 or 7 digits.' }),
    ),
    overdue,
    ...days('appliedOn', 'Proposed'),
  },
  item: stateful('StipendItem', summary),
  where: { programme: STIPEND },
  read: (db, find) => db.subsidy.findMany(find),
  shown: itemOf(summary),
});

const one = oneRoute({
  kind: 'stipend',
  summary: 'One stipend with its months',
  who: payableReaders,
  shape,
});

const commands = commandRoutes('stipend', shape, {
  order: {
    summary:
      'Sign the order for a stipend, as the head of the employment department of the centre’s district',
    description:
      'Its number is unique per office and year. The money must be reserved (409 `no_commitment`). Months that are over get their claims at once.',
  },
});

export const stipendRoutes = [list, one, ...commands];
