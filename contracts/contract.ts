import type { z } from 'zod';
import type { CommandName, RowKind, ShownKind } from '../domain/pathways';

/** Whatever the record keeps of a body. */
type Kept = string | number | boolean | readonly (Kept | null)[] | KeptObject;
type KeptObject = { readonly [Field in string]?: Kept | null };

/** One command of a row, for whoever gives it. From which states and by whom stands in the row's pathway. */
export interface Contract {
  /** As people call it: what they do. */
  name: string;
  body: z.ZodType<KeptObject>;
  /** Whose representation the answer is, by its status; with 201 it is of a row that was made. Its own row's with 200 unless said. */
  answers?: Answers;
}

export type Answers = { readonly 200?: ShownKind; readonly 201?: ShownKind };

/** The contracts of a kind of row: one for each command that its pathway has, and no others. */
export type Contracts<K extends RowKind> = { readonly [C in CommandName<K>]: Contract };
