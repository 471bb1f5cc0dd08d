-- How soon after a hire its end is examined by the inspectorate: added to every version on record.
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,earlyEnd}', '{"n": 30, "unit": "days"}')
WHERE NOT rules->'lengths' ? 'earlyEnd';
UPDATE policy_versions SET rules = jsonb_set(rules, '{lengths,earlyEndAfterInspection}', '{"n": 6, "unit": "months"}')
WHERE NOT rules->'lengths' ? 'earlyEndAfterInspection';
