import { agreement } from './public-works/agreement';
import { begin } from './public-works/beginning';
import { claimDecision, hearing, unheard } from './public-works/claim';
import { ending, lastDay, reconsider } from './public-works/ending';
import { month } from './public-works/months';
import { decline, nobodyFound, noneFound } from './public-works/no-place';
import type { RowHandlers } from './row-handlers';

/** Paid public works, from the search for a place to the last month's papers [measures §5]. */
export const publicWorksHandlers: RowHandlers<'public-works'> = {
  kind: 'public-works',
  commands: { agreement, noneFound, decline, begin, month, ending, hearing, claimDecision },
  steps: { nobodyFound, lastDay, unheard },
  questions: {},
  reconsider,
};
