-- After a person's death the days before it are paid to the one whom a notary's document names: the kind of an account's holder.
ALTER TABLE "accounts" ADD COLUMN "held_by" TEXT;

UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths}', '{"heirWithin": {"n": 36, "unit": "months"}}'::jsonb || (rules->'lengths'));
