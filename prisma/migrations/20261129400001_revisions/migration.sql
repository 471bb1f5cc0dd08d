-- CreateTable
CREATE TABLE "revisions" (
    "subject" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "fields" TEXT[],

    CONSTRAINT "revisions_pkey" PRIMARY KEY ("subject","n")
);

-- AlterTable
ALTER TABLE "commands" ADD COLUMN "expects" INTEGER;

-- What people edit counts its revisions, whatever path it is written by: which columns changed, in which revision.
CREATE FUNCTION revise(which text, changed text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO revisions (subject, n, fields) SELECT which, coalesce(max(n), 0) + 1, changed FROM revisions WHERE subject = which;
$$;

-- Arguments: the kind, its key, the columns that count.
CREATE FUNCTION columns_revised() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  written jsonb := to_jsonb(NEW);
  changed text[];
BEGIN
  SELECT array_agg(field) INTO changed FROM unnest(TG_ARGV[2:]) AS field WHERE before -> field IS DISTINCT FROM written -> field;
  IF changed IS NOT NULL THEN
    PERFORM revise(TG_ARGV[0] || '/' || (written ->> TG_ARGV[1]), changed);
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER people_revised AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION columns_revised('person', 'id',
  'name', 'mahalla', 'address', 'phone', 'email', 'language', 'guardian', 'skills', 'wishes', 'recommendation', 'recommended_until', 'died_on');
CREATE TRIGGER employers_revised AFTER UPDATE ON employers FOR EACH ROW EXECUTE FUNCTION columns_revised('employer', 'id',
  'name', 'district', 'phone', 'email', 'language', 'ownership', 'state_share', 'employees', 'week', 'state', 'ended_on', 'successor_id');
CREATE TRIGGER vacancies_revised AFTER UPDATE ON vacancies FOR EACH ROW EXECUTE FUNCTION columns_revised('vacancy', 'id',
  'work', 'title', 'places', 'conditions', 'skills', 'hours_per_week', 'wage', 'district', 'state');
CREATE TRIGGER officials_revised AFTER UPDATE ON officials FOR EACH ROW EXECUTE FUNCTION columns_revised('official', 'id',
  'name', 'phone', 'email', 'language', 'person');
CREATE TRIGGER territories_revised AFTER UPDATE ON territories FOR EACH ROW EXECUTE FUNCTION columns_revised('territory', 'code',
  'name_latn', 'name_cyrl');

-- Of a case the assessment and the plan are edited. A plan stands in tables of its own. Each of its versions writes planned_at.
CREATE FUNCTION column_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM revise(TG_ARGV[0] || '/' || NEW.id, TG_ARGV[1:]);
  RETURN NULL;
END;
$$;
CREATE TRIGGER cases_assessed AFTER UPDATE OF assessment ON cases FOR EACH ROW EXECUTE FUNCTION column_written('case', 'assessment');
CREATE TRIGGER cases_planned AFTER UPDATE OF planned_at ON cases FOR EACH ROW EXECUTE FUNCTION column_written('case', 'plan');
