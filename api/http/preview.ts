import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import { isShown } from '../../records/kernel/kinds';
import { idsByKind, namedBy, rowOf, subjectOf } from '../../records/kernel/rows';
import type { Preview, Sees } from '../../records/reads/preview';
import { ok, type Reply, type Route } from './route';
import { flag } from './stateful';
import { visibleIds } from './visible';

/** `?preview=true`: the answer tells what a command would do, and nothing is written. */
export const preview = flag.optional().meta({
  description:
    '`true`: the answer tells which steps would end and who would be told. Nothing is written, and the key is not used.',
});

const about = z
  .string()
  .meta({ description: 'The person, employer, job and number of the row in one line.' });
const entry = {
  subject: z
    .object({ kind: z.string(), id: z.string().nullable() })
    .meta({ description: 'A row that would be made has no number yet.' }),
  about,
};
const dueOn = z.string().nullable().meta({ description: 'The last day of the act.' });

/** The shape of a preview. */
const previewShape = z
  .strictObject({
    preview: z.literal(true),
    opens: z
      .array(z.object({ kind: z.string(), state: z.string(), about, words: z.string() }))
      .meta({ description: 'The rows that would be made, such as inspections.' }),
    rows: z
      .array(z.object({ ...entry, from: z.string(), to: z.string(), words: z.string() }))
      .meta({ description: 'The rows that would leave their states.' }),
    ends: z
      .array(z.object({ ...entry, what: z.string(), words: z.string(), dueOn }))
      .meta({ description: 'The acts that nobody would owe any more.' }),
    begins: z
      .array(z.object({ ...entry, what: z.string(), words: z.string(), dueOn, role: z.string() }))
      .meta({ description: 'The acts that somebody would owe.' }),
    moves: z
      .array(z.object({ ...entry, what: z.string(), words: z.string(), from: z.string(), to: z.string() }))
      .meta({ description: 'The deadlines that would move, each with its day before and after.' }),
    frees: z
      .array(z.object({ ...entry, month: z.string(), amount: z.int(), words: z.string() }))
      .meta({ description: 'The reserved money that would be free again, by month.' }),
    events: z
      .array(z.object({ ...entry, type: z.string(), words: z.string() }))
      .meta({ description: 'The entries in the time lines. An employer reads none.' }),
    told: z
      .array(
        z.object({
          about,
          recipient: z.enum(['person', 'employer', 'official']),
          name: z
            .string()
            .nullable()
            .meta({ description: 'Null for an employer, unless an employer is told.' }),
          channels: z.array(z.string()),
        }),
      )
      .meta({ description: 'Who would be told.' }),
  })
  .meta({ id: 'Preview' });

/** The answers of a command that takes `?preview=true`. */
export const orPreview = (answers: Route['answers']): Route['answers'] => ({
  ...answers,
  200: z.union([answers[200] as z.ZodType, previewShape]),
});

/** The rows that the caller sees, and records that are no rows. */
export const seesAs =
  (actor: Actor): Sees =>
  async (tx, subjects) => {
    const seen = new Set(subjects.filter((subject) => rowOf(subject) === undefined));
    for (const [kind, ids] of idsByKind(subjects)) {
      if (!isShown(kind)) continue;
      for (const id of await visibleIds(tx, kind, ids, actor)) seen.add(subjectOf(kind, id));
    }
    return seen;
  };

/** The preview as an answer. */
export function previewed({ opens, rows, ends, begins, moves, frees, events, told, made }: Preview): Reply {
  const isMade = new Set(made);
  const shown = <E extends { subject: string }>(entries: readonly E[]) =>
    entries.map((one) => {
      const { kind, id } = namedBy(one.subject);
      return { ...one, subject: { kind, id: isMade.has(one.subject) ? null : id } };
    });
  return ok({
    preview: true,
    opens,
    rows: shown(rows),
    ends: shown(ends),
    begins: shown(begins),
    moves: shown(moves),
    frees: shown(frees),
    events: shown(events),
    told: told.map(({ about: of, recipient, name, channels }) => ({ about: of, recipient, name, channels })),
  });
}
