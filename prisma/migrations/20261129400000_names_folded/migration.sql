-- A name as it is searched by: domain/folding.ts, letter for letter; api/names.test.ts compares the two.
CREATE FUNCTION folded(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  pair text[];
BEGIN
  name := translate(normalize(name, NFC),
    'АӘБВГҒДЕЖЗИЙКҚЛМНҢОӨПРСТУҮЎФХҲЦЫЭІ' || 'аәбвгғдежзийкқлмнңоөпрстуүўфхҳцыэі' || 'ıЪъЬь',
    'aabvggdejziykklmnnooprstuuufhhsiei' || 'aabvggdejziykklmnnooprstuuufhhsiei' || 'i');
  FOREACH pair SLICE 1 IN ARRAY ARRAY[['Ё', 'yo'], ['ё', 'yo'], ['Ч', 'ch'], ['ч', 'ch'], ['Ш', 'sh'], ['ш', 'sh'], ['Щ', 'sh'],
    ['щ', 'sh'], ['Ю', 'yu'], ['ю', 'yu'], ['Я', 'ya'], ['я', 'ya']] LOOP
    name := replace(name, pair[1], pair[2]);
  END LOOP;
  name := regexp_replace(normalize(name, NFD), '[\u0300-\u036f''"`\u00a8\u00b4\u02b0-\u02ff\u2018-\u201f\u2032-\u2036]', '', 'g');
  name := translate(name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
  name := regexp_replace(name, '[ \u00a0\u2010-\u2015-]+', ' ', 'g');
  RETURN btrim(translate(replace(replace(name, 'ye', 'e'), 'ts', 's'), 'oqx', 'ukh'));
END;
$$;

-- Kept by the database with every name that is written, and filled for the names on record.
ALTER TABLE people ADD COLUMN name_key text GENERATED ALWAYS AS (folded(name)) STORED;
ALTER TABLE employers ADD COLUMN name_key text GENERATED ALWAYS AS (folded(name)) STORED;
