import { z } from 'zod';
import { type Body, contracts } from '../../contracts';
import type { CommandName } from '../../domain/pathways';
import { referralPathway } from '../../domain/pathways/referral';
import type { Inspection, Referral } from '../../prisma/generated/client';
import { commandRoute, givers, giveTo } from '../http/command-route';
import { type Day, endOfDay } from '../../domain/day';
import { watched } from '../../domain/pathways/inspection';
import { isResolved, isWatched } from '../../records/inspections';
import { wasInTime } from '../../records/kernel/in-time';
import { subjectOf } from '../../records/kernel/rows';
import { give } from '../http/commands';
import { inspectionShape } from './inspections';
import { instant } from '../http/fields';
import { pageOf } from '../http/paging';
import { notFound, Problem } from '../http/problem';
import { type Ctx, type Reply, route } from '../http/route';
import {
  betweenQuery,
  betweenWhere,
  listed,
  oneRoute,
  paramsOf,
  stateful,
  waitsLike,
} from '../http/stateful';
import { visibleInspections, visibleReferrals } from '../http/visible';

const tag = 'referrals';
const readers = [
  'case_manager',
  'supervisor',
  'employment_officer',
  'labour_inspector',
  'employer',
  'auditor',
  'administrator',
] as const;
const states = [...referralPathway.open, ...referralPathway.closed] as const;

const summary = {
  vacancyId: z.string(),
  employerId: z.string(),
  personId: z.string(),
  caseId: z.string().optional().meta({ description: 'Not for employers.' }),
  kind: z.enum(['vacant', 'reserved']),
  issuedAt: instant,
  deliveredAt: instant.nullable(),
  decidedAt: instant.nullable(),
  startOn: z.string().nullable(),
  outcome: z.string().nullable(),
  endedAt: instant.nullable(),
};
const referralItem = stateful('ReferralItem', summary);
export const referralShape = stateful('Referral', {
  ...summary,
  decision: z.looseObject({}).nullable(),
  delivery: z.array(z.looseObject({ channel: z.string(), state: z.string() })),
  job: z.object({ title: z.string(), work: z.string(), district: z.string() }),
  inspections: z.array(z.object({ id: z.string(), state: z.string() })),
  finding: z
    .object({ since: z.string(), contract: z.string().optional(), words: z.string().optional() })
    .loose()
    .nullable()
    .meta({
      description:
        'Where the person worked for the employer before the referral: since when, by which contract, and what the employment officer found.',
    }),
  person: z
    .object({
      name: z.string(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      skills: z.array(z.string()),
      conditions: z.array(z.string()),
    })
    .optional()
    .meta({ description: 'For the employer: never group or diagnosis.' }),
});

/** What came too late for a referral is its inspection's, and the inspection is then the answer. */
const referralOrInspection = z.union([referralShape, inspectionShape]);

const itemOf = ({ actor }: Ctx, row: Referral) => ({
  id: row.id,
  state: row.state,
  since: row.since,
  vacancyId: row.vacancyId,
  employerId: row.employerId,
  personId: row.personId,
  ...(actor.role !== 'employer' && { caseId: row.caseId }),
  kind: row.kind,
  issuedAt: row.issuedAt,
  deliveredAt: row.deliveredAt,
  decidedAt: row.decidedAt,
  startOn: row.startOn,
  outcome: row.outcome,
  endedAt: row.endedAt,
});

const list = route({
  method: 'get',
  path: '/referrals',
  tag,
  summary: 'Referrals of the caller’s area, cases, or own enterprise',
  who: readers,
  query: betweenQuery(states),
  answers: { 200: pageOf(referralItem) },
  handle(ctx) {
    return listed(ctx, {
      kind: 'referral',
      waits: waitsLike(ctx.query, ctx.now),
      read: (id, n) =>
        ctx.records.db.referral.findMany({
          where: { AND: [visibleReferrals(ctx.actor)], id, ...betweenWhere(ctx.actor, ctx.query) },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: (row) => itemOf(ctx, row),
    });
  },
});

const one = oneRoute({
  kind: 'referral',
  path: '/referrals/{id}',
  tag,
  summary: 'One referral',
  description: 'The employer sees of the person name, contact, skills and needed conditions.',
  who: readers,
  shape: referralShape,
});

const delivery = commandRoute({
  kind: 'referral',
  name: 'delivery',
  path: '/referrals/{id}/delivery',
  tag,
  summary: 'Delivered by phone or in person; or the contact corrected; or undeliverable',
  description:
    'Correcting the contact and ending the referral as undeliverable are the employment officer’s.',
  answers: { 200: referralShape },
});

const decision = route({
  method: 'post',
  path: '/referrals/{id}/decision',
  tag,
  summary: 'The employer accepts with a start date, or rejects with a code and grounds',
  description:
    'Once: a second decision is refused (409 `already_decided`). An answer that an official received within the 5 days counts from that day, whenever it is entered: the silence is taken back (409 `referred_again` while another referral to the same job is open). What came after the 5 days and before the inspection’s resolution is recorded there (the answer is the inspection). After the resolution: 409 `resolved`.',
  who: givers('referral', 'decision'),
  command: true,
  params: paramsOf('referral'),
  actions: ['referral.decision', 'inspection.lateDecision'],
  body: contracts.referral.decision.body,
  answers: { 200: referralOrInspection },
  async handle(ctx) {
    const { referral, inspection } = await bothOf(ctx);
    const isLate = referral.state === 'silent' && !(await takesSilenceBack(ctx, inspection));
    try {
      if (isLate && inspection) return await giveToInspection(ctx, inspection, 'lateDecision');
      return await giveTo(ctx, 'referral', 'decision');
    } catch (error) {
      throw decidedBefore(error, inspection);
    }
  },
});

/** Whether an official enters what was received within the employer's time, and nobody has resolved the inspection. */
async function takesSilenceBack(
  { records, actor, params, body }: Ctx<{ id: string }, unknown, { received?: { on: Day } | undefined }>,
  inspection: Inspection | undefined,
): Promise<boolean> {
  if (!body.received || actor.role === 'employer' || inspection?.state !== 'examining') return false;
  const decision = { subject: subjectOf('referral', params.id), kind: 'decision' } as const;
  return wasInTime(records.db, decision, endOfDay(body.received.on));
}

/** Why a decision is refused, and what to do. */
function decidedBefore(error: unknown, inspection: Inspection | undefined): unknown {
  if (!(error instanceof Problem) || error.code !== 'not_in_this_state') return error;
  if (inspection?.resolvedAt) {
    const { code, detail } = isResolved(inspection);
    return new Problem(409, code, detail, error.extras);
  }
  const state = String(error.extras.more?.['state']);
  const detail = `The referral is "${state}": it has been decided or has ended, and is not decided again.`;
  return new Problem(409, 'already_decided', detail, error.extras);
}

const heldOpen: readonly string[] = ['examining', ...watched];

/** The referral, as far as the caller may see it, with the inspection that followed. @throws Problem 404 */
async function bothOf(
  ctx: Ctx<{ id: string }>,
): Promise<{ referral: Referral; inspection: Inspection | undefined }> {
  const referral = await ctx.records.db.referral.findFirst({
    where: { AND: [visibleReferrals(ctx.actor)], id: ctx.params.id },
    include: {
      inspections: { where: visibleInspections(ctx.actor), orderBy: { id: 'desc' }, take: 1 },
    },
  });
  if (!referral) throw notFound();
  return { referral, inspection: referral.inspections[0] };
}

const giveToInspection = <C extends CommandName<'inspection'>>(
  ctx: Ctx<unknown, unknown, Body<'inspection', C>>,
  { id }: Inspection,
  name: C,
): Promise<Reply> => give(ctx, { kind: 'inspection', id, name, body: ctx.body });

const hearing = commandRoute({
  kind: 'referral',
  name: 'hearing',
  path: '/referrals/{id}/hearing',
  tag,
  summary: 'The person is heard about the employer’s word that they did not come or declined',
  answers: { 200: referralShape },
});

const contract = route({
  method: 'post',
  path: '/referrals/{id}/contract',
  tag,
  summary: 'The contract is registered; the labour register is asked at once',
  description: 'After a settlement or a directive it is the inspection’s (the answer is the inspection).',
  who: givers('referral', 'contract'),
  command: true,
  params: paramsOf('referral'),
  actions: ['referral.contract', 'inspection.contract'],
  body: contracts.referral.contract.body,
  answers: { 200: referralOrInspection },
  async handle(ctx) {
    const { referral, inspection } = await bothOf(ctx);
    if (!referral.open && inspection && isWatched(inspection.state))
      return giveToInspection(ctx, inspection, 'contract');
    return giveTo(ctx, 'referral', 'contract');
  },
});

const evidence = commandRoute({
  kind: 'referral',
  name: 'evidence',
  path: '/referrals/{id}/evidence',
  tag,
  summary: 'A document in place of the labour register’s answer',
  answers: { 200: referralShape },
});

const finding = commandRoute({
  kind: 'referral',
  name: 'finding',
  path: '/referrals/{id}/finding',
  tag,
  summary: 'The person worked there already: the referral is closed with a finding',
  description:
    'For the employment officer. The contract is older than the referral, so nobody was hired: for person and place the referral was over at once.',
  answers: { 200: referralShape },
});

const withdrawal = route({
  method: 'post',
  path: '/referrals/{id}/withdrawal',
  tag,
  summary: 'Withdraw a referral with a reason',
  description:
    'Until the contract is registered the person may decline any offer, settlement or directive (`person_declined`): where an inspection is open, that is told to it (the answer is the inspection).',
  who: givers('referral', 'withdrawal'),
  command: true,
  params: paramsOf('referral'),
  actions: ['referral.withdrawal', 'inspection.personDeclines'],
  body: contracts.referral.withdrawal.body,
  answers: { 200: referralOrInspection },
  async handle(ctx) {
    const { referral, inspection } = await bothOf(ctx);
    const declines = ctx.body.reason === 'person_declined' && !referral.open;
    if (declines && inspection && heldOpen.includes(inspection.state))
      return giveToInspection(ctx, inspection, 'personDeclines');
    return giveTo(ctx, 'referral', 'withdrawal');
  },
});

export const referralRoutes = [
  list,
  one,
  delivery,
  decision,
  hearing,
  contract,
  evidence,
  finding,
  withdrawal,
];
