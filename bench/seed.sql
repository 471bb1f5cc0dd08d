-- A republic of people and cases, as five years leave it on 30 November 2026, to measure how each role reads its lists and reports: rows
-- are in every state and wait for every role. No list reads messages and commands, so there are none: tools/grown/seed.sql has them, to
-- measure sizes. The setting seed.cases says how many cases. Triggers do not run, so the rows must be whole. A mahalla has about 110 cases
-- at any size; a district has 46 mahallas and a region 14 districts.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '256MB';

-- Indexes are made at the end, which takes a third of the time. Unique ones stay.
CREATE TEMP TABLE aside AS SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = 'public'::regnamespace AND NOT indisunique;
DO $$ DECLARE name text; BEGIN FOR name IN SELECT aside.name FROM aside LOOP EXECUTE 'DROP INDEX ' || name; END LOOP; END $$;

CREATE FUNCTION pg_temp.cases() RETURNS int LANGUAGE sql AS $$ SELECT current_setting('seed.cases')::int $$;
CREATE FUNCTION pg_temp.number(letter text, n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT letter || '-' || lpad(n::text, greatest(6, length(n::text)), '0') $$;
CREATE FUNCTION pg_temp.day(at timestamptz) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') $$;

CREATE TEMP TABLE mahallas AS
SELECT m, region, region || place.district AS district, region || place.district || lpad((m % 46 + 1)::text, 3, '0') AS area
FROM generate_series(0, least(14 * 14 * 46, greatest(46, pg_temp.cases() / 110)) - 1) AS m,
  LATERAL (SELECT (ARRAY[1703, 1706, 1708, 1710, 1712, 1714, 1718, 1722, 1724, 1726, 1727, 1730, 1733, 1735])[m / 644 % 14 + 1]::text AS region,
                  (201 + m / 46 % 14)::text AS district) AS place;
ANALYZE mahallas;
INSERT INTO territories (code, kind, parent, name_latn)
SELECT DISTINCT region, 'region', NULL, 'Region ' || region FROM mahallas
UNION ALL SELECT DISTINCT district, 'district', region, 'District ' || district FROM mahallas
UNION ALL SELECT area, 'mahalla', district, 'Mahalla ' || area FROM mahallas;
INSERT INTO officials (id, name, role, rank, area)
SELECT 'M-' || area, 'Manager of ' || area, 'case_manager', 'officer', area FROM mahallas
UNION ALL SELECT role || '-' || rank || '-' || district, 'Official of ' || district, role, rank, district
  FROM (SELECT DISTINCT district FROM mahallas) d, (VALUES ('supervisor', 'officer'), ('employment_officer', 'officer'), ('employment_officer', 'head')) o (role, rank)
UNION ALL SELECT role || '-' || rank || '-' || region, 'Official of ' || region, role, rank, region
  FROM (SELECT DISTINCT region FROM mahallas) r, (VALUES ('labour_inspector', 'officer'), ('labour_inspector', 'head'), ('finance_officer', 'officer'), ('finance_officer', 'head'), ('training_officer', 'officer')) o (role, rank)
UNION ALL VALUES ('administrator', 'Administrator', 'administrator', 'officer', ''), ('auditor', 'Auditor', 'auditor', 'officer', '');

-- A centre in each district, with twenty courses.
INSERT INTO centres (id, stir, kind, name, district, accessibility)
SELECT pg_temp.number('TC', row_number() OVER (ORDER BY district)), (300000000 + row_number() OVER (ORDER BY district))::text, 'monomarkaz', 'Monomarkaz of ' || district, district, '{ramp}'
FROM (SELECT DISTINCT district FROM mahallas) d;
INSERT INTO courses (id, centre_id, field, title, level, language, places, rolling, weeks, first_day, last_day, held_on, starts_at, ends_at, skills, conditions)
SELECT pg_temp.number('CO', row_number() OVER (ORDER BY id, n)), id, (n * 7 % 130 + 100)::text, (ARRAY['Tikuvchilik', 'Sotuv', 'Hisob'])[n % 3 + 1], 'beginner', 'uz', 12, n % 4 = 0,
  CASE n % 4 WHEN 0 THEN 8 END, CASE WHEN n % 4 > 0 THEN '2027-01-11' END, CASE WHEN n % 4 > 0 THEN '2027-04-30' END, '{monday,wednesday,friday}', '09:00', '13:00', '{}', '{day_work}'
FROM centres, generate_series(1, 20) AS n;

INSERT INTO employers (id, stir, name, district, phone, employees)
SELECT pg_temp.number('E', n), (200000000 + n)::text, (ARRAY['Tikuv', 'Non', 'Paxta', 'Mebel', 'Savdo'])[n % 5 + 1] || n % 997 || ' ' || n, district, '+998712345678', 20 + n % 300
FROM generate_series(1, pg_temp.cases() / 50 + 200) AS e (n) JOIN mahallas ON mahallas.m = e.n * 37 % (SELECT count(*) FROM mahallas);
INSERT INTO vacancies (id, employer_id, kind, work, title, places, taken, conditions, skills, hours_per_week, wage, district, state)
SELECT pg_temp.number('V', n * 2 + half), id, (ARRAY['vacant', 'reserved'])[half + 1], (n % 130 + 100)::text, (ARRAY['Tikuvchi', 'Sotuvchi', 'Hisobchi'])[n % 3 + 1], 5, n % 6, '{}', '{}', 40, 3000000, district, 'open'
FROM (SELECT row_number() OVER (ORDER BY id) AS n, id, district FROM employers) e, generate_series(0, 1) AS half;
INSERT INTO accounts (id, employer_id, number, mfo, holder_stir, state, proposed_by, proposed_at, confirmed_by, confirmed_at, usable_from)
SELECT replace(id, 'E', 'AC'), id, '20208000' || stir || '001', '00014', stir, 'confirmed', 'a', '2022-01-01', 'b', '2022-01-02', '2022-01-03' FROM employers;

-- A man born between 1955 and 2004, so that a day has some twenty of a million. The last digit checks the others.
CREATE FUNCTION pg_temp.birth(n bigint) RETURNS timestamptz IMMUTABLE LANGUAGE sql AS
$$ SELECT '1955-01-01'::timestamptz + n * 7919 % 16000 * interval '1 day' $$;
CREATE FUNCTION pg_temp.pinfl(n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT digits || (SELECT sum(substr(digits, i, 1)::int * (ARRAY[7, 3, 1])[(i - 1) % 3 + 1]) % 10 FROM generate_series(1, 13) AS i)
   FROM (SELECT '3' || to_char(pg_temp.birth(n), 'DDMMYY') || lpad((n / 16000)::text, 6, '0') AS digits) d $$;
INSERT INTO people (id, pinfl, name, birth, sex, mahalla, address, phone, skills, recommendation, recommended_until, works, works_as_of, created_at)
SELECT pg_temp.number('P', p.n), pg_temp.pinfl(p.n),
  (ARRAY['Aliyev', 'Karimov', 'Yusupov', 'Rahimov', 'Saidov', 'Nazarov', 'Ergashev', 'Xolmatov'])[p.n % 8 + 1] || left(md5(p.n::text), 3) || ' ' || (ARRAY['Anvar', 'Dilnoza', 'Jasur', 'Malika', 'Nodira'])[p.n / 8 % 5 + 1] || ' ' || left(md5((p.n * 3)::text), 6),
  pg_temp.day(pg_temp.birth(p.n)), 'male', area, p.n % 300 || ' Navoiy street', '+99890' || lpad((p.n % 10000000)::text, 7, '0'),
  CASE p.n % 9 WHEN 0 THEN '{accounting}' ELSE '{sewing}' END::text[],
  '{"group": 2, "words": "light work", "suitableKinds": ["sewing"], "unsuitableKinds": [], "conditions": []}', pg_temp.day('2026-12-15'::timestamptz + p.n % 900 * interval '1 day'), '[]', '2026-11-01', '2021-11-01'::timestamptz + p.n::bigint * 31 % 1800 * interval '1 day'
FROM generate_series(1, pg_temp.cases() / 10 * 11) AS p (n) JOIN mahallas ON mahallas.m = p.n % (SELECT count(*) FROM mahallas);
INSERT INTO doubles SELECT a, b, mahalla FROM possible_doubles;
INSERT INTO visits (person_id, "on", offered, wish, come_again_on, latest, by_id, at)
SELECT id, pg_temp.day(created_at), '{sewing}', 'job', CASE WHEN right(id, 1) = '7' THEN '2026-12-10' END, true, 'M-' || mahalla, created_at FROM people WHERE right(id, 1) < '4';

-- One row a case, with all that follows from its state. Six of ten are closed, the others began within ten months.
CREATE TEMP TABLE lives AS
SELECT c.n, pg_temp.number('C', c.n) AS c, pg_temp.number('P', c.n) AS p, pg_temp.number('R', c.n) AS r, pg_temp.number('J', c.n) AS j, area, region, district, 'M-' || area AS manager, state,
  pg_temp.number('E', c.n * 13 % (pg_temp.cases() / 50 + 200) + 1) AS e, pg_temp.number('V', (c.n * 13 % (pg_temp.cases() / 50 + 200) + 1) * 2) AS v,
  CASE state WHEN 'closed' THEN '2026-04-01'::timestamptz - c.n::bigint * 31 % 1600 * interval '1 day' ELSE '2026-11-28'::timestamptz - c.n::bigint * 17 % 300 * interval '1 day' END AS at,
  state IN ('referred', 'employed', 'retained') OR state = 'closed' AND c.n % 10 < 8 OR state = 'planning' AND c.n % 2 = 0 AS is_referred,
  state IN ('employed', 'retained') OR state = 'closed' AND c.n % 10 < 5 AS is_hired
FROM generate_series(1, pg_temp.cases()) AS c (n) JOIN mahallas ON mahallas.m = c.n % (SELECT count(*) FROM mahallas),
  LATERAL (SELECT CASE WHEN h < 60 THEN 'closed' WHEN h < 65 THEN 'assessment' WHEN h < 75 THEN 'planning' WHEN h < 80 THEN 'referred' WHEN h < 84 THEN 'in_measure' WHEN h < 96 THEN 'employed' ELSE 'retained' END AS state
           FROM (SELECT c.n::bigint * 7919 / 13 % 100 AS h) dice) s;
ANALYZE lives;

INSERT INTO cases (id, person_id, area, manager_id, state, rev, open, since, opened_at, consent, persons_wish, eligibility, assessment, planned_at, closure, outcome, closed_at, correlation_id)
SELECT c, p, area, manager, state, 5, state <> 'closed', at + interval '20 days', at, '{"by": "person", "on": "2024-01-01", "purpose": "help into work"}', 'Sewing near home', 'yes',
  CASE WHEN state <> 'assessment' THEN '{"capabilities": "Sews, embroiders", "needs": "Good light", "wishes": "Sewing", "conditions": "Light manual work, 40 hours a week", "barriers": "None"}'::jsonb END,
  CASE WHEN state <> 'assessment' THEN at + interval '9 days' END, CASE state WHEN 'closed' THEN '{"summary": "done"}'::jsonb END,
  CASE state WHEN 'closed' THEN CASE WHEN is_hired THEN 'retained' ELSE 'withdrawn' END END, CASE state WHEN 'closed' THEN at + interval '230 days' END, md5(c)
FROM lives;
INSERT INTO case_versions (case_id, "of", n, body, at, by_id)
SELECT c, "of", 1, '{"capabilities": "Sews, embroiders", "needs": "Good light"}', at + interval '9 days', manager FROM lives, unnest('{assessment,plan}'::text[]) AS "of" WHERE state <> 'assessment';
INSERT INTO measures (case_id, n, kind, started_on, region)
SELECT c, 1, CASE WHEN state <> 'in_measure' THEN 'job' WHEN n % 2 = 0 THEN 'public_works' ELSE 'training' END, CASE WHEN is_hired OR state = 'in_measure' THEN pg_temp.day(at + interval '20 days') END, region FROM lives WHERE state <> 'assessment';
INSERT INTO services (case_id, n, kind, provider, due_on, added_on, ended_on, outcome)
SELECT c, 1, 'legal', 'Advice centre', pg_temp.day(at + interval '30 days'), pg_temp.day(at + interval '9 days'), pg_temp.day(at + interval '40 days'), 'done' FROM lives WHERE state IN ('closed', 'retained') AND n % 4 = 0;
INSERT INTO referrals (id, case_id, person_id, vacancy_id, employer_id, kind, measure, area, state, rev, open, since, issued_at, delivered_at, delivered_how, decision, decided_at, start_on, outcome, ended_at, correlation_id)
SELECT r, c, p, v, e, 'vacant', 1, area, CASE WHEN state = 'referred' THEN 'delivered' WHEN is_hired THEN 'hired' ELSE 'rejected' END, 3, state = 'referred', at + interval '12 days',
  at + interval '11 days', at + interval '11 days', 'sms', CASE WHEN state <> 'referred' THEN '{"decision": "accept", "startOn": "2024-01-01"}'::jsonb END, CASE WHEN state <> 'referred' THEN at + interval '13 days' END,
  CASE WHEN is_hired THEN pg_temp.day(at + interval '20 days') END, CASE WHEN state <> 'referred' THEN CASE WHEN is_hired THEN 'hired' ELSE 'rejected' END END, CASE WHEN state <> 'referred' THEN at + interval '21 days' END, md5(r)
FROM lives WHERE is_referred;
INSERT INTO inspections (id, referral_id, case_id, case_area, employer_district, person_id, employer_id, ground, job_kind, area, state, rev, open, since, opened_at, facts, resolution, resolved_at, ended_at, correlation_id)
SELECT pg_temp.number('I', n), r, c, area, (SELECT employers.district FROM employers WHERE id = e), p, e, 'rejection', 'vacant', region, CASE WHEN n % 20 = 0 THEN 'examining' ELSE 'unjustified' END, 2, n % 20 = 0, at + interval '13 days', at + interval '13 days', '{}',
  CASE WHEN n % 20 <> 0 THEN '{"resolution": "unjustified", "number": "1"}'::jsonb END, CASE WHEN n % 20 <> 0 THEN at + interval '25 days' END, CASE WHEN n % 20 <> 0 THEN at + interval '25 days' END, md5(r)
FROM lives WHERE is_referred AND NOT is_hired AND state <> 'referred';
INSERT INTO employments (id, case_id, person_id, employer_id, referral_id, measure, contract, hired_on, confirmed_at, how, proof, area, state, rev, open, since, correlation_id)
SELECT j, c, p, e, r, 1, 'K-' || n, pg_temp.day(at + interval '20 days'), at + interval '21 days', 'referral', 'yammt', area, CASE state WHEN 'employed' THEN 'in_force' ELSE 'retained' END, 2, state = 'employed', at + interval '21 days', md5(j)
FROM lives WHERE is_hired;
INSERT INTO checks (employment_id, n, "on", state, answered_at)
SELECT j, k, pg_temp.day(at + interval '20 days' + k * interval '1 month'), CASE WHEN state <> 'employed' OR k < 3 THEN 'passed' ELSE 'ahead' END, CASE WHEN state <> 'employed' OR k < 3 THEN at + interval '20 days' + k * interval '1 month' END
FROM lives, generate_series(1, 6) AS k WHERE is_hired;
INSERT INTO public_works (id, case_id, person_id, measure, area, state, rev, open, since, proposed_at, employer_id, work, title, hours_per_week, conditions, first_on, last_on, pay, agreed_at, started_on, correlation_id)
SELECT pg_temp.number('W', n), c, p, 1, area, 'working', 3, true, at + interval '20 days', at + interval '11 days', e, '753', 'Sewing', 30, '{}', pg_temp.day(at + interval '20 days'), '2026-12-31', 1400000, at + interval '14 days', pg_temp.day(at + interval '20 days'), md5(r)
FROM lives WHERE state = 'in_measure' AND n % 2 = 0;
INSERT INTO participations SELECT * FROM counted_participations;

-- The waits. `ended` absent: open.
CREATE FUNCTION pg_temp.waits(kind text, role text, subject text, days int, length int, condition text, is_open text, ref text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($sql$
    INSERT INTO tasks (subject, kind, ref, role, area, assignee_id, employer_id, case_id, person_id, since, due, rule, next_at, closed_at, closed_how, policy_id)
    SELECT %s, %L, %L, %L, CASE %L WHEN 'labour_inspector' THEN region ELSE area END, CASE %L WHEN 'case_manager' THEN manager END, CASE %L WHEN 'employer' THEN e END, c, p, began, ends, '{"from": "2026-01-01", "length": {"n": 10, "unit": "workingDays"}}',
      CASE WHEN waits THEN greatest(ends - interval '2 days', '2026-12-01') END, CASE WHEN NOT waits THEN began + interval '2 days' END, CASE WHEN NOT waits THEN 'done' END, 'PV-2025-11'
    FROM lives, LATERAL (SELECT (%s) AS waits) w,
      LATERAL (SELECT CASE WHEN waits THEN '2026-11-30'::timestamptz - (n %% 12) * interval '1 day' ELSE at + %s * interval '1 day' END AS began) b,
      LATERAL (SELECT began + %s * interval '1 day' AS ends) d
    WHERE %s $sql$, subject, kind, ref, role, role, role, role, is_open, days, length, condition);
END $$;
SELECT pg_temp.waits('assessment', 'case_manager', '''case/'' || c', 0, 14, 'true', 'state = ''assessment''');
SELECT pg_temp.waits('eligibility', 'register', '''case/'' || c', 0, 10, 'true', 'false');
SELECT pg_temp.waits('present_work', 'register', '''case/'' || c', 0, 10, 'true', 'false');
SELECT pg_temp.waits('plan', 'case_manager', '''case/'' || c', 8, 7, 'state <> ''assessment''', 'false');
SELECT pg_temp.waits('next_step', 'case_manager', '''case/'' || c', 14, 10, 'state = ''planning''', 'true');
SELECT pg_temp.waits('measure_progress', 'case_manager', '''case/'' || c', 14, 30, 'state = ''in_measure''', 'true');
SELECT pg_temp.waits('works_end', 'clock', '''public-works/'' || pg_temp.number(''W'', n)', 14, 30, 'state = ''in_measure'' AND n % 2 = 0', 'true');
SELECT pg_temp.waits('closure', 'case_manager', '''case/'' || c', 200, 14, 'state IN (''retained'', ''closed'')', 'state = ''retained''');
SELECT pg_temp.waits('recommendation_watch', 'clock', '''case/'' || c', 0, 370, 'state <> ''closed''', 'true');
SELECT pg_temp.waits('decision', 'employer', '''referral/'' || r', 11, 5, 'is_referred', 'state = ''referred''');
SELECT pg_temp.waits('contract', 'employer', '''referral/'' || r', 13, 9, 'is_hired', 'false');
SELECT pg_temp.waits('resolution', 'labour_inspector', '''inspection/'' || pg_temp.number(''I'', n)', 13, 21, 'is_referred AND NOT is_hired AND state <> ''referred''', 'n % 20 = 0');
SELECT pg_temp.waits('check', 'clock', '''retention/'' || j', 50, 31, 'is_hired', 'state = ''employed''', '3');
SELECT pg_temp.waits('conversation', 'case_manager', '''retention/'' || j', 60, 7, 'is_hired', 'state = ''employed'' AND n % 3 = 0', '2');

-- The events, one kind after another, so that those of a case lie apart.
CREATE FUNCTION pg_temp.happened(type text, subject text, days text, condition text, role text DEFAULT 'system', params text DEFAULT '''{}''') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($sql$
    INSERT INTO events (at, type, params, actor_id, actor_role, subject, case_id, person_id, employer_id, policy_id, correlation_id)
    SELECT at + (%s) * interval '1 day', %L, (%s)::jsonb, CASE %L WHEN 'system' THEN 'system' WHEN 'employer' THEN 'employer-' || e ELSE manager END, %L, %s, c, p, CASE WHEN %s LIKE 'case/%%' THEN NULL ELSE e END, 'PV-2025-11', left(md5(c), 16)
    FROM lives WHERE %s $sql$, days, type, params, role, role, subject, subject, condition);
END $$;
SELECT pg_temp.happened('case_opened', '''case/'' || c', '0', 'true', 'case_manager', '''{"by": "person", "on": "2026-01-01", "purpose": "help into work"}''');
SELECT pg_temp.happened('eligibility_yes', '''case/'' || c', '0', 'true', 'system', '''{"validUntil": "2028-01-01"}''');
SELECT pg_temp.happened('assessed', '''case/'' || c', '8', 'state <> ''assessment''', 'case_manager');
SELECT pg_temp.happened('planned', '''case/'' || c', '9', 'state <> ''assessment''', 'case_manager', '''{"measures": "job"}''');
SELECT pg_temp.happened('referral_issued', '''referral/'' || r', '11', 'is_referred', 'case_manager', 'jsonb_build_object(''referral'', r, ''employer'', e)');
SELECT pg_temp.happened('referral_delivered', '''referral/'' || r', '11', 'is_referred', 'system', '''{"how": "sms", "on": "2026-01-01"}''');
SELECT pg_temp.happened('referral_accepted', '''referral/'' || r', '13', 'is_hired', 'employer', '''{"startOn": "2026-01-01"}''');
SELECT pg_temp.happened('referral_rejected', '''referral/'' || r', '13', 'is_referred AND NOT is_hired AND state <> ''referred''', 'employer', '''{"code": "qualification"}''');
SELECT pg_temp.happened('hired', '''referral/'' || r', '20', 'is_hired', 'system', '''{"on": "2026-01-01", "proof": "yammt"}''');
SELECT pg_temp.happened('check_passed', '''retention/'' || j', k || ' * 30 + 20', 'is_hired AND (state <> ''employed'' OR ' || k || ' < 3)', 'system', format('''{"n": %s}''', k)) FROM generate_series(1, 3) AS k;
SELECT pg_temp.happened('case_closed', '''case/'' || c', '230', 'state = ''closed''', 'case_manager', '''{"outcome": "retained"}''');

INSERT INTO notices (key, subject, type, params, recipient, recipient_id, channel, state, attempts, created_at, settled_at)
SELECT r || '/sms', 'referral/' || r, 'referral', jsonb_build_object('referral', r), 'employer', e, 'sms', 'delivered', 1, at + interval '11 days', at + interval '11 days' FROM lives WHERE is_referred;
INSERT INTO commands (id, caller_id, route, key, body_hash, subject, name, body, actor, at, state, status, answer, done_at, correlation_id)
SELECT md5(c || name), manager, 'PUT /v1/cases/' || c || '/' || name, md5(c || name || 'key'), md5(c), 'case/' || c, name, '{"capabilities": "Sews, embroiders", "needs": "Good light", "wishes": "Sewing", "conditions": "Light manual work", "barriers": "None"}',
  jsonb_build_object('id', manager, 'role', 'case_manager', 'rank', 'officer', 'area', area), at + interval '8 days', 'done', 200, jsonb_build_object('id', c, 'area', area, 'state', 'planning', 'waitingFor', jsonb_build_object('what', 'plan', 'role', 'case_manager')), at + interval '8 days', left(md5(c), 16)
FROM lives, unnest('{assessment,plan}'::text[]) AS name WHERE state <> 'assessment';
INSERT INTO register_answers (register, subject, kind, asked_at, answer, raw)
SELECT 'tiek', 'case/' || c, 'eligibility', at, 'yes', '{"group": 2, "validUntil": "2028-01-01"}' FROM lives
UNION ALL SELECT 'yammt', 'retention/' || j, 'check_answer', at + k * interval '31 days', 'yes', '{"inForce": true}' FROM lives, generate_series(1, 3) AS k WHERE is_hired AND state <> 'employed';

-- The money: one hire of ten has a subsidy of six months. Those of the last half year have claims that wait for a finance officer.
CREATE TEMP TABLE paid AS
SELECT pg_temp.number('S', row_number() OVER (ORDER BY at, n)) AS s, CASE state WHEN 'closed' THEN 'ended' ELSE 'running' END AS stage, date_trunc('month', at + interval '20 days') AS since, lives.*
FROM lives WHERE is_hired AND n % 10 = 0;
INSERT INTO budget_lines (id, programme, region, year, amount, state, open, since, correlation_id)
SELECT 'hire_pwd-' || region || '-' || year, 'hire_pwd', region, year, 900000000000, CASE year WHEN 2026 THEN 'running' ELSE 'closed' END, year = 2026, '2021-01-01', 'seed' FROM (SELECT DISTINCT region FROM mahallas) r, generate_series(2021, 2026) AS year;
INSERT INTO subsidies (id, programme, employer_id, person_id, employment_id, contract, hired_on, area, state, rev, open, since, applied_on, applied_at, application, policy_id, confirmed_at, decided_at, "order", order_year, order_number, ordered_at, period_from, period_to, correlation_id)
SELECT s, 'hire_pwd', e, p, j, 'K-' || n, pg_temp.day(at + interval '20 days'), district, stage, 3, stage = 'running', at + interval '35 days', pg_temp.day(at + interval '25 days'), at + interval '25 days', '{}', 'PV-2019-09', at + interval '26 days', at + interval '30 days',
  jsonb_build_object('number', s, 'date', pg_temp.day(at + interval '33 days')), extract(year FROM at + interval '33 days'), s, at + interval '33 days', to_char(since, 'YYYY-MM'), to_char(since + interval '5 months', 'YYYY-MM'), md5(s) FROM paid;
CREATE TEMP TABLE months AS
SELECT row_number() OVER (ORDER BY since, s, k) AS entitlement, to_char(since + k * interval '1 month', 'YYYY-MM') AS month, since + (k + 1) * interval '1 month' AS opened, k, paid.*,
  'hire_pwd-' || region || '-' || extract(year FROM since + k * interval '1 month') AS line, since + (k + 1) * interval '1 month' > '2026-10-15' AS is_ready
FROM paid, generate_series(0, 5) AS k WHERE since + (k + 1) * interval '1 month' < '2026-11-30';
INSERT INTO entitlements (id, person_id, employer_id, month, slot, amount) SELECT entitlement, p, e, month, 'wage', 750000 FROM months;
INSERT INTO commitments (subsidy_id, month, line_id, needed, amount) SELECT s, month, line, 0, 0 FROM months;
INSERT INTO claims (id, subsidy_id, month, entitlement_id, line_id, employer_id, area, state, rev, open, since, opened_at, share, amount, check_passed, calculation, facts, approval, approved_at, settled_on, policy_id, correlation_id)
SELECT s || '-' || month, s, month, entitlement, line, e, district, CASE WHEN is_ready THEN 'ready' ELSE 'settled' END, 4, is_ready, opened, opened, 377580, 750000, true, '{"rule": "hire_pwd", "act": "PQ-57", "version": "PV-2019-09", "multiple": 200, "share": 377580, "bhm": [{"amount": 375000, "validFrom": "2024-10-01", "act": "PF-1", "days": 31}]}', '{"days": 31}',
  CASE WHEN NOT is_ready THEN '{"amount": 750000}'::jsonb END, CASE WHEN NOT is_ready THEN opened + interval '9 days' END, CASE WHEN NOT is_ready THEN pg_temp.day(opened + interval '11 days') END, 'PV-2019-09', md5(s) FROM months;
INSERT INTO payments (key, claim_id, attempt, amount, account_id, state, created_at, settled_on, word)
SELECT s || '-' || month || '/1', s || '-' || month, 1, 750000, replace(e, 'E', 'AC'), 'settled', opened + interval '10 days', pg_temp.day(opened + interval '11 days'), 'answer' FROM months WHERE NOT is_ready;
INSERT INTO ledger_entries (posting, at, event, line_id, account, amount, subsidy_id, claim_id, month, act, actor_id)
SELECT s || '-' || month || '-' || step, opened + step * interval '1 day', event, line, account, amount, CASE account WHEN 'free' THEN '' ELSE s END, s || '-' || month, month, s, 'system'
FROM (VALUES (1, 'reserved', 'free', 'committed'), (2, 'approved', 'committed', 'payable'), (3, 'sent', 'payable', 'sent'), (4, 'settled', 'sent', 'paid')) AS posting (step, event, source, target), months,
  LATERAL (VALUES (source, -750000), (target, 750000)) AS entry (account, amount) WHERE step = 1 OR NOT is_ready;
INSERT INTO ledger_entries (posting, at, event, line_id, account, amount, subsidy_id, act, actor_id)
SELECT id || '-raised', since, 'line_raised', id, account, amount, '', 'Budget', 'administrator' FROM (SELECT id, since, entry.* FROM budget_lines, LATERAL (VALUES ('appropriation', -amount), ('free', amount)) AS entry (account, amount)) AS lines;
INSERT INTO line_balances
SELECT line_id, jsonb_object_agg(account, amount) FROM (SELECT line_id, account, sum(amount)::bigint AS amount FROM ledger_entries GROUP BY line_id, account) AS sums GROUP BY line_id;
INSERT INTO tasks (subject, kind, role, area, employer_id, person_id, since, due, rule, next_at, closed_at, closed_how, policy_id)
SELECT 'claim/' || s || '-' || month, 'claim_decision', 'finance_officer', region, e, p, opened, opened + interval '20 days', '{"from": "2026-01-01", "length": {"n": 5, "unit": "workingDays"}}', CASE WHEN is_ready THEN '2026-12-01'::timestamptz END, CASE WHEN NOT is_ready THEN opened + interval '9 days' END, CASE WHEN NOT is_ready THEN 'approved' END, 'PV-2025-11' FROM months;
INSERT INTO tasks (subject, kind, role, area, employer_id, person_id, since, due, next_at, policy_id)
SELECT 'subsidy/' || s, 'next_claim', 'clock', district, e, p, '2026-11-20', '2026-12-01', '2026-12-01', 'PV-2025-11' FROM paid WHERE stage = 'running';
INSERT INTO events (at, type, params, actor_id, actor_role, subject, person_id, employer_id, policy_id, correlation_id)
SELECT at + days * interval '1 day', type, jsonb_build_object('programme', 'hire_pwd', 'area', district), 'system', 'system', 'subsidy/' || s, p, e, 'PV-2025-11', left(md5(c), 16) FROM paid, (VALUES ('applied', 25), ('subsidy_proposed', 30), ('subsidy_ordered', 33)) AS kind (type, days)
UNION ALL SELECT opened + days * interval '1 day', type, '{"amount": 750000}', 'system', 'system', 'claim/' || s || '-' || month, p, e, 'PV-2025-11', left(md5(c), 16) FROM months, (VALUES ('claim_ready', 3), ('claim_approved', 9), ('settled', 11)) AS kind (type, days) WHERE days = 3 OR NOT is_ready;
INSERT INTO approvals (id, kind, about, area, employer_id, state, rev, open, since, body, proposed_by, proposed_at, correlation_id)
SELECT pg_temp.number('AP', row_number() OVER ()), 'correction', 'claim/' || s || '-' || month, district, e, CASE WHEN is_ready THEN 'objecting' ELSE 'approved' END, 1, is_ready, opened + interval '40 days', '{}', 'finance_officer', opened + interval '40 days', md5(s) FROM months WHERE n % 40 = 0;
INSERT INTO recoveries (id, claim_id, subsidy_id, employer_id, line_id, area, state, rev, open, since, amount, "left", demanded_at, reason, correlation_id)
SELECT pg_temp.number('RC', row_number() OVER ()), s || '-' || month, s, e, line, district, CASE WHEN opened > '2026-06-01' THEN 'demanded' ELSE 'repaid' END, 1, opened > '2026-06-01', opened + interval '45 days', 100000, CASE WHEN opened > '2026-06-01' THEN 100000 ELSE 0 END, opened + interval '45 days', 'contract_dates', md5(s) FROM months WHERE n % 40 = 0 AND NOT is_ready;
INSERT INTO hands (subject, person, act, at) SELECT 'subsidy/' || s, 'employment_officer-officer-' || district, 'reviewed', at + interval '30 days' FROM paid;

-- Numbers go on after the last, as in a record that grew.
SELECT setval(pg_get_serial_sequence(tables.name, 'id'), (SELECT count(*) FROM months) + 1) FROM (VALUES ('entitlements')) AS tables (name);
DO $$ DECLARE made text; BEGIN FOR made IN SELECT aside.made FROM aside LOOP EXECUTE made; END LOOP; END $$;
