import { z } from 'zod';
import { account, mfo } from '../../contracts/application';
import { errorsOf } from '../../contracts/errors';
import { lengthNames } from '../../domain/lengths';
import { mergeRules, type Changes } from '../../domain/policy-changes';
import { funds } from '../../domain/fund';
import { namesAccounts } from '../../domain/money/funds';
import { MOST_SOUM } from '../../domain/money/soum';
import { programmes, type Rules } from '../../domain/policy';
import { numberNames, type NumberName, type NumberRule, policyNumbers } from '../../domain/policy-numbers';
import { Refusal } from '../kernel/refusal';

/** The rules of a policy version as data: the shapes of `domain/policy.ts`, with the limits of each value. */

const act = z.string().trim().min(1).max(400);
const code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Is not a code such as released_from_service');
const whole = (least: number, most: number) => z.int().min(least).max(most);
const length = z.strictObject({ n: whole(0, 3660), unit: z.enum(['days', 'workingDays', 'months']) });
const multiple = whole(1, 100_000)
  .nullable()
  .meta({ description: 'Of the BHM, in hundredths; null: not set by the administrator yet.' });

const fund = z
  .enum(funds)
  .exactOptional()
  .meta({ description: 'The fund that pays it. Without one: employment.' });
const fundAccount = z.strictObject({ holder: z.string().trim().min(1).max(200), number: account, mfo });

const eligibility = z.strictObject({
  groups: z
    .array(z.union([z.literal(1), z.literal(2), z.literal(3)]))
    .min(1)
    .exactOptional(),
  categories: z.array(code).min(1).exactOptional(),
  excludedOwnership: z.array(code).exactOptional(),
  stateShareBelow: whole(1, 100).exactOptional(),
  wageFloor: whole(1, 100_000).exactOptional(),
  monthsWorkedBefore: whole(1, 120).exactOptional(),
  aboveQuota: z.literal(true).exactOptional(),
  entrepreneursOnly: z.literal(true).exactOptional(),
});

const wageRule = (slot: 'hire_pwd' | 'above_quota') =>
  z.strictObject({
    act,
    fund,
    multiple,
    months: whole(1, 120),
    periodStart: z.enum(['hire', 'application', 'order']),
    proRata: z.enum(['pro_rata', 'none', 'full']),
    bhm: z.enum(['last_day', 'first_day', 'order_date', 'by_day']),
    review: length,
    eligibility,
    excludes: z.array(z.enum(programmes)),
    attachments: z.array(code),
    slot: z.enum(['wage', slot]),
  });

const costsRule = z.strictObject({ act, fund, cap: multiple, review: length, payWithin: length });

const adaptationRule = costsRule.extend({ eligibility, attachments: z.array(code) });

const stipendRule = z.strictObject({
  act,
  fund,
  multiple,
  proRata: z.enum(['pro_rata', 'none', 'full']),
  bhm: z.enum(['last_day', 'first_day', 'order_date', 'by_day']),
  withoutStipend: z
    .array(z.string().regex(/^(\d{1,4}|[a-z_]{1,40})$/, 'Is not a field of courses'))
    .exactOptional()
    .meta({ description: 'The fields of courses that carry no stipend.' }),
});

const numberShape = ({ means, unit, least, most, default: ours, source }: NumberRule) =>
  whole(least, most)
    .exactOptional()
    .meta({ description: `${means} In ${unit}s. ${ours} where no version names it [${source}].` });
const numberShapes = Object.fromEntries(
  numberNames.map((name) => [name, numberShape(policyNumbers[name])]),
) as Record<NumberName, ReturnType<typeof numberShape>>;

/** A worker's month in a slot is paid once: two programmes in one slot are never drawn together [money §4]. */
function drawnForOneMonthOnce({ hire_pwd: one, above_quota: other }: Rules['programmes']): boolean {
  if (!one || !other || one.slot !== other.slot) return true;
  return one.excludes.includes('above_quota') || other.excludes.includes('hire_pwd');
}

/** The rules of a version. */
export const rulesSchema = z
  .strictObject({
    programmes: z
      .strictObject({
        hire_pwd: wageRule('hire_pwd').exactOptional(),
        above_quota: wageRule('above_quota').exactOptional(),
        workplace_adaptation: adaptationRule.exactOptional(),
        training_stipend: stipendRule.exactOptional(),
        self_employment_start: costsRule.exactOptional(),
      })
      .refine(drawnForOneMonthOnce, {
        path: ['above_quota', 'slot'],
        message: 'Programmes that do not exclude each other have slots of their own',
      }),
    quota: z.strictObject({
      act,
      above: whole(0, 1_000_000),
      share: whole(0, 10_000),
      rounding: z.enum(['up', 'down', 'nearest']),
      belowThreshold: z.enum(['not_eligible', 'eligible']),
    }),
    lengths: z
      .record(z.enum(lengthNames), length)
      .meta({ description: 'How long each wait lasts, by name.' }),
    numbers: z.strictObject(numberShapes).exactOptional().meta({
      description: 'The other numbers of the pathway. Each has a default, where no version names it.',
    }),
    directiveFor: z.array(z.enum(['vacant', 'reserved'])),
    termsOf: z.enum(['hire', 'application', 'order']),
    mismatchTolerance: whole(0, MOST_SOUM),
    setOffOnSameLine: z.boolean(),
    fundAccount: fundAccount.meta({
      description: 'Where an overpayment of the employment fund is repaid to.',
    }),
    cashDesk: fundAccount.exactOptional().meta({
      description:
        'The bank at whose cash desks a person without an account is paid. Without one they wait for an account.',
    }),
    fundAccounts: z
      .strictObject({ social_protection: fundAccount.exactOptional() })
      .exactOptional()
      .meta({ description: 'Where an overpayment of another fund is repaid to.' }),
  })
  .refine(namesAccounts, {
    path: ['fundAccounts'],
    message: 'Name the account of each fund that pays a programme',
  })
  .meta({ id: 'PolicyRules' }) satisfies z.ZodType<Rules>;

/**
 * The whole rules, with an administrator's changes.
 *
 * @throws Refusal 422 with an entry for each changed field that is not valid
 */
export function changedRules(rules: Rules, changes: Changes): Rules {
  const result = rulesSchema.safeParse(mergeRules(rules, changes), { reportInput: true });
  if (result.success) return result.data;
  const errors = errorsOf(result.error, { under: ['changes'], schema: rulesSchema });
  throw new Refusal(422, 'wrong_fields', 'With these changes the policy is not valid.', errors);
}
