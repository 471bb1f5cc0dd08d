-- The participations of cases are kept for the pathway report: a year has hundreds of thousands, each with its hires.
CREATE TABLE "participations" (
  "case_id" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  "start" DATE NOT NULL,
  "before" DATE,
  "area" TEXT NOT NULL,
  "in_work" BOOLEAN NOT NULL,
  "hires" INTEGER NOT NULL,
  "retained" INTEGER NOT NULL,
  "not_known" INTEGER NOT NULL,
  "first_over" DATE,
  "all_over" DATE,
  "retained_on" DATE,

  CONSTRAINT "participations_pkey" PRIMARY KEY ("case_id", "n")
);
CREATE INDEX "participations_start_idx" ON "participations"("start");

-- Each confirmed hire of a case, with the last day of its monitoring if nobody monitors it any more, and its fate after that day.
CREATE VIEW hires AS
  SELECT id, case_id, (confirmed_at AT TIME ZONE 'Asia/Tashkent')::date AS confirmed, ended_on::date AS ended,
    CASE WHEN NOT open THEN last END AS over,
    CASE WHEN state = 'retained' OR ended_on::date > last THEN 'retained' WHEN ended_on IS NULL THEN 'not_known' ELSE 'lost' END AS fate
  FROM employments, LATERAL (SELECT (hired_on::date + make_interval(months => months))::date AS last) AS monitored
  WHERE how <> 'successor' AND case_id IS NOT NULL;

-- The first days of participations: the ends of measures, and days of plans (n is 0). "before" is the participation before it.
CREATE VIEW counted_participations AS
  WITH starts AS (
    SELECT c.id AS case_id, m.n, c.area, m.ended_on::date AS start
    FROM cases c JOIN measures m ON m.case_id = c.id
    WHERE m.kind <> 'job' AND m.ended_on IS NOT NULL AND c.planned_at IS NOT NULL
    UNION ALL
    SELECT id, 0, area, (planned_at AT TIME ZONE 'Asia/Tashkent')::date
    FROM cases c
    WHERE planned_at IS NOT NULL
      AND (EXISTS (SELECT FROM measures WHERE case_id = c.id AND n = 1 AND kind = 'job')
        OR NOT EXISTS (SELECT FROM measures WHERE case_id = c.id AND kind <> 'job' AND ended_on IS NOT NULL)
          AND EXISTS (SELECT FROM employments WHERE case_id = c.id AND how <> 'successor'))
  )
  SELECT s.case_id, s.n, s.start, lag(s.start) OVER (PARTITION BY s.case_id ORDER BY s.start, s.n) AS before, s.area,
    coalesce(bool_or(h.confirmed <= s.start + 28), false) AS in_work,
    count(h.id)::int AS hires,
    (count(*) FILTER (WHERE h.fate = 'retained'))::int AS retained,
    (count(*) FILTER (WHERE h.fate = 'not_known'))::int AS not_known,
    min(h.over) AS first_over,
    CASE WHEN count(h.id) = count(h.over) THEN max(h.over) END AS all_over,
    min(h.over) FILTER (WHERE h.fate = 'retained') AS retained_on
  FROM starts s LEFT JOIN hires h ON h.case_id = s.case_id AND (h.ended IS NULL OR h.ended > s.start)
  GROUP BY s.case_id, s.n, s.start, s.area;

INSERT INTO participations SELECT * FROM counted_participations;
ANALYZE "participations";

CREATE FUNCTION keep_participations_of(participant text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM participations WHERE case_id = participant;
  INSERT INTO participations SELECT * FROM counted_participations WHERE case_id = participant;
END;
$$;

-- The writer of these rows has locked the case. The argument is the column with the number of the case.
CREATE FUNCTION participations_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM keep_participations_of(to_jsonb(coalesce(NEW, OLD))->>TG_ARGV[0]);
  RETURN NULL;
END;
$$;
CREATE TRIGGER cases_planned_participations AFTER INSERT ON cases
  FOR EACH ROW WHEN (NEW.planned_at IS NOT NULL) EXECUTE FUNCTION participations_kept('id');
CREATE TRIGGER cases_participations AFTER UPDATE OF planned_at, area ON cases
  FOR EACH ROW WHEN ((OLD.planned_at, OLD.area) IS DISTINCT FROM (NEW.planned_at, NEW.area)) EXECUTE FUNCTION participations_kept('id');
CREATE TRIGGER measures_new_participations AFTER INSERT ON measures
  FOR EACH ROW WHEN (NEW.ended_on IS NOT NULL OR NEW.n = 1 AND NEW.kind = 'job') EXECUTE FUNCTION participations_kept('case_id');
CREATE TRIGGER measures_participations AFTER UPDATE OF kind, ended_on ON measures
  FOR EACH ROW WHEN ((OLD.kind, OLD.ended_on) IS DISTINCT FROM (NEW.kind, NEW.ended_on)) EXECUTE FUNCTION participations_kept('case_id');
CREATE TRIGGER measures_dropped_participations AFTER DELETE ON measures
  FOR EACH ROW EXECUTE FUNCTION participations_kept('case_id');
CREATE TRIGGER employments_new_participations AFTER INSERT ON employments
  FOR EACH ROW WHEN (NEW.case_id IS NOT NULL) EXECUTE FUNCTION participations_kept('case_id');
CREATE TRIGGER employments_participations AFTER UPDATE OF case_id, hired_on, months, confirmed_at, how, ended_on, state, open ON employments
  FOR EACH ROW WHEN (NEW.case_id IS NOT NULL AND (OLD.case_id, OLD.hired_on, OLD.months, OLD.confirmed_at, OLD.how, OLD.ended_on, OLD.state, OLD.open)
    IS DISTINCT FROM (NEW.case_id, NEW.hired_on, NEW.months, NEW.confirmed_at, NEW.how, NEW.ended_on, NEW.state, NEW.open))
  EXECUTE FUNCTION participations_kept('case_id');
