"""The folded titles beside the tasks, kept by triggers."""

TITLES = """
CREATE FUNCTION plans_title_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO plans_tasktitle (task_id, folded) SELECT id, kt_fold(title) FROM written;
    RETURN NULL;
END $$;
CREATE FUNCTION plans_title_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE plans_tasktitle SET folded = kt_fold(NEW.title) WHERE task_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION plans_title_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM plans_tasktitle WHERE task_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
CREATE FUNCTION plans_titles_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM plans_tasktitle;
    RETURN NULL;
END $$;
CREATE TRIGGER title_written AFTER INSERT ON plans_task REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION plans_title_written();
CREATE TRIGGER title_changed AFTER UPDATE OF title ON plans_task
    FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION plans_title_changed();
CREATE TRIGGER title_gone AFTER DELETE ON plans_task REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION plans_title_gone();
CREATE TRIGGER titles_gone AFTER TRUNCATE ON plans_task
    FOR EACH STATEMENT EXECUTE FUNCTION plans_titles_gone();
INSERT INTO plans_tasktitle (task_id, folded) SELECT id, kt_fold(title) FROM plans_task;
"""
NO_TITLES = """
DROP TRIGGER title_written ON plans_task; DROP FUNCTION plans_title_written();
DROP TRIGGER title_changed ON plans_task; DROP FUNCTION plans_title_changed();
DROP TRIGGER title_gone ON plans_task; DROP FUNCTION plans_title_gone();
DROP TRIGGER titles_gone ON plans_task; DROP FUNCTION plans_titles_gone();
"""
