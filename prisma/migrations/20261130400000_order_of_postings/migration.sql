-- A posting may take from the free money before another posting of the same transaction gives it back. The rows are checked one after
-- another at the commit, so a kept balance below 0 is compared with the whole ledger, which has every posting by then.
CREATE OR REPLACE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept bigint;
BEGIN
  IF (SELECT sum(amount) FROM ledger_entries WHERE posting = NEW.posting AND line_id = NEW.line_id) <> 0 THEN
    RAISE EXCEPTION 'posting % does not sum to 0 on line %', NEW.posting, NEW.line_id;
  END IF;
  INSERT INTO line_balances AS line (line_id, accounts) VALUES (NEW.line_id, jsonb_build_object(NEW.account, NEW.amount))
    ON CONFLICT (line_id) DO UPDATE SET accounts = line.accounts
      || jsonb_build_object(NEW.account, coalesce((line.accounts ->> NEW.account)::bigint, 0) + NEW.amount)
    RETURNING (line.accounts ->> NEW.account)::bigint INTO kept;
  IF NEW.amount < 0 AND NEW.account <> 'appropriation' THEN
    IF NEW.account <> 'free' OR NEW.subsidy_id <> '' OR kept < 0 THEN
      SELECT sum(amount) INTO kept FROM ledger_entries
        WHERE line_id = NEW.line_id AND account = NEW.account AND subsidy_id = NEW.subsidy_id;
    END IF;
    IF kept < 0 THEN
      RAISE EXCEPTION 'account % of line % (%) would go below 0', NEW.account, NEW.line_id, NEW.subsidy_id;
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
