import fc from 'fast-check';
import type { Actor } from '../../domain/roles';
import { admits } from '../../domain/transitions';
import type { Task } from '../../prisma/generated/client';
import { everyRow, pathwayOf, type ShownKind, subjectOf } from '../../records/kernel/rows';
import { Impossible } from '../../registers/sandbox/impossible';
import type { Action } from '../../registers/sandbox/script';
import type { Bench } from './bench';

/*
 * The common part of the model-based tests: sequences of acts, any command that the tables allow on any row, acts of registers, and
 * the rules for every row that waits.
 */

export interface Row {
  kind: ShownKind;
  id: string;
  state: string;
  open: boolean;
}

/** Every row of these kinds. */
export async function rowsOf({ db }: Pick<Bench, 'db'>, kinds: readonly ShownKind[]): Promise<Row[]> {
  const found: Row[] = [];
  for (const kind of kinds) found.push(...(await everyRow(db, kind)).map((row) => ({ ...row, kind })));
  return found;
}

/**
 * A command that its table allows in the state of one of the rows, and a person who may give it. Newer rows come first, because the
 * pathway is at them.
 *
 * @param pick chooses among all possible commands
 * @returns undefined if no command is possible
 */
export function anyCommand(
  rows: readonly Row[],
  people: readonly Actor[],
  pick: number,
): { row: Row; name: string; actor: Actor } | undefined {
  const movable = rows.filter(({ kind, state }) => admitted(kind, state).length > 0);
  const row = movable.toReversed()[pick % Math.max(1, movable.length)];
  if (!row) return undefined;
  const step = oneOf(admitted(row.kind, row.state), Math.floor(pick / 7));
  const actor = step && oneOf(givers(people, step.by), Math.floor(pick / 11));
  return step && actor && { row, name: step.name, actor };
}

const admitted = (kind: ShownKind, state: string) =>
  Object.entries(pathwayOf(kind).commands)
    .map(([name, step]) => ({ name, ...step }))
    .filter((step) => admits(step, state));

const givers = (people: readonly Actor[], by: readonly Actor['role'][]): Actor[] =>
  people.filter(({ role }) => role !== 'system' && by.includes(role));

export const oneOf = <It>(all: readonly It[], pick: number): It | undefined =>
  all[pick % Math.max(1, all.length)];

/** The statuses of answers to commands, carried out or refused. */
export const answered = [200, 201, 403, 409, 422];

/** Does an action of a register. An action that does not fit the world, such as an end without a contract, does nothing. */
export async function tell({ sandbox }: Pick<Bench, 'sandbox'>, action: Action | undefined): Promise<void> {
  if (!action) return;
  try {
    await sandbox.script(action);
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
  }
}

/**
 * The faults of rows, in words: a state outside its table, an open row without a wait or with a wait without end, a closed row with a
 * wait.
 *
 * @param holds whether a wait belongs to a row; by default only the row's own waits do
 */
export async function waitFaults(
  { db }: Pick<Bench, 'db'>,
  rows: readonly Row[],
  holds = (task: Task, { kind, id }: Row): boolean => task.subject === subjectOf(kind, id),
): Promise<string[]> {
  const tasks = await db.task.findMany({ where: { closedAt: null } });
  return rows.flatMap((row) =>
    faultsOf(
      row,
      tasks.filter((task) => holds(task, row)),
    ),
  );
}

function faultsOf({ kind, id, state, open }: Row, waits: readonly Task[]): string[] {
  const pathway = pathwayOf(kind);
  const it = `${kind}/${id} is ${state}`;
  const known: readonly string[] = open ? [...pathway.open, ...(pathway.owing ?? [])] : pathway.closed;
  const named = waits.some((wait) => wait.role !== '' && wait.nextAt !== null);
  return [
    ...(known.includes(state) ? [] : [`${it}, open ${open}`]),
    ...(!open && waits.length > 0 ? [`${it} and waits for ${waits[0]?.kind}`] : []),
    ...(open && !named ? [`${it} and waits without a name`] : []),
  ];
}

/** Acts in any order, some more often than others. The number of each act chooses among its possibilities. */
export const sequences = <Act extends string>(
  weights: Readonly<Record<Act, number>>,
  length: { minLength: number; maxLength: number },
): fc.Arbitrary<[Act, number][]> => {
  const acts = Object.entries<number>(weights).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant(name as Act),
  }));
  return fc.array(fc.tuple(fc.oneof(...acts), fc.nat({ max: 9_999 })), length);
};

/**
 * The number of sequences, `MODEL_RUNS` or the number that a test run has time for, and their `MODEL_SEED`. A sequence that fails is
 * shown whole. Each sequence has a database of its own, so shrinking it would take longer than reading it.
 */
export const runs = (byDefault: number) => ({
  numRuns: Number(process.env['MODEL_RUNS'] ?? byDefault),
  endOnFailure: true,
  ...(process.env['MODEL_SEED'] !== undefined && { seed: Number(process.env['MODEL_SEED']) }),
});

/** The longest time of the sequences on a slow machine. */
export const timeFor = ({ numRuns }: { numRuns: number }): number => numRuns * 60_000;
