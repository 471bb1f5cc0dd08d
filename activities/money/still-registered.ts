import { lives } from '../steps/person-lives';
import { registerSaid } from '../steps/register-said';
import type { BusinessForm } from '../../domain/business';
import type { Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { askTwiceADay, closeTasks } from '../../records/kernel/tasks';
import { subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { paymentOf } from '../../domain/money/claim-id';
import type { RegistrationAnswer } from '../../registers/business';
import type { Question } from '../row-handlers';
import { whenToAskOf } from '../steps/ending';
import { askForEvidence } from '../steps/evidence';
import { aboutClaim, calculate, readClaim } from './claims';
import { workerOfPayee } from './persons';
import type { WholeClaim } from './read';
import { askWhetherRegistered, formOfStart } from './registered';
import { stopStart } from './start-ends';

type Known = Exclude<RegistrationAnswer, { answer: 'unknown' }>;

/** The `ref` of the second question, after the register's first no. */
const AGAIN = 'again';

/**
 * The register of a form says whether the business of a start subsidy is still registered. Its first no is provisional: it is asked again
 * a day later. After the second nothing is paid [measures §4].
 */
export const stillRegistered = (form: BusinessForm): Question => ({
  async ask(registers, { tx }, id) {
    const { subsidy } = await tx.claim.findUniqueOrThrow({ where: { id }, include: { subsidy: true } });
    const { pinfl } = await tx.person.findUniqueOrThrow({
      where: { id: subsidy.personId },
      select: { pinfl: true },
    });
    return registers[form].registration(pinfl);
  },
  async onAnswer(transaction, id, { kind, ref }, answer) {
    const said = answer as Known;
    const facts = registerSaid('register', said);
    const claim = await readClaim(transaction, id);
    await closeTasks(transaction, { kinds: [kind as 'farm_answer'], ref }, said.answer);
    // A death ends the registration. The costs were the person's before it.
    const stands = said.answer === 'yes' || !(await lives(transaction.tx, claim.subsidy.personId));
    if (stands) return proven(transaction, id, facts);
    if (ref === AGAIN) return notRegistered(transaction, claim);
    await record(transaction, 'start_doubted', aboutClaim(claim), { claim: id });
    const { firesAt } = await whenToAskOf(transaction, transaction.today);
    await askWhetherRegistered(transaction, claim, { ref: AGAIN, firesAt });
  },
});

/** The business is registered, as the register or an extract says. A finance officer decides. */
async function proven(transaction: Transaction, id: string, facts: object): Promise<void> {
  await transaction.tx.claim.update({ where: { id }, data: { facts, checkPassed: true } });
  await calculate(transaction, await readClaim(transaction, id));
}

async function notRegistered(transaction: Transaction, claim: WholeClaim): Promise<void> {
  const there = inRow(transaction, subjectOfSubsidy(claim.subsidyId));
  await stopStart(there, claim.subsidy, 'not_registered');
}

/** The register stayed silent: the case manager is asked for an extract, which is entered for the business. */
export async function registerSilent(transaction: Transaction, id: string, task: Task): Promise<void> {
  const claim = await readClaim(transaction, id);
  await askTwiceADay(transaction, task);
  await askForEvidence(transaction, {
    kind: 'registration_evidence',
    place: await workerOfPayee(transaction, claim),
    about: aboutClaim(claim),
    register: await formOfStart(transaction, claim),
  });
}

/** An extract for the business says whether it is registered. A payment that waits for it goes on. The end of the business stops it. */
export async function extractForStart(
  transaction: Transaction,
  businessId: string,
  { registered, ...extract }: { registered: boolean; document: object },
): Promise<void> {
  if (!registered) return;
  const rows = await transaction.tx.subsidy.findMany({
    where: { businessId, state: 'running' },
    select: { id: true },
  });
  for (const { id } of rows) {
    const there = inRow(transaction, subjectOf('claim', paymentOf(id)));
    const claim = await readClaim(there, paymentOf(id));
    if (claim.state === 'checking') await proven(there, claim.id, { source: 'evidence', ...extract });
  }
}
