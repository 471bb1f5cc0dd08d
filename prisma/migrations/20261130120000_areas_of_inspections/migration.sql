-- An inspection lies in the employer's region. The people of its case look for it in the area of the case, which the database keeps
-- beside it.
ALTER TABLE "inspections" ADD COLUMN "case_area" TEXT;
CREATE INDEX "inspections_case_area_open_state_id_referral_id_idx" ON "inspections"("case_area" text_pattern_ops, "open", "state", "id", "referral_id");
DROP INDEX "inspections_employer_id_open_idx";
CREATE INDEX "inspections_employer_id_open_id_case_area_referral_id_idx" ON "inspections"("employer_id", "open", "id", "case_area", "referral_id");

CREATE FUNCTION inspection_in_case_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.case_area := (SELECT area FROM cases WHERE id = NEW.case_id);
  RETURN NEW;
END;
$$;
CREATE TRIGGER inspections_case_area BEFORE INSERT OR UPDATE OF case_id ON inspections
  FOR EACH ROW EXECUTE FUNCTION inspection_in_case_area();

CREATE FUNCTION inspections_follow_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inspections SET case_area = NEW.area WHERE case_id = NEW.id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER cases_area_of_inspections AFTER UPDATE OF area ON cases
  FOR EACH ROW WHEN (OLD.area <> NEW.area) EXECUTE FUNCTION inspections_follow_case();

UPDATE inspections SET case_area = cases.area FROM cases WHERE cases.id = case_id;
