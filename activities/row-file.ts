import type { Task } from '../prisma/generated/client';
import type { Consequence, ObligationKind } from '../domain/obligations';
import type { RowKind } from '../records/rows';
import type { Unit } from '../records/unit';
import type { Answer as RegisterAnswer } from '../registers/answer';
import type { Registers } from '../registers/registers';

/** A question to a register: what is asked outside the transaction, and what follows from a yes or no inside it. */
export interface Question {
  ask(
    registers: Registers,
    unit: Pick<Unit, 'tx' | 'today'>,
    id: string,
    task: Task,
  ): Promise<RegisterAnswer<object, object>>;
  /** `answer` is yes or no: unknown is asked again with growing pauses and never comes here. */
  take(unit: Unit, id: string, task: Task, answer: KnownAnswer): Promise<void>;
  /** What changes when the register stays silent for the first time; it is asked again whatever this does. */
  silent?(unit: Unit, id: string, task: Task): Promise<void>;
}

export type KnownAnswer = { answer: 'yes' | 'no' } & Record<string, unknown>;

/** What one kind of row does: its commands, what follows from passed deadlines, the answers of registers. */
export interface RowFile {
  kind: RowKind;
  /**
   * Each runs on a locked row inside one transaction, after the transition table admitted it, and throws a Refusal to undo
   * it. It may name a row it made, whose representation is then the answer with 201.
   */
  commands: Readonly<
    Record<
      string,
      (unit: Unit, id: string, body: never) => Promise<void | { made: { kind: RowKind; id: string } }>
    >
  >;
  consequences: Readonly<Partial<Record<Consequence, (unit: Unit, id: string, task: Task) => Promise<void>>>>;
  questions: Readonly<Partial<Record<ObligationKind, Question>>>;
  /** Refuses a command that the table admits, by what the row says of the caller. */
  admit?(unit: Unit, id: string, command: string): Promise<void>;
  /** Looks at the world when the row is woken: the employer gone, the place taken. */
  reconsider?(unit: Unit, id: string): Promise<void>;
}
