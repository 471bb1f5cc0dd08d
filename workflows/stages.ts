import type { OpenState, OwingState, RowKind, StepName } from '../domain/pathways';
import type { Wait } from '../domain/waits';

/** No step follows when the time is over. The wait stays with its owner, overdue, with a weekly reminder. */
export const STAYS = 'stays';

/** The waits that a stage may have, and the step that follows when a wait's time is over. */
type Waits<K extends RowKind> = { readonly [W in Wait<K>]?: StepName<K> | typeof STAYS };

/** The waits of each state in which a row may wait. `anyStage` has the waits that may be open in every state. */
export type Table<K extends RowKind> = { readonly [S in OpenState<K> | OwingState<K>]: Waits<K> } & {
  readonly anyStage?: Waits<K>;
};

type Named<T> = { [S in keyof T]: keyof T[S] }[keyof T];
type Followed<T> = { [S in keyof T]: T[S][keyof T[S]] }[keyof T];

/** Must be empty: waits and steps of the row that no stage names, names that are no waits of the row, stages that are no states of it. */
type Wrong<K extends RowKind, T> =
  | Exclude<Wait<K>, Named<T>>
  | Exclude<Named<T>, Wait<K>>
  | Exclude<StepName<K>, Followed<T>>
  | Exclude<keyof T, OpenState<K> | OwingState<K> | 'anyStage'>;

/** The stages of a kind of row. The workflow, the record, the API and the picture read them. */
export interface Stages<K extends RowKind = RowKind> {
  readonly kind: K;
  readonly table: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
}

/**
 * The stages of a kind of row. A stage names every wait that can be open in it, and the step that follows when the wait's time is over:
 * a step of the row's pathway, or `stays`.
 */
export const stages = <K extends RowKind, const T extends Table<K>>(
  kind: K,
  table: T & ([Wrong<K, T>] extends [never] ? unknown : { wrong: Wrong<K, T> }),
): Stages<K> => ({ kind, table: table as Stages['table'] });

/** The waits that can be open in a state, each with the step that follows. A closed state has none. */
export const waitsIn = ({ table }: Stages, state: string): Readonly<Record<string, string>> =>
  table[state] ? { ...table[state], ...table['anyStage'] } : {};

/** The step that follows when a wait's time is over in a state, or undefined if the stage does not name the wait. */
export const stepAfter = (stages: Stages, state: string, wait: string): string | undefined =>
  waitsIn(stages, state)[wait];

/** The step that follows a wait. It is the same in every stage of the row [stages.test.ts]. */
export const stepOf = ({ table }: Stages, wait: string): string | undefined =>
  Object.values(table).find((stage) => stage?.[wait] !== undefined)?.[wait];
