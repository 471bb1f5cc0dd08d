import { z } from 'zod';
import type { Body } from '../../contracts';
import { type Day, endOfDay } from '../../domain/day';
import type { CommandName } from '../../domain/pathways';
import { watched } from '../../domain/pathways/inspection';
import type { Inspection, Referral } from '../../prisma/generated/client';
import { isResolved, isWatched } from '../../records/inspections';
import { wasInTime } from '../../records/kernel/in-time';
import { subjectOf } from '../../records/kernel/rows';
import { commandRoute, giveTo } from '../http/command-route';
import { give } from '../http/giving';
import { notFound, Problem } from '../http/problem';
import type { Ctx, Reply } from '../http/route';
import { visibleInspections, visibleReferrals } from '../http/visible';
import { inspectionShape } from './inspections';
import { referralShape } from './referral-shape';

/** Commands of a referral that belong to its inspection when they come too late. The answer is then the inspection. */

const answers = { 200: z.union([referralShape, inspectionShape]) };

const decision = commandRoute({
  kind: 'referral',
  name: 'decision',
  or: ['inspection.lateDecision'],
  summary: 'The employer accepts with a start date, or rejects with a code and grounds',
  description:
    'Within its 5 days the employer replaces its own decision, until it tells the contract or the inspectorate begins to examine the decision (409 `examined`). Both decisions stay on record, and the inspection that the first one opened ends. After that the decision stands (409 `already_decided`). An acceptance is not replaced by another: a start day moves by agreement. An answer that an official received within the 5 days counts from that day, and the silence is taken back (409 `referred_again` while another referral to the same job is open). An answer after the 5 days is recorded at the inspection, until its resolution; the inspection is then the answer. After the resolution: 409 `resolved`.',
  answers,
  async handle(ctx) {
    const referral = await referralOf(ctx);
    const inspection = referral.state === 'silent' ? await inspectionOf(ctx) : undefined;
    const isLate = referral.state === 'silent' && !(await takesSilenceBack(ctx, inspection));
    try {
      if (isLate && inspection) return await giveToInspection(ctx, inspection, 'lateDecision');
      return await giveTo(ctx, 'referral', 'decision', referral);
    } catch (error) {
      if (!isRefusedByState(error)) throw error;
      throw decidedBefore(error, await inspectionOf(ctx));
    }
  },
});

/** Whether an official enters an answer that came within the employer's time, and the inspection is not resolved. */
async function takesSilenceBack(
  { records, actor, params, body }: Ctx<{ id: string }, unknown, { received?: { on: Day } | undefined }>,
  inspection: Inspection | undefined,
): Promise<boolean> {
  if (!body.received || actor.role === 'employer' || inspection?.state !== 'examining') return false;
  const decision = { subject: subjectOf('referral', params.id), kind: 'decision' } as const;
  return wasInTime(records.db, decision, endOfDay(body.received.on));
}

const isRefusedByState = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'not_in_this_state';

/** A refusal by state, with the reason that the caller needs. */
function decidedBefore(error: Problem, inspection: Inspection | undefined): Problem {
  if (inspection?.resolvedAt) {
    const { code, detail } = isResolved(inspection);
    return new Problem(409, code, detail, error.extras);
  }
  const state = String(error.extras.more?.['state']);
  const detail = `The referral is "${state}". It has been decided or has ended, and cannot be decided again.`;
  return new Problem(409, 'already_decided', detail, error.extras);
}

const heldOpen: readonly string[] = ['examining', ...watched];

/** A referral that the caller sees. @throws Problem 404 */
async function referralOf({ records, actor, params: { id } }: Ctx<{ id: string }>): Promise<Referral> {
  const where = { AND: [visibleReferrals(actor)], id };
  const referral = await records.db.referral.findFirst({ where });
  if (!referral) throw notFound();
  return referral;
}

/** The last inspection of a referral that the caller sees. */
async function inspectionOf({
  records,
  actor,
  params: { id },
}: Ctx<{ id: string }>): Promise<Inspection | undefined> {
  const where = { AND: [visibleInspections(actor)], referralId: id };
  return (await records.db.inspection.findFirst({ where, orderBy: { id: 'desc' } })) ?? undefined;
}

const bothOf = async (
  ctx: Ctx<{ id: string }>,
): Promise<{ referral: Referral; inspection: Inspection | undefined }> => ({
  referral: await referralOf(ctx),
  inspection: await inspectionOf(ctx),
});

const giveToInspection = <C extends CommandName<'inspection'>>(
  ctx: Ctx<unknown, unknown, Body<'inspection', C>>,
  { id }: Inspection,
  name: C,
): Promise<Reply> => give(ctx, { kind: 'inspection', id, name, body: ctx.body });

const contract = commandRoute({
  kind: 'referral',
  name: 'contract',
  or: ['inspection.contract'],
  summary: 'Record that the contract is registered; the labour register is asked at once',
  description:
    'After a settlement or a directive it is recorded at the inspection, and the inspection is the answer.',
  answers,
  async handle(ctx) {
    const { referral, inspection } = await bothOf(ctx);
    if (!referral.open && inspection && isWatched(inspection.state))
      return giveToInspection(ctx, inspection, 'contract');
    return giveTo(ctx, 'referral', 'contract');
  },
});

const withdrawal = commandRoute({
  kind: 'referral',
  name: 'withdrawal',
  or: ['inspection.personDeclines'],
  previews: true,
  summary: 'Withdraw a referral with a reason',
  description:
    'Until the contract is registered the person may decline any offer, settlement or directive (`person_declined`). Where an inspection is open, it is recorded there, and the inspection is the answer.',
  answers,
  async handle(ctx) {
    const { referral, inspection } = await bothOf(ctx);
    const { reason, words } = ctx.body;
    const declines = reason === 'person_declined' && !referral.open;
    if (declines && inspection && heldOpen.includes(inspection.state))
      return give(ctx, {
        kind: 'inspection',
        id: inspection.id,
        name: 'personDeclines',
        body: { reason, words },
      });
    return giveTo(ctx, 'referral', 'withdrawal');
  },
});

export const commandsThatMayBeLate = [decision, contract, withdrawal];
