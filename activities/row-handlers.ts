import type { AnswersOf, Body } from '../contracts';
import type { Answers } from '../contracts/contract';
import type { CommandName, RowKind, ShownKind, StepName } from '../domain/pathways';
import type { obligations } from '../domain/obligations';
import type { Wait } from '../domain/waits';
import type { Task } from '../prisma/generated/client';
import type { Transaction } from '../records/kernel/transaction';
import type { Answer as RegisterAnswer } from '../registers/answer';
import type { Registers } from '../registers/registers';

/** A question to a register. It is asked outside the transaction; its answer is acted on inside it. */
export interface Question {
  ask(
    registers: Registers,
    transaction: Pick<Transaction, 'tx' | 'today'>,
    id: string,
    task: Task,
  ): Promise<RegisterAnswer<object, object>>;
  /** `answer` is yes or no: unknown is asked again with growing pauses and never comes here. */
  onAnswer(transaction: Transaction, id: string, task: Task, answer: KnownAnswer): Promise<void>;
  /** Closes the wait where nobody needs the answer any more. @returns whether it did */
  closeIfMoot?(transaction: Transaction, id: string, task: Task): Promise<boolean>;
  /** Changes the row when the register is silent for the first time. The register is asked again in any case. */
  onSilence?(transaction: Transaction, id: string, task: Task): Promise<void>;
}

export type KnownAnswer = { answer: 'yes' | 'no' } & Record<string, unknown>;

/** The result of a command: the row it made, which is answered with 201, or nothing of its own. */
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
  /** Each runs on a locked row inside one transaction, after the transition table admitted it; a Refusal undoes it. */
  commands: { readonly [C in CommandName<K>]: CommandHandler<K, C> };
  /** Each runs on a locked row inside one transaction, if the row still does it next. */
  steps: Readonly<Record<StepName<K>, Step>>;
  /** One for each wait of the row in which a register is asked. */
  questions: Readonly<Record<QuestionOf<K>, Question>>;
  /** Refuses a command that the table admits, by what the row says of the caller. */
  admit?(transaction: Transaction, id: string, command: string): Promise<void>;
  /** Checks other rows when this one is woken: the employer gone, the place taken. */
  reconsider?(transaction: Transaction, id: string): Promise<void>;
}

/** The waits of a row in which a register is asked. */
type QuestionOf<K extends RowKind> = {
  [W in Wait<K>]: (typeof obligations)[W] extends { question: string } ? W : never;
}[Wait<K>];

/** A command's handler, with the wide type that generic code reads. Its contract has the type of its body. */
type AnyCommandHandler = (
  transaction: Transaction,
  id: string,
  body: never,
) => Promise<void | { made: { kind: ShownKind; id: string } }>;

/** A kind of row's handlers, with the wide type that generic code reads. */
export type AnyRowHandlers = Omit<RowHandlers<RowKind>, 'commands' | 'steps' | 'questions'> & {
  questions: Readonly<Record<string, Question | undefined>>;
  commands: Readonly<Record<string, AnyCommandHandler>>;
  steps: Readonly<Record<string, Step>>;
};
