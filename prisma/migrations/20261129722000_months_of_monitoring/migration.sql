-- An employment keeps the months of monitoring of its day of hire. It had a check for each month.
ALTER TABLE "employments" ADD COLUMN     "months" INTEGER NOT NULL DEFAULT 6;
UPDATE employments SET months = checked.months
FROM (SELECT employment_id, count(*)::int AS months FROM checks GROUP BY employment_id) checked
WHERE checked.employment_id = employments.id AND checked.months <> 6;
