import { dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Language } from '../../domain/words/languages';
import type { Reader } from '../../domain/words/values';
import type { NameOf } from './names';

/** The language of the reader. A program of our own names none, and its language is English. */
export const languageOf = ({ language }: Pick<Actor, 'language'>): Language => language ?? 'en';

/** A caller as the reader of texts. */
export const readerOf = (actor: Pick<Actor, 'language'>, now: Date, nameOf?: NameOf): Reader => ({
  language: languageOf(actor),
  today: dayOf(now),
  ...(nameOf && { nameOf }),
});
