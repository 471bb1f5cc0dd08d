-- A stipend is drawn for a training.
ALTER TABLE "subsidies" ADD COLUMN "training_id" TEXT;
CREATE INDEX "subsidies_training_id_idx" ON "subsidies"("training_id");
ALTER TABLE "subsidies" ADD CONSTRAINT "subsidies_training_id_fkey" FOREIGN KEY ("training_id") REFERENCES "trainings"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE SEQUENCE stipend_number;

DROP TRIGGER subsidies_wait ON subsidies;
CREATE CONSTRAINT TRIGGER subsidies_wait AFTER INSERT OR UPDATE ON subsidies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.programme NOT IN ('workplace_adaptation', 'training_stipend')) EXECUTE FUNCTION open_row_has_a_task('subsidy');
CREATE CONSTRAINT TRIGGER stipends_wait AFTER INSERT OR UPDATE ON subsidies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.programme = 'training_stipend') EXECUTE FUNCTION open_row_has_a_task('stipend');

-- The stipend's rule, in each version on record that has none.
UPDATE policy_versions SET rules = jsonb_set(rules, '{programmes,training_stipend}', '{
  "act": "The mechanism of employment, step 5: a stipend while studying. The amount is the default of the service.",
  "multiple": 100,
  "proRata": "pro_rata",
  "bhm": "last_day"
}'::jsonb) WHERE NOT rules->'programmes' ? 'training_stipend';
