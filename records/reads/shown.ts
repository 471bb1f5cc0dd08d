/** What of a row nobody is shown: how often it was written, and by which request. */
export const inside = { rev: true, correlationId: true } as const;

/** A row as it is shown, before what it waits for. */
export type Shown = { id: string; state: string } & Record<string, unknown>;
