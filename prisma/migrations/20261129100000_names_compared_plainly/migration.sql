-- Workplaces and the numbers of orders are compared without case and spaces, and kept so.
DELETE FROM "adapted_workplaces" a USING "adapted_workplaces" b
WHERE a."employer_id" = b."employer_id"
  AND upper(regexp_replace(a."workplace", '\s', '', 'g')) = upper(regexp_replace(b."workplace", '\s', '', 'g'))
  AND (a."adaptation_id", a."workplace") > (b."adaptation_id", b."workplace");

UPDATE "adapted_workplaces" SET "workplace" = upper(regexp_replace("workplace", '\s', '', 'g'));

-- Of two orders that differ in nothing else both stay as they are.
UPDATE "subsidies" s SET "order_number" = upper(regexp_replace(s."order_number", '\s', '', 'g'))
WHERE NOT EXISTS (
  SELECT FROM "subsidies" o
  WHERE o."id" <> s."id" AND o."area" = s."area" AND o."order_year" = s."order_year"
    AND upper(regexp_replace(o."order_number", '\s', '', 'g')) = upper(regexp_replace(s."order_number", '\s', '', 'g'))
);
