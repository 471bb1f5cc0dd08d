-- Marks of hand-made goods: a code for a person and a kind of goods, which everybody may ask about.
CREATE TABLE "marks" (
  "code" TEXT NOT NULL,
  "business_id" TEXT NOT NULL,
  "person_id" TEXT NOT NULL,
  "goods" TEXT NOT NULL,
  "consent" JSONB NOT NULL,
  "given_on" TEXT NOT NULL,
  "until" TEXT NOT NULL,
  "revoked_on" TEXT,
  "revoked_why" TEXT,

  CONSTRAINT "marks_pkey" PRIMARY KEY ("code")
);
CREATE INDEX "marks_business_id_idx" ON "marks"("business_id");
CREATE INDEX "marks_person_id_goods_idx" ON "marks"("person_id", "goods");
CREATE INDEX "marks_goods_until_idx" ON "marks"("goods", "until");
ALTER TABLE "marks" ADD CONSTRAINT "marks_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "marks" ADD CONSTRAINT "marks_days" CHECK (
  given_on <= until AND given_on <= revoked_on AND given_on ~ '^\d{4}-\d{2}-\d{2}$' AND until ~ '^\d{4}-\d{2}-\d{2}$'
  AND revoked_on ~ '^\d{4}-\d{2}-\d{2}$');
