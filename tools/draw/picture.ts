/** What a picture shows, in the words it shows it in. */
export interface Picture {
  title: string;
  /** Each a band, one below the other. */
  kinds: readonly Kind[];
}

/** A kind of row: its open states in their order, what may come in any or several of them, and how it ends. */
export interface Kind {
  kind: string;
  stages: readonly Stage[];
  anyStage: Omit<Stage, 'state'>;
  severalStages: readonly Step[];
  ends: readonly string[];
  /** What leads out of an end again. */
  afterwards: readonly Step[];
}

export interface Stage {
  state: string;
  waits: readonly Wait[];
  steps: readonly Step[];
}

export interface Wait {
  wait: string;
  /** Who is asked first: the colour. */
  owner: string;
  /** Who is asked, and until when. */
  words: string;
  /** What follows when that time is over; nothing: it stays with them. */
  then?: string;
}

/** A command, or what happens by itself. */
export interface Step {
  name: string;
  /** Who may give it; nobody: it happens by itself. */
  by: readonly string[];
  to: readonly string[];
  /** From which states, where the step does not stand under its state. */
  from?: readonly string[];
}
