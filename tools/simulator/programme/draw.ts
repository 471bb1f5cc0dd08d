/** Random draws that can be repeated: the same seed and name give the same draws in the same order. */
export interface Draw {
  /** A number of at least 0 and below 1. */
  number(): number;
  /** A whole number from the first to the second, both included. */
  between(span: readonly [number, number]): number;
  /** True in this share of cases. */
  happens(share: number): boolean;
  /** One of the keys, each with the frequency of its share. */
  one<K extends string>(shares: Readonly<Record<K, number>>): K;
  from<T>(items: readonly [T, ...T[]]): T;
}

export function drawOf(seed: number, name: string): Draw {
  let state = hash(`${seed} ${name}`);
  const number = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    number,
    between: ([least, most]) => least + Math.floor(number() * (most - least + 1)),
    happens: (share) => number() < share,
    one(shares) {
      const entries = Object.entries(shares) as [keyof typeof shares, number][];
      const total = entries.reduce((sum, [, share]) => sum + share, 0);
      let left = number() * total;
      for (const [key, share] of entries) {
        left -= share;
        if (left < 0) return key;
      }
      return entries[entries.length - 1]?.[0] as keyof typeof shares;
    },
    from: (items) => items[Math.floor(number() * items.length)] ?? items[0],
  };
}

const hash = (text: string): number => {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619);
  return value;
};
