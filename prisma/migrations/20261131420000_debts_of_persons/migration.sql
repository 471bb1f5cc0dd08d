-- A person repays in equal monthly parts, counted from a day. The consent is to a part of later payables. What a person does not owe is
-- written off, and counted against the office that caused it.
ALTER TABLE "recoveries" ADD COLUMN "instalments_from" TEXT, ADD COLUMN "consent" JSONB, ADD COLUMN "caused_by" TEXT;

-- The people of a person's case also see the corrections of what the person is paid.
ALTER TABLE "approvals" ADD COLUMN "person_area" TEXT;
CREATE INDEX "approvals_person_area_id_idx" ON "approvals"("person_area" text_pattern_ops, "id");
CREATE FUNCTION correction_in_persons_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.person_area := (SELECT person_area FROM claims WHERE 'claim/' || id = NEW.about);
  RETURN NEW;
END;
$$;
CREATE TRIGGER approvals_person_area BEFORE INSERT ON approvals
  FOR EACH ROW WHEN (NEW.kind = 'correction' AND NEW.employer_id IS NULL) EXECUTE FUNCTION correction_in_persons_area();

CREATE OR REPLACE FUNCTION keep_area_of_payables(person text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  place text := area_of_payee('person/' || person);
BEGIN
  UPDATE subsidies SET person_area = place WHERE payee = 'person/' || person AND person_area IS DISTINCT FROM place;
  UPDATE claims SET person_area = place WHERE payee = 'person/' || person AND person_area IS DISTINCT FROM place;
  UPDATE recoveries SET person_area = place WHERE payee = 'person/' || person AND person_area IS DISTINCT FROM place;
  UPDATE approvals SET person_area = place WHERE person_area IS DISTINCT FROM place
    AND about IN (SELECT 'claim/' || id FROM claims WHERE payee = 'person/' || person);
END;
$$;

UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths}', '{
  "personsObjection": {"n": 20, "unit": "workingDays"},
  "writingOff": {"n": 5, "unit": "workingDays"}
}'::jsonb || (rules->'lengths'));
