/** One field of a request that is wrong. */
export type FieldError = {
  /** As the caller sent it, e.g. `plan.measures.0.kind`. */
  field: string;
  detail: string;
  /** The values that the field can have, where they are few. */
  possible?: readonly FieldValue[];
};

export type FieldValue = string | number | boolean;
