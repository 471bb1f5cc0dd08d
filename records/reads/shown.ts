/** The columns that nobody is shown: the number of writes to the row, and the request of the last write. */
export const inside = { rev: true, correlationId: true } as const;

/** The same of an application and all that is paid for it: the programme says the fund. */
export const insideMoney = { ...inside, fund: true } as const;

/** And the payee of money: the parties say who is paid. */
export const insidePayable = { ...insideMoney, payee: true, personArea: true } as const;

/** A row as it is shown, without its waits. */
export type Shown = { id: string; state: string } & Record<string, unknown>;

/** A row without some of its fields. */
export function without<T extends object, K extends keyof T>(row: T, ...keys: K[]): Omit<T, K> {
  const left = { ...row };
  for (const key of keys) delete left[key];
  return left;
}
