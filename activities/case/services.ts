import type { ServiceEnd } from '../../contracts/case';
import type { PlannedService } from '../../domain/plan';
import { differences } from '../../domain/versions';
import type { Service } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notNow, refuseFields, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import { addService, awaitOutcome, endService, namesOf, pastDay } from '../steps/services';
import { type CaseRow, readCase } from './read';

/**
 * Writes the services of a version of the plan. Each new service becomes a task of the case manager. A service that is under
 * way goes on with its task, and is dropped only with a reason [pathway §3].
 *
 * @param recorded the services on record, in their order
 * @throws Refusal 422 `service_under_way`, `not_under_way`, `past_day`
 */
export async function writeServices(
  transaction: Transaction,
  row: CaseRow,
  planned: readonly PlannedService[],
  recorded: readonly Omit<Service, 'caseId'>[],
): Promise<void> {
  const { today } = transaction;
  const known = recorded.map((service) => ({ ...service, caseId: row.id }));
  const open = known.filter(({ endedOn }) => endedOn === null);
  const { added, kept, dropped } = differences(open, planned, ['provider', 'dueOn']);
  const at = (service: PlannedService, field: string) => `services.${planned.indexOf(service)}.${field}`;
  const toWatch = [...added, ...kept.flatMap(({ after, fields }) => (fields.includes('dueOn') ? after : []))];
  refuseFields([
    ...dropped.map(({ n, kind, provider }) => ({
      field: 'services',
      code: 'service_under_way',
      detail: `The service ${n} (${kind}, ${provider}) is under way. List it again. To drop it, list it with \`dropped\` and the reason.`,
    })),
    ...added
      .filter((service) => service.dropped !== undefined)
      .map((service) => ({
        field: at(service, 'dropped'),
        code: 'not_under_way',
        detail: 'No such service is under way. Leave it out.',
      })),
    ...toWatch
      .filter(({ dueOn, dropped: gone }) => gone === undefined && dueOn !== undefined && dueOn <= today)
      .map((service) => pastDay(at(service, 'dueOn'))),
  ]);

  for (const { before, after, fields } of kept)
    if (after.dropped !== undefined)
      await endService(transaction, row, before, 'service_dropped', after.dropped);
    else if (fields.length > 0) await changeService(transaction, row, before, after, fields);
  for (const [i, one] of added.entries()) await addService(transaction, row, known.length + i + 1, one);
}

async function changeService(
  transaction: Transaction,
  row: CaseRow,
  before: Service,
  { provider, dueOn }: PlannedService,
  fields: readonly string[],
): Promise<void> {
  const service = { ...before, provider, dueOn: dueOn ?? null };
  await transaction.tx.service.update({
    where: { caseId_n: { caseId: row.id, n: before.n } },
    data: { provider, dueOn: dueOn ?? null },
  });
  if (fields.includes('dueOn')) await awaitOutcome(transaction, row, service);
  await record(transaction, 'service_changed', placeOf(row), {
    ...namesOf(service),
    fields: fields.join(', '),
  });
}

/** The case manager records the outcome of a service. The service's task ends [pathway §3]. */
export async function service(
  transaction: Transaction,
  id: string,
  { service: n, outcome, on = transaction.today }: ServiceEnd,
): Promise<void> {
  const row = await readCase(transaction, id);
  const found = await transaction.tx.service.findUnique({ where: { caseId_n: { caseId: id, n } } });
  if (!found)
    throw wrongField('service', 'unknown_service', 'The plan has no such service: see `plan.services`.');
  if (found.endedOn !== null)
    throw notNow('service_ended', 'The service has ended already. Plan a new one where it is needed again.');
  if (on > transaction.today || on < found.addedOn)
    throw wrongField(
      'on',
      'impossible_day',
      `Give a day from ${found.addedOn}, when it was planned, to today.`,
    );
  await endService(transaction, row, found, 'service_ended', outcome, on);
  await move(transaction, 'case', row, row.state);
}
