-- The balance of each account of a line is kept: the ledger grows with every posting, and it is not summed up again each time. The row is
-- beside the line's own, because a reservation locks the line for its whole transaction. The balances are locked only while a transaction
-- commits.
CREATE TABLE "line_balances" (
  "line_id" TEXT NOT NULL,
  "accounts" JSONB NOT NULL,

  CONSTRAINT "line_balances_pkey" PRIMARY KEY ("line_id")
);
INSERT INTO line_balances (line_id, accounts)
  SELECT line_id, jsonb_object_agg(account, amount)
  FROM (SELECT line_id, account, sum(amount)::bigint AS amount FROM ledger_entries GROUP BY line_id, account) AS sums
  GROUP BY line_id;

-- As before: each posting sums to 0 per line, and no account but the appropriation goes below 0. The later of two transactions waits for
-- the balances of the line, and then sees the postings of the earlier.
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
    IF NEW.account <> 'free' OR NEW.subsidy_id <> '' THEN
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
