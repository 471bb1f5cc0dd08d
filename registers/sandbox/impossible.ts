/** An action that does not fit the present world. */
export class Impossible extends Error {}
