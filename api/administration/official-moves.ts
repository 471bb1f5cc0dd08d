import { z } from 'zod';
import type { Fund } from '../../domain/fund';
import type { Rank, Role } from '../../domain/roles';
import type { Official } from '../../prisma/generated/client';
import { wrongLevel } from '../../records/kernel/offices';
import { wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import {
  checkCentre,
  lockOfficial,
  moveOfficial,
  type Office,
  returnOfficial,
} from '../../records/officials';
import { checkArea } from '../http/areas';
import { asCommand } from '../http/commands';
import { line, officeArea } from '../http/fields';
import { orPreview, preview } from '../http/preview';
import { route } from '../http/route';
import { centre, checkFund, fund, id, moved, official, rank, shown, tag } from './official-shape';

/** An official changes office, or comes back. */

const office = {
  area: officeArea.optional().meta({ description: 'The area of the office. Without it the area stays.' }),
  rank: rank.optional().meta({ description: 'Without it the rank stays.' }),
  centre: centre
    .optional()
    .meta({ description: 'The centre of a training officer. Without it the centre stays; null: none.' }),
  fund: fund.optional().meta({ description: 'Of a finance officer. Without it the fund stays.' }),
};

export const moving = route({
  method: 'post',
  path: '/officials/{id}/move',
  tag,
  summary: 'An official changes office: their open work stays with the old one',
  description:
    'For another area, centre, rank or fund. Cases and tasks of a case manager go to the head’s worklist, or to the case manager named by `to`. ' +
    'Deadlines do not change. The role stays: another role needs an account of its own, with the same `person`. ' +
    'A token names area and rank, too: the issuer gives the official a new one.',
  who: ['administrator'],
  command: true,
  params: z.strictObject({ id }),
  query: z.strictObject({ preview }),
  body: z.strictObject({
    ...office,
    to: line.default('office').meta({ description: 'A case manager of the old area, or `office`.' }),
  }),
  answers: orPreview({ 200: official.extend({ moved }) }),
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'move', subject: `official/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const before = await lockOfficial(transaction, ctx.params.id);
        const there = await officeOf(transaction, before, ctx.body);
        const gone = await moveOfficial(transaction, before, { ...there, to: ctx.body.to });
        return {
          status: 200,
          body: { ...(await shown(transaction.tx, { ...before, ...there })), moved: gone },
        };
      },
    ),
});

export const returning = route({
  method: 'post',
  path: '/officials/{id}/return',
  tag,
  summary: 'An official who left comes back',
  description:
    'They can sign in again, in their old office or another. Work that the next level did for the office comes back to it. Their old cases stay ' +
    'where they are: POST /assignments gives cases to a case manager.',
  who: ['administrator'],
  command: true,
  params: z.strictObject({ id }),
  body: z.strictObject(office),
  answers: { 200: official },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'return', subject: `official/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const before = await lockOfficial(transaction, ctx.params.id);
        const there = await officeOf(transaction, before, ctx.body);
        await returnOfficial(transaction, before, there);
        return { status: 200, body: await shown(transaction.tx, { ...before, ...there, leftOn: null }) };
      },
    ),
});

/** The office asked for. @throws Refusal 422 when its area has another level than the role's, or is not recorded */
async function officeOf(
  transaction: Transaction,
  before: Official,
  asked: {
    area?: string | undefined;
    rank?: Rank | undefined;
    fund?: Fund | undefined;
    centre?: string | null | undefined;
  },
): Promise<Office> {
  const area = asked.area ?? before.area;
  const level = wrongLevel(before.role as Role, area);
  if (level !== undefined) throw wrongField('area', 'wrong_level', level);
  if (area !== '') await checkArea(transaction.tx, transaction.actor, 'area', area);
  const fund = asked.fund ?? before.fund;
  checkFund({ role: before.role, fund });
  const centreId = asked.centre === undefined ? before.centreId : asked.centre;
  await checkCentre(transaction.tx, { role: before.role, area }, centreId);
  return { area, rank: asked.rank ?? (before.rank as Rank), fund, centreId };
}
