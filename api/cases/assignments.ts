import { z } from 'zod';
import { assign } from '../../records/assignments';
import { asCommand } from '../http/commands';
import { day, idOf, line } from '../http/fields';
import { orPreview, preview } from '../http/preview';
import { route } from '../http/route';
import { tag } from './case-shape';

export const assignments = route({
  method: 'post',
  path: '/assignments',
  tag,
  summary: 'Move cases with their tasks to another case manager, or to the office',
  description:
    'Give `cases`, or `from`: the official whose cases all move. `to` is a case manager of the area, or `office` for the supervisor’s worklist. `leaves` is the last day of an official who leaves.',
  who: ['supervisor', 'administrator'],
  command: true,
  query: z.strictObject({ preview }),
  body: z
    .strictObject({
      from: line.optional(),
      cases: z.array(idOf('C')).min(1).max(500).optional(),
      to: line,
      leaves: day.optional(),
    })
    .refine((body) => body.from !== undefined || body.cases !== undefined, {
      path: ['cases'],
      message: 'Give the cases, or the official whose cases move',
    })
    .meta({ example: { from: 'case_manager-1', to: 'case_manager-2' } }),
  answers: orPreview({ 200: z.object({ cases: z.int(), tasks: z.int() }) }),
  handle(ctx) {
    const { from, cases, to, leaves } = ctx.body;
    const assignment = {
      to,
      ...(from !== undefined && { from }),
      ...(cases && { cases }),
      ...(leaves !== undefined && { leaves }),
    };
    return asCommand(
      ctx,
      { subject: `official/${from ?? to}`, name: 'assignment', body: assignment },
      async (transaction) => ({
        status: 200,
        body: await assign(transaction, assignment),
      }),
    );
  },
});
