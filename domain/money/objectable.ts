import type { RefusalCode } from '../pathways/subsidy';

/**
 * The refusals that an objection can mend: those by a fact that the office or a register may have wrong, and those by its
 * judgement. The law, and the application's own words, are not changed by an objection [money §1, §3].
 */
const objectable: ReadonlySet<RefusalCode> = new Set([
  'not_confirmed',
  'ownership',
  'state_share',
  'not_above_quota',
  'no_quota',
  'workplace_subsidised',
  'document_used',
  'too_many_workplaces',
  'papers',
  'other',
]);

export const mayObjectTo = (code: RefusalCode): boolean => objectable.has(code);
