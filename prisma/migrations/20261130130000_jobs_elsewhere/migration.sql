-- The officials of a region also see the jobs of its employers in other regions. They are few; the database keeps the employer's region
-- with them.
ALTER TABLE "vacancies" ADD COLUMN "employer_elsewhere" TEXT;
CREATE INDEX vacancies_elsewhere ON vacancies (employer_elsewhere, id) WHERE employer_elsewhere IS NOT NULL;

CREATE FUNCTION job_of_employer_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.employer_elsewhere := (SELECT nullif(left(district, 4), left(NEW.district, 4)) FROM employers WHERE id = NEW.employer_id);
  RETURN NEW;
END;
$$;
CREATE TRIGGER vacancies_employer_elsewhere BEFORE INSERT OR UPDATE OF employer_id, district ON vacancies
  FOR EACH ROW EXECUTE FUNCTION job_of_employer_elsewhere();

CREATE FUNCTION jobs_follow_employer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE vacancies SET employer_elsewhere = nullif(left(NEW.district, 4), left(district, 4)) WHERE employer_id = NEW.id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER employers_district_of_jobs AFTER UPDATE OF district ON employers
  FOR EACH ROW WHEN (OLD.district <> NEW.district) EXECUTE FUNCTION jobs_follow_employer();

UPDATE vacancies SET employer_elsewhere = left(employers.district, 4) FROM employers
WHERE employers.id = employer_id AND left(employers.district, 4) <> left(vacancies.district, 4);
