-- Two who find the doubles of a record anew do so one after the other, also the reconciliation.
CREATE OR REPLACE FUNCTION keep_doubles_of(person people) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(person.mahalla || person.birth, 0));
  DELETE FROM doubles WHERE a = person.id OR b = person.id;
  INSERT INTO doubles
    SELECT least(person.id, id), greatest(person.id, id), mahalla FROM people
    WHERE mahalla = person.mahalla AND birth = person.birth AND id <> person.id
      AND person.joined_to IS NULL AND joined_to IS NULL AND same_name(person.name_key, name_key)
    ON CONFLICT DO NOTHING;
END;
$$;

-- A job waits for the end of its employer's move, so that it has the region after it.
CREATE OR REPLACE FUNCTION job_of_employer_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.employer_elsewhere := (
    SELECT nullif(left(district, 4), left(NEW.district, 4)) FROM employers WHERE id = NEW.employer_id FOR SHARE);
  RETURN NEW;
END;
$$;
