import { z } from 'zod';
import { successor as body } from '../../contracts/approval';
import { recoveryPathway } from '../../domain/pathways/recovery';
import { represent } from '../../records/reads/represent';
import { proposeSuccession } from '../../records/money/succession';
import { Refusal } from '../../records/kernel/refusal';
import { approvalShape } from './approvals';
import { commandRoute } from '../http/command-route';
import { asCommand } from '../http/commands';
import { idOf, instant } from '../http/fields';
import { pageOf, paging } from '../http/paging';
import { route } from '../http/route';
import { employerId, flag, listed, oneRoute, stateful, waitsLike } from '../http/stateful';
import { visibleRecoveries } from '../http/visible';

const correction = commandRoute({
  kind: 'claim',
  name: 'correction',
  path: '/claims/{id}/correction',
  tag: 'claims',
  summary: 'Propose the correction of a month that was decided',
  description:
    'The amount follows from the rule: with the contract that the document shows, or 0 where nothing was worked; it is never ' +
    'typed in. Takes reason, words and document; an empty body takes up what was drafted, calculated anew. Downwards the ' +
    'employer has 10 working days to object; then a finance officer who did not propose it decides.',
  answers: { 201: approvalShape },
});

const proposal = commandRoute({
  kind: 'approval',
  name: 'proposal',
  path: '/approvals/{id}/proposal',
  tag: 'approvals',
  summary: 'Propose what the service drafted: a correction, or an employer’s successor',
  description:
    'A correction: as at the claim, or empty. A successor: the day and the document, or that there is none and the contracts ended.',
  answers: { 200: approvalShape },
});

const successor = route({
  method: 'post',
  path: '/employers/{id}/successor',
  tag: 'employers',
  summary: 'Propose an employer’s successor',
  description:
    'Another employment officer decides. Employments, subsidies, unpaid claims and recoveries then move to the successor and ' +
    'are paid to its own account; months stay one.',
  who: ['employment_officer'],
  command: true,
  params: z.strictObject({ id: idOf('E') }),
  body,
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'successor', subject: `employer/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { tx, actor } = transaction;
        await tx.$queryRaw`SELECT id FROM employers WHERE id = ${ctx.params.id} FOR NO KEY UPDATE`;
        const where = { id: ctx.params.id, district: { startsWith: actor.area } };
        const employer = await tx.employer.findFirst({ where });
        if (!employer) throw new Refusal(404, 'not_found', 'There is no such employer in your area.');
        const id = await proposeSuccession(transaction, employer, ctx.body);
        return { status: 201, body: await represent(tx, 'approval', id, actor, transaction.now) };
      },
    ),
});

const tag = 'recoveries';
const readers = ['employer', 'employment_officer', 'finance_officer', 'auditor', 'administrator'] as const;
const states = [...recoveryPathway.open, ...recoveryPathway.closed] as const;

const som = z.int().meta({ description: 'So’m.' });
const summary = {
  claimId: z.string().meta({ description: 'The payable that was overpaid.' }),
  subsidyId: z.string(),
  employerId: z.string(),
  lineId: z.string(),
  area: z.string(),
  amount: som,
  left: som,
  demandedAt: instant,
};
const recoveryItem = stateful('RecoveryItem', summary);
const recoveryShape = stateful('Recovery', { ...summary, outcome: z.looseObject({}).nullable() });

const list = route({
  method: 'get',
  path: '/recoveries',
  tag,
  summary: 'Overpayments demanded back, of the caller’s area or enterprise',
  who: readers,
  query: z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    employer: employerId.optional(),
    overdue: flag.optional(),
  }),
  answers: { 200: pageOf(recoveryItem) },
  handle(ctx) {
    const { state, employer } = ctx.query;
    return listed(ctx, {
      kind: 'recovery',
      waits: waitsLike(ctx.query, ctx.now),
      read: (id, n) =>
        ctx.records.db.recovery.findMany({
          where: {
            AND: [visibleRecoveries(ctx.actor)],
            id,
            ...(state && { state }),
            ...(employer !== undefined && { employerId: employer }),
          },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: ({
        rev: _rev,
        correlationId: _correlation,
        outcome: _outcome,
        open: _open,
        amount,
        left,
        ...row
      }) => ({
        ...row,
        amount: Number(amount),
        left: Number(left),
      }),
    });
  },
});

const one = oneRoute({
  kind: 'recovery',
  path: '/recoveries/{id}',
  tag,
  summary: 'One recovery',
  who: readers,
  shape: recoveryShape,
});

const decision = commandRoute({
  kind: 'recovery',
  name: 'decision',
  path: '/recoveries/{id}/decision',
  tag,
  summary: 'The chief finance officer extends the time once, hands it to a court, or writes it off',
  description: 'Not whoever proposed or approved the correction that it comes from.',
  answers: { 200: recoveryShape },
});

export const correctionRoutes = [correction, proposal, successor];
export const recoveryRoutes = [list, one, decision];
