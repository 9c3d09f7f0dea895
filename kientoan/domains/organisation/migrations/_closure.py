"""The database itself keeps the closure, and refuses cycles and children outside their parent's life."""

# Units whose place changed, with all that ever stood under them, get their rows of the closure anew. A chain
# that the statement changes has a lowest changed link; below it the old closure still holds, so the old
# descendants of the units named in the statement are all that can be touched.
KEEP = """
CREATE FUNCTION organisation_keep_closure(touched bigint[], trees text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    tree text;
    below bigint[];
BEGIN
    FOR tree IN SELECT DISTINCT name FROM unnest(trees) AS name ORDER BY name LOOP
        SELECT array_agg(DISTINCT unit) INTO below FROM (
            SELECT unnest(touched) AS unit
          UNION ALL
            SELECT descendant_id FROM organisation_closure
            WHERE ancestor_id = ANY(touched) AND hierarchy = tree AND depth > 0
        ) AS units;
        DELETE FROM organisation_closure WHERE hierarchy = tree AND descendant_id = ANY(below);
        INSERT INTO organisation_closure (hierarchy, ancestor_id, descendant_id, depth, in_force)
        WITH RECURSIVE up AS (
            SELECT unit_id AS descendant_id, unit_id AS ancestor_id, 0 AS depth, in_force
            FROM organisation_placement WHERE hierarchy = tree AND unit_id = ANY(below)
          UNION ALL
            SELECT up.descendant_id, p.parent_id, up.depth + 1, up.in_force * p.in_force
            FROM up
            JOIN organisation_placement p ON p.unit_id = up.ancestor_id AND p.hierarchy = tree
            WHERE p.parent_id IS NOT NULL AND up.in_force && p.in_force AND up.depth < 30
        )
        SELECT tree, ancestor_id, descendant_id, depth, in_force FROM up;
    END LOOP;
END $$;

CREATE FUNCTION organisation_placements_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM organisation_keep_closure(array_agg(DISTINCT unit_id), array_agg(DISTINCT hierarchy::text))
    FROM new_rows HAVING count(*) > 0;
    RETURN NULL;
END $$;

CREATE FUNCTION organisation_placements_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM organisation_keep_closure(array_agg(DISTINCT unit_id), array_agg(DISTINCT hierarchy::text))
    FROM old_rows HAVING count(*) > 0;
    RETURN NULL;
END $$;

CREATE FUNCTION organisation_placements_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM organisation_keep_closure(array_agg(DISTINCT unit_id), array_agg(DISTINCT hierarchy::text))
    FROM (
        (SELECT unit_id, parent_id, hierarchy, in_force FROM old_rows
         EXCEPT SELECT unit_id, parent_id, hierarchy, in_force FROM new_rows)
        UNION ALL
        (SELECT unit_id, parent_id, hierarchy, in_force FROM new_rows
         EXCEPT SELECT unit_id, parent_id, hierarchy, in_force FROM old_rows)
    ) AS changed HAVING count(*) > 0;
    RETURN NULL;
END $$;

CREATE TRIGGER keep_closure_inserted AFTER INSERT ON organisation_placement
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_placements_inserted();
CREATE TRIGGER keep_closure_deleted AFTER DELETE ON organisation_placement
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_placements_deleted();
CREATE TRIGGER keep_closure_updated AFTER UPDATE ON organisation_placement
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_placements_updated();
"""

KEEP_BACK = """
DROP TRIGGER keep_closure_inserted ON organisation_placement;
DROP TRIGGER keep_closure_deleted ON organisation_placement;
DROP TRIGGER keep_closure_updated ON organisation_placement;
DROP FUNCTION organisation_placements_inserted();
DROP FUNCTION organisation_placements_deleted();
DROP FUNCTION organisation_placements_updated();
DROP FUNCTION organisation_keep_closure(bigint[], text[]);
"""

# One writer at a time per hierarchy: what the check below sees is then all there is. The check runs at the
# end of the statement, or of the transaction where it says SET CONSTRAINTS … DEFERRED, and looks at the row
# as it stands then.
GUARD = """
CREATE FUNCTION organisation_lock_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(7203115, hashtext(OLD.hierarchy));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM pg_advisory_xact_lock(7203115, hashtext(NEW.hierarchy));
    RETURN NEW;
END $$;

CREATE TRIGGER a_lock_tree BEFORE INSERT OR UPDATE OR DELETE ON organisation_placement
    FOR EACH ROW EXECUTE FUNCTION organisation_lock_tree();

CREATE FUNCTION organisation_check_placement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    placed organisation_placement;
BEGIN
    SELECT * INTO placed FROM organisation_placement WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM organisation_unit WHERE id IN (placed.unit_id, placed.parent_id) ORDER BY id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM organisation_unit
        WHERE id IN (placed.unit_id, placed.parent_id) AND NOT in_force @> placed.in_force
    ) THEN
        RAISE EXCEPTION 'unit % is placed outside its own life or that of its parent', placed.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_within_lives';
    END IF;
    IF placed.parent_id IS NOT NULL AND EXISTS (
        WITH RECURSIVE up AS (
            SELECT placed.parent_id AS unit_id, placed.in_force AS in_force, 1 AS depth
          UNION ALL
            SELECT p.parent_id, up.in_force * p.in_force, up.depth + 1
            FROM up
            JOIN organisation_placement p ON p.unit_id = up.unit_id AND p.hierarchy = placed.hierarchy
            WHERE p.parent_id IS NOT NULL AND up.in_force && p.in_force
              AND up.unit_id <> placed.unit_id AND up.depth < 30
        )
        SELECT 1 FROM up WHERE unit_id = placed.unit_id OR depth = 30
    ) THEN
        RAISE EXCEPTION 'unit % would stand under itself', placed.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_no_cycle';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER placement_check AFTER INSERT OR UPDATE ON organisation_placement
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION organisation_check_placement();

CREATE FUNCTION organisation_check_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM organisation_unit u
        JOIN organisation_placement p ON p.unit_id = u.id OR p.parent_id = u.id
        WHERE u.id = NEW.id AND NOT u.in_force @> p.in_force
    ) THEN
        RAISE EXCEPTION 'unit % or a unit under it is placed outside its life', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_within_lives';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER unit_life_check AFTER UPDATE OF in_force ON organisation_unit
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION organisation_check_life();
"""

GUARD_BACK = """
DROP TRIGGER a_lock_tree ON organisation_placement;
DROP TRIGGER placement_check ON organisation_placement;
DROP TRIGGER unit_life_check ON organisation_unit;
DROP FUNCTION organisation_lock_tree();
DROP FUNCTION organisation_check_placement();
DROP FUNCTION organisation_check_life();
"""
