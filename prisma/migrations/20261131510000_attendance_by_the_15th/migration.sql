-- The centre's head has a month's attendance from the 6th to the 15th: nine days after the day on which it passes to them.
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,trainingMonthByHead,n}', '9')
WHERE rules->'lengths'->'trainingMonthByHead' = '{"n": 10, "unit": "days"}';
