/** An action that cannot be done in the world as it is. */
export class Impossible extends Error {}
