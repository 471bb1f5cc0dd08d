/** The columns that nobody is shown: the number of writes to the row, and the request of the last write. */
export const inside = { rev: true, correlationId: true } as const;

/** A row as it is shown, without its waits. */
export type Shown = { id: string; state: string } & Record<string, unknown>;
