import { answers } from './answers';
import { cases } from './cases';
import { directories } from './directories';
import { employers } from './employers';
import { businesses } from './businesses';
import { employments } from './employments';
import { inspections } from './inspections';
import { money } from './money';
import { officials } from './officials';
import { people } from './people';
import { policies } from './policies';
import { publicWorks } from './public-works';
import { referrals } from './referrals';
import { rows } from './rows';
import { subsidies } from './subsidies';
import { training } from './training';

/**
 * Examples of fields for `examples.ts`, by subject. A field has its name alone where its example is the same everywhere. Before the
 * name stands the id of its shape (`Case.closure`), the field that holds it (`consent.by`) or the path of its route (`people.id`).
 * `undefined` leaves an optional field out.
 */
export const exampleFields: Readonly<Record<string, unknown>> = {
  ...answers,
  ...people,
  ...cases,
  ...employers,
  ...training,
  ...referrals,
  ...inspections,
  ...employments,
  ...publicWorks,
  ...businesses,
  ...subsidies,
  ...money,
  ...policies,
  ...officials,
  ...directories,
  ...rows,
};
