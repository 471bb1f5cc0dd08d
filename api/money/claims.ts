import { z } from 'zod';
import { claimPathway } from '../../domain/pathways/claim';
import { programmes } from '../../domain/policy';
import { blockedAmong } from '../../records/money/blocked';
import { blockersById } from '../../records/money/blockers';
import { chainOf } from '../../records/reads/chain';
import { choiceRoute, commandRoutes } from '../http/command-route';
import { idOf } from '../http/fields';
import { workerFor } from '../../records/reads/money';
import { filter, instants, is, month } from '../http/filters';
import { itemOf, listRoute } from '../http/lists';
import { payableReaders } from '../http/readers';
import { flag, oneRoute, stateful } from '../http/stateful';
import { moneyFilters } from './subsidy-commands';

const states = [...claimPathway.open, ...claimPathway.closed] as const;
const summary = {
  subsidyId: z.string(),
  programme: z.string(),
  month: z.string().meta({ description: 'The month that was worked. It is empty for an adaptation.' }),
  employerId: z.string().nullable().meta({ description: 'Null where a person is paid.' }),
  personId: z.string().nullable(),
  area: z.string(),
  amount: z.int().nullable().meta({ description: 'So’m.' }),
  revision: z.int(),
  settledOn: z.string().nullable(),
  blockers: z
    .array(z.string())
    .meta({ description: 'The reasons why it cannot be approved now. They are computed at each call.' }),
};

const claimItem = stateful('ClaimItem', summary);
export const claimShape = stateful('Claim', {
  ...summary,
  calculation: z.looseObject({}).nullable().meta({
    description: 'The calculation of the amount: BHM × multiple × share, with rule, act and version.',
  }),
  reached: z.string().nullable().meta({ description: 'The calculation in one line.' }),
  paidBy: z.string().nullable().meta({
    description: 'The day by which it is paid if nothing blocks it. Null when no day can be given.',
  }),
  keptBack: z.int().meta({
    description: 'So’m of a ready claim that its approval keeps back towards the employer’s open debts.',
  }),
  payments: z.array(z.looseObject({ key: z.string(), state: z.string(), amount: z.int() })),
  chain: z.looseObject({}).optional().meta({
    description:
      'For auditors: the order, the registers’ raw answers with their times, the calculation, the officers, the account, the attempts and the receipts.',
  }),
});

const item = itemOf(summary);

const list = listRoute({
  kind: 'claim',
  summary: 'Claims of the caller’s area, or of the employer itself',
  description:
    'Case managers and supervisors see those of persons. ' +
    '`blocked` selects claims that wait for a finance officer: with yes those that have blockers, with no those without.',
  who: payableReaders,
  filters: {
    ...moneyFilters,
    state: is('state', z.enum(states)),
    programme: filter(z.enum(programmes), (programme) => ({ lineId: { startsWith: `${programme}-` } })),
    subsidy: is('subsidyId', z.union([idOf('S'), idOf('A')])),
    month: is('month', month),
    blocked: filter(flag, () => ({ state: 'ready' })),
    ...instants('openedAt', 'Opened'),
  },
  item: claimItem,
  sift: (view, { blocked }) =>
    blocked === undefined
      ? undefined
      : async (ids) => {
          const found = await blockedAmong(view.tx, ids, view.now);
          return ids.filter((id) => found.has(id) === blocked);
        },
  async read(db, find, view) {
    const rows = await db.claim.findMany({ ...find, include: { subsidy: true } });
    const blockers = await blockersById(
      view,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...row, blockers: blockers.get(row.id) ?? [] }));
  },
  shown: (row, actor) =>
    item({ ...row, programme: row.subsidy.programme, personId: workerFor(actor, row.subsidy.personId) }),
});

const one = oneRoute({
  kind: 'claim',
  summary: 'One claim with its calculation, its wait and its day of payment',
  who: payableReaders,
  shape: claimShape,
  also: async ({ records, actor, params, now }) =>
    actor.role === 'auditor' ? { chain: await chainOf(records.db, params.id, actor, now) } : {},
});

const resolution = choiceRoute({
  kind: 'claim',
  names: ['resolution', 'dispute', 'unpayable'],
  choose: (body) => ('resolution' in body ? 'resolution' : 'outcome' in body ? 'dispute' : 'unpayable'),
  summary: 'Resolve a mismatch, a disputed payment, or a payment that nobody can receive',
  description:
    'The employment officer resolves a mismatch: a document says which side is right. No amount is entered. `evidence` stands in for a register’s answer, and `answered` answers a return (409 `not_the_question` otherwise). The finance officer resolves a disputed payment (allowedActions: `dispute`) and an unpayable one (`unpayable`).',
  answers: { 200: claimShape },
});

const commands = commandRoutes('claim', claimShape, {
  declaration: {
    summary: 'Declare the wages accrued and the income tax paid, as the employer (`above_quota`)',
    description:
      'It is due by the 20th of the next month. A late one is accepted for three months. Until the claim is approved the employer may correct it: both stand in the file, and the month is checked again.',
  },
  approval: {
    summary: 'Approve the claim as it was read',
    description:
      'For a finance officer who took no part before (else 403 `took_part`). Revision and amount are those of the claim as read, else 409 `changed`. 409 `blocked` names the blockers.',
  },
  return: { summary: 'Return the claim to the employment officer, with a code' },
});

export const claimRoutes = [list, one, resolution, ...commands];
