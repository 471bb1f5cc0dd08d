-- AlterTable
ALTER TABLE "officials" ADD COLUMN     "person" TEXT;

-- AlterTable
ALTER TABLE "employers" ADD COLUMN     "state_share" INTEGER;

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "policy_id" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "policy_id" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "policy_versions" (
    "id" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "applies_to" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "dry_run" JSONB,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dated_amounts" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "act" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "dry_run" JSONB,

    CONSTRAINT "dated_amounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_changes" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "subsidies" INTEGER NOT NULL DEFAULT 0,
    "deadlines" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "policy_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidies" (
    "id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL DEFAULT '',
    "employment_id" TEXT,
    "contract" TEXT,
    "hired_on" TEXT,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "applied_on" TEXT NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "application" JSONB NOT NULL,
    "policy_id" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "snapshot" JSONB,
    "review" JSONB,
    "refusal" JSONB,
    "refused_at" TIMESTAMPTZ(3),
    "objection" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "order" JSONB,
    "order_year" INTEGER,
    "order_number" TEXT,
    "ordered_at" TIMESTAMPTZ(3),
    "period_from" TEXT,
    "period_to" TEXT,
    "amount" BIGINT,
    "end_reported" JSONB,
    "last_day" TEXT,
    "stop" JSONB,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "subsidies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commitments" (
    "subsidy_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "needed" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "commitments_pkey" PRIMARY KEY ("subsidy_id","month")
);

-- CreateTable
CREATE TABLE "entitlements" (
    "id" BIGSERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "amount" BIGINT NOT NULL DEFAULT 0,
    "overpaid" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "entitlements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claims" (
    "id" TEXT NOT NULL,
    "subsidy_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "n" INTEGER NOT NULL DEFAULT 0,
    "entitlement_id" BIGINT NOT NULL,
    "line_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "share" INTEGER,
    "amount" BIGINT,
    "calculation" JSONB,
    "facts" JSONB,
    "check_passed" BOOLEAN NOT NULL DEFAULT false,
    "declaration" JSONB,
    "declared_at" TIMESTAMPTZ(3),
    "mismatch" JSONB,
    "resolution" JSONB,
    "returned" JSONB,
    "approval" JSONB,
    "approved_at" TIMESTAMPTZ(3),
    "set_off" BIGINT NOT NULL DEFAULT 0,
    "set_off_done" BIGINT NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "settled_on" TEXT,
    "policy_id" TEXT NOT NULL,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "set_offs" (
    "id" BIGSERIAL NOT NULL,
    "claim_id" TEXT NOT NULL,
    "debtor_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "done" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "set_offs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "key" TEXT NOT NULL,
    "claim_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "account_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_on" TEXT,
    "returned_on" TEXT,
    "word" TEXT,
    "code" TEXT,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "mfo" TEXT NOT NULL,
    "holder_stir" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "usable_from" TIMESTAMPTZ(3),

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "employer_id" TEXT,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,
    "grounds" TEXT,
    "proposed_by" TEXT,
    "proposed_at" TIMESTAMPTZ(3),
    "objection" JSONB,
    "holder" TEXT,
    "decision" JSONB,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recoveries" (
    "id" TEXT NOT NULL,
    "claim_id" TEXT NOT NULL,
    "subsidy_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "left" BIGINT NOT NULL,
    "demanded_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" JSONB,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "recoveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_lines" (
    "id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "budget_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" BIGSERIAL NOT NULL,
    "posting" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "event" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "subsidy_id" TEXT NOT NULL DEFAULT '',
    "claim_id" TEXT,
    "recovery_id" TEXT,
    "month" TEXT,
    "act" TEXT,
    "actor_id" TEXT NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hands" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hands_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statements" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "opening" BIGINT,
    "closing" BIGINT,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "statements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_entries" (
    "statement_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "account" TEXT,
    "matched" TEXT,

    CONSTRAINT "statement_entries_pkey" PRIMARY KEY ("statement_id","n")
);

-- CreateTable
CREATE TABLE "adapted_workplaces" (
    "employer_id" TEXT NOT NULL,
    "workplace" TEXT NOT NULL,
    "adaptation_id" TEXT NOT NULL,

    CONSTRAINT "adapted_workplaces_pkey" PRIMARY KEY ("employer_id","workplace")
);

-- CreateTable
CREATE TABLE "used_documents" (
    "issuer_stir" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "adaptation_id" TEXT NOT NULL,

    CONSTRAINT "used_documents_pkey" PRIMARY KEY ("issuer_stir","number","date")
);

-- CreateIndex
CREATE INDEX "policy_versions_state_valid_from_idx" ON "policy_versions"("state", "valid_from");

-- CreateIndex
CREATE INDEX "dated_amounts_name_state_valid_from_idx" ON "dated_amounts"("name", "state", "valid_from");

-- CreateIndex
CREATE INDEX "subsidies_employer_id_idx" ON "subsidies"("employer_id");

-- CreateIndex
CREATE INDEX "subsidies_person_id_employer_id_idx" ON "subsidies"("person_id", "employer_id");

-- CreateIndex
CREATE INDEX "subsidies_employment_id_idx" ON "subsidies"("employment_id");

-- CreateIndex
CREATE INDEX "subsidies_area_open_idx" ON "subsidies"("area", "open");

-- CreateIndex
CREATE UNIQUE INDEX "subsidies_area_order_year_order_number_key" ON "subsidies"("area", "order_year", "order_number");

-- CreateIndex
CREATE INDEX "commitments_line_id_idx" ON "commitments"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "entitlements_person_id_employer_id_month_slot_key" ON "entitlements"("person_id", "employer_id", "month", "slot");

-- CreateIndex
CREATE INDEX "claims_subsidy_id_idx" ON "claims"("subsidy_id");

-- CreateIndex
CREATE INDEX "claims_employer_id_open_idx" ON "claims"("employer_id", "open");

-- CreateIndex
CREATE INDEX "claims_line_id_idx" ON "claims"("line_id");

-- CreateIndex
CREATE INDEX "claims_area_state_idx" ON "claims"("area", "state");

-- CreateIndex
CREATE UNIQUE INDEX "claims_entitlement_id_subsidy_id_n_key" ON "claims"("entitlement_id", "subsidy_id", "n");

-- CreateIndex
CREATE INDEX "set_offs_claim_id_idx" ON "set_offs"("claim_id");

-- CreateIndex
CREATE INDEX "set_offs_debtor_id_idx" ON "set_offs"("debtor_id");

-- CreateIndex
CREATE UNIQUE INDEX "payments_claim_id_attempt_key" ON "payments"("claim_id", "attempt");

-- CreateIndex
CREATE INDEX "accounts_employer_id_state_idx" ON "accounts"("employer_id", "state");

-- CreateIndex
CREATE INDEX "approvals_about_idx" ON "approvals"("about");

-- CreateIndex
CREATE INDEX "approvals_kind_open_idx" ON "approvals"("kind", "open");

-- CreateIndex
CREATE INDEX "recoveries_employer_id_idx" ON "recoveries"("employer_id");

-- CreateIndex
CREATE INDEX "recoveries_claim_id_idx" ON "recoveries"("claim_id");

-- CreateIndex
CREATE UNIQUE INDEX "budget_lines_programme_region_year_key" ON "budget_lines"("programme", "region", "year");

-- CreateIndex
CREATE INDEX "ledger_entries_posting_idx" ON "ledger_entries"("posting");

-- CreateIndex
CREATE INDEX "ledger_entries_line_id_account_subsidy_id_idx" ON "ledger_entries"("line_id", "account", "subsidy_id");

-- CreateIndex
CREATE INDEX "ledger_entries_claim_id_idx" ON "ledger_entries"("claim_id");

-- CreateIndex
CREATE INDEX "ledger_entries_at_idx" ON "ledger_entries"("at");

-- CreateIndex
CREATE INDEX "hands_subject_idx" ON "hands"("subject");

-- CreateIndex
CREATE INDEX "statement_entries_reference_idx" ON "statement_entries"("reference");

-- CreateIndex
CREATE INDEX "adapted_workplaces_adaptation_id_idx" ON "adapted_workplaces"("adaptation_id");

-- CreateIndex
CREATE INDEX "used_documents_adaptation_id_idx" ON "used_documents"("adaptation_id");

-- AddForeignKey
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_subsidy_id_fkey" FOREIGN KEY ("subsidy_id") REFERENCES "subsidies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_subsidy_id_fkey" FOREIGN KEY ("subsidy_id") REFERENCES "subsidies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_entitlement_id_fkey" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claims"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_entries" ADD CONSTRAINT "statement_entries_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Numbers of rows: S-000001 and so on.
CREATE SEQUENCE subsidy_number;
CREATE SEQUENCE adaptation_number;
CREATE SEQUENCE approval_number;
CREATE SEQUENCE recovery_number;
CREATE SEQUENCE account_number;
CREATE SEQUENCE policy_number;

-- One application in force per worker, employer, programme and hire; one confirmed account per employer; one proposal at a time about one thing.
CREATE UNIQUE INDEX subsidies_one_per_hire ON subsidies (programme, employer_id, person_id, hired_on)
  WHERE person_id <> '' AND state NOT IN ('refused', 'abandoned');
CREATE UNIQUE INDEX accounts_one_confirmed ON accounts (employer_id) WHERE state = 'confirmed';
CREATE UNIQUE INDEX approvals_one_open ON approvals (kind, about) WHERE open;

-- Amounts are never negative; what was overpaid was paid.
ALTER TABLE claims ADD CONSTRAINT claims_amounts CHECK (coalesce(amount, 0) >= 0 AND set_off_done >= 0 AND set_off >= set_off_done AND set_off <= coalesce(amount, 0));
ALTER TABLE set_offs ADD CONSTRAINT set_offs_amount CHECK (amount > 0);
ALTER TABLE entitlements ADD CONSTRAINT entitlements_amounts CHECK (amount >= 0 AND overpaid >= 0);
ALTER TABLE payments ADD CONSTRAINT payments_amount CHECK (amount > 0);
ALTER TABLE commitments ADD CONSTRAINT commitments_amount CHECK (amount >= 0 AND needed >= 0);
ALTER TABLE recoveries ADD CONSTRAINT recoveries_left CHECK ("left" >= 0 AND "left" <= amount);

-- A month is paid at most once: its payables, less what was established as overpaid, never exceed what it is worth. Locked, so that of
-- two transactions the later sums up what the earlier bound.
CREATE FUNCTION a_month_is_paid_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which bigint;
  worth bigint;
  bound bigint;
BEGIN
  which := CASE TG_TABLE_NAME WHEN 'claims' THEN (to_jsonb(NEW) ->> 'entitlement_id')::bigint ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
  SELECT amount + overpaid INTO worth FROM entitlements WHERE id = which FOR NO KEY UPDATE;
  SELECT coalesce(sum(amount), 0) INTO bound FROM claims
    WHERE entitlement_id = which AND state IN ('approved', 'sent', 'settled', 'payment_returned', 'disputed');
  IF bound > worth THEN
    RAISE EXCEPTION 'a month is paid once: % is bound on entitlement %, which is worth %', bound, which, worth;
  END IF;
  RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER claims_within_entitlement AFTER INSERT OR UPDATE ON claims DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION a_month_is_paid_once();
CREATE CONSTRAINT TRIGGER entitlements_cover_claims AFTER INSERT OR UPDATE ON entitlements DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION a_month_is_paid_once();

-- The ledger is append-only, each posting sums to 0 per line, and no account but the appropriation goes below 0: whoever takes from an
-- account waits until the one before has committed. Each posting points to its claim, recovery, order or act.
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: post a correcting entry instead';
END;
$$;
CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_accounts CHECK (account IN
  ('appropriation', 'free', 'committed', 'payable', 'sent', 'paid', 'recoverable', 'surrendered', 'written_off'));
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_points CHECK (num_nonnulls(claim_id, recovery_id, act) > 0);
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM ledger_entries WHERE posting = NEW.posting AND line_id = NEW.line_id) <> 0 THEN
    RAISE EXCEPTION 'posting % does not sum to 0 on line %', NEW.posting, NEW.line_id;
  END IF;
  IF NEW.amount < 0 AND NEW.account <> 'appropriation' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws('/', NEW.line_id, NEW.account, NEW.subsidy_id), 0));
    IF (SELECT sum(amount) FROM ledger_entries WHERE line_id = NEW.line_id AND account = NEW.account AND subsidy_id = NEW.subsidy_id) < 0 THEN
      RAISE EXCEPTION 'account % of line % (%) would go below 0', NEW.account, NEW.line_id, NEW.subsidy_id;
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_balances();

-- Every open row that waits has somebody who owes, until when.
CREATE CONSTRAINT TRIGGER subsidies_wait AFTER INSERT OR UPDATE ON subsidies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.programme <> 'workplace_adaptation') EXECUTE FUNCTION open_row_has_a_task('subsidy');
CREATE CONSTRAINT TRIGGER adaptations_wait AFTER INSERT OR UPDATE ON subsidies DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.programme = 'workplace_adaptation') EXECUTE FUNCTION open_row_has_a_task('adaptation');
CREATE CONSTRAINT TRIGGER claims_wait AFTER INSERT OR UPDATE ON claims DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('claim');
CREATE CONSTRAINT TRIGGER approvals_wait AFTER INSERT OR UPDATE ON approvals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('approval');
CREATE CONSTRAINT TRIGGER recoveries_wait AFTER INSERT OR UPDATE ON recoveries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('recovery');
CREATE CONSTRAINT TRIGGER budget_lines_wait AFTER INSERT OR UPDATE ON budget_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('line');
CREATE CONSTRAINT TRIGGER statements_wait AFTER INSERT OR UPDATE ON statements DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION open_row_has_a_task('statement');

-- The law as it stands: the 2023 slides and what changed since, the BHM and the minimum wage (prisma/data).
INSERT INTO policy_versions (id, act, valid_from, recorded_at, applies_to, rules, state) VALUES ('PV-2019', 'PQ-4227, PQ-4804, PQ-57, VM-203: the programmes of the 2023 slides', '2019-09-01', '2019-09-01T00:00:00.000+05:00', 'new',
  '{"programmes": {"hire_pwd": {"act": "PQ-57 (2021), VM-203 of 20.04.2022", "multiple": 150, "months": 6, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"groups": [1, 2, 3], "excludedOwnership": ["state"], "stateShareBelow": 50}, "excludes": ["above_quota"], "attachments": ["hiring_order"], "slot": "wage"}, "above_quota": {"act": "PQ-4227 (2019)", "multiple": 200, "months": 12, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"categories": ["single_parent", "graduate", "released_from_service", "disability", "pre_pension", "released_from_penal", "trafficking_victim", "significant_disease"], "aboveQuota": true}, "excludes": ["hire_pwd"], "attachments": ["category_proof", "hiring_order"], "slot": "wage"}, "workplace_adaptation": {"act": "PQ-4804 (2020)", "cap": 4000, "review": {"n": 3, "unit": "workingDays"}, "payWithin": {"n": 3, "unit": "workingDays"}, "eligibility": {"entrepreneursOnly": true}, "attachments": ["expert_conclusion", "hiring_order"]}}, "quota": {"act": "Law on employment of 2020: more than 20 workplaces, 7 %", "above": 20, "share": 700, "rounding": "up", "belowThreshold": "not_eligible"}, "lengths": {"employerDecision": {"n": 5, "unit": "days"}, "delivery": {"n": 1, "unit": "workingDays"}, "deliveryByHand": {"n": 5, "unit": "workingDays"}, "contactCorrection": {"n": 5, "unit": "workingDays"}, "hearing": {"n": 3, "unit": "workingDays"}, "contract": {"n": 5, "unit": "workingDays"}, "registerSilence": {"n": 10, "unit": "days"}, "evidence": {"n": 10, "unit": "workingDays"}, "resolution": {"n": 15, "unit": "workingDays"}, "resolutionByHead": {"n": 10, "unit": "workingDays"}, "directive": {"n": 10, "unit": "workingDays"}, "measureAfterBreach": {"n": 15, "unit": "workingDays"}, "assessment": {"n": 10, "unit": "workingDays"}, "plan": {"n": 5, "unit": "workingDays"}, "firstReferral": {"n": 10, "unit": "workingDays"}, "nextStep": {"n": 10, "unit": "workingDays"}, "notEligible": {"n": 10, "unit": "workingDays"}, "newExamination": {"n": 3, "unit": "months"}, "monthlyLook": {"n": 1, "unit": "months"}, "transfer": {"n": 5, "unit": "workingDays"}, "supervisorsYes": {"n": 5, "unit": "workingDays"}, "closure": {"n": 10, "unit": "workingDays"}, "conversation": {"n": 5, "unit": "workingDays"}, "askAgainAfterEnd": {"n": 1, "unit": "days"}, "officeGap": {"n": 5, "unit": "workingDays"}, "measureProgress": {"n": 1, "unit": "months"}, "completion": {"n": 10, "unit": "workingDays"}, "objection": {"n": 10, "unit": "workingDays"}, "objectionDecision": {"n": 10, "unit": "workingDays"}, "signing": {"n": 1, "unit": "workingDays"}, "declarationBy": {"n": 20, "unit": "days"}, "declarationLate": {"n": 3, "unit": "months"}, "mismatch": {"n": 3, "unit": "workingDays"}, "claimDecision": {"n": 5, "unit": "workingDays"}, "sending": {"n": 1, "unit": "workingDays"}, "treasurySilence": {"n": 3, "unit": "workingDays"}, "accountCorrection": {"n": 10, "unit": "workingDays"}, "dispute": {"n": 5, "unit": "workingDays"}, "accountRest": {"n": 3, "unit": "workingDays"}, "correctionObjection": {"n": 10, "unit": "workingDays"}, "secondPerson": {"n": 5, "unit": "workingDays"}, "repayment": {"n": 30, "unit": "days"}, "difference": {"n": 5, "unit": "workingDays"}, "endConfirmation": {"n": 10, "unit": "workingDays"}}, "directiveFor": ["vacant", "reserved"], "termsOf": "hire", "mismatchTolerance": 0, "setOffOnSameLine": true}', 'active');
INSERT INTO policy_versions (id, act, valid_from, recorded_at, applies_to, rules, state) VALUES ('PV-2025-05', 'PQ-57''s item repealed on 08.05.2025', '2025-05-08', '2025-05-08T00:00:00.000+05:00', 'new',
  '{"programmes": {"above_quota": {"act": "PQ-4227 (2019)", "multiple": 200, "months": 12, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"categories": ["single_parent", "graduate", "released_from_service", "disability", "pre_pension", "released_from_penal", "trafficking_victim", "significant_disease"], "aboveQuota": true}, "excludes": ["hire_pwd"], "attachments": ["category_proof", "hiring_order"], "slot": "wage"}, "workplace_adaptation": {"act": "PQ-4804 (2020)", "cap": 4000, "review": {"n": 3, "unit": "workingDays"}, "payWithin": {"n": 3, "unit": "workingDays"}, "eligibility": {"entrepreneursOnly": true}, "attachments": ["expert_conclusion", "hiring_order"]}}, "quota": {"act": "Law on employment of 2020: more than 20 workplaces, 7 %", "above": 20, "share": 700, "rounding": "up", "belowThreshold": "not_eligible"}, "lengths": {"employerDecision": {"n": 5, "unit": "days"}, "delivery": {"n": 1, "unit": "workingDays"}, "deliveryByHand": {"n": 5, "unit": "workingDays"}, "contactCorrection": {"n": 5, "unit": "workingDays"}, "hearing": {"n": 3, "unit": "workingDays"}, "contract": {"n": 5, "unit": "workingDays"}, "registerSilence": {"n": 10, "unit": "days"}, "evidence": {"n": 10, "unit": "workingDays"}, "resolution": {"n": 15, "unit": "workingDays"}, "resolutionByHead": {"n": 10, "unit": "workingDays"}, "directive": {"n": 10, "unit": "workingDays"}, "measureAfterBreach": {"n": 15, "unit": "workingDays"}, "assessment": {"n": 10, "unit": "workingDays"}, "plan": {"n": 5, "unit": "workingDays"}, "firstReferral": {"n": 10, "unit": "workingDays"}, "nextStep": {"n": 10, "unit": "workingDays"}, "notEligible": {"n": 10, "unit": "workingDays"}, "newExamination": {"n": 3, "unit": "months"}, "monthlyLook": {"n": 1, "unit": "months"}, "transfer": {"n": 5, "unit": "workingDays"}, "supervisorsYes": {"n": 5, "unit": "workingDays"}, "closure": {"n": 10, "unit": "workingDays"}, "conversation": {"n": 5, "unit": "workingDays"}, "askAgainAfterEnd": {"n": 1, "unit": "days"}, "officeGap": {"n": 5, "unit": "workingDays"}, "measureProgress": {"n": 1, "unit": "months"}, "completion": {"n": 10, "unit": "workingDays"}, "objection": {"n": 10, "unit": "workingDays"}, "objectionDecision": {"n": 10, "unit": "workingDays"}, "signing": {"n": 1, "unit": "workingDays"}, "declarationBy": {"n": 20, "unit": "days"}, "declarationLate": {"n": 3, "unit": "months"}, "mismatch": {"n": 3, "unit": "workingDays"}, "claimDecision": {"n": 5, "unit": "workingDays"}, "sending": {"n": 1, "unit": "workingDays"}, "treasurySilence": {"n": 3, "unit": "workingDays"}, "accountCorrection": {"n": 10, "unit": "workingDays"}, "dispute": {"n": 5, "unit": "workingDays"}, "accountRest": {"n": 3, "unit": "workingDays"}, "correctionObjection": {"n": 10, "unit": "workingDays"}, "secondPerson": {"n": 5, "unit": "workingDays"}, "repayment": {"n": 30, "unit": "days"}, "difference": {"n": 5, "unit": "workingDays"}, "endConfirmation": {"n": 10, "unit": "workingDays"}}, "directiveFor": ["vacant", "reserved"], "termsOf": "hire", "mismatchTolerance": 0, "setOffOnSameLine": true}', 'active');
INSERT INTO policy_versions (id, act, valid_from, recorded_at, applies_to, rules, state) VALUES ('PV-2025-06', 'UP-85, VM-405 (2025): groups I and II, amounts not set', '2025-06-01', '2025-06-01T00:00:00.000+05:00', 'new',
  '{"programmes": {"above_quota": {"act": "PQ-4227 (2019)", "multiple": 200, "months": 12, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"categories": ["single_parent", "graduate", "released_from_service", "disability", "pre_pension", "released_from_penal", "trafficking_victim", "significant_disease"], "aboveQuota": true}, "excludes": ["hire_pwd"], "attachments": ["category_proof", "hiring_order"], "slot": "wage"}, "workplace_adaptation": {"act": "PQ-4804 (2020)", "cap": 4000, "review": {"n": 3, "unit": "workingDays"}, "payWithin": {"n": 3, "unit": "workingDays"}, "eligibility": {"entrepreneursOnly": true}, "attachments": ["expert_conclusion", "hiring_order"]}, "hire_pwd": {"act": "UP-85, VM-405 (2025)", "multiple": null, "months": 6, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"groups": [1, 2], "monthsWorkedBefore": 3, "wageFloor": 200, "excludedOwnership": ["state"], "stateShareBelow": 50}, "excludes": ["above_quota"], "attachments": ["hiring_order"], "slot": "wage"}}, "quota": {"act": "Law on employment of 2020: more than 20 workplaces, 7 %", "above": 20, "share": 700, "rounding": "up", "belowThreshold": "not_eligible"}, "lengths": {"employerDecision": {"n": 5, "unit": "days"}, "delivery": {"n": 1, "unit": "workingDays"}, "deliveryByHand": {"n": 5, "unit": "workingDays"}, "contactCorrection": {"n": 5, "unit": "workingDays"}, "hearing": {"n": 3, "unit": "workingDays"}, "contract": {"n": 5, "unit": "workingDays"}, "registerSilence": {"n": 10, "unit": "days"}, "evidence": {"n": 10, "unit": "workingDays"}, "resolution": {"n": 15, "unit": "workingDays"}, "resolutionByHead": {"n": 10, "unit": "workingDays"}, "directive": {"n": 10, "unit": "workingDays"}, "measureAfterBreach": {"n": 15, "unit": "workingDays"}, "assessment": {"n": 10, "unit": "workingDays"}, "plan": {"n": 5, "unit": "workingDays"}, "firstReferral": {"n": 10, "unit": "workingDays"}, "nextStep": {"n": 10, "unit": "workingDays"}, "notEligible": {"n": 10, "unit": "workingDays"}, "newExamination": {"n": 3, "unit": "months"}, "monthlyLook": {"n": 1, "unit": "months"}, "transfer": {"n": 5, "unit": "workingDays"}, "supervisorsYes": {"n": 5, "unit": "workingDays"}, "closure": {"n": 10, "unit": "workingDays"}, "conversation": {"n": 5, "unit": "workingDays"}, "askAgainAfterEnd": {"n": 1, "unit": "days"}, "officeGap": {"n": 5, "unit": "workingDays"}, "measureProgress": {"n": 1, "unit": "months"}, "completion": {"n": 10, "unit": "workingDays"}, "objection": {"n": 10, "unit": "workingDays"}, "objectionDecision": {"n": 10, "unit": "workingDays"}, "signing": {"n": 1, "unit": "workingDays"}, "declarationBy": {"n": 20, "unit": "days"}, "declarationLate": {"n": 3, "unit": "months"}, "mismatch": {"n": 3, "unit": "workingDays"}, "claimDecision": {"n": 5, "unit": "workingDays"}, "sending": {"n": 1, "unit": "workingDays"}, "treasurySilence": {"n": 3, "unit": "workingDays"}, "accountCorrection": {"n": 10, "unit": "workingDays"}, "dispute": {"n": 5, "unit": "workingDays"}, "accountRest": {"n": 3, "unit": "workingDays"}, "correctionObjection": {"n": 10, "unit": "workingDays"}, "secondPerson": {"n": 5, "unit": "workingDays"}, "repayment": {"n": 30, "unit": "days"}, "difference": {"n": 5, "unit": "workingDays"}, "endConfirmation": {"n": 10, "unit": "workingDays"}}, "directiveFor": ["vacant", "reserved"], "termsOf": "hire", "mismatchTolerance": 0, "setOffOnSameLine": true}', 'active');
INSERT INTO policy_versions (id, act, valid_from, recorded_at, applies_to, rules, state) VALUES ('PV-2025-09', 'Liability for refusing a referral to a vacant job ended on 01.09.2025', '2025-09-01', '2025-09-01T00:00:00.000+05:00', 'new',
  '{"programmes": {"above_quota": {"act": "PQ-4227 (2019)", "multiple": 200, "months": 12, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"categories": ["single_parent", "graduate", "released_from_service", "disability", "pre_pension", "released_from_penal", "trafficking_victim", "significant_disease"], "aboveQuota": true}, "excludes": ["hire_pwd"], "attachments": ["category_proof", "hiring_order"], "slot": "wage"}, "workplace_adaptation": {"act": "PQ-4804 (2020)", "cap": 4000, "review": {"n": 3, "unit": "workingDays"}, "payWithin": {"n": 3, "unit": "workingDays"}, "eligibility": {"entrepreneursOnly": true}, "attachments": ["expert_conclusion", "hiring_order"]}, "hire_pwd": {"act": "UP-85, VM-405 (2025)", "multiple": null, "months": 6, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"groups": [1, 2], "monthsWorkedBefore": 3, "wageFloor": 200, "excludedOwnership": ["state"], "stateShareBelow": 50}, "excludes": ["above_quota"], "attachments": ["hiring_order"], "slot": "wage"}}, "quota": {"act": "Law on employment of 2020: more than 20 workplaces, 7 %", "above": 20, "share": 700, "rounding": "up", "belowThreshold": "not_eligible"}, "lengths": {"employerDecision": {"n": 5, "unit": "days"}, "delivery": {"n": 1, "unit": "workingDays"}, "deliveryByHand": {"n": 5, "unit": "workingDays"}, "contactCorrection": {"n": 5, "unit": "workingDays"}, "hearing": {"n": 3, "unit": "workingDays"}, "contract": {"n": 5, "unit": "workingDays"}, "registerSilence": {"n": 10, "unit": "days"}, "evidence": {"n": 10, "unit": "workingDays"}, "resolution": {"n": 15, "unit": "workingDays"}, "resolutionByHead": {"n": 10, "unit": "workingDays"}, "directive": {"n": 10, "unit": "workingDays"}, "measureAfterBreach": {"n": 15, "unit": "workingDays"}, "assessment": {"n": 10, "unit": "workingDays"}, "plan": {"n": 5, "unit": "workingDays"}, "firstReferral": {"n": 10, "unit": "workingDays"}, "nextStep": {"n": 10, "unit": "workingDays"}, "notEligible": {"n": 10, "unit": "workingDays"}, "newExamination": {"n": 3, "unit": "months"}, "monthlyLook": {"n": 1, "unit": "months"}, "transfer": {"n": 5, "unit": "workingDays"}, "supervisorsYes": {"n": 5, "unit": "workingDays"}, "closure": {"n": 10, "unit": "workingDays"}, "conversation": {"n": 5, "unit": "workingDays"}, "askAgainAfterEnd": {"n": 1, "unit": "days"}, "officeGap": {"n": 5, "unit": "workingDays"}, "measureProgress": {"n": 1, "unit": "months"}, "completion": {"n": 10, "unit": "workingDays"}, "objection": {"n": 10, "unit": "workingDays"}, "objectionDecision": {"n": 10, "unit": "workingDays"}, "signing": {"n": 1, "unit": "workingDays"}, "declarationBy": {"n": 20, "unit": "days"}, "declarationLate": {"n": 3, "unit": "months"}, "mismatch": {"n": 3, "unit": "workingDays"}, "claimDecision": {"n": 5, "unit": "workingDays"}, "sending": {"n": 1, "unit": "workingDays"}, "treasurySilence": {"n": 3, "unit": "workingDays"}, "accountCorrection": {"n": 10, "unit": "workingDays"}, "dispute": {"n": 5, "unit": "workingDays"}, "accountRest": {"n": 3, "unit": "workingDays"}, "correctionObjection": {"n": 10, "unit": "workingDays"}, "secondPerson": {"n": 5, "unit": "workingDays"}, "repayment": {"n": 30, "unit": "days"}, "difference": {"n": 5, "unit": "workingDays"}, "endConfirmation": {"n": 10, "unit": "workingDays"}}, "directiveFor": ["reserved"], "termsOf": "hire", "mismatchTolerance": 0, "setOffOnSameLine": true}', 'active');
INSERT INTO policy_versions (id, act, valid_from, recorded_at, applies_to, rules, state) VALUES ('PV-2025-11', 'Quota since 01.11.2025: more than 100 employees, 3 %, four categories', '2025-11-01', '2025-11-01T00:00:00.000+05:00', 'new',
  '{"programmes": {"above_quota": {"act": "PQ-4227 (2019)", "multiple": 200, "months": 12, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"categories": ["disability", "released_from_penal", "trafficking_victim", "graduate"], "aboveQuota": true}, "excludes": ["hire_pwd"], "attachments": ["category_proof", "hiring_order"], "slot": "wage"}, "workplace_adaptation": {"act": "PQ-4804 (2020)", "cap": 4000, "review": {"n": 3, "unit": "workingDays"}, "payWithin": {"n": 3, "unit": "workingDays"}, "eligibility": {"entrepreneursOnly": true}, "attachments": ["expert_conclusion", "hiring_order"]}, "hire_pwd": {"act": "UP-85, VM-405 (2025)", "multiple": null, "months": 6, "periodStart": "hire", "proRata": "pro_rata", "bhm": "last_day", "review": {"n": 3, "unit": "workingDays"}, "eligibility": {"groups": [1, 2], "monthsWorkedBefore": 3, "wageFloor": 200, "excludedOwnership": ["state"], "stateShareBelow": 50}, "excludes": ["above_quota"], "attachments": ["hiring_order"], "slot": "wage"}}, "quota": {"act": "Quota since 01.11.2025: more than 100 employees, 3 %", "above": 100, "share": 300, "rounding": "up", "belowThreshold": "not_eligible"}, "lengths": {"employerDecision": {"n": 5, "unit": "days"}, "delivery": {"n": 1, "unit": "workingDays"}, "deliveryByHand": {"n": 5, "unit": "workingDays"}, "contactCorrection": {"n": 5, "unit": "workingDays"}, "hearing": {"n": 3, "unit": "workingDays"}, "contract": {"n": 5, "unit": "workingDays"}, "registerSilence": {"n": 10, "unit": "days"}, "evidence": {"n": 10, "unit": "workingDays"}, "resolution": {"n": 15, "unit": "workingDays"}, "resolutionByHead": {"n": 10, "unit": "workingDays"}, "directive": {"n": 10, "unit": "workingDays"}, "measureAfterBreach": {"n": 15, "unit": "workingDays"}, "assessment": {"n": 10, "unit": "workingDays"}, "plan": {"n": 5, "unit": "workingDays"}, "firstReferral": {"n": 10, "unit": "workingDays"}, "nextStep": {"n": 10, "unit": "workingDays"}, "notEligible": {"n": 10, "unit": "workingDays"}, "newExamination": {"n": 3, "unit": "months"}, "monthlyLook": {"n": 1, "unit": "months"}, "transfer": {"n": 5, "unit": "workingDays"}, "supervisorsYes": {"n": 5, "unit": "workingDays"}, "closure": {"n": 10, "unit": "workingDays"}, "conversation": {"n": 5, "unit": "workingDays"}, "askAgainAfterEnd": {"n": 1, "unit": "days"}, "officeGap": {"n": 5, "unit": "workingDays"}, "measureProgress": {"n": 1, "unit": "months"}, "completion": {"n": 10, "unit": "workingDays"}, "objection": {"n": 10, "unit": "workingDays"}, "objectionDecision": {"n": 10, "unit": "workingDays"}, "signing": {"n": 1, "unit": "workingDays"}, "declarationBy": {"n": 20, "unit": "days"}, "declarationLate": {"n": 3, "unit": "months"}, "mismatch": {"n": 3, "unit": "workingDays"}, "claimDecision": {"n": 5, "unit": "workingDays"}, "sending": {"n": 1, "unit": "workingDays"}, "treasurySilence": {"n": 3, "unit": "workingDays"}, "accountCorrection": {"n": 10, "unit": "workingDays"}, "dispute": {"n": 5, "unit": "workingDays"}, "accountRest": {"n": 3, "unit": "workingDays"}, "correctionObjection": {"n": 10, "unit": "workingDays"}, "secondPerson": {"n": 5, "unit": "workingDays"}, "repayment": {"n": 30, "unit": "days"}, "difference": {"n": 5, "unit": "workingDays"}, "endConfirmation": {"n": 10, "unit": "workingDays"}}, "directiveFor": ["reserved"], "termsOf": "hire", "mismatchTolerance": 0, "setOffOnSameLine": true}', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2019-09-01', 'bhm', '2019-09-01', '2019-09-01T00:00:00+05:00', 223000, 'UP-5723/UP-5765', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2021-02-01', 'bhm', '2021-02-01', '2021-02-01T00:00:00+05:00', 245000, 'PP-4938', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2021-09-01', 'bhm', '2021-09-01', '2021-09-01T00:00:00+05:00', 270000, 'UP-6279', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2022-06-01', 'bhm', '2022-06-01', '2022-06-01T00:00:00+05:00', 300000, 'UP-138', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2023-05-01', 'bhm', '2023-05-01', '2023-05-01T00:00:00+05:00', 330000, 'decree of 2023-03-28', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2023-12-01', 'bhm', '2023-12-01', '2023-12-01T00:00:00+05:00', 340000, 'UP-196', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2024-10-01', 'bhm', '2024-10-01', '2024-10-01T00:00:00+05:00', 375000, 'UP-108', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2025-08-01', 'bhm', '2025-08-01', '2025-08-01T00:00:00+05:00', 412000, 'UP-91', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('bhm-2026-09-01', 'bhm', '2026-09-01', '2026-09-01T00:00:00+05:00', 440000, 'PF-115', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('minimum_wage-2023-05-01', 'minimum_wage', '2023-05-01', '2023-05-01T00:00:00+05:00', 980000, '', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('minimum_wage-2023-12-01', 'minimum_wage', '2023-12-01', '2023-12-01T00:00:00+05:00', 1050000, '', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('minimum_wage-2024-10-01', 'minimum_wage', '2024-10-01', '2024-10-01T00:00:00+05:00', 1155000, '', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('minimum_wage-2025-08-01', 'minimum_wage', '2025-08-01', '2025-08-01T00:00:00+05:00', 1271000, '', 'active');
INSERT INTO dated_amounts (id, name, valid_from, recorded_at, amount, act, state) VALUES ('minimum_wage-2026-09-01', 'minimum_wage', '2026-09-01', '2026-09-01T00:00:00+05:00', 1360000, '', 'active');
