import { importCsv, type ImportOf, importReport } from './csv-import';
import { type Ctx, type Route, route } from './route';
import type { Described } from './stateful';

interface ImportRoute<Row> extends Described, Omit<ImportOf<Row>, 'keyOf'> {
  path: string;
  tag: string;
  who: Route['who'];
  /** Gives the business key of each row. It may read the record first. */
  keys: (ctx: Ctx) => ImportOf<Row>['keyOf'] | Promise<ImportOf<Row>['keyOf']>;
}

/** A route that imports the rows of a CSV file, and answers the report of its lines. */
export const importRoute = <Row>({
  path,
  tag,
  summary,
  description,
  who,
  keys,
  ...its
}: ImportRoute<Row>): Route =>
  route({
    method: 'post',
    path,
    tag,
    summary,
    ...(description !== undefined && { description }),
    who,
    bodyAs: 'csv',
    bodyShape: its.row,
    answers: { 200: importReport },
    handle: async (ctx) => importCsv<Row>(ctx, { ...its, keyOf: await keys(ctx) }),
  });
