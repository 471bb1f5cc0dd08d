import type { FieldError, FieldValue } from '../../domain/field-error';
import type { Reader } from '../../domain/words/values';
import { type WhyNot, whyNotInWords } from '../../domain/words/words';

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
    readonly errors: readonly FieldError[] = [],
  ) {
    super(code);
  }
}

/** 409: the row's state does not admit it. */
export const notNow = (code: string, detail: string): Refusal => new Refusal(409, code, detail);

export const NOT_IN_THIS_STATE = 'not_in_this_state';

/** 409: the table of transitions does not admit the command in the row's state. */
export const notInThisState = (state: string): Refusal =>
  notNow(NOT_IN_THIS_STATE, `Not possible while it is "${state}". See allowedActions for what is.`);

/** 409: the consequences of a command's absence cannot be taken back, because somebody has acted on them. */
export const actedOn = (detail: string): Refusal => notNow('acted_on', detail);

/** The reasons that concern the caller and not the row. */
const ofCaller: readonly WhyNot['code'][] = ['not_yours', 'took_part', 'not_taken_over'];

/** 409, or 403 where another person may do it: another reason than the row's state forbids the command. */
export const notPossible = (why: WhyNot, reader: Reader): Refusal =>
  new Refusal(ofCaller.includes(why.code) ? 403 : 409, why.code, whyNotInWords(reader, why), why.errors);

/** 422: a field is well-formed but wrong. */
export const wrongField = (
  field: string,
  code: string,
  detail: string,
  possible?: readonly FieldValue[],
): Refusal => new Refusal(422, code, detail, [{ field, detail, ...(possible && { possible }) }]);

/** A field that is wrong, with the code of its fault. */
export type Fault = FieldError & { code: string };

/** 422: each of these fields is wrong. Several codes become one general code. @throws Refusal unless there are none */
export function refuseFields(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const isOne = faults.every(({ code }) => code === first.code);
  throw new Refusal(
    422,
    isOne ? first.code : 'wrong_fields',
    [...new Set(faults.map(({ detail }) => detail))].join(' '),
    faults.map(({ code: _, ...error }) => error),
  );
}
