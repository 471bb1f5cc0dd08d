import { z } from 'zod';
import { isShown } from '../../records/kernel/kinds';
import { idsByKind, namedBy, rowOf, subjectOf } from '../../records/kernel/rows';
import type { Preview } from '../../records/reads/preview';
import { type Ctx, ok, type Reply, type Route } from './route';
import { flag } from './stateful';
import { visibleIds } from './visible';

/** `?preview=true`: the answer tells what a command would do, and nothing is written. */
export const preview = flag.optional().meta({
  description:
    '`true`: the answer tells which steps would end and who would be told. Nothing is written, and the key is not used.',
});

const entry = { subject: z.object({ kind: z.string(), id: z.string() }) };

/** The shape of a preview. */
const previewShape = z
  .strictObject({
    preview: z.literal(true),
    rows: z
      .array(z.object({ ...entry, from: z.string(), to: z.string(), words: z.string() }))
      .meta({ description: 'The rows that would leave their states.' }),
    ends: z
      .array(z.object({ ...entry, what: z.string(), words: z.string() }))
      .meta({ description: 'The acts that nobody would owe any more.' }),
    begins: z
      .array(z.object({ ...entry, what: z.string(), words: z.string(), role: z.string() }))
      .meta({ description: 'The acts that somebody would owe.' }),
    events: z
      .array(z.object({ ...entry, type: z.string(), words: z.string() }))
      .meta({ description: 'The entries in the time lines. An employer reads none.' }),
    told: z
      .array(
        z.object({
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

/** The preview as the caller may read it: rows that the caller does not see are left out. */
export async function previewed({ records, actor }: Ctx, it: Preview): Promise<Reply> {
  const { rows, ends, begins, events, told } = it;
  const all = [...rows, ...ends, ...begins, ...events, ...told].map(({ subject }) => subject);
  const seen = new Set(all.filter((subject) => rowOf(subject) === undefined));
  for (const [kind, ids] of idsByKind(all)) {
    if (!isShown(kind)) continue;
    for (const id of await visibleIds(records.db, kind, ids, actor)) seen.add(subjectOf(kind, id));
  }
  const shown = <E extends { subject: string }>(entries: readonly E[]) =>
    entries
      .filter(({ subject }) => seen.has(subject))
      .map((one) => ({ ...one, subject: namedBy(one.subject) }));
  return ok({
    preview: true,
    rows: shown(rows),
    ends: shown(ends),
    begins: shown(begins),
    events: shown(events),
    told: told
      .filter(({ subject }) => seen.has(subject))
      .map(({ recipient, name, channels }) => ({ recipient, name, channels })),
  });
}
