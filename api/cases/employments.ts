import { z } from 'zod';
import { foundAlone as found, foundAloneTakenBack } from '../../contracts/case';
import { employmentPathway } from '../../domain/pathways/employment';
import { commandRoutes, givers } from '../http/command-route';
import { give } from '../http/giving';
import { instant } from '../http/fields';
import { days } from '../http/filters';
import { betweenFilters, itemOf, listRoute, withoutCase } from '../http/lists';
import { jobReaders } from '../http/readers';
import { route } from '../http/route';
import { checksShape } from './checks-shape';
import { caseId, collectionOf, oneRoute, stateful } from '../http/stateful';

const states = [...employmentPathway.open, ...employmentPathway.closed] as const;

const summary = {
  caseId: z.string().nullable().optional().meta({ description: 'Not for employers.' }),
  personId: z.string(),
  employerId: z.string(),
  referralId: z.string().nullable(),
  contract: z.string().nullable(),
  hiredOn: z.string(),
  confirmedAt: instant,
  how: z.enum(['referral', 'inspection', 'alone', 'successor']),
  proof: z.enum(['yammt', 'evidence']),
  endedOn: z.string().nullable(),
  endReason: z.string().nullable(),
};
const employmentShape = stateful('Employment', {
  ...summary,
  ending: z
    .looseObject({})
    .nullable()
    .meta({ description: 'A reported end. It is provisional until it is confirmed.' }),
  checks: checksShape,
});

const item = itemOf(summary);

const list = listRoute({
  kind: 'retention',
  summary: 'Employments of the caller’s area, cases or enterprise',
  who: jobReaders,
  filters: { ...betweenFilters(states), ...days('hiredOn', 'Hired') },
  item: stateful('EmploymentItem', summary),
  read: (db, find) => db.employment.findMany(find),
  shown: (row, actor) => withoutCase(item(row), actor),
});

const one = oneRoute({
  kind: 'retention',
  summary: 'One employment with its monthly checks',
  who: jobReaders,
  shape: employmentShape,
});

const foundAlone = route({
  ...collectionOf('retention'),
  method: 'post',
  summary: 'Record that the person found work alone',
  description:
    'The labour register confirms the job, or a `document` does at once. The answer is the case. `takenBack` says that the report was a mistake.',
  who: givers('case', 'foundAlone'),
  command: true,
  actions: ['case.foundAlone'],
  body: z.union([
    z.strictObject({ case: caseId, ...found.shape }),
    z.strictObject({ case: caseId, ...foundAloneTakenBack.shape }),
  ]),
  answers: {
    200: z
      .looseObject({ id: z.string(), state: z.string() })
      .meta({ example: { id: 'C-000001', state: 'planning' } }),
  },
  handle(ctx) {
    const { case: id, ...body } = ctx.body;
    return give(ctx, { kind: 'case', id, name: 'foundAlone', body });
  },
});

const commands = commandRoutes('retention', employmentShape, {
  evidence: {
    summary:
      'Enter a document in place of the labour register’s answer: for open checks, or for an end that is not confirmed',
  },
  conversation: {
    summary: 'Record the conversation of a monthly check, or that the person was not reached',
    description:
      'If the contract is in force but the person does not work or is not paid, an inspection on the ground `conditions` is opened. For a person who was not reached, each try has its day and manner.',
  },
  hearing: {
    summary: 'Record what the person says of a reported end',
    description:
      'If the person confirms it, the employment ends. If not, the end stays provisional until the labour register or a document confirms it.',
  },
  separation: {
    previews: true,
    summary: 'Report the end of the employment, or take it back',
    description:
      'An employer’s report is a claim. The person is heard and the labour register is asked. Nothing ends until one of them, or a document, confirms it. An official enters what the person says, with `words` and `wished`. That ends the employment.',
  },
});

export const employmentRoutes = [list, foundAlone, one, ...commands];
