/**
 * Letters of the Uzbek and Karakalpak Cyrillic alphabets in Latin; the same for upper case. The database's function `folded`
 * uses the same table. A test compares the two.
 */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'а=a ә=a б=b в=v г=g ғ=g д=d е=e ё=yo ж=j з=z и=i й=y к=k қ=k л=l м=m н=n ң=n о=o ө=o п=p р=r с=s т=t у=u ү=u ў=u ' +
    'ф=f х=h ҳ=h ц=s ч=ch ш=sh щ=sh ъ= ы=i ь= э=e ю=yu я=ya і=i ı=i'
  )
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);
const CYRILLIC = /[\u0400-\u04ffı]/g;

/** Marks over and under letters, and all characters that people type for the apostrophe of oʻ, gʻ and the tutuq belgisi. */
const MARKS = /[\u0300-\u036f'"`\u00a8\u00b4\u02b0-\u02ff\u2018-\u201f\u2032-\u2036]/g;
const BLANKS = /[ \u00a0\u2010-\u2015-]+/g;

/**
 * The search form of a name. It is the same for both Uzbek scripts, with and without apostrophes and marks. Letters that
 * people confuse become one: o and u (ў without its mark is у), q and k, x and h, ye and e, ts and s. A search finds too
 * many names rather than too few. The search form is never shown.
 */
export function folded(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll(CYRILLIC, (letter) => LATIN[letter.toLowerCase()] ?? letter)
    .normalize('NFD')
    .replaceAll(MARKS, '')
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll(BLANKS, ' ')
    .replaceAll('ye', 'e')
    .replaceAll('ts', 's')
    .replaceAll('o', 'u')
    .replaceAll('q', 'k')
    .replaceAll('x', 'h')
    .trim();
}

/** The folded words of a searched name; none when the name has no letter. */
export const foldedWords = (name: string): string[] =>
  folded(name)
    .split(' ')
    .filter((word) => word !== '');
