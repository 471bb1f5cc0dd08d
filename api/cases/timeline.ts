import { eventsRoute } from '../http/events-route';
import { caseReaders } from '../http/readers';
import { mustSee, paramsOf } from '../http/stateful';
import { tag } from './case-shape';

export const timeline = eventsRoute({
  path: '/cases/{id}/timeline',
  tag,
  summary: 'The events of a case in words: who acted, in which role, when, and on which grounds',
  who: caseReaders,
  params: paramsOf('case'),
  async eventsOf(ctx) {
    await mustSee(ctx, 'case');
    return { caseId: ctx.params.id };
  },
});
