/** The languages that texts are complete in, by their BCP 47 tag. Another is a catalogue beside these, and its tag here. */
export const languages = ['en', 'uz-Latn'] as const;
export type Language = (typeof languages)[number];

/** Whether a text is the tag of one of our languages. */
export const isLanguage = (tag: unknown): tag is Language =>
  typeof tag === 'string' && (languages as readonly string[]).includes(tag);
