-- The people of a person's case look for what the person is paid. The database keeps beside it the area of the open case, or else the
-- person's mahalla.
ALTER TABLE "subsidies" ADD COLUMN "person_area" TEXT;
ALTER TABLE "claims" ADD COLUMN "person_area" TEXT;
ALTER TABLE "recoveries" ADD COLUMN "person_area" TEXT;
CREATE INDEX "subsidies_payee_idx" ON "subsidies"("payee");
CREATE INDEX "subsidies_person_area_state_id_idx" ON "subsidies"("person_area" text_pattern_ops, "state", "id");
CREATE INDEX "claims_person_area_state_id_fund_idx" ON "claims"("person_area" text_pattern_ops, "state", "id", "fund");
CREATE INDEX "recoveries_person_area_state_id_idx" ON "recoveries"("person_area" text_pattern_ops, "state", "id");

CREATE FUNCTION area_of_payee(payee text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT area FROM cases WHERE person_id = people.id AND open LIMIT 1), mahalla)
  FROM people WHERE payee LIKE 'person/%' AND id = substr(payee, 8)
$$;

-- The payee is known by then: the triggers of a table fire in the order of their names. A person's move is waited for.
CREATE FUNCTION payable_in_persons_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM people WHERE id = NEW.person_id FOR SHARE;
  NEW.person_area := area_of_payee(NEW.payee);
  RETURN NEW;
END;
$$;
CREATE TRIGGER subsidies_person_area BEFORE INSERT OR UPDATE OF employer_id, person_id ON subsidies
  FOR EACH ROW WHEN (NEW.employer_id IS NULL) EXECUTE FUNCTION payable_in_persons_area();
CREATE TRIGGER claims_person_area BEFORE INSERT OR UPDATE OF employer_id, person_id ON claims
  FOR EACH ROW WHEN (NEW.employer_id IS NULL) EXECUTE FUNCTION payable_in_persons_area();
CREATE TRIGGER recoveries_person_area BEFORE INSERT OR UPDATE OF employer_id, person_id ON recoveries
  FOR EACH ROW WHEN (NEW.employer_id IS NULL) EXECUTE FUNCTION payable_in_persons_area();

CREATE FUNCTION keep_area_of_payables(person text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  place text := area_of_payee('person/' || person);
BEGIN
  UPDATE subsidies SET person_area = place WHERE payee = 'person/' || person AND person_area IS DISTINCT FROM place;
  UPDATE claims SET person_area = place WHERE payee = 'person/' || person AND person_area IS DISTINCT FROM place;
  UPDATE recoveries SET person_area = place WHERE payee = 'person/' || person AND person_area IS DISTINCT FROM place;
END;
$$;
CREATE FUNCTION payables_follow_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_area_of_payables(NEW.person_id);
  RETURN NULL;
END;
$$;
CREATE TRIGGER cases_area_of_payables AFTER INSERT OR UPDATE OF area, open ON cases
  FOR EACH ROW EXECUTE FUNCTION payables_follow_case();
CREATE FUNCTION payables_follow_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_area_of_payables(NEW.id);
  RETURN NULL;
END;
$$;
CREATE TRIGGER people_area_of_payables AFTER UPDATE OF mahalla ON people
  FOR EACH ROW WHEN (OLD.mahalla <> NEW.mahalla) EXECUTE FUNCTION payables_follow_person();

CREATE VIEW payables_of_persons AS
  SELECT id, payee, person_area FROM subsidies WHERE employer_id IS NULL
  UNION ALL SELECT id, payee, person_area FROM claims WHERE employer_id IS NULL
  UNION ALL SELECT id, payee, person_area FROM recoveries WHERE employer_id IS NULL;

-- The bank at whose cash desk a person without an account is paid.
ALTER TABLE "accounts" ADD COLUMN "desk" TEXT;

-- The case that a person's payable belongs to, for its time line.
ALTER TABLE "subsidies" ADD COLUMN "case_id" TEXT;
CREATE INDEX "subsidies_case_id_idx" ON "subsidies"("case_id");
