/**
 * A refusal by a rule: it is final, and nothing is written. It is thrown inside the transaction to undo it, and is recorded as
 * the command's answer.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param status 404 outside the caller's world, 403 not theirs to do, 409 not in this state, 412 changed meanwhile, 422 well-formed
   *   but wrong
   * @param code stable, for programs to compare
   * @param detail says in words why, and what to do; no personal data
   * @param errors one entry per field, for 412 and 422
   */
  constructor(
    readonly status: 403 | 404 | 409 | 412 | 422,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly { field: string; detail: string }[] = [],
  ) {
    super(code);
  }
}

/** 409: the row's state does not admit it. */
export const notNow = (code: string, detail: string): Refusal => new Refusal(409, code, detail);

/** 409: the table of transitions does not admit the command in the row's state. */
export const notInThisState = (state: string): Refusal =>
  notNow('not_in_this_state', `Not possible while it is "${state}". See allowedActions for what is.`);

/** 409: the consequences of a command's absence cannot be taken back, because somebody has acted on them. */
export const actedOn = (detail: string): Refusal => notNow('acted_on', detail);

/** 422: a field is well-formed but wrong. */
export const wrongField = (field: string, code: string, detail: string): Refusal =>
  new Refusal(422, code, detail, [{ field, detail }]);
