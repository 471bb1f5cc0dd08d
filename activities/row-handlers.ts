import type { AnswersOf, Body } from '../contracts';
import type { Answers } from '../contracts/contract';
import type { CommandName, RowKind, ShownKind, StepName } from '../domain/pathways';
import type { obligations } from '../domain/obligations';
import type { Wait } from '../domain/waits';
import type { Task } from '../prisma/generated/client';
import type { Transaction } from '../records/kernel/transaction';
import type { Answer as RegisterAnswer } from '../registers/answer';
import type { Registers } from '../registers/registers';

/** A question to a register. The register is asked outside the transaction. The row acts on the answer inside the transaction. */
export interface Question {
  ask(
    registers: Registers,
    transaction: Pick<Transaction, 'tx' | 'today'>,
    id: string,
    task: Task,
  ): Promise<RegisterAnswer<object, object>>;
  /** `answer` is yes or no. After an unknown the register is asked again with growing pauses, and this is not called. */
  onAnswer(transaction: Transaction, id: string, task: Task, answer: KnownAnswer): Promise<void>;
  /** Closes the wait if nobody needs the answer any more. @returns whether the wait was closed */
  closeIfMoot?(transaction: Transaction, id: string, task: Task): Promise<boolean>;
  /** The next question after an unknown that the register said itself. The growing pauses are for silence. */
  askedAgain?(transaction: Transaction, answer: RegisterAnswer<object, object>): Promise<Date | undefined>;
  /** Changes the row when the register is silent for the first time. The register is asked again in any case. */
  onSilence?(transaction: Transaction, id: string, task: Task): Promise<void>;
}

export type KnownAnswer = { answer: 'yes' | 'no' } & Record<string, unknown>;

/** The result of a command. A command that makes a row is answered with 201; another command has no result. */
type Outcome<A extends Answers> =
  | (A extends { 201: infer M } ? { made: { kind: M; id: string } } : never)
  | (A extends { 200: ShownKind } ? void : never);

/** Carries out a command. */
export type CommandHandler<K extends RowKind, C extends CommandName<K>> = (
  transaction: Transaction,
  id: string,
  body: Body<K, C>,
) => Promise<Outcome<AnswersOf<K, C>>>;

/** Carries out the step that follows when the time of a wait is over. */
export type Step = (transaction: Transaction, id: string, task: Task) => Promise<void>;

/** The handlers of one kind of row: its commands, the steps that its stages name, its questions to registers. */
export interface RowHandlers<K extends RowKind> {
  kind: K;
  /** Each command runs on a locked row inside one transaction, after the transition table admitted it. A Refusal undoes it. */
  commands: { readonly [C in CommandName<K>]: CommandHandler<K, C> };
  /** Each step runs on a locked row inside one transaction, if it is still the row's next act. */
  steps: Readonly<Record<StepName<K>, Step>>;
  /** The question of each wait in which a register is asked. */
  questions: Readonly<Record<QuestionOf<K>, Question>>;
  /** Checks other rows when this row is woken, for example whether the employer is gone or the place is taken. */
  reconsider?(transaction: Transaction, id: string): Promise<void>;
}

/** The waits of a row in which a register is asked. */
type QuestionOf<K extends RowKind> = {
  [W in Wait<K>]: (typeof obligations)[W] extends { question: string } ? W : never;
}[Wait<K>];

/** The row that a command makes, where it makes one. */
export type Done = void | { made: { kind: ShownKind; id: string } };

/** A command's handler, with the wide type that generic code reads. Its contract has the type of its body. */
type AnyCommandHandler = (transaction: Transaction, id: string, body: never) => Promise<Done>;

/** A kind of row's handlers, with the wide type that generic code reads. */
export type AnyRowHandlers = Omit<RowHandlers<RowKind>, 'commands' | 'steps' | 'questions'> & {
  questions: Readonly<Record<string, Question | undefined>>;
  commands: Readonly<Record<string, AnyCommandHandler>>;
  steps: Readonly<Record<string, Step>>;
};
