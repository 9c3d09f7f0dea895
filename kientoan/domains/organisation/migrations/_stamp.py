"""A stamp changes with all that is written about units.

The stamp is one row. It is written when a transaction ends, so that nobody waits for it who is still at work;
a random value, so that it never comes again, not even after a backup is put back.
"""

STAMP = """
CREATE TABLE organisation_stamp (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    stamp uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO organisation_stamp DEFAULT VALUES;

CREATE FUNCTION organisation_new_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('kientoan.stamped_by', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE organisation_stamp SET stamp = gen_random_uuid();
        PERFORM set_config('kientoan.stamped_by', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;
"""
ON_TABLE = """
CREATE CONSTRAINT TRIGGER {table}_stamped AFTER INSERT OR UPDATE OR DELETE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_new_stamp();
CREATE TRIGGER {table}_stamped_empty AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_new_stamp();
"""
OFF_TABLE = """
DROP TRIGGER {table}_stamped ON {table};
DROP TRIGGER {table}_stamped_empty ON {table};
"""
TABLES = ("organisation_unitversion", "organisation_unitcode", "organisation_placement")
FORWARD = STAMP + "".join(ON_TABLE.format(table=table) for table in TABLES)
BACKWARD = "".join(OFF_TABLE.format(table=table) for table in TABLES) + (
    "DROP FUNCTION organisation_new_stamp(); DROP TABLE organisation_stamp;"
)
