-- The area in which a wait is at home: it comes back to that office after a higher one had it.
ALTER TABLE "tasks" ADD COLUMN     "home" TEXT NOT NULL DEFAULT '';

-- Open waits of offices, which may have gone up. Where neither the row nor the employer tells their home, it is their office.
UPDATE tasks SET home = found.home
FROM (
  SELECT t.id, coalesce(cl.area, s.area, ap.area, rc.area, CASE
    WHEN t.kind = 'transfer' THEN c.moves_to
    WHEN t.role = 'supervisor' THEN coalesce(c.area, r.area, referred.area, j.area, kept.area, i.area)
    WHEN t.role = 'employment_officer' THEN coalesce(e.district, told.district, c.area)
    ELSE i.area
  END, t.area) AS home
  FROM tasks t
  LEFT JOIN cases c ON t.subject LIKE 'case/%' AND c.id = split_part(t.subject, '/', 2)
  LEFT JOIN referrals r ON t.subject LIKE 'referral/%' AND r.id = split_part(t.subject, '/', 2)
  LEFT JOIN employers e ON e.id = r.employer_id
  LEFT JOIN employers told ON t.subject LIKE 'news/%' AND told.id = t.employer_id
  LEFT JOIN inspections i ON t.subject LIKE 'inspection/%' AND i.id = split_part(t.subject, '/', 2)
  LEFT JOIN referrals referred ON referred.id = i.referral_id
  LEFT JOIN employments kept ON kept.id = i.employment_id
  LEFT JOIN employments j ON t.subject LIKE 'retention/%' AND j.id = split_part(t.subject, '/', 2)
  LEFT JOIN subsidies s ON split_part(t.subject, '/', 1) IN ('subsidy', 'adaptation') AND s.id = split_part(t.subject, '/', 2)
  LEFT JOIN claims cl ON t.subject LIKE 'claim/%' AND cl.id = split_part(t.subject, '/', 2)
  LEFT JOIN approvals ap ON t.subject LIKE 'approval/%' AND ap.id = split_part(t.subject, '/', 2)
  LEFT JOIN recoveries rc ON t.subject LIKE 'recovery/%' AND rc.id = split_part(t.subject, '/', 2)
  WHERE t.closed_at IS NULL
) AS found
WHERE tasks.id = found.id;
