import type { RegistrationEvidence } from '../../contracts/business';
import { dayOf } from '../../domain/day';
import { dayInWords } from '../../domain/words/values';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutBusiness,
  businessMonitoring,
  endBusiness,
  everyQuestion,
  type OwnBusiness,
  readBusiness,
  writeCheck,
} from '../steps/business';
import { extractForStart } from '../money/still-registered';
import { aLastDay, passed, takeBack } from './deregistration';
import { notYet, registered, registeredAfterAll } from './registering';

/** An extract in place of the register's answer: for the registration, the waiting checks, or a provisional deregistration. */
export async function evidence(
  transaction: Transaction,
  id: string,
  body: RegistrationEvidence,
): Promise<void> {
  const row = await readBusiness(transaction, id);
  if (body.registered && body.since > transaction.today)
    throw wrongField('since', 'impossible_day', 'A registration that an extract shows has begun.');
  if (row.state === 'withdrawn') mustShowRegistrationInTime(transaction, row, body);
  await record(transaction, 'evidence_entered', aboutBusiness(row), { number: body.document.number });
  if (row.state === 'withdrawn' && body.registered)
    return registeredAfterAll(transaction, row, { ...body, proof: 'evidence' });
  if (row.state === 'registering') return ofRegistration(transaction, row, body);
  await extractForStart(transaction, id, body);
  const answer = { source: 'evidence', ...body } as Json;
  const waiting = await businessMonitoring.checksFor(transaction, row);
  if (body.registered)
    return row.ending === null
      ? passed(transaction, row, waiting, answer)
      : takeBack(transaction, row, { answer });
  const on = aLastDay(transaction, row, body.on ?? row.ending?.on ?? transaction.today);
  const [first] = waiting;
  if (first)
    await writeCheck(transaction, id, first.n, { state: 'asking', answer, answeredAt: transaction.now });
  await endBusiness(transaction, row, { on, code: 'deregistered', proof: 'evidence', check: first?.n });
}

/** A withdrawn business goes on only where the extract shows that it was registered before its time was over. */
function mustShowRegistrationInTime(
  { today }: Transaction,
  { endedAt }: OwnBusiness,
  body: RegistrationEvidence,
): void {
  if (!body.registered)
    throw wrongField(
      'registered',
      'not_registered_already',
      'The business ended as not registered. Only an extract that shows a registration changes this.',
    );
  const last = endedAt === null ? today : dayOf(endedAt);
  if (body.since > last)
    throw wrongField(
      'since',
      'registered_too_late',
      `The time for the registration ended on ${dayInWords({ language: 'en', today }, last)}. Begin another business.`,
    );
}

async function ofRegistration(
  transaction: Transaction,
  row: OwnBusiness,
  body: RegistrationEvidence,
): Promise<void> {
  if (body.registered) {
    const { since, number } = body;
    return registered(transaction, row, { since, number, proof: 'evidence' });
  }
  await closeTasks(transaction, { kinds: everyQuestion }, 'evidence');
  await notYet(transaction, row);
}
