import { z } from 'zod';
import { statementPathway } from '../../domain/pathways/statement';
import { funds } from '../../domain/fund';
import { day, instant } from '../http/fields';
import { days, is } from '../http/filters';
import { statementReaders } from '../http/readers';
import { itemOf, listRoute, overdue } from '../http/lists';
import { oneRoute, stateful } from '../http/stateful';

const states = [...statementPathway.open, ...statementPathway.closed] as const;
const soum = z.int().nullable().meta({ description: 'Whole so’m. Null until the statement is read.' });
const fund = z.enum(funds).meta({ description: 'The fund on whose account the money moved.' });
const summary = { fund, day, opening: soum, closing: soum };

export const statementShape = stateful('Statement', {
  ...summary,
  differences: z.array(
    z.object({ ref: z.string(), role: z.string(), area: z.string(), due: instant.nullable() }),
  ),
});

const list = listRoute({
  kind: 'statement',
  summary: 'The treasury’s statements, by working day and fund',
  description: 'The movements of a day stand in GET /reports/reconciliation.',
  who: statementReaders,
  filters: {
    state: is('state', z.enum(states)),
    overdue,
    fund: is('fund', z.enum(funds)),
    ...days('day', 'Statements'),
  },
  item: stateful('StatementItem', summary),
  read: (db, find) => db.statement.findMany(find),
  shown: itemOf(summary),
});

const one = oneRoute({
  kind: 'statement',
  summary: 'One statement, with the differences that wait for an explanation',
  who: statementReaders,
  shape: statementShape,
});

export const statementRoutes = [list, one];
