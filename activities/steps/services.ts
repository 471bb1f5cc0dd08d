import type { Day } from '../../domain/day';
import type { ServiceKind } from '../../domain/pathways/case';
import type { Case, Service } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { untilDue } from './measure';
import { placeOf } from './place';

/** The service in the parameters of an event. */
export const namesOf = ({ n, kind, provider }: Pick<Service, 'n' | 'kind' | 'provider'>) => ({
  service: n,
  kind,
  provider,
});

/** The case manager has a service until its day. A service without a day gets the policy's time [pathway §3]. */
export const awaitOutcome = (
  transaction: Transaction,
  row: Case,
  { n, dueOn }: Pick<Service, 'n' | 'dueOn'>,
): Promise<void> =>
  openTask(transaction, {
    ...placeOf(row),
    kind: 'service',
    ref: String(n),
    ...untilDue(transaction.today, dueOn),
  });

/** A service of the plan begins, and is a task of the case manager. */
export async function addService(
  transaction: Transaction,
  row: Case,
  n: number,
  { kind, provider, dueOn = null }: { kind: ServiceKind; provider: string; dueOn?: Day | null },
): Promise<void> {
  const begun = { addedOn: transaction.today, endedOn: null, outcome: null };
  const service = { caseId: row.id, n, kind, provider, dueOn, ...begun };
  await transaction.tx.service.create({ data: service });
  await awaitOutcome(transaction, row, service);
  await record(transaction, 'service_added', placeOf(row), { ...namesOf(service), dueOn });
}

/** The fault of a service that is due on a day that is over. */
export const pastDay = (field: string) => ({ field, code: 'past_day', detail: 'Give a day after today.' });

/** Ends a service that is under way. Every service ends with an outcome. */
export async function endService(
  transaction: Transaction,
  row: Case,
  found: Service,
  how: 'service_ended' | 'service_dropped',
  outcome: string,
  on: Day = transaction.today,
): Promise<void> {
  await transaction.tx.service.update({
    where: { caseId_n: { caseId: row.id, n: found.n } },
    data: { endedOn: on, outcome },
  });
  await closeTasks(transaction, { kinds: ['service'], ref: String(found.n) }, how);
  const about = placeOf(row);
  if (how === 'service_dropped') await record(transaction, how, about, namesOf(found), outcome);
  else await record(transaction, how, about, { ...namesOf(found), outcome, on });
}

/** The outcome of a service that was under way when its case was closed. */
const CASE_CLOSED = 'case_closed';

/** The case is closed: its services end too. The closure form names the services without an outcome. */
export async function endServices(transaction: Transaction, row: Case): Promise<void> {
  const ended = await transaction.tx.service.updateManyAndReturn({
    where: { caseId: row.id, endedOn: null },
    data: { endedOn: transaction.today, outcome: CASE_CLOSED },
  });
  for (const found of ended)
    await record(transaction, 'service_open_at_closure', placeOf(row), namesOf(found));
}

/** The case is reopened: the services that its closure ended go on. */
export async function resumeServices(transaction: Transaction, row: Case): Promise<void> {
  const resumed = await transaction.tx.service.updateManyAndReturn({
    where: { caseId: row.id, outcome: CASE_CLOSED },
    data: { endedOn: null, outcome: null },
  });
  for (const found of resumed) {
    await awaitOutcome(transaction, row, found);
    await record(transaction, 'service_resumed', placeOf(row), { ...namesOf(found), dueOn: found.dueOn });
  }
}
