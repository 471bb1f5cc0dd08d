import { z } from 'zod';
import { businessForms } from '../../domain/business';
import { dayOf } from '../../domain/day';
import { goods, isValidMark } from '../../domain/marks';
import { businessPathway } from '../../domain/pathways/business';
import { labelInWords } from '../../domain/words/marks';
import { languageOf } from '../../records/reads/reader';
import { commandRoute, commandRoutes, givers } from '../http/command-route';
import { instant } from '../http/fields';
import { instants } from '../http/filters';
import { caseFilters, itemOf, listRoute } from '../http/lists';
import { PREFIX } from '../http/mount';
import { Problem } from '../http/problem';
import { caseReaders } from '../http/readers';
import { route } from '../http/route';
import { collectionOf, mustSee, oneRoute, paramsOf, rowPath, stateful } from '../http/stateful';
import { checksShape } from './checks-shape';
import { labelOf } from './label';

const states = [...businessPathway.open, ...businessPathway.closed] as const;

const summary = {
  caseId: z.string(),
  personId: z.string(),
  measure: z.int().meta({ description: 'The number of the plan’s measure.' }),
  preparedAt: instant.meta({ description: 'The beginning of the preparation.' }),
  form: z.enum(businessForms).nullable(),
  trade: z.string().nullable(),
  firstOn: z.string().nullable().meta({ description: 'The day since which the person is registered.' }),
  startedOn: z.string().nullable().meta({
    description:
      'The first day as a measure of the plan. Nothing, where the person worked for themselves already.',
  }),
  lastOn: z.string().nullable().meta({ description: 'The last day of a business that ended.' }),
  endReason: z.string().nullable(),
  endedAt: instant.nullable(),
};
const businessShape = stateful('Business', {
  ...summary,
  area: z.string(),
  wish: z.string().nullable(),
  number: z.string().nullable().meta({ description: 'The number of the registration.' }),
  proof: z.enum(['register', 'evidence']).nullable(),
  confirmedAt: instant.nullable(),
  months: z.int().nullable().meta({ description: 'The months with a check each.' }),
  ending: z
    .looseObject({})
    .nullable()
    .meta({ description: 'A reported deregistration. It is provisional until it is confirmed.' }),
  marks: z
    .array(
      z.looseObject({
        code: z.string(),
        goods: z.enum(goods),
        givenOn: z.string(),
        until: z.string(),
        revokedOn: z.string().nullable(),
      }),
    )
    .meta({
      description: 'The marks for hand-made goods. Everybody may ask about a code: GET /marks/{code}.',
    }),
  checks: checksShape,
});

const item = itemOf(summary);

const list = listRoute({
  kind: 'business',
  summary: 'Own businesses of the caller’s area or cases',
  who: caseReaders,
  filters: { ...caseFilters(states), ...instants('preparedAt', 'Begun') },
  item: stateful('BusinessItem', summary),
  read: (db, find) => db.business.findMany(find),
  shown: item,
});

const one = oneRoute({
  kind: 'business',
  summary: 'One own business, with its monthly checks',
  who: caseReaders,
  shape: businessShape,
});

const begin = commandRoute({
  kind: 'case',
  name: 'business',
  path: rowPath('case', '/businesses'),
  summary: 'Begin to prepare an own business',
  description:
    'It needs an open case only. A plan without an own business that has not begun gets one as its last measure. The case manager agrees form, trade and help with the person in 10 working days.',
  answers: { 201: businessShape },
});

const commands = commandRoutes('business', businessShape, {
  preparation: {
    summary: 'Enter the form, the trade and the help that the person needs',
    description:
      'The register of the form is asked at once, and again every 5 working days, for 3 months at most. Each help becomes a service of the plan. Until the register says yes, form and trade can be entered again.',
  },
  withdrawal: {
    previews: true,
    summary: 'Record that the person gives the business up, in their own words',
    description: 'Before the registration. It costs the person nothing.',
  },
  evidence: {
    summary:
      'Enter an extract of the register: for the registration, for open checks, or for a deregistration that is not confirmed',
  },
  conversation: {
    summary: 'Record the conversation of a monthly check, or that the person was not reached',
    description: 'For a person who was not reached, each try has its day and manner.',
  },
  hearing: {
    summary: 'Record what the person says of a reported deregistration',
    description:
      'If the person confirms it, the business ends. If not, the end stays provisional until the register or a document confirms it.',
  },
  mark: {
    path: rowPath('business', '/marks'),
    summary: 'Give a mark for hand-made goods, with the person’s written consent',
    description:
      'The mark has a code that nobody can guess, for the person and the kind of goods. It is valid for a year. The label is printed by GET /businesses/{id}/label.',
  },
  markRevocation: {
    path: rowPath('business', '/mark-revocation'),
    previews: true,
    summary: 'Record that the consent to a mark is taken back',
    description: 'The mark is revoked at once. No reason is asked for, and none is shown.',
  },
  ending: {
    previews: true,
    summary: 'Record that the business ended, in the person’s own words, or take an end back',
    description:
      'With `takenBack` a business whose end was reported or confirmed goes on, and missed checks are made up.',
  },
});

const label = route({
  ...collectionOf('business'),
  method: 'get',
  path: rowPath('business', '/label'),
  summary: 'The label of a mark, to be printed',
  description: 'With a QR code of the address that tells everybody whether the mark is valid.',
  who: givers('business', 'mark'),
  params: paramsOf('business'),
  query: z.strictObject({ goods: z.enum(goods).meta({ description: 'The kind of goods of the mark.' }) }),
  errors: [409],
  answers: { 200: { svg: 'The label: 70 mm wide and 32 mm high.' } },
  async handle(ctx) {
    const { records, actor, params, query, now } = ctx;
    await mustSee(ctx, 'business');
    const { settings, db } = records;
    const marks = await db.mark.findMany({
      where: { businessId: params.id, goods: query.goods },
      orderBy: { until: 'desc' },
    });
    const mark = marks.find((one) => isValidMark(one, dayOf(now)));
    if (!mark) throw new Problem(409, 'no_mark', 'No mark for these goods is valid. Give one first.');
    const language = languageOf(actor);
    const lines = labelInWords({ language }, { goods: query.goods, until: mark.until });
    const address = `${settings.publicAddress}${PREFIX}/marks/${mark.code}`;
    return { status: 200, type: 'image/svg+xml', body: labelOf(address, [...lines, mark.code]) };
  },
});

export const businessRoutes = [list, begin, one, ...commands, label];
