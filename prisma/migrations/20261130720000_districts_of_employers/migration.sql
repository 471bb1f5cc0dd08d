-- The employment office of the district of a referral's employer sees its inspection. The database keeps that district beside the
-- inspection. A referral keeps its employer, also after a succession.
ALTER TABLE "inspections" ADD COLUMN "employer_district" TEXT;
CREATE INDEX "inspections_employer_district_open_state_id_case_area_idx" ON "inspections"("employer_district" text_pattern_ops, "open", "state", "id", "case_area");
DROP INDEX "inspections_employer_id_open_id_case_area_referral_id_idx";

-- An inspection waits for the end of the employer's move, so that it has the district after it.
CREATE FUNCTION inspection_of_employer_district() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.employer_district := (
    SELECT district FROM employers WHERE id = (SELECT employer_id FROM referrals WHERE id = NEW.referral_id) FOR SHARE);
  RETURN NEW;
END;
$$;
CREATE TRIGGER inspections_employer_district BEFORE INSERT OR UPDATE OF referral_id ON inspections
  FOR EACH ROW EXECUTE FUNCTION inspection_of_employer_district();

CREATE FUNCTION inspections_follow_employer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inspections SET employer_district = NEW.district FROM referrals
  WHERE referrals.employer_id = NEW.id AND referral_id = referrals.id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER employers_district_of_inspections AFTER UPDATE OF district ON employers
  FOR EACH ROW WHEN (OLD.district <> NEW.district) EXECUTE FUNCTION inspections_follow_employer();

UPDATE inspections SET employer_district = employers.district FROM referrals JOIN employers ON employers.id = referrals.employer_id
WHERE referrals.id = referral_id;
