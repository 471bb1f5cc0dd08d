-- Pairs of records that may be of one person are kept. They are few, and finding them compares everybody with everybody.
CREATE TABLE "doubles" (
  "a" TEXT NOT NULL,
  "b" TEXT NOT NULL,
  "mahalla" TEXT NOT NULL,

  CONSTRAINT "doubles_pkey" PRIMARY KEY ("a", "b")
);
CREATE INDEX "doubles_b_idx" ON "doubles"("b");
CREATE INDEX "doubles_mahalla_a_b_idx" ON "doubles"("mahalla" text_pattern_ops, "a", "b");

-- Names are compared in any order of words; one may lack a word of the other (a patronymic).
CREATE FUNCTION same_name(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_to_array(a, ' ') <@ string_to_array(b, ' ') OR string_to_array(a, ' ') @> string_to_array(b, ' ')
$$;

-- Records with the same birth, mahalla and name. Joined records are left out.
CREATE VIEW possible_doubles AS
  SELECT a.id AS a, b.id AS b, a.mahalla
  FROM people a JOIN people b ON b.mahalla = a.mahalla AND b.birth = a.birth AND b.id > a.id
  WHERE a.joined_to IS NULL AND b.joined_to IS NULL AND same_name(a.name_key, b.name_key);

INSERT INTO doubles SELECT a, b, mahalla FROM possible_doubles;

CREATE FUNCTION keep_doubles_of(person people) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM doubles WHERE a = person.id OR b = person.id;
  INSERT INTO doubles
    SELECT least(person.id, id), greatest(person.id, id), mahalla FROM people
    WHERE mahalla = person.mahalla AND birth = person.birth AND id <> person.id
      AND person.joined_to IS NULL AND joined_to IS NULL AND same_name(person.name_key, name_key);
END;
$$;

-- Two records of the same mahalla and birth are written one after the other, so that the later one finds the earlier.
CREATE FUNCTION doubles_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(OLD.mahalla || OLD.birth, 0));
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.mahalla || NEW.birth, 0));
  PERFORM keep_doubles_of(NEW);
  RETURN NULL;
END;
$$;
CREATE TRIGGER people_doubles AFTER INSERT OR UPDATE OF name, birth, mahalla, joined_to ON people
  FOR EACH ROW EXECUTE FUNCTION doubles_kept();
