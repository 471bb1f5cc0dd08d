import { type Language, languages } from '../../domain/words/languages';

/**
 * The language of an answer: the most wanted of `Accept-Language` that is one of ours, else the reader's own, else the
 * operator's. `uz` and `uz-UZ` are Uzbek in Latin script; `*` names none.
 *
 * @param accepted the header as sent
 * @param own the language that the reader has chosen
 */
export function languageFor(
  accepted: string | undefined,
  own: Language | undefined,
  otherwise: Language,
): Language {
  for (const tag of wanted(accepted ?? '')) {
    const ours = languages.find((language) => isFor(tag, language.toLowerCase()));
    if (ours) return ours;
  }
  return own ?? otherwise;
}

/** The tags of the header in lower case, the most wanted first. */
const wanted = (accepted: string): string[] =>
  accepted
    .toLowerCase()
    .split(',')
    .map((range) => {
      const [, tag = '', weight = '1'] = /^\s*([a-z\d-]+)\s*(?:;\s*q=([\d.]+)\s*)?$/.exec(range) ?? [];
      return { tag, weight: Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);

/** Whether a tag asks for one of ours: it is ours, a region of ours, or the same language without another script. */
function isFor(tag: string, ours: string): boolean {
  if (tag === ours || tag.startsWith(`${ours}-`)) return true;
  const [language, next] = tag.split('-');
  const namesAScript = next !== undefined && next.length === 4;
  return language === ours.split('-')[0] && !namesAScript;
}
