import { nextWorkingDay } from '../../../domain/calendar';
import { addDays, at } from '../../../domain/day';
import { holderOf } from '../../../records/money/accounts';
import type { Fund } from '../../../domain/fund';
import type { Meaning, Word } from '../../../domain/money/treasury-word';
import type { Claim, Task } from '../../../prisma/generated/client';
import { askTwiceADay, openTask } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { kindOfSubsidy, type SubsidyKind } from '../../../records/kernel/rows';
import type { OrderAnswer } from '../../../registers/treasury';
import type { Question } from '../../row-handlers';
import { placeOfClaim, readClaim } from '../claims';
import type { WholeClaim } from '../read';
import { heed } from './heeding';
import { lastPayment, paymentOf, type WholePayment } from './payments';

/** How an order calls each kind of subsidy. Nothing says anything of a disability [measures §4]. */
const called: Readonly<Record<SubsidyKind, string>> = {
  subsidy: 'Subsidy',
  adaptation: 'Subsidy',
  stipend: 'Stipend',
  'start-subsidy': 'Start subsidy',
};

const purposeOf = ({ subsidyId, month }: Claim): string =>
  [`${called[kindOfSubsidy(subsidyId)]} ${subsidyId}`, month].filter(Boolean).join(', ');

/**
 * The payment order as a question, under one key until the treasury answers it. After a time-out, silence or "unknown key"
 * the same key is sent again. A new key exists only after `returned` or `refused` [money §5]. When the task's ref is a key,
 * the question only asks for the outcome of that payment.
 */
export const paymentAnswer: Question = {
  async ask({ treasury }, { tx }, id, task) {
    if (task.ref !== '') return treasury.order(task.ref);
    const claim = await tx.claim.findUniqueOrThrow({ where: { id } });
    const { key, amount, account } = await lastPayment({ tx }, claim);
    const order = () =>
      treasury.send({
        key,
        amount,
        account: account.number,
        mfo: account.mfo,
        ...holderOf(account),
        fund: claim.fund as Fund,
        purpose: purposeOf(claim),
        line: claim.lineId,
      });
    const known: OrderAnswer | undefined = task.attempts > 0 ? await treasury.order(key) : undefined;
    if (known?.answer === 'unknown') return known;
    if (known?.answer === 'yes')
      return known.state === 'accepted' ? { answer: 'unknown', why: 'accepted', raw: known.raw } : known;
    const sent = await order();
    if (sent.answer === 'refused')
      return {
        answer: 'yes',
        state: 'refused',
        code: sent.code,
        amount,
        account: account.number,
        raw: sent.raw,
      };
    return sent.answer === 'accepted' ? { answer: 'unknown', why: 'accepted', raw: sent.raw } : sent;
  },
  /**
   * The treasury settles and returns in the mornings of working days. It is asked about an order that it has accepted when its
   * answer can be there [default].
   */
  async askedAgain(transaction, said) {
    if (said.answer !== 'unknown' || said.why !== 'accepted') return undefined;
    const { today, settings } = transaction;
    return at(nextWorkingDay(await transaction.calendar(), addDays(today, 1)), settings.reminderHour);
  },
  async onAnswer(transaction, id, task, answer) {
    const claim = await readClaim(transaction, id);
    const said = answer as OrderAnswer;
    const payment =
      task.ref === '' ? await lastPayment(transaction, claim) : await paymentOf(transaction, task.ref);
    await heedAnswer(transaction, claim, payment, said);
    // An answer that decides nothing leaves the question open.
    const { closedAt } = await transaction.tx.task.findUniqueOrThrow({ where: { id: task.id } });
    if (closedAt === null) await askTwiceADay(transaction, task);
  },
};

/** The treasury's answer to a question about an order. */
export function heedAnswer(
  transaction: Transaction,
  claim: WholeClaim,
  payment: WholePayment,
  said: OrderAnswer,
): Promise<Meaning> {
  if (said.answer === 'unknown')
    return heed(transaction, claim, payment, { source: 'answer', says: 'silence' });
  if (said.answer === 'no')
    return heed(transaction, claim, payment, { source: 'answer', says: 'unknown_key' });
  const { state: says, amount, account } = said;
  const on = 'on' in said ? said.on : undefined;
  const word: Word = { source: 'answer', says, amount, account, on };
  return heed(transaction, claim, payment, word, 'code' in said ? said.code : undefined);
}

/** The treasury has not answered for 3 working days. The question stays open, and the finance officer asks there. */
export async function paymentSilent(transaction: Transaction, id: string, task: Task): Promise<void> {
  const claim = await readClaim(transaction, id);
  await askTwiceADay(transaction, task);
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'payment_watch' });
}
