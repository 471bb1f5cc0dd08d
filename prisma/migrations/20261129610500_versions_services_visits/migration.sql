-- AlterTable
ALTER TABLE "people" ADD COLUMN     "works_as_of" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "visits" ADD COLUMN     "latest" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "case_versions" (
    "case_id" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT NOT NULL,

    CONSTRAINT "case_versions_pkey" PRIMARY KEY ("case_id","of","n")
);

-- CreateTable
CREATE TABLE "services" (
    "case_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "due_on" TEXT,
    "added_on" TEXT NOT NULL,
    "ended_on" TEXT,
    "outcome" TEXT,

    CONSTRAINT "services_pkey" PRIMARY KEY ("case_id","n")
);

-- AddForeignKey
ALTER TABLE "case_versions" ADD CONSTRAINT "case_versions_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "services" ADD CONSTRAINT "services_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is known of a person's work, whatever path an employment is written by: an employment that the service confirmed and that has
-- not ended counts, and so does YAMMT's word about every other employer, unless that job has ended since.
CREATE FUNCTION know_work(who text) RETURNS void LANGUAGE sql AS $$
  WITH jobs AS (
    SELECT stir, contract, hired_on, employments.ended_on
    FROM employments JOIN employers ON employers.id = employer_id WHERE person_id = who),
  said AS (
    SELECT one FROM people CROSS JOIN LATERAL
      jsonb_array_elements(CASE jsonb_typeof(works) WHEN 'array' THEN works ELSE '[]' END) AS one
    WHERE people.id = who AND NOT one ? 'confirmed'),
  known AS (
    SELECT jsonb_strip_nulls(jsonb_build_object('stir', stir, 'contract', contract, 'since', hired_on, 'confirmed', true)) AS work
    FROM jobs WHERE ended_on IS NULL
    UNION ALL
    SELECT one FROM said WHERE NOT EXISTS (
      SELECT FROM jobs WHERE stir = one ->> 'stir' AND (ended_on IS NULL OR one ->> 'since' <= ended_on)))
  UPDATE people SET works = (
    SELECT CASE WHEN count(*) = 0 AND works_as_of IS NULL THEN NULL ELSE coalesce(jsonb_agg(work ORDER BY work ->> 'since'), '[]') END
    FROM known)
  WHERE id = who;
$$;
CREATE FUNCTION employment_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM know_work(NEW.person_id);
  RETURN NULL;
END;
$$;
CREATE TRIGGER employments_known AFTER INSERT OR UPDATE OF ended_on, hired_on, contract, employer_id ON employments
  FOR EACH ROW EXECUTE FUNCTION employment_written();
CREATE FUNCTION work_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM know_work(NEW.id);
  RETURN NULL;
END;
$$;
CREATE TRIGGER people_work_told AFTER UPDATE OF works_as_of ON people FOR EACH ROW EXECUTE FUNCTION work_told();
-- YAMMT answered when the event says so. This fires the trigger: employments on record count, too.
UPDATE people SET works_as_of = (SELECT max(at) FROM events WHERE type = 'present_work' AND person_id = people.id)
WHERE works IS NOT NULL OR id IN (SELECT person_id FROM employments);

-- The last visit of a person, whichever of their records it stands on.
CREATE FUNCTION latest_visit(kept text) RETURNS void LANGUAGE sql AS $$
  WITH records AS (SELECT id FROM people WHERE id = kept OR joined_to = kept),
    last AS (SELECT id FROM visits WHERE person_id IN (SELECT id FROM records) ORDER BY "on" DESC, id DESC LIMIT 1)
  UPDATE visits SET latest = NOT latest
  WHERE person_id IN (SELECT id FROM records) AND latest <> (id IN (SELECT id FROM last));
$$;
CREATE FUNCTION visited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM latest_visit(coalesce(joined_to, id)) FROM people WHERE id = NEW.person_id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER visits_latest AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION visited();
CREATE FUNCTION records_joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM latest_visit(kept) FROM unnest(ARRAY[NEW.id, NEW.joined_to, OLD.joined_to]) AS kept
  WHERE kept IS NOT NULL AND NOT (kept = NEW.id AND NEW.joined_to IS NOT NULL);
  RETURN NULL;
END;
$$;
CREATE TRIGGER people_joined_visits AFTER UPDATE OF joined_to ON people FOR EACH ROW EXECUTE FUNCTION records_joined();
CREATE INDEX visits_come_again ON visits (come_again_on, id) WHERE latest;
UPDATE visits SET latest = true WHERE id IN (
  SELECT DISTINCT ON (coalesce(people.joined_to, people.id)) visits.id FROM visits JOIN people ON people.id = visits.person_id
  ORDER BY coalesce(people.joined_to, people.id), visits."on" DESC, visits.id DESC);

-- What was assessed and planned last is the first version on record.
INSERT INTO case_versions (case_id, of, n, body, at, by_id)
SELECT cases.id, 'assessment', 1, assessment, coalesce(last.at, opened_at), coalesce(last.actor_id, manager_id, 'service')
FROM cases LEFT JOIN LATERAL (
  SELECT at, actor_id FROM events WHERE case_id = cases.id AND type = 'assessed' ORDER BY id DESC LIMIT 1) AS last ON true
WHERE jsonb_typeof(assessment) = 'object';
INSERT INTO case_versions (case_id, of, n, body, at, by_id)
SELECT cases.id, 'plan', 1,
  jsonb_build_object('measures', coalesce((
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('kind', kind, 'provider', provider, 'dueOn', due_on,
      'startedOn', started_on, 'endedOn', ended_on, 'outcome', outcome)) ORDER BY n)
    FROM measures WHERE case_id = cases.id), '[]'), 'services', coalesce(plan -> 'services', '[]')),
  coalesce(last.at, planned_at, opened_at), coalesce(last.actor_id, manager_id, 'service')
FROM cases LEFT JOIN LATERAL (
  SELECT at, actor_id FROM events WHERE case_id = cases.id AND type = 'planned' ORDER BY id DESC LIMIT 1) AS last ON true
WHERE jsonb_typeof(plan) = 'object';
INSERT INTO services (case_id, n, kind, provider, due_on, added_on, ended_on, outcome)
SELECT cases.id, n, service ->> 'kind', service ->> 'provider', service ->> 'dueOn', planned_on,
  CASE WHEN service ? 'outcome' OR NOT open THEN planned_on END,
  coalesce(service ->> 'outcome', CASE WHEN NOT open THEN 'case_closed' END)
FROM cases CROSS JOIN LATERAL jsonb_array_elements(plan -> 'services') WITH ORDINALITY AS listed (service, n)
  CROSS JOIN LATERAL (SELECT to_char(planned_at AT TIME ZONE 'Asia/Tashkent', 'YYYY-MM-DD') AS planned_on) AS days
WHERE jsonb_typeof(plan -> 'services') = 'array';
-- A service that has no outcome yet is a task of the case manager, until its day or a month after the plan.
INSERT INTO tasks (subject, kind, ref, role, area, assignee_id, case_id, person_id, since, due, rule, next_at, policy_id)
SELECT 'case/' || cases.id, 'service', services.n::text, CASE WHEN manager_id IS NULL THEN 'supervisor' ELSE 'case_manager' END,
  area, manager_id, cases.id, person_id, planned_at, ends, rule, ends + interval '1 second', coalesce((
    SELECT policy_id FROM tasks WHERE tasks.case_id = cases.id ORDER BY id DESC LIMIT 1), '')
FROM services JOIN cases ON cases.id = services.case_id
  CROSS JOIN LATERAL (SELECT CASE WHEN due_on > added_on
      THEN jsonb_build_object('from', added_on, 'length', jsonb_build_object('n', due_on::date - added_on::date, 'unit', 'days'))
      ELSE jsonb_build_object('from', added_on, 'length', jsonb_build_object('n', 1, 'unit', 'months')) END AS rule,
    CASE WHEN due_on > added_on THEN due_on::date ELSE (added_on::date + interval '1 month')::date END AS last) AS counted
  CROSS JOIN LATERAL (SELECT (last + time '23:59:59') AT TIME ZONE 'Asia/Tashkent' AS ends) AS ending
WHERE services.ended_on IS NULL;
