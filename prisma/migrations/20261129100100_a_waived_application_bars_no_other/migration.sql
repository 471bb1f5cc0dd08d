-- An application that was waived or stopped bars no other for the same hire [money §3]: what it has drawn stays drawn.
DROP INDEX subsidies_one_per_hire;
CREATE UNIQUE INDEX subsidies_one_per_hire ON subsidies (programme, employer_id, person_id, hired_on)
  WHERE person_id <> '' AND stop IS NULL AND state NOT IN ('refused', 'abandoned');
