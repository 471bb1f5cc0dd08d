import { type Opening, opening as body } from '../../contracts/case';
import type { Actor } from '../../domain/roles';
import { contains, levelOf } from '../../domain/soato';
import { type LockedPerson, lockPerson, recordsOf } from '../../records/joining';
import { openCase } from '../../records/opening';
import { Refusal } from '../../records/kernel/refusal';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { managerOf } from '../../records/workers';
import { asCommand, made } from '../http/commands';
import { give } from '../http/giving';
import { Problem } from '../http/problem';
import { type Ctx, route } from '../http/route';
import { caseShape, tag } from './case-shape';

export const opening = route({
  method: 'post',
  path: '/cases',
  tag,
  summary: 'Open a case for a person of the mahalla, with consent',
  description:
    'The case is open with the answer; no worker is needed for it. For a person with an open case elsewhere the answer is 409 `open_case_elsewhere`, and that case’s manager is asked for a transfer.',
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
  const locked = await personOf(transaction, body);
  const { person } = locked;
  const area = mahallaFor(transaction.actor, person);
  const managerId =
    transaction.actor.role === 'case_manager' ? transaction.actor.id : await managerOf(transaction, area);
  const { consent, personsWish } = body;
  const it = { consent, ...(personsWish !== undefined && { personsWish }), managerId, area };
  const id = await openCase(transaction, it, locked);
  transaction.subject = subjectOf('case', id);
  wake(transaction, transaction.subject);
  return made(transaction, 'case', id, { personId: person.id, managerId, area, ...body.consent });
}

/** The contract wants one of both. */
const whose = ({ person: id = '', pinfl }: Opening) => (pinfl === undefined ? { id } : { pinfl });

/**
 * A person of the caller's area, or a newcomer. A newcomer has a case elsewhere and has come to the case manager with their
 * PINFL.
 *
 * @throws Refusal 404 for any other person
 */
async function personOf(transaction: Transaction, body: Opening): Promise<LockedPerson> {
  const found = await lockPerson(transaction, whose(body));
  const keptIn = found?.person.joinedTo;
  const kept = keptIn ? await lockPerson(transaction, { id: keptIn }) : found;
  const { role, area } = transaction.actor;
  const newcomer = body.pinfl !== undefined && role === 'case_manager' && levelOf(area) === 'mahalla';
  const here = kept && contains(area, kept.person.mahalla);
  if (!kept || !(here || (newcomer && kept.openCase)))
    throw new Refusal(
      404,
      'not_found',
      'There is no such person in your area. Record the person first, or check the number.',
    );
  return kept;
}

/** The person's mahalla on record; for a newcomer, that of the case manager. */
const mahallaFor = ({ area }: Actor, person: { mahalla: string }): string =>
  contains(area, person.mahalla) ? person.mahalla : area;

/** Asks for the case elsewhere in the caller's name. Only that case's own mahalla sees the answer. */
async function askForTransfer(ctx: Ctx<unknown, unknown, Opening>): Promise<void> {
  const { db } = ctx.records;
  const person = await db.person.findFirst({ where: whose(ctx.body), select: { id: true } });
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
