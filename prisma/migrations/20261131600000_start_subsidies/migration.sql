-- A start subsidy pays the costs of the registration of an own business.
ALTER TABLE "subsidies" ADD COLUMN "business_id" TEXT;
CREATE INDEX "subsidies_business_id_idx" ON "subsidies"("business_id");
ALTER TABLE "subsidies" ADD CONSTRAINT "subsidies_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE SEQUENCE start_subsidy_number;

DROP TRIGGER subsidies_wait ON subsidies;
CREATE CONSTRAINT TRIGGER subsidies_wait AFTER INSERT OR UPDATE ON subsidies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.programme NOT IN ('workplace_adaptation', 'training_stipend', 'self_employment_start')) EXECUTE FUNCTION open_row_has_a_task('subsidy');
CREATE CONSTRAINT TRIGGER start_subsidies_wait AFTER INSERT OR UPDATE ON subsidies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.programme = 'self_employment_start') EXECUTE FUNCTION open_row_has_a_task('start-subsidy');

-- One start subsidy of a person is open or paid.
CREATE UNIQUE INDEX subsidies_one_start ON subsidies (person_id)
  WHERE programme = 'self_employment_start' AND state NOT IN ('refused', 'stopped');

-- Its rule, without a cap, in each version on record that has none: the law sets none yet. The fund needs an account to repay to.
UPDATE policy_versions SET rules = jsonb_set(rules, '{programmes,self_employment_start}', '{
  "act": "The mechanism of employment: a one-off subsidy of the state fund of social protection for the costs of registration. The law sets no amount yet.",
  "fund": "social_protection",
  "cap": null,
  "review": {"n": 3, "unit": "days"},
  "payWithin": {"n": 3, "unit": "workingDays"}
}'::jsonb) WHERE NOT rules->'programmes' ? 'self_employment_start';
UPDATE policy_versions SET rules = jsonb_set(rules, '{fundAccounts}', '{
  "social_protection": {"holder": "State Fund of Social Protection", "number": "23402000000000000002", "mfo": "00014"}
}'::jsonb || coalesce(rules->'fundAccounts', '{}')) WHERE NOT coalesce(rules->'fundAccounts', '{}') ? 'social_protection';
