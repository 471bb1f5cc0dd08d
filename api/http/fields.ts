import { z } from 'zod';
import { languages } from '../../domain/words/languages';

/** The fields that bodies of commands share with other requests. */
export * from '../../contracts/fields';

/** An instant in an answer: ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** The language of our messages and answers to somebody; null: the operator's setting. */
export const language = z.enum(languages).nullable().meta({
  description: 'The language of our messages to them. Null: DEFAULT_LANGUAGE of the installation.',
});

/** The number of edits of a row. It is the answer's `ETag`, for `If-Match`. */
export const revision = z
  .int()
  .min(0)
  .meta({ description: 'The number of edits so far. It is also the answer’s ETag, for If-Match.' });

/** `GET …?flag=yes`. */
export const yesNo = z.enum(['yes', 'no']);
