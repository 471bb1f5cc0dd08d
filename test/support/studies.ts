import type { Actor } from '../../domain/roles';
import type { Day } from '../../domain/day';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wakeQueue } from '../../activities/money/funding';
import { proposeStipend, studyChanged } from '../../activities/money/stipends';
import { caseManager, DISTRICT, MAHALLA, plannedCase } from './bench';
import { type Furnished, headOfEmployment, line } from './money';

/** A training's row as far as its stipend reads it, without the training's own commands. */

const HELD_ON = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** A line for stipends of a year, which grows or begins. Who waits for money is looked at. */
export async function stipendLine(bench: Furnished, year: number, amount: bigint): Promise<void> {
  const id = await line(bench, 'training_stipend', year, amount);
  await bench.write(subjectOf('line', id), (transaction) => wakeQueue(transaction, [id]));
  await bench.settle();
}

/** The person is admitted to a course of these days. @returns the numbers of the training and its stipend, if there is one */
export async function admitted(
  bench: Furnished,
  { from, to, n = 1, by = caseManager }: { from: Day; to: Day; n?: number; by?: Actor },
): Promise<{ training: string; stipend: string | undefined; told: string }> {
  const { db, personId } = bench;
  const now = await bench.clock.now();
  const known = await db.case.findFirst({ where: { personId } });
  const caseId = known?.id ?? (await plannedCase(bench, personId));
  const training = `T-${String(n).padStart(6, '0')}`;
  const course = `CO-${String(n).padStart(6, '0')}`;
  const centre = {
    id: 'TC-000001',
    stir: '309999999',
    kind: 'monomarkaz',
    name: 'Hunar',
    district: DISTRICT,
  };
  await db.centre.createMany({ data: [{ ...centre, accessibility: [] }], skipDuplicates: true });
  await db.course.create({
    data: {
      id: course,
      centreId: centre.id,
      field: '753',
      title: 'Tikuvchilik',
      level: 'beginner',
      language: 'uz',
      places: 10,
      firstDay: from,
      lastDay: to,
      heldOn: HELD_ON,
      startsAt: '09:00',
      endsAt: '13:00',
      skills: [],
      conditions: [],
    },
  });
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.training.create({
      data: {
        id: training,
        caseId,
        personId,
        measure: 1,
        centreId: centre.id,
        courseId: course,
        area: DISTRICT,
        caseArea: MAHALLA,
        state: 'admitted',
        since: now,
        referredAt: now,
        admittedAt: now,
        firstOn: from,
        lastOn: to,
        correlationId: 'test',
      },
    });
  });
  const told = await bench.write('api/test', (transaction) => proposeStipend(transaction, training), by);
  await bench.settle();
  const stipend = await db.subsidy.findFirst({ where: { trainingId: training } });
  return { training, stipend: stipend?.id, told };
}

/** The training's row changes, and its stipend learns of it. */
export async function study(
  bench: Furnished,
  training: string,
  data: Parameters<Transaction['tx']['training']['update']>[0]['data'],
): Promise<void> {
  await bench.write('api/test', async (transaction) => {
    await transaction.tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await transaction.tx.training.update({ where: { id: training }, data });
    await transaction.tx.$executeRaw`SET LOCAL session_replication_role = origin`;
    await studyChanged(transaction, bench.personId);
  });
  await bench.settle();
}

export async function orderStipend(bench: Furnished, id: string) {
  const date = (await bench.clock.now()).toISOString().slice(0, 10);
  return bench.give(`stipend/${id}`, 'order', { number: `B-${id}`, date }, headOfEmployment);
}

/** A confirmed account of the bench's person. */
export async function personsAccount(bench: Furnished, number = '20208000500900000001'): Promise<void> {
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: bench.personId } });
  const now = await bench.clock.now();
  const confirmed = { state: 'confirmed', confirmedBy: 'somebody-else', confirmedAt: now, usableFrom: now };
  await bench.db.account.updateMany({ where: { personId: bench.personId }, data: { state: 'replaced' } });
  await bench.db.account.create({
    data: {
      id: `AC-9${number.slice(-5)}`,
      personId: bench.personId,
      number,
      mfo: '00873',
      holderPinfl: pinfl,
      proposedBy: 'somebody',
      proposedAt: now,
      ...confirmed,
    },
  });
}
