/** The content of a picture, in words. */
export interface Picture {
  title: string;
  /** The ways that lead from the plan, beside each other. */
  doors?: readonly Door[];
  /** Each kind is a band; the bands are one below the other. */
  kinds: readonly Kind[];
}

/** A way, and the kinds of rows on it in their order. */
export interface Door {
  door: string;
  kinds: readonly Kind[];
}

/** A kind of row: its open states in order, the waits and steps of any or several states, and its ends. */
export interface Kind {
  kind: string;
  stages: readonly Stage[];
  anyStage: Omit<Stage, 'state'>;
  severalStages: readonly Step[];
  ends: readonly string[];
  /** The steps that lead from an end to another state. */
  afterwards: readonly Step[];
}

export interface Stage {
  state: string;
  waits: readonly Wait[];
  steps: readonly Step[];
}

export interface Wait {
  wait: string;
  /** The first owner of the wait, who decides the colour. */
  owner: string;
  /** The owners, and the time of each. */
  words: string;
  /** The step that follows when that time is over. Without it the wait stays with its owner. */
  then?: string;
}

/** A command, or an automatic step. */
export interface Step {
  name: string;
  /** The roles that may give the command. Empty: the step is automatic. */
  by: readonly string[];
  to: readonly string[];
  /** The states from which the step leads, if it is not shown on their cards. */
  from?: readonly string[];
}
