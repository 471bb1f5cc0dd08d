import { z } from 'zod';
import { dayOf } from '../../domain/day';
import { goods } from '../../domain/marks';
import { markInWords } from '../../domain/words/marks';
import { codeInWords } from '../../domain/words/values';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { viewOf } from '../../records/kernel/view';
import { readMark } from '../../records/reads/marks';
import { namesOf } from '../../records/reads/names';
import { languageOf } from '../../records/reads/reader';
import { route } from '../http/route';

/** How long others may keep the answer: a mark is revoked the same day. */
const AT_MOST_FIVE_MINUTES = 'public, max-age=300';

const shape = z.object({
  valid: z.boolean(),
  goods: z.enum(goods).optional(),
  goodsName: z.string().optional(),
  until: z.string().optional().meta({ description: 'The last day.' }),
  region: z.string().optional().meta({
    description: 'The code of the region, only where at least 5 valid marks for the same goods are in it.',
  }),
  regionName: z.string().optional(),
  words: z.string().meta({ description: 'The answer in the language that is asked for.' }),
});

const mark = route({
  method: 'get',
  path: '/marks/{code}',
  tag: 'marks',
  summary: 'Whether the mark of hand-made goods is valid',
  description:
    'A marketplace asks before it shows the sticker. An unknown, an expired and a revoked code are answered alike. The answer may be kept for 5 minutes. It says nothing of the person.',
  who: 'public',
  narrow: true,
  params: z.strictObject({
    code: z.string().meta({ description: 'The code of the label.', example: 'K7QMX2RD9WTHB4VNE8SJC6PA' }),
  }),
  answers: { 200: shape },
  async handle({ records, actor, now, params }) {
    const { db } = records;
    const least = await policyNumber(viewOf(records, actor, now), 'markRegionLeast');
    const found = await readMark(db, params.code, dayOf(now), least.n);
    const { region = null } = found ?? {};
    const language = languageOf(actor);
    const nameOf = await namesOf(db, region === null ? [] : [region]);
    return {
      status: 200,
      headers: { 'Cache-Control': AT_MOST_FIVE_MINUTES },
      body: {
        valid: found !== undefined,
        ...(found && {
          goods: found.goods,
          goodsName: codeInWords(language, 'goods', found.goods),
          until: found.until,
        }),
        ...(region !== null && { region, regionName: nameOf(region) ?? region }),
        words: markInWords({ language, nameOf }, found),
      },
    };
  },
});

export const markRoutes = [mark];
