import { registerSaid } from '../steps/register-said';
import { type BusinessForm, questionOf } from '../../domain/business';
import type { Task } from '../../prisma/generated/client';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { RegistrationAnswer } from '../../registers/business';
import type { Question, Step } from '../row-handlers';
import {
  aboutBusiness,
  businessMonitoring,
  endBusiness,
  formOf,
  type OwnBusiness,
  placeOfBusiness,
  readBusiness,
  writeCheck,
} from '../steps/business';
import { MARK } from '../steps/marks';
import { evidenceAfterSilence } from '../steps/evidence';
import { END, passed, reportDeregistration, takeBack } from './deregistration';
import { aboutMark } from './mark-checks';
import { correctedBy, notYet, registered } from './registering';

type Known = Exclude<RegistrationAnswer, { answer: 'unknown' }>;

/**
 * The question to the register of a form. Before the registration it is asked whether there is one. Later it is asked for a monthly
 * check, and again about a deregistration.
 */
export const registration = (form: BusinessForm): Question => ({
  async ask(registers, { tx }, id) {
    const { personId } = await tx.business.findUniqueOrThrow({ where: { id }, select: { personId: true } });
    const { pinfl } = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: { pinfl: true },
    });
    return registers[form].registration(pinfl);
  },
  async onAnswer(transaction, id, task, said) {
    const row = await readBusiness(transaction, id);
    const answer = said as Known;
    const { kind, ref } = task as { kind: ReturnType<typeof questionOf>; ref: string };
    await closeTasks(transaction, { kinds: [kind], ref }, answer.answer);
    if (row.state !== 'active' && row.state !== 'registering')
      return aboutMark(transaction, row, answer, ref);
    if (ref === '') return registering(transaction, row, answer);
    if (answer.answer === 'yes') return inForce(transaction, row, answer, ref);
    return notInForce(transaction, row, answer, ref);
  },
});

const registering = (transaction: Transaction, row: OwnBusiness, answer: Known): Promise<void> =>
  answer.answer === 'yes'
    ? registered(transaction, row, { since: answer.since, number: answer.number, proof: 'register' })
    : notYet(transaction, row);

/** The person is registered: the check passes, and a provisional deregistration is taken back. */
async function inForce(
  transaction: Transaction,
  before: OwnBusiness,
  answer: Known & { answer: 'yes' },
  ref: string,
): Promise<void> {
  const row = await correctedBy(transaction, before, answer);
  if (!row) return;
  if (row.ending !== null) return takeBack(transaction, row, { answer: registerSaid('register', answer) });
  const checks = row.checks.filter(({ n }) => n === Number(ref));
  await passed(transaction, row, checks, registerSaid('register', answer));
}

/** The first no is provisional. The register, asked again a day later, confirms it. Another check's result follows from that. */
async function notInForce(
  transaction: Transaction,
  row: OwnBusiness,
  answer: Known & { answer: 'no' },
  ref: string,
): Promise<void> {
  const on = answer.because === 'ended' ? answer.until : (row.ending?.on ?? transaction.today);
  if (ref === END) return endBusiness(transaction, row, { on, code: 'deregistered', proof: 'register' });
  if (ref === MARK) {
    if (row.ending === null) await reportDeregistration(transaction, row, { on });
    return;
  }
  const check = Number(ref);
  await writeCheck(transaction, row.id, check, {
    state: 'asking',
    answer: registerSaid('register', answer),
    answeredAt: transaction.now,
  });
  if (row.ending === null) await reportDeregistration(transaction, row, { on, check });
}

const evidenceOfRegistration = evidenceAfterSilence({
  read: readBusiness,
  evidence: (row) => ({
    kind: 'registration_evidence',
    place: placeOfBusiness(row),
    about: aboutBusiness(row),
    register: formOf(row),
  }),
});

const evidenceOfEnd = evidenceAfterSilence({
  read: readBusiness,
  isNeeded: ({ ending }) => ending !== null,
  evidence: (row) => ({
    kind: 'registration_evidence',
    ref: END,
    place: placeOfBusiness(row),
    about: aboutBusiness(row),
    register: formOf(row),
  }),
});

/** The register stayed silent: an extract is asked for. */
export const registerSilent: Step = (transaction, id, task: Task) => {
  if (task.ref === '') return evidenceOfRegistration(transaction, id, task);
  if (task.ref === END) return evidenceOfEnd(transaction, id, task);
  return businessMonitoring.steps.evidenceOfCheck(transaction, id, task);
};
