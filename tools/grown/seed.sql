-- A grown record, to measure sizes and the removal of old data: psql -v N=<cases> -v S=<subsidies> -f tools/grown/seed.sql <a migrated database>
-- Rows for each case and their lengths are those of the scenarios hired-and-retained and money-six-months. Four cases in five are closed.
-- Messages, commands and answers of registers are most of the data, and are as long as in life. bench/seed.sql has none of them: it has
-- every state and role, to measure lists.
\set ON_ERROR_STOP on
\timing on
SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'; SET session_replication_role = replica;
CREATE TEMP TABLE indexes AS SELECT indexname, indexdef FROM pg_indexes
  WHERE schemaname = 'public' AND tablename IN ('tasks', 'events', 'notices', 'commands', 'register_answers', 'cases', 'referrals', 'employments', 'claims', 'ledger_entries')
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname);
SELECT format('DROP INDEX %I', indexname) FROM indexes \gexec

CREATE FUNCTION pg_temp.num(p text, n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT p || '-' || lpad(n::text, greatest(6, length(n::text)), '0') $$;
-- Cases begin over five years, in the order of their numbers. A quarter of them have a job.
CREATE TEMP TABLE b AS
SELECT n, pg_temp.num('C', n) AS c, pg_temp.num('P', n) AS p, pg_temp.num('R', n) AS r, pg_temp.num('J', n) AS j, pg_temp.num('E', 1 + n % 2000) AS e,
  '17' || lpad((3 + n % 30)::text, 2, '0') || lpad((201 + n % 12)::text, 3, '0') || lpad((1 + n % 46)::text, 3, '0') AS area,
  timestamptz '2021-12-01' + n * (interval '1820 days' / :N) AS at, n % 5 <> 0 OR n < :N / 2 AS closed, n % 4 <> 0 AS job
FROM generate_series(1, :N) n;
ANALYZE b;

INSERT INTO people (id, pinfl, name, birth, sex, mahalla, address, phone, skills, recommendation, recommended_until, works, created_at)
SELECT p, (30000000000000 + n * 7)::text, 'Karimov ' || md5(n::text), '1985-05-12', 'male', area, 'Street ' || n % 300, '+99890' || lpad((n % 10000000)::text, 7, '0'), '{933}',
  '{"group":2,"words":"light work","suitable":["933"],"unsuitable":[],"conditions":["light"],"hours":40}', '2028-01-01', '[]', at FROM b;
INSERT INTO visits (person_id, "on", offered, wish, by_id, at) SELECT p, '2024-01-01', '{training}', 'work', 'cm', at FROM b;
INSERT INTO cases (id, person_id, area, manager_id, state, rev, open, since, opened_at, consent, eligibility, assessment, planned_at, outcome, closed_at, correlation_id, closure)
SELECT c, p, area, 'cm-' || area, CASE WHEN closed THEN 'closed' ELSE 'planning' END, 9, NOT closed, at + interval '230 days', at, '{"by":"person","on":"2024-01-01","purpose":"help into work"}', 'yes',
  '{"capabilities":"Sews, embroiders","needs":"Good light","wishes":"Sewing","conditions":"Light manual work, 40 hours a week","barriers":"None"}', at + interval '9 days',
  CASE WHEN closed THEN 'retained' END, CASE WHEN closed THEN at + interval '230 days' END, md5(c), CASE WHEN closed THEN '{"words":"done"}'::jsonb END FROM b;
INSERT INTO case_versions (case_id, of, n, body, at, by_id) SELECT c, v, 1, jsonb_build_object('words', repeat('Sews well. ', 15)), at, 'cm' FROM b, unnest(ARRAY['assessment', 'plan']) v;
INSERT INTO measures (case_id, n, kind, started_on, region) SELECT c, 1, 'job', '2024-01-01', left(area, 4) FROM b;
INSERT INTO referrals (id, case_id, person_id, vacancy_id, employer_id, kind, measure, area, state, rev, open, since, issued_at, delivered_at, delivered_how, decision, decided_at, outcome, ended_at, correlation_id)
SELECT r, c, p, 'V-000001', e, 'reserved', 1, area, CASE WHEN job THEN 'hired' ELSE 'rejected' END, 3, false, at + interval '15 days', at + interval '11 days', at + interval '11 days', 'sms',
  '{"decision":"accept","startOn":"2024-01-01"}', at + interval '13 days', 'hired', at + interval '15 days', md5(r) FROM b;
INSERT INTO employments (id, case_id, person_id, employer_id, referral_id, measure, contract, hired_on, confirmed_at, how, proof, area, state, rev, open, since, correlation_id)
SELECT j, c, p, e, r, 1, 'K-' || n, '2024-01-01', at + interval '21 days', 'referral', 'yammt', area, CASE WHEN closed THEN 'retained' ELSE 'in_force' END, 2, NOT closed, at + interval '210 days', md5(j) FROM b WHERE job;
INSERT INTO checks (employment_id, n, "on", state, answer, conversation) SELECT j, k, '2024-02-01', 'passed', '{"answer":"yes","since":"2024-01-01"}', '{"words":"All is well","on":"2024-02-03"}' FROM b, generate_series(1, 6) k WHERE job;

-- What grows, step by step, so that the rows of a case lie apart as in life.
CREATE TEMP TABLE step AS
SELECT k, (ARRAY['case', 'referral', 'retention'])[1 + (k > 10)::int + (k > 16)::int] AS kind, k * interval '7 days' AS later FROM generate_series(1, 30) k;
INSERT INTO tasks (subject, kind, ref, role, area, home, assignee_id, case_id, person_id, since, due, rule, rung, closed_at, closed_how, policy_id)
SELECT kind || '/' || CASE kind WHEN 'case' THEN c WHEN 'referral' THEN r ELSE j END, CASE WHEN k = 12 THEN 'decision' ELSE 'conversation' END, CASE WHEN k > 16 THEN k::text ELSE '' END,
  'case_manager', area, area, 'cm-' || area, c, p, at + later, at + later + interval '5 days', '{"from":"2026-01-01","length":{"n":5,"unit":"workingDays"}}', 1,
  CASE WHEN closed OR k < 20 THEN at + later + interval '3 days' END, 'done', 'PV-2025-11' FROM step, b WHERE job OR k <= 14 ORDER BY at + later;
INSERT INTO events (at, type, params, actor_id, actor_role, subject, case_id, person_id, employer_id, policy_id, correlation_id)
SELECT at + later, 'check_passed', jsonb_build_object('n', k, 'on', '2024-01-01'), 'system', 'system', kind || '/' || CASE kind WHEN 'case' THEN c WHEN 'referral' THEN r ELSE j END, c, p, e, 'PV-2025-11', c || '/system'
FROM b, (SELECT k, kind, later FROM step UNION ALL SELECT k + 30, kind, later FROM step WHERE k <= 15) s WHERE job OR k <= 22 ORDER BY at + later;
INSERT INTO notices (key, subject, type, params, recipient, recipient_id, channel, state, attempts, created_at, settled_at)
SELECT kind || '/' || CASE kind WHEN 'case' THEN c WHEN 'referral' THEN r ELSE j END || '/reminder/' || k || '/' || i, kind || '/' || CASE kind WHEN 'case' THEN c WHEN 'referral' THEN r ELSE j END,
  CASE WHEN k = 11 THEN 'referral_issued' ELSE 'reminder' END, jsonb_build_object('due', '2026-01-01T18:59:59.000Z', 'kind', 'conversation', 'person', p, 'employer', e),
  'official', 'cm-' || area, 'sms', 'delivered', 1, at + later, at + later FROM step, b, generate_series(1, 2) i WHERE job OR k <= 14 ORDER BY at + later;
INSERT INTO commands (id, caller_id, route, key, body_hash, subject, name, body, actor, at, state, status, answer, done_at, correlation_id)
SELECT left(md5(c || k), 32), 'cm-' || area, 'POST /v1/cases/' || c || '/assessment', gen_random_uuid()::text, encode(sha256((c || k)::bytea), 'hex'), 'case/' || c, 'assessment',
  jsonb_build_object('capabilities', 'Sews, embroiders', 'needs', 'Good light', 'wishes', 'Sewing'), jsonb_build_object('id', 'cm-' || area, 'role', 'case_manager', 'rank', 'officer', 'area', area, 'language', 'en'),
  at + later, 'done', 200, jsonb_build_object('id', c, 'area', area, 'state', 'planning', 'row', repeat(md5(c || k), 34)), at + later, gen_random_uuid()::text
FROM step, b WHERE k % 3 = 0 AND (job OR k <= 14) ORDER BY at + later;
INSERT INTO register_answers (register, subject, kind, asked_at, answer, raw)
SELECT 'yammt', 'retention/' || j, 'check_answer', at + later, 'yes', jsonb_build_object('pinfl', 30000000000000 + n * 7, 'stir', 300000000 + n, 'inForce', true, 'since', '2024-01-01', 'contract', 'K-' || n)::text
FROM step, b WHERE k % 4 = 0 AND job ORDER BY at + later;

-- Subsidies of the first people, each with six paid claims.
CREATE TEMP TABLE s AS SELECT pg_temp.num('S', n) AS s, b.* FROM b WHERE n <= :S;
INSERT INTO subsidies (id, programme, employer_id, person_id, employment_id, contract, hired_on, area, state, rev, open, since, applied_on, applied_at, application, policy_id, "order", ordered_at, order_year, order_number, period_from, period_to, correlation_id)
SELECT s, 'hire_pwd', e, p, j, 'K', '2024-01-01', left(area, 7), 'ended', 3, false, at + interval '200 days', '2024-01-01', at, jsonb_build_object('words', repeat('paper ', 20)), 'PV-2019', '{"number":"B-1","date":"2024-01-10"}', at, 2024, n::text, '2024-01-01', '2024-06-30', md5(s) FROM s;
INSERT INTO entitlements (id, person_id, employer_id, month, slot, amount) SELECT n * 6 + mo, p, e, '2024-0' || mo, 'wage', 750000 FROM s, generate_series(0, 5) mo;
INSERT INTO commitments (subsidy_id, month, line_id, needed, amount) SELECT s, '2024-0' || mo, 'hire_pwd-' || left(area, 4) || '-2024', 0, 0 FROM s, generate_series(1, 6) mo;
INSERT INTO claims (id, subsidy_id, month, n, entitlement_id, line_id, employer_id, area, state, rev, open, since, opened_at, share, amount, check_passed, calculation, facts, policy_id, correlation_id, settled_on)
SELECT s || '-2024-0' || mo, s, '2024-0' || mo, 0, n * 6 + mo - 1, 'hire_pwd-' || left(area, 4) || '-2024', e, left(area, 7), 'settled', 7, false, at + mo * interval '31 days', at, 377580, 750000, true,
  jsonb_build_object('rule', 'hire_pwd', 'act', 'PQ-57', 'bhm', 375000, 'steps', repeat('12345 ', 40)), '{"days":31}', 'PV-2019', md5(s), '2024-07-10' FROM s, generate_series(1, 6) mo;
INSERT INTO payments (key, claim_id, attempt, amount, account_id, state, created_at) SELECT s || '-2024-0' || mo || '/1', s || '-2024-0' || mo, 1, 750000, 'AC-1', 'settled', at FROM s, generate_series(1, 6) mo;
INSERT INTO ledger_entries (posting, at, event, line_id, account, amount, subsidy_id, claim_id, month, act, actor_id)
SELECT s || mo || i, at, 'approved', 'hire_pwd-' || left(area, 4) || '-2024', 'payable', 750000, s, s || '-2024-0' || mo, '2024-0' || mo, s, 'fo' FROM s, generate_series(1, 6) mo, generate_series(1, 9) i;
INSERT INTO tasks (subject, kind, role, area, person_id, since, due, rule, closed_at, closed_how, policy_id)
SELECT 'claim/' || s || '-2024-0' || mo, 'claim_decision', 'finance_officer', left(area, 4), p, at, at, '{"from":"2026-01-01","length":{"n":5,"unit":"workingDays"}}', at, 'approved', 'PV-2019' FROM s, generate_series(1, 6) mo, generate_series(1, 7) i;
INSERT INTO events (at, type, params, actor_id, actor_role, subject, person_id, employer_id, policy_id, correlation_id)
SELECT at, 'claim_approved', '{"amount":750000,"month":"2024-01"}', 'fo', 'finance_officer', 'claim/' || s || '-2024-0' || mo, p, e, 'PV-2019', md5(s) FROM s, generate_series(1, 6) mo, generate_series(1, 9) i;
INSERT INTO register_answers (register, subject, kind, asked_at, answer, raw)
SELECT 'yammt', 'claim/' || s || '-2024-0' || mo, 'check', at, 'yes', repeat('{"days":31}', 10) FROM s, generate_series(1, 6) mo, generate_series(1, 4) i;
INSERT INTO hands (subject, person, act, at) SELECT 'claim/' || s || '-2024-0' || mo, 'fo', 'approved', at FROM s, generate_series(1, 6) mo;
SELECT indexdef FROM indexes \gexec
VACUUM ANALYZE;
