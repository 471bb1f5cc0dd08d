-- The programme report reads the person and the area of each case: from an index of a ninth of the table's size. The indexes by the day of
-- a plan and of a measure's end served the pathway report, before participations were kept.
CREATE INDEX "cases_id_person_id_area_idx" ON "cases"("id", "person_id", "area");
DROP INDEX "cases_planned", "measures_ended";
