import { type Opening, opening as body } from '../../contracts/case';
import type { Actor } from '../../domain/roles';
import { contains, levelOf } from '../../domain/soato';
import type { Prisma } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { openCase, openCaseOf } from '../../records/opening';
import { Refusal } from '../../records/kernel/refusal';
import { represent } from '../../records/reads/represent';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { managerOf } from '../../records/workers';
import { asCommand, give } from '../http/commands';
import { Problem } from '../http/problem';
import { type Ctx, route } from '../http/route';
import { caseShape, tag } from './case-shape';

export const opening = route({
  method: 'post',
  path: '/cases',
  tag,
  summary: 'Open a case for a person of the mahalla, with consent',
  description:
    'Needs no worker: the case stands with the answer, its workflow runs when a worker is there. A person with an open case elsewhere: 409 `open_case_elsewhere`, and that case’s manager is asked for a transfer.',
  who: ['case_manager', 'supervisor'],
  command: true,
  actions: ['case.askTransfer'],
  body,
  answers: { 201: caseShape },
  async handle(ctx) {
    try {
      return await asCommand(ctx, { name: 'opening', body: ctx.body }, (transaction) =>
        opened(transaction, ctx.body),
      );
    } catch (error) {
      if (error instanceof Problem && error.code === 'open_case_elsewhere') await askForTransfer(ctx);
      throw error;
    }
  },
});

async function opened(transaction: Transaction, body: Opening) {
  const person = await personOf(transaction, body);
  const area = mahallaFor(transaction.actor, person);
  const managerId =
    transaction.actor.role === 'case_manager' ? transaction.actor.id : await managerOf(transaction, area);
  const id = await openCase(transaction, {
    personId: person.id,
    consent: body.consent,
    ...(body.personsWish !== undefined && { personsWish: body.personsWish }),
    managerId,
    area,
  });
  transaction.subject = subjectOf('case', id);
  await wake(transaction, transaction.subject);
  return {
    status: 201,
    body: await represent(transaction.tx, 'case', id, transaction.actor, transaction.now),
  };
}

const whoseCase = ({ person, pinfl: number }: Opening): Prisma.PersonWhereInput => ({
  ...(person !== undefined && { id: person }),
  ...(number !== undefined && { pinfl: number }),
});

/**
 * A person of the caller's area, or a newcomer: whoever has a case elsewhere but stands before the case manager with their
 * personal number.
 *
 * @throws Refusal 404 for anybody else
 */
async function personOf(transaction: Transaction, body: Opening) {
  const found = await transaction.tx.person.findFirst({ where: whoseCase(body), include: { keeper: true } });
  const person = found?.keeper ?? found;
  const { role, area } = transaction.actor;
  const newcomer = body.pinfl !== undefined && role === 'case_manager' && levelOf(area) === 'mahalla';
  const here = person && contains(area, person.mahalla);
  if (!person || !(here || (newcomer && (await openCaseOf(transaction.tx, person.id)))))
    throw new Refusal(404, 'not_found', 'There is no such person in your area.');
  return person;
}

/** The mahalla on record, or that of the case manager a newcomer came to. */
const mahallaFor = ({ area }: Actor, person: { mahalla: string }): string =>
  contains(area, person.mahalla) ? person.mahalla : area;

/** The case elsewhere is asked for in the caller's name; what it says to that is its own mahalla's to see. */
async function askForTransfer(ctx: Ctx<unknown, unknown, Opening>): Promise<void> {
  const { db } = ctx.records;
  const person = await db.person.findFirst({ where: whoseCase(ctx.body), select: { id: true } });
  const found = await db.case.findFirst({
    where: { open: true, personId: { in: person ? await recordsOf(db, person.id) : [] } },
    select: { id: true, person: { select: { mahalla: true } } },
  });
  if (!found) return;
  const asking = { ...ctx, route: `${ctx.route}#askTransfer` };
  const body = { to: mahallaFor(ctx.actor, found.person) };
  try {
    await give(asking, { kind: 'case', id: found.id, name: 'askTransfer', body, unseen: true });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  }
}
