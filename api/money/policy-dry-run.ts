import { z } from 'zod';
import { dayOf } from '../../domain/day';
import type { Json } from '../../prisma/db';
import { readCalendar } from '../../records/kernel/calendar';
import { readLaw } from '../../records/kernel/law';
import { notNow } from '../../records/kernel/refusal';
import { type Kept, partOf, readPart } from '../../records/money/policies';
import { type DryRun, dryRun } from '../../records/money/policy-dry-run';
import { notFound } from '../http/problem';
import { type Ctx, ok, route } from '../http/route';
import { dryRunShape, policyId, proposed, tag } from './policy-shape';

export const tryOut = route({
  method: 'post',
  path: '/policies/dry-run',
  tag,
  summary: 'Try out a version or an amount: its changes of open subsidies, claims and deadlines',
  description:
    'The body names a proposed version or amount by its number, or has the body of a proposal. Only the dry run of a proposed one is ' +
    'kept; nothing else is written.',
  who: ['administrator'],
  body: z.union([z.strictObject({ policy: policyId }), ...proposed]),
  errors: [409],
  answers: { 200: dryRunShape },
  async handle(ctx) {
    const { body } = ctx;
    const transaction = await readingTransaction(ctx);
    if (!('policy' in body))
      return ok(await dryRun(transaction, partOf(await transaction.law(), body, 'PV-000000', ctx.now)));
    const { db } = ctx.records;
    const id = body.policy;
    const it = await readPart(db, id);
    if (!it) throw notFound();
    if (it.state !== 'proposed')
      throw notNow('decided', `It is ${it.state} already. Only a proposed one is tried out.`);
    const found = await dryRun(transaction, it);
    await keep(ctx, it, found);
    return ok(found);
  },
});

/** The reads of a dry run. It has no transaction, because it reads much and writes nothing. */
async function readingTransaction({ records: { db }, now }: Ctx) {
  const law = await readLaw(db, db, now);
  const calendar = await readCalendar(db);
  return {
    tx: db,
    now,
    today: dayOf(now),
    law: () => Promise.resolve(law),
    calendar: () => Promise.resolve(calendar),
  };
}

async function keep({ records: { db } }: Ctx, { kind, part }: Kept, found: DryRun): Promise<void> {
  const data = { where: { id: part.id, state: 'proposed' }, data: { dryRun: found as Json } };
  if (kind === 'version') await db.policyVersion.updateMany(data);
  else await db.datedAmount.updateMany(data);
}
