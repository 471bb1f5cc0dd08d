import type { CommandName } from '../pathways';
import { contains } from '../soato';
import { type Preconditions, unless } from './precondition';

/** The areas of a statement's open differences. */
export interface StatementFacts {
  areas: readonly string[];
}

/** A finance officer explains the differences of their own area. */
export const statementPreconditions: Preconditions<CommandName<'statement'>, StatementFacts> = {
  explanation: unless(({ areas }, { area }) =>
    areas.some((one) => contains(area, one))
      ? undefined
      : { code: 'not_yours', params: { what: 'difference' } },
  ),
};
