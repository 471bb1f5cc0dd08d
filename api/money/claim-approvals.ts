import { z } from 'zod';
import { contracts } from '../../contracts';
import type { FieldError } from '../../domain/field-error';
import { subjectOf } from '../../records/kernel/rows';
import { namedInside } from '../../records/reads/beside';
import { asCommand } from '../http/commands';
import { give } from '../http/giving';
import { isUnavailable, Problem } from '../http/problem';
import { type Ctx, ok, route } from '../http/route';
import { claimId } from '../http/stateful';

const item = contracts.claim.approval.body.extend({ claim: claimId });
type Item = z.output<typeof item>;

const outcomes = ['approved', 'blocked', 'changed', 'already_decided', 'not_allowed', 'not_tried'] as const;

const result = z
  .object({
    claim: z.string(),
    result: z.enum(outcomes),
    blockers: z.array(z.string()).optional().meta({ description: 'For `blocked`: the blockers.' }),
    decision: z
      .object({
        by: z.string(),
        byName: z.string().optional(),
        role: z.string(),
        at: z.iso.datetime(),
        what: z.enum(['approved', 'returned']),
      })
      .optional()
      .meta({ description: 'For `already_decided`: the officer, the time and the decision.' }),
    state: z.string().optional().meta({ description: 'For `changed`: the present state of the claim.' }),
    detail: z.string().optional(),
  })
  .meta({ id: 'ClaimApprovalResult' });
type Result = z.output<typeof result>;

/** The most items that are carried out at the same time. */
const SIDE_BY_SIDE = 10;
/** Items that are not done by then are `not_tried`, so that the answer comes before the request's own limit. */
const TIME_MS = 8000;

export const approvals = route({
  method: 'post',
  path: '/claims/approvals',
  tag: 'claims',
  summary: 'Approve up to 200 claims at once, each by its own command',
  description:
    'The results are in the order of the items. Each claim is its own command under `<Idempotency-Key>/<claim>`. The same key again gives the same results, and carries out the items that were `not_tried` (no worker, or the time was over).',
  who: ['finance_officer'],
  command: true,
  actions: ['claim.approval'],
  body: z
    .strictObject({ items: z.array(item).min(1).max(200) })
    .refine(({ items }) => new Set(items.map(({ claim }) => claim)).size === items.length, {
      path: ['items'],
      message: 'Name each claim only once',
    }),
  answers: { 200: z.object({ results: z.array(result) }) },
  async handle(ctx) {
    const { items } = ctx.body;
    const until = performance.now() + TIME_MS;
    // The batch is recorded with its items, so that its key cannot be used for others.
    await asCommand(ctx, { subject: 'claims', name: 'approvals', body: ctx.body }, () =>
      Promise.resolve({ status: 200, body: { claims: items.length } }),
    );
    const results = await sideBySide(items, (each) => inTime(until, each, () => tried(ctx, each)));
    return ok({ results: await namedInside(ctx.records.db, results, ctx.actor) });
  },
});

/** Does the work of each item, a few at a time. The results are in the order of the items. */
async function sideBySide<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  return results;
}

async function inTime(until: number, { claim }: Item, work: () => Promise<Result>): Promise<Result> {
  const left = until - performance.now();
  if (left <= 0) return { claim, result: 'not_tried' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve({ claim, result: 'not_tried' }), left);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Gives one item as its own command. Returns its result. */
async function tried(ctx: Ctx, { claim, ...body }: Item): Promise<Result> {
  const key = `${ctx.key}/${claim}`;
  try {
    await give({ ...ctx, key }, { kind: 'claim', id: claim, name: 'approval', body });
    return { claim, result: 'approved' };
  } catch (error) {
    if (isUnavailable(error) || (error instanceof Problem && error.status === 503))
      return { claim, result: 'not_tried' };
    if (!(error instanceof Problem)) throw error;
    return refused(ctx, claim, key, error);
  }
}

async function refused(ctx: Ctx, claim: string, key: string, problem: Problem): Promise<Result> {
  const { status, code, detail, extras } = problem;
  if (status === 403 || status === 404) return { claim, result: 'not_allowed', detail };
  if (code === 'blocked') return { claim, result: 'blocked', blockers: namesOf(extras.errors ?? []) };
  const state = extras.more?.['state'];
  const decision = code === 'not_in_this_state' ? await decisionBefore(ctx, claim, key) : undefined;
  if (decision) return { claim, result: 'already_decided', decision };
  return { claim, result: 'changed', detail, ...(typeof state === 'string' && { state }) };
}

const namesOf = (errors: readonly FieldError[]): string[] => errors.map(({ detail }) => detail);

const decisions: Readonly<Record<string, 'approved' | 'returned'>> = {
  claim_approved: 'approved',
  claim_returned: 'returned',
};

/** The decision on a claim before the item's command was answered. It is the same at every repetition. */
async function decisionBefore(ctx: Ctx, claim: string, key: string): Promise<Result['decision']> {
  const { db } = ctx.records;
  const given = { callerId: ctx.actor.id, route: ctx.route, key };
  const command = await db.command.findUnique({ where: { callerId_route_key: given } });
  const event = await db.event.findFirst({
    where: {
      subject: subjectOf('claim', claim),
      type: { in: [...Object.keys(decisions), 'claim_ready', 'approval_fell'] },
      at: { lte: command?.doneAt ?? ctx.now },
    },
    orderBy: { id: 'desc' },
  });
  const what = decisions[event?.type ?? ''];
  if (!event || !what) return undefined;
  return { by: event.actorId, role: event.actorRole, at: event.at.toISOString(), what };
}
