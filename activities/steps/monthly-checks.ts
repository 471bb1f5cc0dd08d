import { type Day, dayOf } from '../../domain/day';
import type { ObligationKind } from '../../domain/obligations';
import type { States } from '../../domain/pathways';
import { type CheckState, isWaiting } from '../../domain/pathways/employment';
import type { RegisterName } from '../../domain/registers';
import type { EventType } from '../../domain/words/words';
import type { Json } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { type About, record } from '../../records/kernel/events';
import { wasInTime } from '../../records/kernel/in-time';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { Step } from '../row-handlers';
import { askForEvidence, endQuestion } from './evidence';

/** A monthly check of a row. */
interface MonthlyCheck {
  n: number;
  on: Day;
  state: string;
  conversation: Json | null;
}

/** What a check keeps. */
interface Kept {
  state?: CheckState;
  answer?: Json;
  answeredAt?: Date;
  conversation?: object;
}

/** A row that is checked every month, with its checks in order and its case. */
interface Checked {
  id: string;
  state: string;
  open: boolean;
  checks: readonly MonthlyCheck[];
  case: { open: boolean } | null;
}

/** The rows of a kind that are checked every month: their waits, their table, their words. */
interface Monitoring<Row extends Checked> {
  kind: 'retention' | 'business';
  /** The waits for the next check, for a document in place of the register's answer, and for the conversation. */
  waits: { check: ObligationKind; evidence: ObligationKind; conversation: ObligationKind };
  /** The wait for the register's answer. */
  question: (row: Row) => ObligationKind;
  /** The register that is asked; the labour register unless given. */
  register?: (row: Row) => RegisterName;
  passed: EventType;
  read: (transaction: Transaction, id: string) => Promise<Row>;
  placeOf: (row: Row) => Place;
  aboutOf: (row: Row) => About;
  write: (transaction: Transaction, id: string, n: number, kept: Kept) => Promise<unknown>;
  /** Ends the monitoring once every check has a result. */
  conclude: (transaction: Transaction, id: string) => Promise<void>;
  /** Tells the supervisor that nobody tried to speak to the person. */
  tellNotDone: (transaction: Transaction, row: Row, n: number) => Promise<void>;
}

/** A conversation about a check: what the person says, or how often somebody tried to reach them. */
type Spoken = { check: number } & ({ reached: true } | { reached: false; tries: Tries });
type Tries = readonly { on: Day }[];

/** The monthly checks of a kind of row: of an employment, and of an own business [pathway §7, measures §3]. */
export function monthlyChecks<Row extends Checked>(of: Monitoring<Row>) {
  const stays = (transaction: Transaction, row: Row): Promise<void> =>
    move<'retention' | 'business'>(transaction, of.kind, row, row.state as States['retention' | 'business'], {
      open: row.open,
    });

  /** Waits for the morning of the next anniversary. Every anniversary is counted from the first day. */
  async function awaitCheck(transaction: Transaction, row: Row, next: MonthlyCheck | undefined) {
    if (!next) return;
    const firesAt = morningOf(transaction, next.on);
    const ref = String(next.n);
    await openTask(transaction, { ...of.placeOf(row), kind: of.waits.check, ref, firesAt });
  }

  /** Asks the register at once, and again while it is silent. */
  async function askCheck(transaction: Transaction, row: Row, n: number) {
    await openTask(transaction, { ...of.placeOf(row), kind: of.question(row), ref: String(n) });
    await of.write(transaction, row.id, n, { state: 'asking' });
  }

  /** Checks passed. The register's answer or the document is kept with each check. */
  async function passChecks(
    transaction: Transaction,
    row: Row,
    checks: readonly Pick<MonthlyCheck, 'n'>[],
    answer: Json,
  ) {
    for (const { n } of checks) {
      await of.write(transaction, row.id, n, { state: 'passed', answer, answeredAt: transaction.now });
      const kinds = [of.question(row), of.waits.evidence];
      await closeTasks(transaction, { kinds, ref: String(n) }, 'passed');
      await record(transaction, of.passed, of.aboutOf(row), { n });
    }
  }

  async function stateCheck(transaction: Transaction, row: Row, n: number, state: CheckState) {
    await of.write(transaction, row.id, n, { state });
    await stays(transaction, row);
  }

  /** A monthly anniversary has come. The register is asked, and the case manager speaks to the person. The next check waits. */
  const checkFallsDue: Step = async (transaction, id, { ref }) => {
    const row = await of.read(transaction, id);
    const n = Number(ref);
    await closeTasks(transaction, { kinds: [of.waits.check], ref }, 'due');
    await askCheck(transaction, row, n);
    if (row.case?.open) await openTask(transaction, { ...of.placeOf(row), kind: of.waits.conversation, ref });
    await awaitCheck(transaction, row, row.checks[n]);
    await stays(transaction, row);
    await record(transaction, 'check_due', of.aboutOf(row), { n });
  };

  /** The register stayed silent: the case manager is asked for evidence. The next anniversary does not move. */
  const evidenceOfCheck: Step = async (transaction, id, task) => {
    const row = await of.read(transaction, id);
    const n = Number(task.ref);
    await endQuestion(transaction, task);
    await askForEvidence(transaction, {
      kind: of.waits.evidence,
      ref: task.ref,
      place: of.placeOf(row),
      about: of.aboutOf(row),
      ...(of.register && { register: of.register(row) }),
      params: { n },
    });
    await stateCheck(transaction, row, n, 'evidence');
  };

  /** The register's answer says nothing about this row: the case manager is asked for evidence. */
  async function unclearCheck(transaction: Transaction, row: Row, { ref }: Task) {
    await openTask(transaction, { ...of.placeOf(row), kind: of.waits.evidence, ref });
    await stateCheck(transaction, row, Number(ref), 'evidence');
  }

  /** Neither the register nor a document said anything: the check is neither passed nor failed. */
  const unconfirmed: Step = async (transaction, id, { ref }) => {
    const row = await of.read(transaction, id);
    await closeTasks(transaction, { kinds: [of.waits.evidence], ref }, 'passed');
    await stateCheck(transaction, row, Number(ref), 'unconfirmed');
    await record(transaction, 'check_unconfirmed', of.aboutOf(row), { n: Number(ref) });
    await of.conclude(transaction, id);
  };

  /** Nobody tried to speak to the person in time. The supervisor is told. The conversation is still possible. */
  const notDone: Step = async (transaction, id, { ref }) => {
    const row = await of.read(transaction, id);
    const n = Number(ref);
    await closeTasks(transaction, { kinds: [of.waits.conversation], ref }, 'not_done');
    await of.write(transaction, id, n, { conversation: { done: false } });
    await record(transaction, 'conversation_not_done', of.aboutOf(row), { n });
    await of.tellNotDone(transaction, row, n);
  };

  /**
   * Checks what the case manager enters about a conversation, and ends its wait.
   *
   * @returns the check
   * @throws Refusal for a check that has not come, or a try before its day
   */
  async function spoken(transaction: Transaction, row: Row, body: Spoken): Promise<MonthlyCheck> {
    const check = row.checks.find(({ n }) => n === body.check);
    if (!check || check.state === 'ahead')
      throw wrongField('check', 'no_such_check', 'This check has not come yet.');
    if (!body.reached) checkTries(transaction, check, body.tries);
    const how = body.reached ? 'held' : 'not_reached';
    await closeTasks(transaction, { kinds: [of.waits.conversation], ref: String(check.n) }, how);
    return check;
  }

  /** Keeps the conversation with its check, and tells of it in the time line. */
  async function keepConversation(transaction: Transaction, row: Row, body: Spoken, more: object = {}) {
    const conversation = { ...body, at: transaction.givenAt.toISOString(), ...more };
    await of.write(transaction, row.id, body.check, { conversation });
    await stays(transaction, row);
    const about = of.aboutOf(row);
    if (body.reached) await record(transaction, 'conversation', about, { n: body.check });
    else await record(transaction, 'not_reached', about, { n: body.check, times: body.tries.length });
  }

  /** The checks of a document: the waiting checks, and the unconfirmed checks for which the document was given in time. */
  async function checksFor({ tx, subject, givenAt }: Transaction, { checks }: Row): Promise<MonthlyCheck[]> {
    const found: MonthlyCheck[] = [];
    for (const check of checks) {
      const asked = { subject, kind: of.waits.evidence, ref: String(check.n) };
      if (isWaiting(check) || (check.state === 'unconfirmed' && (await wasInTime(tx, asked, givenAt))))
        found.push(check);
    }
    return found;
  }

  /** The monitoring ends before its last check: the checks that have no result get none. */
  async function dropChecks(transaction: Transaction, row: Row, found: number | undefined) {
    for (const check of row.checks)
      if (check.n === found) await of.write(transaction, row.id, check.n, { state: 'ended' });
      else if (check.state === 'ahead' || isWaiting(check))
        await of.write(transaction, row.id, check.n, { state: 'dropped' });
  }

  /** Asks at once about every check whose day has passed meanwhile. The later checks lie ahead again. */
  async function catchUp(transaction: Transaction, row: Row) {
    const lost = row.checks.filter(({ state }) => state === 'dropped' || state === 'ended');
    const missed = lost.filter((check) => morningOf(transaction, check.on) <= transaction.now);
    const ahead = lost.filter((check) => !missed.includes(check));
    for (const { n } of missed) await askCheck(transaction, row, n);
    for (const { n } of ahead) await of.write(transaction, row.id, n, { state: 'ahead' });
    await awaitCheck(transaction, row, ahead[0]);
  }

  return {
    awaitCheck,
    askCheck,
    passChecks,
    unclearCheck,
    spoken,
    keepConversation,
    checksFor,
    dropChecks,
    catchUp,
    steps: { checkFallsDue, evidenceOfCheck, unconfirmed, notDone },
  };
}

/** Whether every check has a result that ends nothing. */
export const isConcluded = (checks: readonly { state: string }[]): boolean =>
  checks.every(({ state }) => state === 'passed' || state === 'unconfirmed');

/** @throws Refusal unless each try lies between the day of the check and today */
function checkTries({ givenAt }: Transaction, { on: from }: MonthlyCheck, tries: Tries): void {
  const today = dayOf(givenAt);
  const wrong = tries.findIndex(({ on: tried }) => tried < from || tried > today);
  if (wrong >= 0)
    throw wrongField(
      `tries.${wrong}.on`,
      'impossible_day',
      `The person was called on for this check between ${from} and today.`,
    );
}
