import type { RegistrationEvidence } from '../../contracts/business';
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
import { notYet, registered } from './registering';

/** An extract in place of the register's answer: for the registration, the waiting checks, or a provisional deregistration. */
export async function evidence(
  transaction: Transaction,
  id: string,
  body: RegistrationEvidence,
): Promise<void> {
  const row = await readBusiness(transaction, id);
  if (body.registered && body.since > transaction.today)
    throw wrongField('since', 'impossible_day', 'A registration that an extract shows has begun.');
  await record(transaction, 'evidence_entered', aboutBusiness(row), { number: body.document.number });
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
