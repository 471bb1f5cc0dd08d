/** The columns that nobody is shown: how often the row was written, and by which request. */
export const inside = { rev: true, correlationId: true } as const;

/** A row as it is shown, without its waits. */
export type Shown = { id: string; state: string } & Record<string, unknown>;
