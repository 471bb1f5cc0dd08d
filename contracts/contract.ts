import type { z } from 'zod';
import type { CommandName, RowKind, ShownKind } from '../domain/pathways';

/** A value that the record can keep of a body. */
type Kept = string | number | boolean | readonly (Kept | null)[] | KeptObject;
type KeptObject = { readonly [Field in string]?: Kept | null };

/** One command of a row as its callers see it. The row's pathway says who may give it, and in which states. */
export interface Contract {
  /** As people call it: an act, e.g. `Close the case`. */
  name: string;
  body: z.ZodType<KeptObject>;
  /** The kind of row in the answer, by status. A 201 answers with a row that was made. Without `answers`: 200 with the row itself. */
  answers?: Answers;
}

export type Answers = { readonly 200?: ShownKind; readonly 201?: ShownKind };

/** The contracts of a kind of row: one for each command of its pathway, and no others. */
export type Contracts<K extends RowKind> = { readonly [C in CommandName<K>]: Contract };
