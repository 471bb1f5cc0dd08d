export type Params = Readonly<Record<string, unknown>>;

/** A sentence of a catalogue with its parameters in place of `{name}`; one that is missing shows as a dash. */
export const fill = (template: string, params: Params): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(params[name]));

const shown = (value: unknown): string =>
  value === null || value === undefined ? '–' : stripped(JSON.stringify(value));

const stripped = (json: string): string => json.replaceAll(/^"|"$/g, '');
